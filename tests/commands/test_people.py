"""`waqai person` and `waqai token`: who may work with a store; each change is told by `waqai log`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from command_line import Run
from waqai.cli import people_commands
from waqai.core import WrongLogin
from waqai.flow import now, open_named_store
from waqai.people import ACTS, ROLES, find_bearer, log_in

PASSWORD = b"correct horse\n"


@pytest.fixture(autouse=True)
def store(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store that is not there yet."""
    monkeypatch.setattr("waqai.people.passwords.HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    monkeypatch.setenv("WAQAI_BY", "root")
    monkeypatch.setenv("WAQAI_STORE", str(tmp_path / "s.sqlite"))
    return str(tmp_path / "s.sqlite")


def add(run: Run, name: str, role: str = "admin") -> None:
    assert run("person", "add", name, "--role", role, "--password-stdin", stdin=PASSWORD).code == 0


def can_log_in(store: str, name: str, password: str) -> bool:
    with open_named_store(store, must_exist=True) as opened:
        try:
            return bool(log_in(name, opened, password=password, address="127.0.0.1", at=now()))
        except WrongLogin:
            return False


def test_the_options_name_every_role_and_act_and_no_other() -> None:
    assert [role.value for role in people_commands.RoleName] == list(ROLES)
    assert [act.value for act in people_commands.ActName] == list(ACTS)


def test_a_person_is_added_listed_and_can_log_in(run: Run, store: str) -> None:
    ran = run("person", "add", "Ana María", "--role", "reviewer", "--password-stdin", stdin=b"correct horse\r\nsecond line\n")
    assert ran.code == 0 and "added: Ana María, reviewer" in ran.out
    assert can_log_in(store, "ana maría", "correct horse") and not can_log_in(store, "ana maría", "correct horse\r")
    assert "Ana María" in run("person", "list").out and "2024-01-01" in run("person", "list").out
    (told,) = json.loads(run("person", "list", "--format", "json").out)
    assert told == {
        "name": "Ana María",
        "role": "reviewer",
        "created_at": "2024-01-01T00:00:00+00:00",
        "password_at": "2024-01-01T00:00:00+00:00",
        "disabled_at": None,
    }


def test_the_password_is_asked_for_twice_unseen(run: Run, store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["correct horse", "correct horse", "another horse", "another hose", "short"])
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return next(typed)

    monkeypatch.setattr("getpass.getpass", ask)
    monkeypatch.setattr(
        "waqai.commands.people.sys", type("Terminal", (), {"stdin": type("In", (), {"isatty": staticmethod(lambda: True)}), "stdout": sys.stdout})
    )
    assert run("person", "add", "ana", "--role", "admin").code == 0 and asked == ["Password for ana: ", "Once more: "]
    differing = run("person", "password", "ana")
    assert differing.code == 2 and "not the same; nothing was changed" in " ".join(differing.err.split())
    weak = run("person", "password", "ana")
    assert weak.code == 1 and "too short" in weak.err
    assert can_log_in(store, "ana", "correct horse")


def test_where_nobody_can_be_asked_the_option_is_named(run: Run, store: str) -> None:
    ran = run("person", "add", "ana", "--role", "admin")
    assert ran.code == 2 and "--password-stdin" in ran.err and "no terminal" in ran.err
    assert "nobody yet" in run("person", "list").out


@pytest.mark.parametrize(
    ("words", "stdin", "code", "said"),
    [
        (("add", "ana", "--role", "boss", "--password-stdin"), PASSWORD, 2, "boss"),
        (("add", "ana\x1b[2J", "--role", "admin", "--password-stdin"), PASSWORD, 1, "U+001B"),
        (("add", "ana", "--role", "admin", "--password-stdin"), b"", 1, "too short"),
        (("add", "ROOT", "--role", "admin", "--password-stdin"), PASSWORD, 1, "called 'root' already"),
        (("role", "ana", "coder"), b"", 1, "nobody is called 'ana'"),
        (("role", "root", "coder"), b"", 1, "root is the only admin"),
        (("disable", "root"), b"", 1, "root is the only admin"),
        (("enable", "root"), b"", 1, "not disabled"),
        (("password", "ana", "--password-stdin"), PASSWORD, 1, "nobody is called 'ana'"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_logged(run: Run, words: tuple[str, ...], stdin: bytes, code: int, said: str) -> None:
    add(run, "root")
    before = run("log").out
    ran = run("person", *words, stdin=stdin)
    assert (ran.code, ran.out) == (code, "") and said in ran.err and run("log").out == before


def test_role_password_disable_and_enable_say_what_they_did_and_so_does_the_log(run: Run, store: str) -> None:
    add(run, "root"), add(run, "ana", "coder")
    assert "ana has the role reviewer" in run("person", "role", "ANA", "reviewer").out
    assert "another password" in run("person", "password", "ana", "--password-stdin", stdin=b"another horse\n").out
    assert can_log_in(store, "ana", "another horse") and not can_log_in(store, "ana", "correct horse")
    assert "ana is disabled" in run("person", "disable", "ana").out and "disabled since 2024-01-01" in run("person", "list").out
    assert not can_log_in(store, "ana", "another horse")
    assert "may log in again, with the role reviewer" in run("person", "enable", "ana").out and can_log_in(store, "ana", "another horse")
    log = run("log", width=200).out
    for said in (
        "added ana as coder",
        "gave ana the role reviewer, before: coder",
        "set another password for ana",
        "disabled ana: no way in",
        "enabled ana again",
    ):
        assert said in log
    assert "horse" not in log and "2024-01-01 00:00  root" in log and run("verify").code == 0
    told = json.loads(run("log", "--format", "json", "--last", "1").out)[0]
    assert (told["kind"], told["subject"], told["by"], told["said"], told["report"]) == (
        "person_enabled",
        "person:ana",
        "person:root",
        "enabled ana again",
        None,
    )


def test_an_entry_about_a_person_names_the_command_that_does_the_opposite(run: Run) -> None:
    add(run, "root"), add(run, "ana", "coder")
    ran = run("undo", "2", "--because", "x")
    assert ran.code == 1 and "not undone: `waqai person disable ana`" in ran.err


def test_a_token_s_secret_stands_alone_on_standard_output_and_nowhere_else(run: Run, store: str) -> None:
    add(run, "root"), add(run, "ana", "coder")
    ran = run("token", "add", "--name", "nightly export", "--scope", "read", "--scope", "export", "--days", "7", "--person", "ANA")
    secret = ran.out.removesuffix("\n")
    assert ran.code == 0 and secret.startswith("waqai_") and secret.split() == [secret] and secret not in ran.err and "until 2024-01-08" in ran.err
    with open_named_store(store, must_exist=True) as opened:
        found = find_bearer(secret, opened, at=now())
    assert found is not None and (found.signature, found.may("export"), found.may("code")) == ("person:ana", True, False)
    shown = run("token", "list", width=200).out + run("token", "list", "--format", "jsonl").out + run("log", width=200).out
    assert secret not in shown and "made the API token t-" in shown and "of ana for “nightly export”, with the scopes read, export, until 2024-01-08" in shown


def test_tokens_are_listed_and_revoked(run: Run) -> None:
    assert run("token", "add", "--name", "backup", "--scope", "read").code == 0
    (told,) = json.loads(run("token", "list", "--format", "json").out)
    assert (told["name"], told["owner"], told["scopes"], told["last_used"], told["state"]) == (
        "backup",
        "person:root",
        ["read"],
        None,
        "valid until 2024-03-31",
    )
    assert f"revoked: {told['id']} (backup)" in run("token", "revoke", told["id"]).out
    assert "revoked on 2024-01-01" in run("token", "list", width=200).out and "revoked the API token" in run("log").out
    again = run("token", "revoke", told["id"])
    assert again.code == 1 and "revoked already" in again.err
    assert "stays so" in run("undo", "2", "--because", "x").err


def test_one_person_s_tokens_are_listed(run: Run) -> None:
    add(run, "ana")
    run("token", "add", "--name", "mine", "--scope", "read", "--person", "ana"), run("token", "add", "--name", "owner's", "--scope", "read")
    assert [json.loads(line)["name"] for line in run("token", "list", "--person", "Ana", "--format", "jsonl").out.splitlines()] == ["mine"]
    assert "nobody is called 'bo'" in run("token", "list", "--person", "bo").err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--scope", "read", "--days", "0"), 2, "equal to 1"),
        (("--scope", "read", "--days", "400"), 2, "366"),
        ((), 2, "--scope"),
        (("--scope", "write"), 2, "write"),
        (("--scope", "manage", "--person", "ana"), 1, "a coder may not manage"),
        (("--scope", "read", "--person", "bo"), 1, "nobody is called 'bo'"),
    ],
)
def test_a_token_that_would_be_too_much_is_refused(run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    add(run, "root"), add(run, "ana", "coder")
    ran = run("token", "add", "--name", "x", *words)
    assert (ran.code, ran.out) == (code, "") and said in ran.err and "no tokens" in run("token", "list").out


def test_a_list_of_a_store_that_is_not_there_makes_none(run: Run, store: str) -> None:
    assert run("person", "list").code == run("token", "list").code == 1 and not Path(store).exists()
