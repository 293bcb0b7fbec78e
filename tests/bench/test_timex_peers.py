"""The other date finders, in an environment of their own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bench import timex_peers
from bench.timex_peers import PEERS, read_with_peer

DOCUMENTS = {"a": {"doc_id": "a", "dct": "2023-06-20", "text": "They fled on Sunday."}}


def test_every_peer_has_its_pins_in_the_extra() -> None:
    assert all(timex_peers._pins(peer) for peer in PEERS)


def test_what_a_peer_said_is_kept_for_the_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []

    def run(command: list[str], *, said: str = "") -> str:
        ran.append(command)
        return '{"doc_id": "a", "timexes": []}\n'

    monkeypatch.setattr(timex_peers, "CACHE", tmp_path)
    monkeypatch.setattr(timex_peers, "_PYTHON", Path(__file__))
    monkeypatch.setattr(timex_peers, "_run", run)
    assert read_with_peer("timexy", DOCUMENTS) == {"a": {"doc_id": "a", "timexes": []}}
    count = len(ran)
    assert read_with_peer("timexy", DOCUMENTS) is not None
    assert len(ran) == count


def test_a_peer_that_cannot_be_installed_is_named_and_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(command: list[str], *, said: str = "") -> str:
        raise subprocess.CalledProcessError(1, command, stderr="no such package\n")

    monkeypatch.setattr(timex_peers, "CACHE", tmp_path)
    monkeypatch.setattr(timex_peers, "_PYTHON", Path(__file__))
    monkeypatch.setattr(timex_peers, "_run", fail)
    assert read_with_peer("timexy", DOCUMENTS) is None
    assert "timexy" in capsys.readouterr().err
