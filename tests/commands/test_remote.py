"""`--reader llm` and `waqai reader …`: a model on this machine reads; another machine is allowed only by typing its name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import Run
from flow.model.scripted import says, serving
from flow.model.test_build import SAID, TEXT
from waqai.commands import common


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file of the test's own, which the commands read."""
    file = tmp_path / "waqai.toml"
    monkeypatch.setenv("WAQAI_SETTINGS", str(file))
    return file


def write(file: Path, *lines: str) -> None:
    file.write_text("\n".join(("[reader.llm]", *lines)) + "\n")


def test_a_report_is_read_by_a_model_on_this_machine(run: Run, settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.commands.reading.ready_chain", common.ready_chain)
    (tmp_path / "r.txt").write_text(TEXT)
    store = tmp_path / "s.sqlite"
    with serving(says(SAID)) as script:
        write(settings, f'address = "{script.address}"')
        ran = run("read", str(tmp_path / "r.txt"), "--reader", "llm", "--store", str(store), "--published", "2023-06-20", "--format", "json")
    value = json.loads(ran.out)
    assert value["reader"]["name"] == "llm" and value["accounts"][0]["date"]["earliest"] == "2023-06-19" and value["accounts"][0]["counts"][0]["min"] == 12
    assert not store.exists() and Path(f"{store}.model-calls.jsonl").read_text().count("\n") == 1


def test_a_model_that_does_not_answer_is_exit_status_1_with_what_would_help(run: Run, settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.commands.reading.ready_chain", common.ready_chain)
    (tmp_path / "r.txt").write_text(TEXT)
    with serving(says(SAID)) as script:
        write(settings, f'address = "{script.address}"')
    ran = run("read", str(tmp_path / "r.txt"), "--reader", "llm", "--store", str(tmp_path / "s.sqlite"))
    assert ran.code == 1 and "is the server running" in ran.err


def test_another_machine_is_refused_without_both_keys(run: Run, settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.commands.adding.ready_chain", common.ready_chain)
    (tmp_path / "r.txt").write_text(TEXT)
    words = ("add", str(tmp_path / "r.txt"), "--reader", "llm", "--store", str(tmp_path / "s.sqlite"))
    write(settings, 'address = "https://192.0.2.7/v1"')
    ran = run(*words)
    assert ran.code == 2 and "allow_remote = true" in ran.err
    write(settings, 'address = "https://192.0.2.7/v1"', "allow_remote = true")
    ran = run(*words)
    assert ran.code == 2 and "waqai reader allow-remote" in ran.err and not (tmp_path / "s.sqlite.model-calls.jsonl").exists()


@pytest.mark.parametrize(
    ("typed", "code", "said"), [(b"192.0.2.7\n", 0, "allowed: 192.0.2.7"), (b"yes\n", 1, "nothing was allowed"), (b"\n192.0.2.8\n", 1, "nothing")]
)
def test_a_host_is_allowed_only_by_typing_its_name(run: Run, settings: Path, tmp_path: Path, typed: bytes, code: int, said: str) -> None:
    write(settings, 'address = "https://192.0.2.7/v1"')
    ran = run("reader", "allow-remote", "--store", str(tmp_path / "s.sqlite"), stdin=typed)
    assert ran.code == code and said in ran.out and "can read and keep them" in ran.err


def test_a_host_is_allowed_once_and_can_be_forbidden(run: Run, settings: Path, tmp_path: Path) -> None:
    store = ("--store", str(tmp_path / "s.sqlite"))
    write(settings, 'address = "https://192.0.2.7/v1"', "allow_remote = true")
    assert "already" not in run("reader", "allow-remote", *store, stdin=b"192.0.2.7\n").out
    assert "already" in run("reader", "allow-remote", *store, stdin=b"192.0.2.7\n").out
    assert "no longer allowed" in run("reader", "forbid-remote", *store).out
    assert "was not allowed" in run("reader", "forbid-remote", *store).out


def test_this_machine_needs_no_permission(run: Run, settings: Path, tmp_path: Path) -> None:
    write(settings, 'address = "http://127.0.0.1:8080/v1"')
    ran = run("reader", "allow-remote", "--store", str(tmp_path / "s.sqlite"))
    assert ran.code == 1 and "this machine" in ran.out and not (tmp_path / "s.sqlite").exists()


def test_a_wrong_setting_of_the_model_is_named(run: Run, settings: Path) -> None:
    write(settings, 'address = "http://127.0.0.1:8080/v1"', 'api_key = "k"', "attempts = 0")
    ran = run("reader", "forbid-remote")
    assert ran.code == 2 and "reader.llm.api_key" in ran.err and "reader.llm.attempts" in ran.err
