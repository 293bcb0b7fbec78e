"""The container file and the units: linted by the programs that are made for it, and held to rules of ours."""

from __future__ import annotations

import configparser
import json
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from operating.answering import answering
from scripts.try_container import steps
from waqai.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
CONTAINERFILE = ROOT / "Containerfile"
UNITS = sorted((ROOT / "packaging").glob("*.service"))
MOST_EXPOSED = 20
"""Of 100 of systemd's measure of exposure (`systemd-analyze security`), under which it says "OK"."""


def hadolint() -> str:
    found = shutil.which("hadolint", path=sysconfig.get_path("scripts")) or shutil.which("hadolint")
    if found is None:
        pytest.skip("not run: no hadolint on this machine")
    return found


def test_the_container_file_passes_its_linter() -> None:
    ended = subprocess.run([hadolint(), "--failure-threshold", "style", str(CONTAINERFILE)], capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout) == (0, "")


def test_the_linter_sees_what_is_wrong(tmp_path: Path) -> None:
    """Else a linter that sees nothing would pass everything."""
    worse = tmp_path / "Containerfile"
    worse.write_text(CONTAINERFILE.read_text().replace("python:3.11-slim-bookworm", "python:latest"))
    assert "DL3007" in subprocess.run([hadolint(), str(worse)], capture_output=True, text=True, timeout=60).stdout


def test_what_builds_stays_in_the_first_stage_and_nothing_runs_as_root() -> None:
    made = steps(CONTAINERFILE.read_text())
    last = max(n for n, (name, _) in enumerate(made) if name == "FROM")
    first, final = made[:last], made[last:]
    assert [words for name, words in made if name == "FROM"] == ["python:3.11-slim-bookworm AS build", "python:3.11-slim-bookworm"]
    assert any("--require-hashes" in words for name, words in first if name == "RUN")
    assert [words for name, words in final if name == "COPY"] == ["--from=build /opt/waqai /opt/waqai"]
    assert not any(re.search(r"apt-get|\bgcc\b|npm|pip install", words) for name, words in final)
    assert "pip uninstall --yes pip setuptools wheel" in next(words for name, words in final if name == "RUN")
    (user,) = (words for name, words in final if name == "USER")
    assert user == "10001:10001" and ("VOLUME", '["/data"]') in final and ("STOPSIGNAL", "SIGTERM") in final
    written = next(words for name, words in final if name == "ENV")
    assert set(re.findall(r"=(/\S+)", written)) - {"/opt/waqai/bin:$PATH"} <= {"/data", "/data/store.sqlite", "/data/cache"}
    assert "://" not in "".join(words for _, words in made).replace("http.client", "")  # no address of a registry, none of anything


def command_of(words: list[str]) -> set[str]:
    """The options that the program has for this call. Raises KeyError where there is no such command."""
    import typer

    command: Any = typer.main.get_command(app)
    while getattr(command, "commands", None):
        command, words = command.commands[words[0]], words[1:]
    return {name for parameter in command.params for name in parameter.opts}


def test_what_the_container_calls_exists() -> None:
    made = dict(steps(CONTAINERFILE.read_text()))
    assert json.loads(made["ENTRYPOINT"]) == ["waqai"]
    called = json.loads(made["CMD"])
    assert {word for word in called if word.startswith("--")} <= command_of(called)


@pytest.mark.parametrize(("status", "ends"), [(200, 0), (503, 1)])
def test_the_check_of_health_tells_a_desk_that_lives_from_one_that_does_not(status: int, ends: int) -> None:
    """The very words of HEALTHCHECK, on another port."""
    (said,) = (words for name, words in steps(CONTAINERFILE.read_text()) if name == "HEALTHCHECK")
    called = json.loads(said[said.index("CMD ") + 4 :])
    with answering("/health", status) as port:
        check = [sys.executable, *(word.replace("8765", str(port)) for word in called[1:])]
        assert subprocess.run(check, timeout=30).returncode == ends
    assert subprocess.run(check, timeout=30, stderr=subprocess.DEVNULL).returncode != 0  # nobody answers any more


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_is_one_and_calls_what_exists(unit: Path) -> None:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(unit.read_text())
    called = read["Service"]["ExecStart"].split()
    assert called[0] == "/opt/waqai/bin/waqai" and {word for word in called if word.startswith("--")} <= command_of(called[1:])
    assert {name: read["Service"][name] for name in ("DynamicUser", "NoNewPrivileges", "ProtectSystem", "StateDirectory", "CapabilityBoundingSet")} == {
        "DynamicUser": "yes",
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "StateDirectory": "waqai",
        "CapabilityBoundingSet": "",
    }
    assert int(read["Service"]["TimeoutStopSec"]) > 30 and read["Service"]["UMask"] == "0077"


def sandbox(unit: Path) -> str:
    """From where its user is made."""
    return unit.read_text().partition("DynamicUser=yes")[2]


def test_all_units_stand_in_the_same_sandbox() -> None:
    assert len(UNITS) == 3 and len({sandbox(unit) for unit in UNITS}) == 1 and len(sandbox(UNITS[0])) > 500


@pytest.mark.needs("systemd-analyze")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_takes_a_unit_and_finds_it_little_exposed(unit: Path, tmp_path: Path) -> None:
    there = tmp_path / unit.name
    there.write_text(unit.read_text().replace("/opt/waqai/bin/waqai", sys.executable))  # a program that there is
    seen = subprocess.run(["systemd-analyze", "verify", "--man=no", str(there)], capture_output=True, text=True, timeout=60)
    assert (seen.returncode, [line for line in seen.stderr.splitlines() if unit.name in line]) == (0, [])
    called = ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", "--no-pager", str(unit)]
    assert subprocess.run(called, capture_output=True, text=True, timeout=60).returncode == 0
