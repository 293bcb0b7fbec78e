"""The command line in this process: its exit status, what it prints to people and to programs."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer

from waqai.cli.main import app, main
from waqai.flow import build_chain, load_settings
from waqai.terminal import printing

build_program = typer.main.get_command
CHAIN = []
PROGRAM = []


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """`run("read", "file.txt", stdin=b"…")`. Chain and tree of commands are built once for all tests; the user's own files are out of reach."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("WAQAI_STORE", raising=False)
    monkeypatch.delenv("WAQAI_SETTINGS", raising=False)
    monkeypatch.setenv("WAQAI_NOW", "2024-01-01T00:00:00+00:00")

    def chain(**_: object) -> object:
        if not CHAIN:
            CHAIN.append(build_chain(load_settings()))
        return CHAIN[0]

    for module in ("reading", "adding", "demo"):
        monkeypatch.setattr(f"waqai.commands.{module}.ready_chain", chain)

    def program(_app: typer.Typer) -> object:
        if not PROGRAM:
            PROGRAM.append(build_program(app))
        return PROGRAM[0]

    monkeypatch.setattr("typer.main.get_command", program)

    def call(*words: str, stdin: bytes = b"", width: int = 120) -> Ran:
        monkeypatch.setattr(sys, "argv", ["waqai", *words])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        monkeypatch.setattr(printing.out, "_width", width)
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return call


def escape_of(run: Run) -> dict[str, Any]:
    """The only escape of the store, as JSON Lines has it."""
    (line,) = run("incidents", "--type", "escape", "--format", "jsonl").out.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def account_in(run: Run, report: str) -> str:
    """The escape's account in that report."""
    return next(str(a["account"]) for a in escape_of(run)["accounts"] if a["report"] == report)
