"""No command prints the password of the store's address, whatever it is asked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
import sqlalchemy as sa

from command_line import Ran, Run
from scenes import fill
from waqai.store import open_store

SECRET = "ge@heim/7%word"
PARTS = ("ge@heim", "ge%40heim", "heim/7", "heim%2F7", "7%word", "7%25word")
ASKED = [
    ["incidents"],
    ["show", "none"],
    ["show", "daily"],
    ["search", "prison"],
    ["original", "none"],
    ["export", "--table", "none"],
    ["dossier", "none"],
    ["compare", "acled", "none.csv"],
    ["patterns", "rates"],
    ["patterns", "scores"],
    ["watch", "list"],
    ["watch", "show", "none"],
    ["watch", "run", "none"],
    ["alert", "list"],
    ["alert", "show", "none"],
    ["alert", "run", "none"],
    ["expectations", "list"],
    ["expectations", "show", "none"],
    ["import", "list"],
    ["import", "undo", "none", "--because", "so"],
    ["log"],
    ["log", "--incident", "none"],
    ["undo", "99", "--because", "so"],
    ["same", "none", "nobody", "--because", "so"],
    ["accept", "none"],
    ["source", "none", "--because", "so"],
    ["erase", "none", "--because", "so", "--yes"],
    ["erase", "--list"],
    ["rebuild"],
    ["verify", "--digest"],
    ["quarantine", "list"],
    ["quarantine", "retry", "none"],
    ["reader", "forbid-remote"],
    ["person", "add", "ana", "--role", "admin", "--password-stdin"],
    ["person", "list"],
    ["person", "role", "none", "reader"],
    ["token", "list"],
    ["token", "revoke", "none"],
    ["migrate"],
    ["doctor"],
    ["settings"],
    ["desk", "--host", "0.0.0.0"],
    ["desk", "--demo"],
]


@pytest.fixture
def address(new_address: Callable[[str], str]) -> str:
    """A store in PostgreSQL with the scene in it, whose address holds a password: this server asks for none, and takes any."""
    plain = new_address("postgresql")
    with open_store(plain) as store:
        fill(store)
    return with_password(plain)


def with_password(address: str) -> str:
    return sa.make_url(address).set(password=SECRET).render_as_string(hide_password=False)


def check(ran: Ran) -> Ran:
    """Nothing of the password is in what was printed."""
    printed = ran.out + ran.err
    assert (printed or ran.code == 0) and "Traceback" not in printed
    assert [part for part in PARTS if part in printed] == [], printed
    return ran


@pytest.mark.parametrize("by_option", [True, False])
def test_no_command_that_looks_prints_the_password(by_option: bool, address: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.commands.many.ready_chain", lambda **_: None)
    if not by_option:
        monkeypatch.setenv("WAQAI_STORE", address)
    for words in ASKED if by_option else (["incidents"], ["show", "none"], ["settings"], ["settings", "--format", "json"], ["doctor"], ["migrate"]):
        takes_store = by_option and words[0] != "settings" and "--demo" not in words
        check(run(*words, *(["--store", address] if takes_store else []), stdin=b"four words of mine\n"))


def test_no_command_that_writes_prints_the_password(
    address: str, new_address: Callable[[str], str], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.txt").write_text("Twelve prisoners escaped from a jail in Raqqa, Syria, on Monday, the Observatory said.")
    (tmp_path / "some.jsonl").write_text('{"id": "r", "text": "Nine prisoners escaped from a jail in Homs, Syria, on Monday.", "published": "2023-06-20"}\n')
    monkeypatch.setattr("waqai.commands.demo.demo_corpus", lambda: nullcontext(tmp_path / "some.jsonl"))
    assert check(run("add", str(tmp_path / "one.txt"), "--published", "2023-06-20", "--store", address)).code == 0
    assert check(run("demo", "--store", address)).code == 0
    assert check(run("backup", str(tmp_path / "b.sqlite"), "--store", address)).code == 0
    assert check(run("backup", f"{tmp_path}/kept/", "--keep", "1", "--store", address)).code == 0
    check(run("backup", address, "--store", address))
    assert "nothing was restored" in check(run("restore", str(tmp_path / "b.sqlite"), "--store", address, stdin=b"n\n")).out
    assert check(run("restore", str(tmp_path / "b.sqlite"), "--store", address, stdin=b"y\n")).code == 0
    check(run("restore", address, "--store", str(tmp_path / "file.sqlite")))
    check(run("restore", address, "--store", with_password(new_address("postgresql")), "--yes"))
    check(run("move", address, address))
    assert check(run("move", address, str(tmp_path / "moved.sqlite"))).code == 0
    assert check(run("move", str(tmp_path / "moved.sqlite"), with_password(new_address("postgresql")))).code == 0
    assert not [file for file in tmp_path.rglob("*") if "heim" in file.name]


@pytest.mark.parametrize(
    "wrong",
    [
        "postgresql://ana:{}@127.0.0.1:1/waqai",  # nobody answers
        "postgresql://ana:{}@[db/waqai",
        "postgresql://ana:{}@db:port/waqai",
        "mysql://ana:{}@db/waqai",
        "postgresql://127.0.0.1:1/waqai?user=ana&password={}",
    ],
)
@pytest.mark.parametrize("secret", ["geheim%407%25word", "ge@heim@7word", "geheim/7word", "ge?heim:7word", "ge:heim@7word"])
def test_an_address_that_leads_nowhere_is_told_without_the_password(wrong: str, secret: str, run: Run) -> None:
    for words in (["incidents"], ["migrate"], ["doctor"], ["settings"]):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("WAQAI_STORE", wrong.format(secret))
            ran = run(*words)
        printed = ran.out + ran.err
        assert "heim" not in printed and "7word" not in printed and "Traceback" not in printed
