from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from came import AT, PAGE, make_came, make_original
from waqai.core import Incoming, NotPossible, StoreError
from waqai.keeping.backups import backup_store
from waqai.keeping.checks import check_open_store
from waqai.keeping.moving import move_store
from waqai.keeping.restoring import Means, restore_store
from waqai.originals import find_retrievals, get_content, iter_damaged, keep_original, verify_originals
from waqai.schema.originals import originals, payloads, retrievals
from waqai.store import Store, open_store

SHA256 = make_original(PAGE).sha256


def keep(*all: Incoming, store: Store) -> None:
    for came in all:
        store.add_report(came.report)
        keep_original(came, store, at=AT)


def three(store: Store) -> None:
    keep(
        make_came(),
        make_came("Two men fled Herat prison.", id="herat", content=b"herat " * 40),
        make_came("One man fled.", id="row", content=None, address="list.csv"),
        store=store,
    )


@pytest.fixture
def filled(store: Store) -> Store:
    three(store)
    return store


def forge(store: Store, statement: sa.Executable) -> None:
    """What somebody does who can write to the database and takes the guards away."""
    with store.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        else:
            for name in connection.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.execute(statement)


def test_what_nobody_touched_holds(filled: Store) -> None:
    check = verify_originals(filled)
    assert (check.holds, check.retrievals, check.originals, check.erased, check.damaged) == (True, 3, 2, 0, ())
    assert check.head == find_retrievals("row", filled)[0].hash


def test_an_empty_store_holds(store: Store) -> None:
    assert verify_originals(store).holds


R, P = retrievals, payloads


@pytest.mark.parametrize(
    ("statement", "broken", "fault"),
    [
        (R.update().where(R.c.number == 2).values(report_sha256="f" * 64), 2, "its report, original or time was changed"),
        (R.update().where(R.c.number == 2).values(original_sha256=SHA256), 2, "its report, original or time was changed"),
        (R.update().where(R.c.number == 1).values(kept_at=AT.replace(hour=13)), 1, "its report, original or time was changed"),
        (R.update().where(R.c.number == 3).values(previous_hash="0" * 64), 3, "it does not follow the one before it"),
        (P.update().where(P.c.number == 1).values(plain=P.c.plain + " "), 1, "what it says was changed"),
        (P.update().where(P.c.number == 1).values(salt="00"), 1, "what it says was changed"),
        (P.delete().where(P.c.number == 2), 2, "what it says is gone, and no entry"),
        (originals.delete().where(originals.c.sha256 == SHA256), 1, "its original is gone"),
    ],
)
def test_a_changed_row_is_found_and_named(filled: Store, statement: sa.Executable, broken: int, fault: str) -> None:
    forge(filled, statement)
    check = verify_originals(filled)
    assert not check.holds and check.broken == broken and check.fault.startswith(fault)


def test_a_link_taken_out_is_found(filled: Store) -> None:
    forge(filled, payloads.delete().where(payloads.c.number == 2))
    forge(filled, retrievals.delete().where(retrievals.c.number == 2))
    check = verify_originals(filled)
    assert (check.broken, check.fault) == (2, "retrieval 2 is missing")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (zlib.compress(PAGE + b"."), "more than the"),
        (zlib.compress(PAGE[:-1]), "bytes, not"),
        (zlib.compress(PAGE.replace(b"Three", b"Eight")), "its bytes were changed: their SHA-256 is"),
        (b"no zlib", "cannot be unpacked"),
        (zlib.compress(b"\x00" * 50_000_000), "more than the"),  # a bomb costs no more than the original did
    ],
)
def test_changed_bytes_are_found_when_they_are_read_and_when_all_is_verified(filled: Store, content: bytes, says: str) -> None:
    forge(filled, originals.update().where(originals.c.sha256 == SHA256).values(content=content))
    with pytest.raises(StoreError, match=f"original {SHA256}: .*{says}.*backup"):
        get_content(SHA256, filled)
    ((sha256, why),) = iter_damaged(filled)
    assert sha256 == SHA256 and says in why
    assert verify_originals(filled).damaged == ((sha256, why),) and not verify_originals(filled).holds


@pytest.mark.parametrize("table", [originals, retrievals, payloads])
def test_the_database_refuses_to_change_or_delete_them(filled: Store, table: sa.Table) -> None:
    column = next(iter(table.primary_key))
    for statement in (table.update().values({column.name: column}), table.delete()):
        with pytest.raises(StoreError, match=r"appended|kept"), filled.writing() as connection:
            connection.execute(statement)


def erase(store: Store, report: str) -> None:
    store.erase_report(report, because="asked for", by="person:ana", at=AT)
    store.scrub()


