"""What is advised where a store does not open fits what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from engines import run_in
from full_store import filled_bytes
from scenes import fill
from waqai.core import NotPossible
from waqai.flow import now
from waqai.keeping.advice import DAMAGED, RIGHTS, help_with
from waqai.keeping.backups import backup_store
from waqai.keeping.checks import Check, check_store
from waqai.keeping.restoring import Means, restore_store
from waqai.store import open_store

ROLE = "waqai_test_poor"


def look(address: str) -> dict[str, Check]:
    return {check.name: check for check in check_store(address, actors=None)}


def other(address: str, **parts: str) -> str:
    return sa.make_url(address).set(**parts).render_as_string(hide_password=False)  # type: ignore[arg-type]


@pytest.fixture
def poor_role(new_address: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Two addresses of a full store: for who owns it, and for a role that has no rights."""
    address = new_address("postgresql")
    with open_store(address) as store:
        fill(store)
    run_in(address, f"CREATE ROLE {ROLE} LOGIN PASSWORD 'x'")
    yield address, other(address, username=ROLE, password="x")
    run_in(address, f"DROP OWNED BY {ROLE}", f"DROP ROLE {ROLE}")


@pytest.mark.parametrize(
    ("parts", "help_"),
    [
        ({"username": "nobody_there"}, "does not let this user in"),
        ({"database": "not_there"}, "`createdb` makes it"),
        ({"host": "127.0.0.1", "port": 1, "query": {}}, "start the server"),
        ({"host": "nowhere.invalid", "query": {}}, "start the server"),
    ],
    ids=["user", "database", "refused", "host"],
)
def test_a_server_that_lets_nobody_in_is_no_damaged_file(parts: dict[str, str], help_: str, new_address: Callable[[str], str]) -> None:
    found = look(other(new_address("postgresql"), **parts))["opens"]
    assert found.state == "wrong" and help_ in found.help and "restore" not in found.help.replace("`waqai restore BACKUP` or", "")


@pytest.mark.parametrize(
    "said",
    [
        'FATAL:  password authentication failed for user "ana"',
        "fe_sendauth: no password supplied",
        'FATAL:  no pg_hba.conf entry for host "10.0.0.1", user "ana", database "waqai", no encryption',
    ],
)
def test_a_wrong_password_is_told_as_such(said: str) -> None:
    """As PostgreSQL 18 says it; the tests' own server asks for none."""
    assert "does not let this user in" in help_with(f"connection failed: {said}", address="postgresql://ana@db/waqai")


def test_a_role_without_rights_is_told_which(poor_role: tuple[str, str]) -> None:
    owners, mine = poor_role
    assert "permission denied" in (found := look(mine)["opens"]).said and found.help == RIGHTS
    run_in(owners, f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {ROLE}")
    looked = look(mine)
    assert looked["log"].state == "ok" and looked["views"].help == RIGHTS and looked["views"].mend is None


def test_an_empty_database_in_which_the_role_may_make_nothing_is_told_so(poor_role: tuple[str, str], bare_address: str) -> None:
    if "://" not in bare_address:
        pytest.skip("a file has no roles")
    mine = other(bare_address, username=ROLE, password="x")
    run_in(bare_address, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    found = look(mine)["opens"]
    assert "is empty, and this role may make nothing in it (no CREATE on schema public)" in found.said and found.help == RIGHTS
    run_in(bare_address, f"GRANT CREATE ON SCHEMA public TO {ROLE}")
    assert look(mine)["opens"].said.endswith("is empty")
    with open_store(mine) as store:
        assert store.counts().reports == 0
    run_in(bare_address, f"DROP OWNED BY {ROLE}")


@pytest.mark.parametrize("spoilt", ["cut", "cut by a few bytes", "text", "pages"])
def test_of_a_damaged_file_it_is_said_what_restoring_wants(spoilt: str, tmp_path: Path) -> None:
    """Done as it is said, a backup comes back."""
    path = tmp_path / "home" / "s.sqlite"
    path.parent.mkdir()
    path.write_bytes(whole := filled_bytes())
    with open_store(path) as store:
        backup_store(store, tmp_path / "b.sqlite")
    path.write_bytes(
        {"cut": whole[:9_000], "cut by a few bytes": whole[:-7], "text": b"words " * 900, "pages": whole[:4096] + bytes(len(whole) - 4096)}[spoilt]
    )
    found = look(str(path))["opens"]
    assert found.state == "wrong" and DAMAGED in found.help
    means = Means(now=now)
    if spoilt != "cut by a few bytes":
        with pytest.raises(NotPossible, match=re.escape("move it to another folder")):
            restore_store(str(tmp_path / "b.sqlite"), str(path), agree=lambda _: True, means=means)
    (tmp_path / "away").mkdir()
    for file in path.parent.glob("s.sqlite*"):
        file.rename(tmp_path / "away" / file.name)
    restored = restore_store(str(tmp_path / "b.sqlite"), str(path), agree=lambda _: True, means=means)
    assert restored is not None and restored.reports == 4
    assert {check.state for check in look(str(path)).values()} <= {"ok", "note"}
