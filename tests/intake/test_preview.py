"""A look into a table shows what a person needs to say which column is what."""

from datetime import date
from pathlib import Path

import pytest

from documents import make_xlsx
from waqai.core import Columns, EmptyReport, UnreadableReport
from waqai.intake import preview_table

CSV = b'Date;Notes;x\n2023-06-18;"Men; fled.";1\n' + b"2023-06-19;Guards slept.;2;3\n" * 8


def test_headers_first_rows_guess_and_count_are_shown() -> None:
    preview = preview_table(CSV, name="a.csv")
    assert preview.headers == ("Date", "Notes", "x")
    assert preview.rows == (("2023-06-18", "Men; fled.", "1"), *[("2023-06-19", "Guards slept.", "2")] * 4)
    assert preview.columns == Columns(text=("Notes",), published="Date")
    assert (preview.is_kept, preview.missing, preview.row_count, preview.notes) == (False, None, 9, ())


def test_what_was_kept_goes_before_the_guess() -> None:
    kept = Columns(text=("x",))
    asked = []
    preview = preview_table(CSV, name="a.csv", find_columns=lambda headers: (asked.append(headers), kept)[1])
    assert (preview.columns, preview.is_kept, asked) == (kept, True, [("Date", "Notes", "x")])


def test_what_is_missing_and_what_was_assumed_is_said() -> None:
    preview = preview_table("Titel,Köln\na,Häftling\n".encode("cp1252"), name="a.csv")
    assert preview.missing is not None
    assert "no column is named that holds the text" in preview.missing
    assert "read as Windows-1252" in preview.notes[0]
    assert preview_table(b"Text\na\n", name="a.csv", find_columns=lambda _: Columns(text=("Gone",))).missing == (
        "the table has no column 'Gone'; its columns are 'Text'"
    )


def test_excel_and_files_are_looked_into_alike(tmp_path: Path) -> None:
    rows = [["Date", "Notes"], [date(2023, 6, 18), "Men fled."], [None, "Guards slept."]]
    path = tmp_path / "a.xlsx"
    path.write_bytes(make_xlsx(*rows))
    preview = preview_table(path, name="a.xlsx")
    assert preview == preview_table(path.read_bytes(), name="a.xlsx")
    assert preview.rows == (("2023-06-18", "Men fled."), ("", "Guards slept."))
    assert preview.row_count == 2


def test_a_large_table_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.intake.preview._COUNTED", 50)
    assert preview_table(CSV, name="a.csv").row_count is None


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.txt", b"x", UnreadableReport),
        ("a.doc", b"x", UnreadableReport),
        ("a.csv", b"", EmptyReport),
        ("a.xlsx", b"", EmptyReport),
        ("a.xlsx", b"x", UnreadableReport),
    ],
)
def test_what_is_no_table_is_refused(name: str, content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        preview_table(content, name=name)
