"""Rows of datasets in the store, on both engines."""

from __future__ import annotations

from datetime import UTC, datetime

from factories import family_of, make_account, make_reading, make_report
from waqai.core import ReaderStamp, Report
from waqai.store import Store

READER = "import-ours"
AT = datetime(2024, 1, 1, tzinfo=UTC)


def stamp(batch: str) -> ReaderStamp:
    return ReaderStamp(name=READER, version="1", settings_hash=batch)


def keep(store: Store, text: str, *, id: str, batch: str, empty: bool = False) -> Report:
    """A version of a row, brought in by a batch, or taken out by it."""
    report = store.add_report(make_report(text, id=id)).report
    accounts = () if empty else (make_account(report, stamp=stamp(batch)),)
    assert store.add_reading(make_reading(report, accounts=accounts, stamp=stamp(batch)), family_of=family_of)
    return report


def test_the_version_counts_whose_newest_reading_holds_an_account(store: Store) -> None:
    first = keep(store, "row 1: one", id="ours:1", batch="b1")
    other = keep(store, "row 2: one", id="ours:2", batch="b1")
    keep(store, "row 1: one", id="ours:1", batch="b2", empty=True)
    second = keep(store, "row 1: two", id="ours:1", batch="b2")
    assert second.id == "ours:1-2"
    assert store.find_counting_rows(["ours:1", "ours:2", "ours:3"], reader=READER) == {"ours:1": second.sha256, "ours:2": other.sha256}
    assert list(store.iter_counting_rows(reader=READER)) == [("ours:1", second.sha256), ("ours:2", other.sha256)]
    assert store.find_counting_rows(["ours:1"], reader="import-theirs") == {}
    assert store.find_rows_among([first.sha256, "f" * 64], reader=READER) == {first.sha256}


def test_what_batches_did_is_told_by_their_stamps(store: Store) -> None:
    first = keep(store, "row 1: one", id="ours:1", batch="b1")
    keep(store, "row 1: one", id="ours:1", batch="b2", empty=True)
    second = keep(store, "row 1: two", id="ours:1", batch="b2")
    store.add_report(make_report("row 1: two", id="pasted-again"))
    told = [(row.id, row.report_sha256, row.settings_hash, row.came_in) for row in store.find_row_history(["ours:1"], reader=READER)]
    assert told == [("ours:1", first.sha256, "b1", True), ("ours:1", first.sha256, "b2", False), ("ours:1", second.sha256, "b2", True)]
    assert [(row.id, row.came_in) for row in store.find_batch_rows(stamp("b2"))] == [("ours:1", False), ("ours:1", True)]
    assert store.count_batch_rows() == {(READER, "b1"): (1, 0), (READER, "b2"): (1, 1)}


def test_rows_of_any_dataset_are_told_from_reports(store: Store) -> None:
    row = keep(store, "row 1: one", id="ours:1", batch="b1")
    news = store.add_report(make_report("Guards and fighters met.", id="news")).report
    store.add_reading(make_reading(news, accounts=[make_account(news)]), family_of=family_of)
    assert store.find_rows_of_any([row.sha256, news.sha256]) == {row.sha256}


def test_imports_stand_in_the_log_and_can_be_undone_there(store: Store) -> None:
    value = {"dataset": "csv", "publisher": "Ours", "reader": READER, "settings_hash": "b1", "file": "a.csv", "sha256": "0" * 64}
    entry = store.note_batch("import-1", value, by="person:ana", at=AT)
    assert store.is_batch(entry.id) and not store.is_batch(entry.id + 1)
    store.undo(entry.id, because="", by="person:ana", at=AT)
    (batch,) = store.iter_batches()
    assert (batch.entry.subject, batch.undone_by) == ("import-1", entry.id + 1)
    assert store.verify().holds
