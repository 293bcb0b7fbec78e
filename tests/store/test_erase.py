from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from factories import family_of, make_account, make_claim, make_reading, make_report
from full_store import fill_every_table
from scenes import AT, anchor_of, fill, open_by
from waqai.core import ErasedReport, NotPossible, Report, StoreError, UnknownId
from waqai.keeping.contents import find_tables, iter_rows
from waqai.store import Erased, Store, open_store

WORD = "zanzibarbarian"
SECRET = make_report(f"The {WORD} said that three men fled Qalat prison.", id="secret", publisher=f"{WORD} Post", title=f"{WORD} speaks", url=f"x://{WORD}")


def add_secret(store: Store) -> None:
    """A report with a word that stands nowhere else, read, linked and judged in that word."""
    store.add_report(SECRET)
    store.add_signature(SECRET.sha256, WORD.encode())
    store.keep_imprint(SECRET.sha256, WORD.encode())
    claim = make_claim(SECRET, speaker=f"The {WORD}", content="three men fled Qalat prison")
    account = make_account(SECRET, words="three men fled Qalat prison", said_by=claim.id)
    store.add_reading(make_reading(SECRET, accounts=[account], claims=[claim]), family_of=family_of)
    store.add_near_copy(SECRET.sha256, store.get_report("daily").sha256, similarity=0.6)
    said = {"anchor": anchor_of(account, SECRET), "role": "main", "by": "person:ana", "at": AT}
    entry = store.judge(account.id, "a-other", incident="i-escape", verdict="same", score=1.0, because=f"both name the {WORD}", **said)  # type: ignore[arg-type]
    undo = store.undo(entry.id, because=f"the {WORD} lied", by="person:ana", at=AT)
    store.undo(undo.id, because=f"the {WORD} did not", by="person:ana", at=AT)


def erase(store: Store, report: str = "secret") -> Erased:
    erased = store.erase_report(report, because="asked for", by="person:ana", at=AT)
    store.scrub()
    return erased


def holds(folder: Path, word: str) -> list[str]:
    return [file.name for file in folder.rglob("*") if file.is_file() and word.encode() in file.read_bytes().lower()]


def test_no_row_holds_a_word_of_an_erased_report_and_the_log_still_verifies(store: Store) -> None:
    fill(store)
    add_secret(store)
    assert any(WORD in line for line in store.iter_dump(without=()))
    erased = erase(store)
    assert [line for line in store.iter_dump(without=()) if WORD in line.lower() or '"table":"imprints"' in line] == []
    check = store.verify()
    assert (check.holds, check.reports_erased, check.erased) == (True, 1, erased.entries) == (True, 1, 3)
    assert (erased.incidents, erased.near_copies, erased.tombstone.id) == (("i-escape",), ("daily",), "secret")


