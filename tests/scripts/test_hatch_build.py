from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("hatchling")

import hatch_build
from scripts import vendor

ROOT = Path(__file__).resolve().parents[2]


class Aborted(Exception):
    """What stands for hatchling's way out."""


def abort(message: str) -> None:
    raise Aborted(message)


def hook_of(root: Path) -> Any:
    return hatch_build.BrowserLibraries(str(root), {}, None, None, "", "wheel", SimpleNamespace(abort=abort))  # type: ignore[arg-type]


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A checkout in which nothing was brought yet."""
    for name in ("assets/package.json", "assets/package-lock.json", "scripts/vendor.py", vendor.NODE_REQUIREMENTS):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    return tmp_path


def test_a_build_asks_for_no_npm_where_the_libraries_are_there(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / vendor.VENDOR, bare / vendor.VENDOR)
    monkeypatch.setenv("PATH", "")
    assert hook_of(bare).dependencies() == []
    hook_of(bare).initialize("standard", {})


def test_a_build_without_npm_asks_for_the_python_package_that_brings_one(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert hook_of(bare).dependencies() == [vendor.node_requirement(ROOT)]


def test_a_build_that_cannot_get_the_libraries_stops_with_the_reason(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Aborted, match="there is no npm to fetch them: install Node"):
        hook_of(bare).initialize("standard", {})
