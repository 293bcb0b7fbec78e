"""A backup brought back applies the erasures that came after it: the words are in no file of the store's folder."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from factories import family_of, make_account, make_reading, make_report
from scenes import AT, fill
from waqai.core import NotPossible, StoreError
from waqai.flow import erase_report, now
from waqai.keeping.backups import backup_store
from waqai.keeping.files import find_leftovers
from waqai.keeping.restoring import Loss, Means, Restored
from waqai.keeping.restoring import restore_store as restore_by
from waqai.store import Store, open_store

WORD = "zanzibarbarian"
SECRET = make_report(f"The {WORD} said that three men fled Qalat prison.", id="secret", publisher=f"{WORD} Post")
LATER = make_report(f"A second {WORD} spoke.", id="later")
ANA = {"because": "asked for", "by": "person:ana"}


def restore_store(backup: str, address: str, *, agree: Callable[[Loss], bool], **more: object) -> Restored | None:
    return restore_by(backup, address, agree=agree, means=Means(now=now, **more))  # type: ignore[arg-type]


def add_secret(store: Store, report: object = SECRET) -> None:
    told = SECRET if report is SECRET else LATER
    store.add_report(told)
    account = make_account(told)
    store.add_reading(make_reading(told, accounts=[account]), family_of=family_of)
    (card,) = store.iter_cards(report=told.id)
    store.open_incident(f"i-{told.id}", account=account.id, anchor=card.anchor, role="main", because=f"a {WORD}", by="linker 1", at=AT)


def holds(folder: Path) -> list[str]:
    return [file.name for file in folder.rglob("*") if file.is_file() and WORD.encode() in file.read_bytes().lower()]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A store in a folder of its own, backed up elsewhere with the secret in it; the secret is erased since, and another came and was erased."""
    folder = tmp_path / "kept"
    folder.mkdir()
    with open_store(folder / "s.sqlite") as store:
        fill(store)
        add_secret(store)
        backup_store(store, tmp_path / "backup.sqlite")
        erase_report("secret", store, **ANA)
        add_secret(store, LATER)
        erase_report("later", store, **ANA)
    return folder


def agree(loss: Loss) -> bool:
    return True


def test_a_restored_backup_is_without_what_was_erased_since(kept: Path, tmp_path: Path) -> None:
    assert WORD in (tmp_path / "backup.sqlite").read_bytes().decode("utf-8", "ignore").lower() and holds(kept) == []
    asked: list[Loss] = []
    restored = restore_store(str(tmp_path / "backup.sqlite"), str(kept / "s.sqlite"), agree=lambda loss: not asked.append(loss))  # type: ignore[func-returns-value]
    assert restored is not None and [s.id for s in restored.erased] == ["secret"] and [s.id for s in restored.refused] == ["later"]
    assert asked == [Loss(reports=(), entries=3, same_log=True)]
    assert holds(kept) == [] and [f.name for f in kept.iterdir() if "restoring" in f.name] == []
    with open_store(kept / "s.sqlite") as store:
        assert store.verify().holds and store.rebuild().is_equal and store.verify().reports_erased == 2
        assert [r.id for r in store.iter_reports()] == ["daily", "herald", "lake", "wire"]
        for report in (SECRET, LATER):
            with pytest.raises(StoreError, match="after the backup was made"):
                store.add_report(report)
    assert holds(kept) == []


def test_where_nobody_agrees_nothing_changes(kept: Path, tmp_path: Path) -> None:
    before = (kept / "s.sqlite").read_bytes()
    assert restore_store(str(tmp_path / "backup.sqlite"), str(kept / "s.sqlite"), agree=lambda _: False) is None
    assert (kept / "s.sqlite").read_bytes() == before and holds(kept) == []


def test_a_backup_is_restored_where_no_store_is_left(kept: Path, tmp_path: Path) -> None:
    restored = restore_store(str(tmp_path / "backup.sqlite"), str(tmp_path / "new" / "s.sqlite"), agree=agree)
    assert restored is not None and (restored.reports, restored.erased) == (5, ())


def test_what_is_lost_is_said(kept: Path, tmp_path: Path) -> None:
    told = make_report("Two guards met.", id="after")
    with open_store(kept / "s.sqlite") as store:
        store.add_report(told)
    with open_store(tmp_path / "other.sqlite") as other:
        fill(other)
    asked: list[Loss] = []
    for backup in ("backup", "other"):
        restore_store(str(tmp_path / f"{backup}.sqlite"), str(kept / "s.sqlite"), agree=lambda loss: bool(asked.append(loss)))  # type: ignore[func-returns-value]
    assert [(loss.reports, loss.same_log) for loss in asked] == [(("after",), True), (("after",), False)]


@pytest.fixture
def backup(tmp_path: Path) -> Callable[..., str]:
    """Makes a store what it is told, backs it up, makes it what it is told next; the address of the store, whose backup lies beside it."""

    def make(*steps: Callable[[Store], object]) -> str:
        before, after = steps
        with open_store(tmp_path / "s.sqlite") as store:
            before(store)
            backup_store(store, tmp_path / "backup.sqlite")
            after(store)
        return str(tmp_path / "s.sqlite")

    return make


def erase_secret(store: Store) -> None:
    erase_report("secret", store, **ANA)


