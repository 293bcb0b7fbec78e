"""What the columns of tables hold is kept for all tables with the same headers."""

from waqai.core import Columns
from waqai.store import Store, open_store

COLUMNS = Columns(text=("Notes", "More"), published="Event date", dates="day_first")


def test_columns_are_found_by_the_headers_in_any_order_and_case(store: Store) -> None:
    store.keep_columns(["Notes", "More", "Event date"], COLUMNS)
    assert store.find_columns(["event_date", "NOTES", "more"]) == COLUMNS
    assert store.find_columns(["Notes", "More"]) is None
    assert store.find_columns(["Notes", "More", "Event date", "Link"]) is None


def test_the_last_word_counts(store: Store) -> None:
    store.keep_columns(["a", "b"], Columns(text=("a",)))
    store.keep_columns(["B", "A"], Columns(text=("b",)))
    assert store.find_columns(["a", "b"]) == Columns(text=("b",))


def test_columns_outlive_the_open_store(address: str) -> None:
    with open_store(address) as store:
        store.keep_columns(["Köln \ud83d"], Columns(text=("Köln \ud83d",)))
    with open_store(address) as store:
        assert store.find_columns(["köln \ud83d"]) == Columns(text=("Köln \ud83d",))
