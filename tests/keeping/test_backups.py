"""Backups are whole, of one moment, sealed when asked, never written over, and restored to either engine."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest
import sqlalchemy as sa

from full_store import fill_every_table, filled_bytes
from scenes import AT, BY, fill
from waqai.core import NotPossible, StoreError
from waqai.flow import erase_report, now
from waqai.keeping import backups
from waqai.keeping.backups import backup_into, backup_store
from waqai.keeping.digests import digest_tables
from waqai.keeping.erasures import erasure_lines, iter_erasures, load_erasures
from waqai.keeping.restoring import Means, restore_store
from waqai.keeping.sealing import KeyFile, Passphrase, Recipients, is_sealed, wants_passphrase
from waqai.store import Store, open_store

ANA = {"because": "asked for", "by": "person:ana"}
AGREE = {"agree": lambda _: True}


def dump(store: Store) -> list[str]:
    return list(store.iter_dump(without=()))


@pytest.mark.parametrize(("engine", "into"), [("sqlite", "postgresql"), ("postgresql", "sqlite")])
def test_a_backup_of_either_engine_is_restored_to_the_other_over_what_was_there(
    engine: str, into: str, new_address: Callable[[str], str], tmp_path: Path
) -> None:
    with open_store(new_address(engine)) as store:
        fill_every_table(store)
        made = backup_store(store, tmp_path / "b.sqlite")
        expected = dump(store)
        assert (made.reports, made.entries) == (4, 6)
    target = new_address(into)
    with open_store(target) as other:
        fill(other)
        other.append(kind="noted", subject="i-escape", value={"incident": "i-escape", "words": "lost"}, because="", by=BY, at=AT)
    restored = restore_store(str(tmp_path / "b.sqlite"), target, **AGREE, means=Means(now=now))
    assert restored is not None and (restored.reports, restored.entries) == (4, 6)
    with open_store(target) as other:
        assert dump(other) == expected and other.verify().holds
        with other.committed(newest=True) as connection:
            assert digest_tables(connection) == made.digests


@pytest.mark.parametrize("engine", ["postgresql"])  # of a file: test_restoring
def test_a_restored_store_is_without_what_the_replaced_one_knows_to_be_erased(engine: str, new_address: Callable[[str], str], tmp_path: Path) -> None:
    address = new_address(engine)
    with open_store(address) as store:
        fill(store)
        backup_store(store, tmp_path / "b.sqlite")
        erase_report("wire", store, **ANA)
    restored = restore_store(str(tmp_path / "b.sqlite"), address, **AGREE, means=Means(now=now))
    assert restored is not None and [stone.id for stone in restored.erased] == ["wire"]
    with open_store(address) as store:
        assert store.find_report("wire") is None and store.verify().holds and store.rebuild().is_equal
        assert not [line for line in dump(store) if "caught near the river" in line]


def test_a_list_of_erasures_counts_where_the_store_itself_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "s.sqlite").write_bytes(filled_bytes())
    with open_store(tmp_path / "s.sqlite") as store:
        erase_report("lake", store, **ANA)
        store.readmit(store.find_tombstone("lake").sha256, because="agreed", by="person:ana", at=AT)  # type: ignore[union-attr]
        fill_lake(store)
        (tmp_path / "older.jsonl").write_text("".join(erasure_lines([store.find_tombstone("lake")])))  # type: ignore[list-item]
        backup_store(store, tmp_path / "b.sqlite")
        erase_report("wire", store, **ANA)
        (tmp_path / "list.jsonl").write_text("".join(erasure_lines(iter_erasures(store))))
        monkeypatch.setenv("WAQAI_NOW", "2020-01-01T00:00:00+00:00")  # the clock went back
        erase_report("lake", store, **ANA)
        (tmp_path / "last.jsonl").write_text("".join(erasure_lines(iter_erasures(store))))
    listed = (*load_erasures(tmp_path / "list.jsonl"), *load_erasures(tmp_path / "older.jsonl"))
    restored = restore_store(str(tmp_path / "b.sqlite"), str(tmp_path / "new.sqlite"), **AGREE, means=Means(now=now, erasures=listed))
    assert restored is not None and [stone.id for stone in restored.erased] == ["wire"]
    with open_store(tmp_path / "new.sqlite") as store:
        assert store.find_report("wire") is None, "it was erased after the backup"
        assert store.find_report("lake") is not None, "it was taken in again after the erasure that the list tells of, and the backup knows"
    means = Means(now=now, erasures=load_erasures(tmp_path / "last.jsonl"))
    restored = restore_store(str(tmp_path / "b.sqlite"), str(tmp_path / "last.sqlite"), **AGREE, means=means)
    assert restored is not None and {stone.id for stone in restored.erased} == {"wire", "lake"}, "and erased once more since"


def fill_lake(store: Store) -> None:
    from scenes import report_of

    store.add_report(report_of("lake"))


@pytest.mark.parametrize("line", ["{", "[]", '{"sha256": "x"}', '{"sha256":"ab","id":"a","at":"2021-03-09T12:00:00+00:00","by":"p","because":"b"}'])
def test_a_list_with_a_line_that_is_no_erasure_is_refused_with_the_line(line: str, tmp_path: Path) -> None:
    (tmp_path / "list").write_text("\n" + line)
    with pytest.raises(NotPossible, match="list, line 2 is no erasure"):
        load_erasures(tmp_path / "list")


def test_a_backup_that_is_not_what_the_store_was_is_not_kept(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = backups._write_plain

    def damage(store: Store, work: Path, told: object) -> object:
        digests = real(store, work, None)
        with sqlite3.connect(work) as connection:
            connection.execute("UPDATE incidents SET admin1 = 'elsewhere'")
        return digests

    monkeypatch.setattr(backups, "_write_plain", damage)
    with open_store(address) as store:
        fill(store)
        with pytest.raises(StoreError, match=r"b\.sqlite is not what it was made of: incidents differ"):
            backup_store(store, tmp_path / "b.sqlite")
    assert list(tmp_path.glob("b.sqlite*")) == []


def test_a_store_whose_log_is_broken_is_not_backed_up_as_whole(tmp_path: Path) -> None:
    (tmp_path / "s.sqlite").write_bytes(filled_bytes())
    with open_store(tmp_path / "s.sqlite") as store:
        with store.writing() as connection:
            connection.exec_driver_sql("DROP TRIGGER log_payloads_no_update")
            connection.exec_driver_sql("UPDATE log_payloads SET because = 'another word' WHERE entry = 3")
        with pytest.raises(StoreError, match="log does not hold at entry 3"):
            backup_store(store, tmp_path / "b.sqlite")


def test_backups_in_a_folder_have_dates_and_the_newest_few_stay(tmp_path: Path) -> None:
    days = [datetime(2026, 11, day, 23, 15, 1, tzinfo=UTC) for day in (1, 2, 2, 3)]
    folder = tmp_path / "backups"
    (tmp_path / "desk.sqlite").write_bytes(filled_bytes())
    with open_store(tmp_path / "desk.sqlite") as store:
        made = [backup_into(store, folder, at=at, keep=3) for at in days]
        (folder / "mine.sqlite").write_text("not ours")
        back = backup_into(store, folder, at=datetime(2020, 1, 1, tzinfo=UTC), keep=2)  # the clock went back
    names = ["desk-2026-11-01-231501.sqlite", "desk-2026-11-02-231501.sqlite", "desk-2026-11-02-231501-2.sqlite", "desk-2026-11-03-231501.sqlite"]
    assert [one.file.name for one in made] == names
    assert [file.name for one in made for file in one.removed] == names[:1]
    assert [file.name for file in back.removed] == names[1:3]
    assert sorted(file.name for file in folder.iterdir()) == ["desk-2020-01-01-000000.sqlite", names[3], "mine.sqlite"]


def test_a_backup_sealed_by_a_passphrase_is_opened_by_it_alone(tmp_path: Path) -> None:
    target = tmp_path / "s.sqlite"
    target.write_bytes(filled_bytes())
    with open_store(target) as store:
        expected = dump(store)
        backup_store(store, tmp_path / "b.age", seal=Passphrase(words="four words of mine"))
    before = target.read_bytes()
    sealed = tmp_path / "b.age"
    assert is_sealed(sealed) and wants_passphrase(sealed) and b"Qalat" not in sealed.read_bytes() and (sealed.stat().st_mode & 0o077) == 0
    assert sorted(file.name for file in tmp_path.iterdir() if "waqai-" in file.name) == []
    with pytest.raises(NotPossible, match="passphrase does not open"):
        restore_store(str(sealed), str(target), **AGREE, means=Means(now=now, ask_key=lambda: Passphrase(words="five words")))
    assert target.read_bytes() == before
    restore_store(str(sealed), str(tmp_path / "new.sqlite"), **AGREE, means=Means(now=now, ask_key=lambda: Passphrase(words="four words of mine")))
    with open_store(tmp_path / "new.sqlite") as store:
        assert dump(store) == expected


def test_a_backup_sealed_for_keys_is_opened_by_each_of_them(store: Store, tmp_path: Path) -> None:
    fill(store)
    expected = dump(store)
    ana, bo, eve = (pyrage.x25519.Identity.generate() for _ in range(3))
    for name, key in (("ana", ana), ("bo", bo), ("eve", eve)):
        (tmp_path / name).write_text(f"# created: 2026\n{key}\n")
    backup_store(store, tmp_path / "b.age", seal=Recipients(keys=(str(ana.to_public()), str(bo.to_public()))))
    assert not wants_passphrase(tmp_path / "b.age")
    for name in ("ana", "bo"):
        key = KeyFile(file=tmp_path / name)
        restore_store(str(tmp_path / "b.age"), str(tmp_path / f"{name}.sqlite"), **AGREE, means=Means(now=now, ask_key=lambda key=key: key))  # type: ignore[misc]
        with open_store(tmp_path / f"{name}.sqlite") as other:
            assert dump(other) == expected
    for name, why in (("eve", "another key"), ("b.age", "cannot be read as a key file"), ("none", "cannot be read as a key file")):
        with pytest.raises(NotPossible, match=why):
            restore_store(
                str(tmp_path / "b.age"),
                str(tmp_path / "no.sqlite"),
                **AGREE,
                means=Means(now=now, ask_key=lambda n=name: KeyFile(file=tmp_path / n)),  # type: ignore[misc]
            )
    (tmp_path / "cut.age").write_bytes((tmp_path / "b.age").read_bytes()[:-20_000])
    with pytest.raises(StoreError, match="damaged or cut off"):
        restore_store(str(tmp_path / "cut.age"), str(tmp_path / "no.sqlite"), **AGREE, means=Means(now=now, ask_key=lambda: KeyFile(file=tmp_path / "ana")))
    assert not (tmp_path / "no.sqlite").exists()


@pytest.mark.parametrize("seal", [Recipients(keys=("age1xyz",)), Recipients(keys=()), Passphrase(words="")])
def test_what_seals_nothing_is_refused_before_anything_is_written(seal: Recipients | Passphrase, tmp_path: Path) -> None:
    with open_store(tmp_path / "s.sqlite") as store, pytest.raises(NotPossible):
        backup_store(store, tmp_path / "b.age", seal=seal)
    assert list(tmp_path.glob("b.age*")) == []


@pytest.mark.parametrize("size", [0, 50, 5000, 100_000])
def test_a_backup_that_was_cut_off_is_not_restored_and_the_store_stays(size: int, tmp_path: Path) -> None:
    (tmp_path / "s.sqlite").write_bytes(filled_bytes())
    with open_store(tmp_path / "s.sqlite") as store:
        backup_store(store, tmp_path / "b.sqlite")
    before = (tmp_path / "s.sqlite").read_bytes()
    (tmp_path / "cut.sqlite").write_bytes((tmp_path / "b.sqlite").read_bytes()[:size])
    with pytest.raises(StoreError, match=r"not a database|was cut off|malformed|holds no store"):
        restore_store(str(tmp_path / "cut.sqlite"), str(tmp_path / "s.sqlite"), **AGREE, means=Means(now=now))
    assert (tmp_path / "s.sqlite").read_bytes() == before


@pytest.mark.parametrize("because", ["asked\u2028for", "asked\x85for", "plain"])
def test_a_list_of_erasures_is_read_whatever_the_reasons_hold_and_whoever_opened_it(because: str, tmp_path: Path) -> None:
    """Words that are pasted hold other ends of lines; Notepad writes its own, and a mark at the beginning."""
    (tmp_path / "s.sqlite").write_bytes(filled_bytes())
    with open_store(tmp_path / "s.sqlite") as store:
        erase_report("wire", store, because=because, by="person:ana")
        lines = "".join(erasure_lines(iter_erasures(store)))
    for written in (lines.encode(), lines.replace("\n", "\r\n").encode("utf-8-sig")):
        (tmp_path / "list").write_bytes(written)
        assert [stone.because for stone in load_erasures(tmp_path / "list")] == [because]


@pytest.mark.parametrize("name", ["a b?.sqlite", "#1.sqlite", "50%25ü.sqlite"])
def test_a_name_may_hold_what_an_address_may_not(name: str, tmp_path: Path) -> None:
    (tmp_path / "s.sqlite").write_bytes(filled_bytes())
    with open_store(tmp_path / "s.sqlite") as store:
        backup_store(store, tmp_path / name)
        expected = dump(store)
    restore_store(str(tmp_path / name), str(tmp_path / f"new {name}"), **AGREE, means=Means(now=now))
    with open_store(tmp_path / f"new {name}") as store:
        assert dump(store) == expected
    assert sorted(file.name for file in tmp_path.iterdir() if "-" not in file.name) == sorted([name, f"new {name}", "s.sqlite"])


def test_backups_of_another_store_of_the_same_name_and_damaged_ones_are_not_removed(tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    (tmp_path / "desk.sqlite").write_bytes(filled_bytes())
    (tmp_path / "b").mkdir()
    with open_store(tmp_path / "b" / "desk.sqlite") as other:
        fill(other)
        theirs = backup_into(other, folder, at=datetime(2026, 1, 1, tzinfo=UTC), keep=1)
    (folder / "desk-2026-01-02-000000.sqlite").write_bytes(theirs.file.read_bytes()[:5_000])
    with open_store(tmp_path / "desk.sqlite") as store:
        backup_into(store, folder, at=datetime(2026, 1, 3, tzinfo=UTC), keep=1)
        made = backup_into(store, folder, at=datetime(2026, 1, 4, tzinfo=UTC), keep=1)
    assert [file.name for file in made.removed] == ["desk-2026-01-03-000000.sqlite"]
    assert sorted(folder.iterdir()) == [theirs.file, folder / "desk-2026-01-02-000000.sqlite", made.file]


@pytest.mark.parametrize("seal", [None, Passphrase(words="one two three")])
def test_a_store_that_was_made_anew_and_is_empty_removes_no_backup(address: str, seal: Passphrase | None, tmp_path: Path) -> None:
    days = [datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2, 3)]
    folder, empty = tmp_path / "copies", backups_named_alike(address, tmp_path)
    with open_store(address) as store:
        fill(store)
        full = backup_into(store, folder, at=days[0], keep=2, seal=seal)
    with open_store(empty) as store:
        made = [backup_into(store, folder, at=at, keep=1, seal=seal) for at in days[1:]]
    assert [one.reports for one in made] == [0, 0] and not any(one.removed for one in made)
    assert sorted(folder.iterdir()) == [full.file, *(one.file for one in made)]


def backups_named_alike(address: str, folder: Path) -> str:
    """The address of a store that is not there yet, whose backups have the same names."""
    if "://" in address:
        return str(folder / f"{sa.make_url(address).database}.sqlite")
    (folder / "anew").mkdir()
    return str(folder / "anew" / Path(address).name)