def take_in_again(store: Store) -> None:
    store.readmit(SECRET.sha256, because="agreed after all", by="person:ana", at=AT)


def nothing(store: Store) -> None:
    pass


def in_turn(*steps: Callable[[Store], object]) -> Callable[[Store], None]:
    def take(store: Store) -> None:
        for step in steps:
            step(store)

    return take


@pytest.mark.parametrize(
    ("before", "after", "erased", "refused", "holds_secret", "takes_secret"),
    [
        (add_secret, in_turn(erase_secret, take_in_again), [], [], True, True),  # erased and taken in again since: it stays
        (in_turn(add_secret, erase_secret), nothing, [], [], False, False),  # erased before: the backup knows
        (
            in_turn(add_secret, erase_secret, take_in_again),
            in_turn(lambda store: store.add_report(SECRET), erase_secret),
            [],
            ["secret"],
            False,
            False,
        ),  # and erased once more since
        (add_secret, erase_secret, ["secret"], [], False, False),
    ],
)
def test_of_what_was_erased_the_last_word_counts(
    backup: Callable[..., str],
    tmp_path: Path,
    before: Callable[[Store], object],
    after: Callable[[Store], object],
    erased: list[str],
    refused: list[str],
    holds_secret: bool,
    takes_secret: bool,
) -> None:
    address = backup(before, after)
    restored = restore_store(str(tmp_path / "backup.sqlite"), address, agree=agree)
    assert restored is not None and ([s.id for s in restored.erased], [s.id for s in restored.refused]) == (erased, refused)
    with open_store(address) as store:
        assert (store.find_report("secret") is not None) is holds_secret and store.verify().holds and store.rebuild().is_equal
        grave = store.find_tombstone(SECRET.sha256)
        assert (grave is None or grave.readmitted) is takes_secret


def test_a_store_that_is_behind_its_backup_loses_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.sqlite") as store:
        backup_store(store, tmp_path / "older.sqlite")
        fill(store)
        backup_store(store, tmp_path / "newer.sqlite")
    asked: list[Loss] = []
    for name in ("older", "newer"):
        restore_store(str(tmp_path / f"{name}.sqlite"), str(tmp_path / "s.sqlite"), agree=lambda loss: not asked.append(loss))  # type: ignore[func-returns-value]
    assert [(loss.entries, len(loss.reports)) for loss in asked] == [(6, 4), (0, 0)]


def test_what_a_restoring_that_was_broken_off_left_is_in_nobody_s_way(kept: Path, tmp_path: Path) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True).stdout.strip()
    left = kept / f"s.sqlite.waqai-restoring-{gone}"
    left.write_text("half a copy " * 1000)
    assert find_leftovers(kept) == [left]
    assert restore_store(str(tmp_path / "backup.sqlite"), str(kept / "s.sqlite"), agree=agree) is not None
    assert not left.exists()


def test_a_backup_is_never_written_over_and_what_is_no_store_is_refused(kept: Path, tmp_path: Path) -> None:
    with open_store(kept / "s.sqlite") as store, pytest.raises(NotPossible, match="there already"):
        backup_store(store, tmp_path / "backup.sqlite")
    (tmp_path / "text").write_text("no store " * 1000)
    with sqlite3.connect(tmp_path / "theirs") as connection:
        connection.execute("CREATE TABLE theirs (x)")
    (kept / "damaged.sqlite").write_text("damaged " * 1000)
    with pytest.raises(NotPossible, match="move it to another folder, then restore"):
        restore_store(str(tmp_path / "backup.sqlite"), str(kept / "damaged.sqlite"), agree=agree)
    for name, why in (("text", "no waqai store"), ("theirs", "no waqai store"), ("none", "no backup")):
        with pytest.raises(StoreError, match=why) as refused:
            restore_store(str(tmp_path / name), str(kept / "s.sqlite"), agree=agree)
        assert str(tmp_path / name) in str(refused.value) and "restoring" not in str(refused.value)
    with pytest.raises(NotPossible, match="pg_restore"):
        restore_store("postgresql://x/y", str(kept / "s.sqlite"), agree=agree)


@pytest.mark.parametrize(
    ("backup", "why"), [("", "no backup ''"), ("kept", "is a folder"), ("kept/s.sqlite", "is the store itself"), ("x" * 300, "cannot look")]
)
def test_what_cannot_be_a_backup_is_refused_before_anything_is_written(kept: Path, tmp_path: Path, backup: str, why: str) -> None:
    before = (kept / "s.sqlite").read_bytes()
    with pytest.raises(StoreError, match=why):
        restore_store(str(tmp_path / backup) if backup else "", str(kept / "s.sqlite"), agree=agree)
    assert (kept / "s.sqlite").read_bytes() == before


def test_a_restored_database_is_cleared_of_what_the_other_knows_to_be_erased(new_address: Callable[[str], str]) -> None:
    current, dump = new_address("postgresql"), new_address("postgresql")
    for address in (current, dump):
        with open_store(address) as store:
            fill(store)
            add_secret(store)
    with open_store(current) as store:
        erase_report("secret", store, **ANA)
    restored = restore_store(dump, current, agree=agree)
    assert restored is not None and [s.id for s in restored.erased] == ["secret"]
    with open_store(dump) as store:
        assert [line for line in store.iter_dump(without=()) if WORD in line.lower()] == [] and store.verify().holds
