"""Headers tell what columns hold; what a person says goes before; what is missing is said."""

import pytest

from waqai.core import Columns, MissingColumn, headers_fingerprint
from waqai.intake.columns import check_columns, count_known, guess_columns, override_columns

ACLED = ["event_id_cnty", "event_date", "year", "event_type", "country", "admin1", "location", "source", "source_scale", "notes", "fatalities"]


def test_the_columns_of_acled_are_known() -> None:
    assert guess_columns(ACLED) == Columns(text=("notes",), publisher="source", published="event_date", id="event_id_cnty")


@pytest.mark.parametrize(
    ("headers", "columns"),
    [
        (
            ["Headline", "BODY", "Link", "Outlet", "Date published"],
            Columns(text=("BODY",), title="Headline", url="Link", publisher="Outlet", published="Date published"),
        ),
        (["Date", "Publication-Date", "Full Text", "Text"], Columns(text=("Text",), published="Publication-Date")),  # the likelier of two
        (["  text ", "LANG"], Columns(text=("  text ",), language="LANG")),
        (["one", "two"], Columns()),
    ],
)
def test_headers_are_told_whatever_their_case_and_blanks(headers: list[str], columns: Columns) -> None:
    assert guess_columns(headers) == columns


def test_what_a_person_names_goes_before_the_guess_and_takes_a_column_from_another_field() -> None:
    changed = override_columns(guess_columns(ACLED), {"text": ["event_type", "notes"], "url": ["Source"], "published": [], "dates": ["day_first"]})
    assert changed == Columns(text=("event_type", "notes"), url="Source", id="event_id_cnty", dates="day_first")
    assert override_columns(changed, {"title": ["Notes"], "dates": []}) == Columns(text=("event_type",), title="Notes", url="Source", id="event_id_cnty")


def test_places_are_found_whatever_case_the_mapping_was_kept_in() -> None:
    assert check_columns(Columns(text=("NOTES", "Event Type"), published="event date"), ACLED) == {"text": (9, 3), "published": (1,)}


def test_a_missing_column_is_named_with_those_that_there_are() -> None:
    with pytest.raises(MissingColumn, match="no column 'Body'; its columns are 'one', 'two'"):
        check_columns(Columns(text=("one",), title="Body"), ["one", "two"])
    with pytest.raises(MissingColumn, match=r"no column is named that holds the text.*--column text='one'"):
        check_columns(Columns(title="one"), ["one", "two"])


def test_the_fingerprint_of_headers_knows_no_order_and_no_case() -> None:
    assert headers_fingerprint(["Event Date", "notes"]) == headers_fingerprint(["NOTES", "event_date"])
    assert len({headers_fingerprint(h) for h in (["a", "b"], ["a"], ["ab"], ["a", "b", "b"])}) == 4


def test_known_headers_are_counted() -> None:
    assert count_known(["Source", "fatalities", "Event-Date"]) == 2
