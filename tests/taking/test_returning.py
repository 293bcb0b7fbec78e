from __future__ import annotations

import pytest

from imports.tables import UCDP
from taking.conftest import Bring
from waqai.codebook import load_codebook
from waqai.core import NotPossible
from waqai.flow import Store, undo_entry
from waqai.taking import Returned, list_batches, undo_batch

FAMILY_OF = load_codebook().family_of


def undo(store: Store, batch: str) -> Returned:
    return undo_batch(batch, store, family_of=FAMILY_OF, because="wrong file", by="person:ana")


def picture(store: Store) -> dict[str, object]:
    """What is held of each incident, without the ids of readings and versions."""
    return {i.id: (i.type, i.when and i.when.earliest, [(f.low, f.best) for f in i.figures], i.grade, len(i.accounts)) for i in store.iter_incidents()}


def test_undoing_takes_exactly_the_rows_of_the_batch(bring: Bring, store: Store) -> None:
    bring([UCDP])
    before = picture(store)
    bring([UCDP, UCDP | {"id": "2"}])
    done = undo(store, "import-2")
    assert (done.taken_out, done.brought_back, done.left) == (1, 0, 0)
    assert picture(store) == before


def test_rows_that_it_changed_or_took_out_are_as_before(bring: Bring, store: Store) -> None:
    bring([UCDP, UCDP | {"id": "2"}])
    before = picture(store)
    bring([UCDP | {"best": "6"}], whole=True)
    assert picture(store) != before
    done = undo(store, "import-2")
    assert (done.taken_out, done.brought_back) == (1, 2)
    assert picture(store) == before
    assert store.verify().holds and store.rebuild().is_equal


def test_what_a_later_import_made_of_a_row_stays(bring: Bring, store: Store) -> None:
    bring([UCDP])
    bring([UCDP | {"best": "6"}])
    bring([UCDP | {"best": "7"}])
    now = picture(store)
    done = undo(store, "import-2")
    assert (done.taken_out, done.brought_back, done.left) == (0, 0, 1)
    assert picture(store) == now


def test_batches_undone_from_the_last_leave_nothing(bring: Bring, store: Store) -> None:
    for best in ("5", "6", "7"):
        bring([UCDP | {"best": best}])
    for batch in ("import-3", "import-2", "import-1"):
        undo(store, batch)
    assert picture(store) == {}
    assert [one.undone_by is not None for one in list_batches(store)] == [True, True, True]


def test_batches_undone_in_another_order_leave_what_the_others_said(bring: Bring, store: Store) -> None:
    bring([UCDP])
    first = picture(store)
    bring([UCDP | {"best": "6"}])
    bring([UCDP | {"best": "7"}])
    undo(store, "import-2")
    undo(store, "import-3")
    assert picture(store) == first, "not what import-2 said, which was taken back before"


def test_a_file_comes_in_again_after_it_was_taken_back(bring: Bring, store: Store) -> None:
    bring([UCDP])
    before = picture(store)
    undo(store, "import-1")
    again = bring([UCDP])
    assert (again.batch, again.counts.fates["new"], picture(store)) == ("import-2", 1, before)


def test_an_import_is_undone_once_and_by_its_own_command(bring: Bring, store: Store) -> None:
    bring([UCDP])
    (batch,) = list_batches(store)
    assert (batch.by, batch.file, batch.brought, batch.taken, batch.undone_by) == ("person:ana", "rows.csv", 1, 0, None)
    with pytest.raises(NotPossible, match="waqai import undo import-1"):
        undo_entry(batch.entry, store, because="x", by="person:ana")
    undo(store, "import-1")
    with pytest.raises(NotPossible, match="undone already"):
        undo(store, "import-1")
    with pytest.raises(NotPossible, match="import the file again"):
        undo_entry(store.last_entry(), store, because="x", by="person:ana")
    with pytest.raises(NotPossible, match="no import 'import-9'"):
        undo(store, "import-9")


def test_a_row_that_was_taken_back_tells_no_incidents_story(bring: Bring, store: Store) -> None:
    bring([UCDP, UCDP | {"id": "2", "source_headline": "Fighting near Tel Salam, Tel Salam town"}])
    bring([UCDP], whole=True)
    (incident,) = store.iter_incidents()
    assert store.find_attached(incident.id) == ()
