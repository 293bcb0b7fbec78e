from __future__ import annotations

from factories import make_report
from waqai.indexes import index
from waqai.store import Store


def test_a_long_text_fills_several_rows_cut_between_words(store: Store) -> None:
    store.add_report(make_report("word " * 90_000))
    rows = [line for line in store.iter_dump() if '"table":"search"' in line]
    assert len(rows) == 3
    assert all('"words":"word word' in row and row.endswith('word"}') for row in rows)


def test_a_word_longer_than_a_row_is_cut() -> None:
    parts = list(index._parts("x" * 450_000))
    assert [len(part) for part in parts] == [200_000, 200_000, 50_000]


def test_row_numbers_follow_from_what_is_indexed() -> None:
    assert index.row_id("report", "a", 0) == index.row_id("report", "a", 0) != index.row_id("report", "a", 1)
    assert 0 <= index.row_id("incident", "i", 0) < 2**63
