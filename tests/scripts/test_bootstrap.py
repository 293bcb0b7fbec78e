from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import bootstrap, vendor

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A made-up checkout with an empty .venv and a requirement file a level."""
    for level in bootstrap.LEVELS:
        (tmp_path / "requirements").mkdir(exist_ok=True)
        (tmp_path / "requirements" / f"{level}.txt").write_text(f"{level}==1\n")
    for file in (*bootstrap.DECIDING, bootstrap.VENDORED):
        (tmp_path / file).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / file).write_text("")
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    return tmp_path


def test_nothing_is_ready_before_the_first_stamp(checkout: Path) -> None:
    assert bootstrap.find_level_ready("base") is None


def test_a_higher_level_serves_a_lower_one_and_not_the_other_way(checkout: Path) -> None:
    bootstrap.stamp("dev").write_text(bootstrap.digest("dev"))
    assert bootstrap.find_level_ready("base") == "dev"
    assert bootstrap.find_level_ready("gazetteer") is None


def test_set_up_is_not_ready_without_the_libraries_of_the_desk(checkout: Path) -> None:
    bootstrap.stamp("base").write_text(bootstrap.digest("base"))
    (checkout / bootstrap.VENDORED).unlink()
    assert bootstrap.find_level_ready("base") is None


def test_what_vendor_makes_and_ends_with_is_what_set_up_looks_for() -> None:
    assert f"{vendor.VENDOR}/{vendor.MANIFEST}" == bootstrap.VENDORED
    assert bootstrap.NO_NPM == vendor.NO_NPM
    assert set(vendor.DECIDING) <= set(bootstrap.DECIDING)


@pytest.mark.parametrize(
    "file", ["requirements/base.txt", "pyproject.toml", "hatch_build.py", "assets/package-lock.json", "scripts/vendor.py", "scripts/bootstrap.py"]
)
def test_a_stamp_is_void_when_what_it_was_made_from_changes(checkout: Path, file: str) -> None:
    bootstrap.stamp("base").write_text(bootstrap.digest("base"))
    assert bootstrap.find_level_ready("base") == "base"
    (checkout / file).write_text("changed")
    assert bootstrap.find_level_ready("base") is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Collecting numpy==2.4.6 (from -r base.txt)", "numpy"),
        ("Processing /cache/numpy-2.4.6-cp311-linux.whl", "numpy"),
        ("Requirement already satisfied: numpy==2.4.6 in ./lib", "numpy"),
    ],
)
def test_progress_names_the_library_of_each_of_pips_lines(line: str, name: str) -> None:
    assert bootstrap.named(line) == name


def test_a_command_that_fails_is_told_with_its_last_words() -> None:
    with pytest.raises(bootstrap.SetupFailed, match=r"ended with 3:\nno such luck"):
        bootstrap.run([sys.executable, "-c", "print('no such luck'); raise SystemExit(3)"])


def test_an_unknown_level_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(["everything"]) == 2
    assert "no level 'everything'; there are base, dev, gazetteer" in capsys.readouterr().err


def test_an_old_python_is_refused_with_what_would_help(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.1\nexit 1\n')
    old.chmod(0o755)
    done = subprocess.run(["sh", "scripts/bootstrap.sh", "base"], cwd=ROOT, env={**os.environ, "PYTHON": str(old)}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no Python of 3.11 or newer (Python 3.9.1)" in done.stderr
