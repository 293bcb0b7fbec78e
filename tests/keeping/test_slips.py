"""A backup that is not what it was when it was made is not restored, whichever bit of it changed; one of an older waqai is."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from engines import ENGINES
from full_store import fill_every_table, filled_bytes
from scenes import AT, BY, fill
from waqai.core import StoreError
from waqai.flow import now
from waqai.keeping import slips
from waqai.keeping.backups import backup_store
from waqai.keeping.checks import find_index_fault
from waqai.keeping.looking import find_cut, look_into
from waqai.keeping.moving import move_store
from waqai.keeping.restoring import Means, Restored, restore_store
from waqai.keeping.sealing import Passphrase
from waqai.keeping.slips import drop_slip, find_changed_tables, find_slip
from waqai.store import open_store
from waqai.store.views import RULES


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    (tmp_path / "s.sqlite").write_bytes(filled_bytes())
    with open_store(tmp_path / "s.sqlite") as store:
        backup_store(store, tmp_path / "b.sqlite")
    return tmp_path / "b.sqlite"


def restore(backup: Path | str, target: Path | str) -> Restored | None:
    return restore_store(str(backup), str(target), agree=lambda _: True, means=Means(now=now))


def dump(place: Path | str) -> list[str]:
    with open_store(place) as store:
        return list(store.iter_dump(without=()))


def change(file: Path, before: bytes, after: bytes) -> None:
    """Other bytes of the same length at each place where these stand."""
    content = file.read_bytes()
    assert before in content and len(before) == len(after)
    file.write_bytes(content.replace(before, after))


def run_sql(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as opened:
        for statement in statements:
            opened.execute(statement)
        opened.commit()


@pytest.mark.parametrize("into", ENGINES)
@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (b"Qalat prison", b"Qamat prison", "reports"),  # one bit of a text, and of all that quotes it
        (b"Qalat prison", b"Qa\xecat prison", "reports"),  # one bit, and no UTF-8 any more
        (b"nothing near", b"nothing neas", "log_payloads"),
        (b"are appended", b"ere appended", "schema"),  # what guards a table
    ],
)
def test_a_changed_bit_is_found_before_anything_is_changed(
    into: str, before: bytes, after: bytes, said: str, backup: Path, new_address: Callable[[str], str]
) -> None:
    target = new_address(into)
    with open_store(target) as store:
        fill(store)
    there = dump(target)
    change(backup, before, after)
    with pytest.raises(StoreError, match=rf"b\.sqlite' is damaged \(not as when it was made: .*{said}.*Nothing was changed; restore another backup") as refused:
        restore(backup, target)
    assert "restoring" not in str(refused.value) and "guards" not in str(refused.value)
    assert dump(target) == there


def test_no_bit_of_a_text_changes_unseen(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    start = whole.index(b"said", whole.index(b"Qalat"))
    for bit in range(32):
        changed = bytearray(whole)
        changed[start + bit // 8] ^= 1 << bit % 8
        backup.write_bytes(changed)
        with pytest.raises(StoreError, match=r"damaged|malformed"):
            restore(backup, tmp_path / "new.sqlite")
        assert not (tmp_path / "new.sqlite").exists()


def test_whatever_bit_changes_the_restored_store_is_the_old_one_or_none(backup: Path, tmp_path: Path) -> None:
    whole, expected, chosen, refused = backup.read_bytes(), dump(tmp_path / "s.sqlite"), random.Random(5), 0
    for number in range(40):
        changed = bytearray(whole)
        changed[chosen.randrange(len(whole))] ^= 1 << chosen.randrange(8)
        backup.write_bytes(changed)
        target = tmp_path / f"new{number}.sqlite"
        try:
            restore(backup, target)
        except StoreError:
            refused += 1
            assert not target.exists()
        else:
            assert dump(target) == expected
    assert 5 < refused < 40, "a bit of an empty page is no damage; of others it is"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO search_index(search_index) VALUES ('delete-all')",
        "UPDATE search_index_data SET block = CAST(replace(CAST(block AS TEXT), 'alat', 'amat') AS BLOB) WHERE id > 10 AND instr(block, CAST('qalat' AS BLOB))",
        "DELETE FROM search_index_data WHERE id > 10",
    ],
    ids=["empty", "another word", "no leaves"],
)
def test_a_word_index_that_is_damaged_alone_is_made_anew(statement: str, backup: Path, tmp_path: Path) -> None:
    """It says nothing that the rows do not: no reason to refuse what is perhaps the only backup."""
    run_sql(backup, statement)
    assert restore(backup, tmp_path / "new.sqlite") is not None
    with open_store(tmp_path / "new.sqlite") as store:
        assert find_index_fault(store) == "" and {hit.report for hit in store.search("Qalat")} == {"daily", "herald", "wire"}


@pytest.mark.parametrize("lost", [1, 100, 4000, 4096, 9000])
@pytest.mark.parametrize("is_old", [False, True], ids=["with its slip", "of an older waqai"])
def test_a_backup_that_lost_its_end_is_not_restored(lost: int, is_old: bool, backup: Path, tmp_path: Path) -> None:
    if is_old:
        drop_slip(backup)
    backup.write_bytes(backup.read_bytes()[:-lost])
    with pytest.raises(StoreError, match=r"b\.sqlite' was cut off \(it has [\d,]+ of [\d,]+ bytes\). Nothing was changed; restore another backup"):
        restore(backup, tmp_path / "new.sqlite")
    assert not (tmp_path / "new.sqlite").exists()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_backup_says_what_it_is_and_what_is_restored_or_moved_does_not(engine: str, new_address: Callable[[str], str], tmp_path: Path) -> None:
    with open_store(new_address(engine)) as store:
        fill(store)
        made = backup_store(store, tmp_path / "b.sqlite")
    with look_into(tmp_path / "b.sqlite") as connection:
        slip = find_slip(connection)
        assert slip is not None and slip.digests == {**made.digests, "schema": slip.digests["schema"]}
        assert find_changed_tables(connection) == ()
    assert find_cut(tmp_path / "b.sqlite") == ""
    restore(tmp_path / "b.sqlite", tmp_path / "new.sqlite")
    with open_store(tmp_path / "b.sqlite") as opened:
        move_store(opened, str(tmp_path / "moved.sqlite"))
    for name in ("new", "moved"):
        with look_into(tmp_path / f"{name}.sqlite") as connection:
            assert find_slip(connection) is None


def test_a_backup_of_an_older_waqai_is_restored_and_held_to_the_hashes_of_its_texts(backup: Path, tmp_path: Path) -> None:
    drop_slip(backup)
    restore(backup, tmp_path / "new.sqlite")
    assert dump(tmp_path / "new.sqlite") == dump(tmp_path / "s.sqlite")
    change(backup, b"Qalat prison", b"Qamat prison")
    with pytest.raises(StoreError, match=r"b\.sqlite' is damaged \(the text of report '\w+' .*its SHA-256 is another"):
        restore(backup, tmp_path / "new.sqlite")


def test_a_database_that_was_filled_from_a_dump_is_held_to_the_hashes_of_its_texts(new_address: Callable[[str], str]) -> None:
    dumped, target = new_address("postgresql"), new_address("postgresql")
    with open_store(dumped) as store:
        fill(store)
        with store.writing() as connection:
            connection.exec_driver_sql("ALTER TABLE reports DISABLE TRIGGER USER")
            connection.exec_driver_sql("UPDATE reports SET text = text || '.' WHERE id = 'lake'")
            connection.exec_driver_sql("ALTER TABLE reports ENABLE TRIGGER USER")
    with pytest.raises(StoreError, match="the text of report 'lake' is not the one that came in"):
        restore(dumped, target)


def test_a_backup_that_was_looked_into_is_still_held_to_its_slip(backup: Path, tmp_path: Path) -> None:
    with open_store(backup) as store:
        assert store.verify().holds and store.counts().reports == 4
    restore(backup, tmp_path / "new.sqlite")
    change(backup, b"Qalat prison", b"Qamat prison")
    with pytest.raises(StoreError, match="not as when it was made"):
        restore(backup, tmp_path / "new.sqlite")


def test_a_backup_that_was_used_as_a_store_since_is_restored_as_it_is(backup: Path, tmp_path: Path) -> None:
    with open_store(backup) as store:
        store.append(kind="noted", subject="i-escape", value={"incident": "i-escape", "words": "later"}, because="", by=BY, at=AT)
        with store.writing() as connection:
            connection.exec_driver_sql("UPDATE incidents SET admin1 = 'elsewhere'")
    restored = restore(backup, tmp_path / "new.sqlite")
    assert restored is not None and restored.entries == 7


def test_a_backup_whose_feeds_were_looked_at_since_is_restored_and_held_to_all_else(tmp_path: Path) -> None:
    backup = tmp_path / "b.sqlite"
    with open_store(tmp_path / "s.sqlite") as store:
        fill_every_table(store)
        backup_store(store, backup)
    head = backup.read_bytes()[:20]
    with open_store(backup) as store, store.writing() as connection:
        assert connection.exec_driver_sql("UPDATE feeds SET failures = failures + 1").rowcount
    used = backup.read_bytes()
    restore(backup, tmp_path / "new.sqlite")
    change(backup, b"Qalat prison", b"Qamat prison")
    with pytest.raises(StoreError, match="not as when it was made"):
        restore(backup, tmp_path / "other.sqlite")
    backup.write_bytes(head + used[20:])
    with pytest.raises(StoreError, match="not as when it was made: feeds"):
        restore(backup, tmp_path / "other.sqlite")


def test_a_backup_whose_views_a_newer_waqai_folded_is_restored(backup: Path, tmp_path: Path) -> None:
    with open_store(backup) as store, store.writing() as connection:
        connection.exec_driver_sql("UPDATE notes SET value = 'other rules'")
        connection.exec_driver_sql("UPDATE incidents SET admin1 = 'elsewhere'")
    assert dump(backup) == dump(tmp_path / "s.sqlite"), "folded anew as it was opened"
    run_sql(backup, "UPDATE notes SET value = 'newer'", "UPDATE incidents SET admin1 = 'newer'")
    assert restore(backup, tmp_path / "new.sqlite") is not None
    with open_store(tmp_path / "new.sqlite") as store, store.reading() as connection:
        assert connection.exec_driver_sql("SELECT value FROM notes").scalar() == RULES


def test_a_slip_from_before_is_replaced(backup: Path, tmp_path: Path) -> None:
    """A store that an older waqai restored still has it."""
    with open_store(backup) as store:
        store.append(kind="noted", subject="i-escape", value={"incident": "i-escape", "words": "later"}, because="", by=BY, at=AT)
        backup_store(store, tmp_path / "second.sqlite")
    with look_into(tmp_path / "second.sqlite") as connection:
        assert find_changed_tables(connection) == ()


def test_a_slip_that_cannot_be_read_is_damage(backup: Path, tmp_path: Path) -> None:
    change(backup, b'{"revision": ', b'["revision": ')
    with pytest.raises(StoreError, match=r"cannot be read any more"):
        restore(backup, tmp_path / "new.sqlite")


def test_a_backup_that_does_not_say_what_was_written_to_it_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "s.sqlite").write_bytes(filled_bytes())
    monkeypatch.setattr(slips, "find_slip", lambda _: None)
    with open_store(tmp_path / "s.sqlite") as store, pytest.raises(StoreError, match=r"b\.sqlite does not say what was written"):
        backup_store(store, tmp_path / "b.sqlite")
    assert list(tmp_path.glob("b.sqlite*")) == []


def test_a_sealed_backup_of_a_damaged_file_is_not_restored(backup: Path, tmp_path: Path) -> None:
    """What a person sealed with age itself was held against nothing."""
    import pyrage

    change(backup, b"Qalat prison", b"Qamat prison")
    (tmp_path / "b.age").write_bytes(pyrage.passphrase.encrypt(backup.read_bytes(), "four words"))
    means = Means(now=now, ask_key=lambda: Passphrase(words="four words"))
    with pytest.raises(StoreError, match=r"b\.age' is damaged \(not as when it was made"):
        restore_store(str(tmp_path / "b.age"), str(tmp_path / "new.sqlite"), agree=lambda _: True, means=means)