def test_an_erased_report_takes_its_bytes_and_its_retrievals_along_and_the_chain_still_verifies(filled: Store) -> None:
    erase(filled, "qalat")
    with filled.reading() as connection:
        said = " ".join(connection.scalars(sa.select(payloads.c.plain)))
        assert "daily.example/1" in said and len(connection.execute(sa.select(originals.c.sha256)).all()) == 1
        links = connection.scalars(sa.select(retrievals.c.original_sha256).order_by(retrievals.c.number)).all()
    assert links[0] == SHA256  # what stays: a hash
    check = verify_originals(filled)
    assert (check.holds, check.retrievals, check.erased, check.originals) == (True, 3, 1, 1)


def test_no_file_of_the_store_holds_a_word_of_what_an_erased_report_was_made_of(tmp_path: Path) -> None:
    secret = make_came(content=b"<p>zanzibarbarian</p> \xff" + bytes(range(256)), address="https://zanzibarbarian.example/")
    with open_store(tmp_path / "store.sqlite") as store:
        keep(make_came("Another text.", id="other", content=PAGE), secret, store=store)
        words = (b"zanzibarbarian.example", bytes(range(256)))
        assert [any(word in file.read_bytes() for file in tmp_path.iterdir()) for word in words] == [True, True]
        erase(store, "qalat")
        assert [any(word in file.read_bytes() for file in tmp_path.iterdir()) for word in words] == [False, False]
        assert verify_originals(store).holds


def test_bytes_that_another_report_was_made_of_stay_until_that_is_erased_too(store: Store) -> None:
    keep(make_came(), make_came("Qalat, told otherwise.", id="second"), store=store)
    erase(store, "qalat")
    assert get_content(SHA256, store) == PAGE and verify_originals(store).holds
    erase(store, "second")
    assert verify_originals(store).holds and verify_originals(store).originals == 0


def test_an_erased_text_that_comes_in_again_brings_its_bytes_again(store: Store) -> None:
    keep(make_came(), store=store)
    erase(store, "qalat")
    store.readmit(make_came().report.sha256, because="the court said so", by="person:ana", at=AT)
    keep(make_came(), store=store)
    assert get_content(SHA256, store) == PAGE
    assert (verify_originals(store).holds, verify_originals(store).retrievals) == (True, 2)


def test_a_backup_holds_them_and_what_was_erased_since_is_not_in_a_restored_one(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.sqlite") as store:
        three(store)
        backup_store(store, tmp_path / "copy.sqlite")
        erase(store, "qalat")
    with open_store(tmp_path / "copy.sqlite") as copy:
        assert get_content(SHA256, copy) == PAGE and verify_originals(copy).holds
    restore_store(str(tmp_path / "copy.sqlite"), str(tmp_path / "store.sqlite"), agree=lambda _: True, means=Means(now=lambda: AT))
    with open_store(tmp_path / "store.sqlite") as store:
        assert (verify_originals(store).holds, verify_originals(store).erased, verify_originals(store).originals) == (True, 1, 1)


def test_a_transaction_that_fails_leaves_neither_bytes_nor_link(store: Store) -> None:
    with pytest.raises(NotPossible), store.transaction():
        keep(make_came(), store=store)
        raise NotPossible("no")
    assert verify_originals(store).retrievals == verify_originals(store).originals == 0
    keep(make_came(), store=store)
    assert verify_originals(store).retrievals == 1


def test_a_store_moved_to_the_other_engine_and_back_has_the_same_chain_and_bytes(new_address: Callable[[str], str], tmp_path: Path) -> None:
    base, back = new_address("postgresql"), str(tmp_path / "back.sqlite")
    with open_store(new_address("sqlite")) as store:
        three(store)
        before = verify_originals(store)
        move_store(store, base)
    with open_store(base) as store:
        assert verify_originals(store) == before and get_content(SHA256, store) == PAGE
        keep(make_came("More.", id="more", content=b"more"), store=store)  # the chain goes on
        assert verify_originals(store).holds
        move_store(store, back)
    with open_store(back) as store:
        assert verify_originals(store).holds and verify_originals(store).retrievals == 4


def test_a_look_at_the_store_names_a_damaged_original(filled: Store) -> None:
    def said() -> tuple[str, str]:
        return next((one.state, one.said) for one in check_open_store(filled, actors=None) if one.name == "originals")

    assert said() == ("ok", "2 originals and 3 retrievals, each as it came")
    forge(filled, originals.update().where(originals.c.sha256 == SHA256).values(content=b"x"))
    forge(filled, payloads.update().where(payloads.c.number == 1).values(salt="00"))
    state, words = said()
    assert state == "wrong" and words.startswith("retrieval 1: what it says was changed (and 1 more)")
