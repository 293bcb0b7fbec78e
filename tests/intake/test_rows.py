"""The headers of a table can be told apart."""

import pytest

from waqai.core import UnreadableReport
from waqai.intake.rows import Row, name_headers


def test_blank_and_repeated_headers_get_names_of_their_own() -> None:
    assert name_headers([" Notes ", "", "NOTES", "a\n b", "", ""]) == ("Notes", "column 2", "NOTES (2)", "a b")


def test_a_table_without_headers_is_refused() -> None:
    with pytest.raises(UnreadableReport, match="begins with a row that names its columns"):
        name_headers(["", " "])


def test_a_row_that_is_too_short_has_empty_cells() -> None:
    assert [Row(1, ("a",)).cell(at) for at in (0, 1)] == ["a", ""]
