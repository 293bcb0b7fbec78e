"""Columns are those named now, else those kept, else those that the headers tell."""

import pytest

from waqai.core import Columns, Incoming, MissingColumn
from waqai.flow import ColumnChooser, Store, find_kept_columns, iter_uploaded, load_settings, open_named_store, preview_upload

HEADERS = ("Was", "Wann", "Notes")


def test_named_columns_go_before_those_kept_and_these_before_the_guess() -> None:
    kept = Columns(text=("Was",), published="Wann")
    assert ColumnChooser()(HEADERS) == Columns(text=("Notes",))
    assert ColumnChooser(find=lambda _: kept)(HEADERS) == kept
    assert ColumnChooser({"text": ["Notes"]}, find=lambda _: kept)(HEADERS) == Columns(text=("Notes",), published="Wann")


def test_what_is_named_is_kept_for_next_time_and_a_guess_is_not(store: Store) -> None:
    ColumnChooser(find=store.find_columns, keep=store.keep_columns)(HEADERS)
    assert store.find_columns(HEADERS) is None
    ColumnChooser({"text": ["was"]}, find=store.find_columns, keep=store.keep_columns)(HEADERS)
    assert store.find_columns(HEADERS) == Columns(text=("was",))
    assert ColumnChooser(find=store.find_columns)(HEADERS) == Columns(text=("was",))


def test_a_column_that_is_not_there_is_not_kept(store: Store) -> None:
    with pytest.raises(MissingColumn, match="no column 'Body'"):
        ColumnChooser({"text": ["Body"]}, keep=store.keep_columns)(HEADERS)
    assert store.find_columns(HEADERS) is None


def test_a_store_is_looked_into_only_where_there_is_one(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "s.sqlite"
    assert find_kept_columns(str(path), HEADERS) is None
    assert not path.exists()
    with open_named_store(str(path), must_exist=False) as store:
        store.keep_columns(HEADERS, Columns(text=("Was",)))
    assert find_kept_columns(str(path), HEADERS) == Columns(text=("Was",))


def test_an_upload_is_previewed_and_read_by_what_the_store_keeps(store: Store) -> None:
    settings, content = load_settings(), b"Was,Wann\nMen fled.,2023-06-18\n"
    assert preview_upload("a.csv", content, settings=settings, store=store).missing is not None
    store.keep_columns(("Was", "Wann"), Columns(text=("Was",)))
    preview = preview_upload("a.csv", content, settings=settings, store=store)
    assert (preview.columns, preview.is_kept, preview.missing) == (Columns(text=("Was",)), True, None)
    found = list(iter_uploaded("a.csv", content, settings=settings, publisher="P", choose_columns=ColumnChooser(find=store.find_columns)))
    assert [(item.report.text, item.report.publisher) for item in found if isinstance(item, Incoming)] == [("Men fled.", "P")]