def test_no_file_of_the_store_holds_a_word_of_an_erased_report(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.sqlite") as store:
        fill(store)
        add_secret(store)
        assert holds(tmp_path, WORD) != []
        erase(store)
        assert holds(tmp_path, WORD) == []
        assert store.search("qalat")
    assert holds(tmp_path, WORD) == []


def test_incidents_are_folded_again_without_the_erased_report_and_a_rebuild_is_equal(store: Store) -> None:
    fill(store)
    before = store.get_incident("i-escape")
    add_secret(store)
    assert len(store.get_incident("i-escape").accounts) == len(before.accounts) + 1
    erase(store)
    assert store.get_incident("i-escape") == before
    assert store.rebuild().is_equal


def test_reasons_of_other_reports_that_compared_with_the_erased_one_go_too_and_what_they_decided_stands(store: Store) -> None:
    fill(store)
    add_secret(store)
    (secret,), (wire,), (daily,) = (tuple(store.iter_cards(report=name)) for name in ("secret", "wire", "daily"))
    said = {"by": "linker 1", "at": AT, "role": "main", "score": 0.5}
    store.judge(wire.account.id, secret.account.id, incident="i-escape", anchor=wire.anchor, verdict="same", because=f"12 against 3 {WORD}s", **said)  # type: ignore[arg-type]
    mine = said | {"by": "person:ana", "right_anchor": secret.anchor}
    store.judge(daily.account.id, secret.account.id, incident="i-escape", anchor=daily.anchor, verdict="unsure", because=f"a {WORD}?", **mine)  # type: ignore[arg-type]
    store.open_incident("i-new", account=wire.account.id, anchor=wire.anchor, role="main", because=f"not the same as i-escape: 3 {WORD}s", by="linker 1", at=AT)
    erased = erase(store)
    assert [line for line in store.iter_dump(without=()) if WORD in line.lower() or '"table":"imprints"' in line] == []
    assert erased.reworded == 3 and store.verify().holds and store.rebuild().is_equal
    kept = [e for e in store.iter_log() if "it compared with a report that entry" in e.because]
    assert [e.kind for e in kept] == ["judgement", "judgement", "opened"] and all(e.value for e in kept)
    assert {a.report for a in store.get_incident("i-new").accounts} == {"wire"}
    assert {e.id for e in kept if e.kind == "judgement"} <= {one.entry.id for one in store.iter_standing(incident="i-escape")}
    erase(store, "daily")
    assert store.verify().holds


def test_a_reason_that_was_put_in_the_place_of_another_cannot_be_changed_unseen(store: Store, address: str) -> None:
    fill(store)
    erase(store, "daily")
    number = next(e.id for e in store.iter_log() if e.because.startswith("it compared with"))
    with store._engine.begin() as connection:
        row = connection.execute(sa.text("SELECT salt, value FROM log_payloads WHERE entry = :n"), {"n": number}).one()
        connection.execute(sa.text("DELETE FROM log_payloads WHERE entry = :n"), {"n": number})
        said = {"n": number, "salt": row.salt, "value": row.value, "because": "no"}
        connection.execute(sa.text("INSERT INTO log_payloads (entry, salt, value, because) VALUES (:n, :salt, :value, :because)"), said)
    assert (store.verify().broken_entry, store.verify().fault) == (number, "its value or reason was changed")


def test_an_incident_lives_on_when_the_report_that_opened_it_is_erased(store: Store) -> None:
    fill(store)
    erase(store, "daily")
    assert {a.report for a in store.get_incident("i-escape").accounts} == {"herald"}
    assert store.rebuild().is_equal
    (card, _) = store.iter_cards(report="herald")
    with pytest.raises(StoreError, match="never used twice"):
        open_by(store, card, "i-escape")


def test_an_incident_of_the_erased_report_alone_is_gone(store: Store) -> None:
    fill(store)
    erase(store, "wire")
    with pytest.raises(UnknownId):
        store.get_incident("i-caught")


def test_an_erased_text_is_refused_with_the_day_and_the_reason(store: Store) -> None:
    fill(store)
    erase(store, "daily")
    with pytest.raises(ErasedReport, match=r"erased on 2021-03-09 by ana \(asked for\)"):
        store.add_report(Report(id="again", text=DAILY.text, sha256=DAILY.sha256))
    assert store.find_tombstone("daily") == store.find_tombstone(DAILY.sha256)


def test_a_text_that_a_person_takes_in_again_is_kept_and_can_be_erased_again(store: Store) -> None:
    fill(store)
    add_secret(store)
    erase(store)
    entry = store.readmit(SECRET.sha256, because="it was a mistake", by="person:bo", at=AT)
    add_secret(store)
    assert {a.report for a in store.get_incident("i-escape").accounts} == {"daily", "herald", "secret"}
    with pytest.raises(NotPossible, match="erase it again"):
        store.undo(entry.id, because="", by="person:ana", at=AT)
    again = store.erase_report("secret", because="no mistake", by="person:bo", at=AT)
    store.scrub()
    assert [line for line in store.iter_dump(without=()) if WORD in line.lower()] == [] and store.verify().holds and store.rebuild().is_equal
    assert (again.tombstone.because, again.tombstone.by) == ("no mistake", "person:bo")
    with pytest.raises(ErasedReport, match=r"by bo \(no mistake\)"):
        store.add_report(SECRET)


DAILY = make_report("The Observatory said on Monday that 12 prisoners escaped from Qalat prison in Tel Salam on 5 March 2021.")


def test_an_erasure_cannot_be_undone_nor_can_what_it_took(store: Store) -> None:
    fill(store)
    erase(store, "daily")
    with pytest.raises(NotPossible, match="cannot be undone"):
        store.undo(7, because="", by="person:ana", at=AT)
    with pytest.raises(NotPossible, match="nothing left"):
        store.undo(1, because="", by="person:ana", at=AT)


def test_a_store_is_not_scrubbed_inside_a_transaction_nor_while_somebody_reads_it(store: Store, address: str) -> None:
    fill(store)
    with pytest.raises(StoreError, match="inside a transaction"), store.transaction():
        store.scrub()
    if "://" in address:
        return
    with open_store(address, wait_seconds=0.2) as other, store._engine.connect() as reader:
        reader.execute(sa.text("SELECT count(*) FROM reports"))
        other.erase_report("daily", because="asked for", by="person:ana", at=AT)
        with pytest.raises(StoreError, match="another program"):
            other.scrub()
    store.scrub()


def test_a_database_writes_each_table_anew_of_which_an_erasure_took_something(new_address: Callable[[str], str]) -> None:
    """Rows that were deleted or changed lie in a table's file until it is written anew; a digest of each table tells which were."""
    with open_store(new_address("postgresql")) as store:
        fill_every_table(store)
        add_secret(store)
        with store.writing() as connection:
            connection.exec_driver_sql("UPDATE feed_items SET report_sha256 = %s, title = %s", (SECRET.sha256, WORD))
        before, files = look_at_tables(store)
        store.erase_report("secret", because="asked for", by="person:ana", at=AT)
        after, _ = look_at_tables(store)
        store.scrub()
        _, anew = look_at_tables(store)
    lost = {name for name, rows in before.items() if rows - after[name]}
    assert {"reports", "search", "log_payloads", "feed_items"} <= lost
    assert {name for name in lost if files[name] == anew[name]} == {"changes"}, "which holds no words"


def look_at_tables(store: Store) -> tuple[dict[str, set[str]], dict[str, int]]:
    """(rows, number of the file) of each table."""
    with store.committed(newest=True) as connection:
        shapes = find_tables(connection, passing=True)
        rows = {shape.name: {str(row) for batch in iter_rows(connection, shape) for row in batch} for shape in shapes}
        return rows, {shape.name: connection.exec_driver_sql(f"SELECT pg_relation_filenode('{shape.name}')").scalar() or 0 for shape in shapes}
