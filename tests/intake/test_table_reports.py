"""Each row of a table becomes a report or a notice with its place; dates are told by the whole column."""

import csv
import io
import tracemalloc
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from documents import make_xlsx
from waqai.core import Columns, Notice, Report
from waqai.intake import STAGE, STAGE_COLUMNS, Defaults, iter_reports, reports_of_upload


def upload(rows: list[list[str]] | bytes, *, name: str = "list.csv", **options: object) -> list[Report | Notice]:
    out = io.StringIO()
    if isinstance(rows, list):
        csv.writer(out, lineterminator="\n").writerows(rows)
    return list(reports_of_upload(name, rows if isinstance(rows, bytes) else out.getvalue().encode(), **options))  # type: ignore[arg-type]


def test_a_row_is_a_report_with_what_its_columns_hold() -> None:
    columns, report = upload(
        [
            ["ID", "Headline", "Notes", "Source", "Event date", "Link", "Lang", "deaths"],
            ["7", " Escape ", "Men fled.\n", "SOHR", "18 June 2023", "https://x.example/a", "en", "3"],
        ],
        defaults=Defaults(publisher="nobody", terms="CC BY"),
    )
    assert isinstance(columns, Notice)
    assert columns.stage == STAGE_COLUMNS
    assert "text = 'Notes', title = 'Headline'" in columns.reason
    assert isinstance(report, Report)
    assert (report.id, report.title, report.text, report.publisher, report.published) == ("7", "Escape", "Men fled.\n", "SOHR", date(2023, 6, 18))
    assert (report.url, report.language, report.terms) == ("https://x.example/a", "en", "CC BY")


def test_ids_are_the_files_stem_and_blank_cells_count_as_absent() -> None:
    _, one, two = upload([["Text", "Date", "Source"], ["One.", "", " "], ["Two.", "", ""]], defaults=Defaults(published=date(2023, 6, 20), publisher="P"))
    assert isinstance(one, Report)
    assert isinstance(two, Report)
    assert [one.id, two.id] == ["list", "list-2"]
    assert (one.published, one.publisher) == (date(2023, 6, 20), "P")


def test_several_columns_of_text_are_joined_in_the_order_named() -> None:
    rows = [["More", "Lead", "x"], ["and more.", "Men fled.", "1"], ["", "Guards slept.", "2"]]
    found = upload(rows, choose_columns=lambda _: Columns(text=("Lead", "More")))
    assert [item.text for item in found if isinstance(item, Report)] == ["Men fled.\n\nand more.", "Guards slept."]


def test_bad_rows_are_notices_in_their_place_and_the_rest_is_read() -> None:
    found = upload(
        [
            ["Text", "Date", "id"],
            ["One.", "soon", "a"],
            [" ", "2023-06-18", "b"],
            ["Two\0.", "", "c"],
            ["Three.", "2023-06-18", "d\ne"],
            ["Four.", "2023-06-18", "f"],
        ]
    )
    notices = [item for item in found[1:] if isinstance(item, Notice)]
    assert [(n.record, n.stage) for n in notices] == [(f"list.csv:{line}", STAGE) for line in (2, 3, 4, 5)]
    assert notices[0].reason == "line 2: 'soon' is no day; write YYYY-MM-DD, or leave the cell empty"
    assert notices[1].reason == "line 3: it holds no text"
    assert "line 4: it holds a NUL character" in notices[2].reason
    assert "line 5: field 'id' holds" in notices[3].reason
    assert [item.id for item in found if isinstance(item, Report)] == ["f"]


def test_rows_of_excel_are_told_by_their_row_and_its_days_need_no_order() -> None:
    found = upload(make_xlsx(["Text", "Date"], ["One.", date(2023, 4, 3)], ["", date(2023, 4, 4)], ["Two.", "03/04/2023"]), name="list.xlsx")
    assert isinstance(found[1], Report)
    assert found[1].published == date(2023, 4, 3)
    assert isinstance(found[2], Notice)
    assert found[2].reason == "row 3: it holds no text"
    assert isinstance(found[3], Notice)
    assert "row 4: '03/04/2023' can be 2023-04-03 or 2023-03-04" in found[3].reason


@pytest.mark.parametrize("kind", ["upload", "file", "xlsx"])
def test_the_last_row_can_decide_how_the_first_is_meant(kind: str, tmp_path: Path) -> None:
    rows = [["Text", "Date"], *([[f"Report {n}.", "03/04/2023"] for n in range(600)]), ["Last.", "18/06/2023"]]
    if kind == "upload":
        found = upload(rows)
    elif kind == "xlsx":
        found = upload(make_xlsx(*rows), name="list.xlsx")
    else:
        with (tmp_path / "list.csv").open("w", newline="") as file:
            csv.writer(file).writerows(rows)
        found = list(iter_reports([tmp_path / "list.csv"]))
    assert {item.published for item in found if isinstance(item, Report)} == {date(2023, 4, 3), date(2023, 6, 18)}
    assert len(found) == 602


def test_a_persons_word_on_dates_goes_before_the_column() -> None:
    rows = [["Text", "Date"], ["One.", "03/04/2023"]]
    found = upload(rows, choose_columns=lambda _: Columns(text=("Text",), published="Date", dates="month_first"))
    assert [item.published for item in found if isinstance(item, Report)] == [date(2023, 3, 4)]
    (notice,) = [item for item in upload(rows)[1:] if isinstance(item, Notice)]
    assert "no other date of its column tells which" in notice.reason


def test_a_table_without_a_column_of_text_is_a_notice_that_names_its_columns() -> None:
    (notice,) = upload([["Was", "Wann"], ["x", "y"]])
    assert isinstance(notice, Notice)
    assert (notice.record, notice.stage) == ("list.csv", STAGE)
    assert "its columns are 'Was', 'Wann'" in notice.reason


def test_a_table_of_headers_alone_is_a_notice() -> None:
    assert isinstance(last := upload([["Text", "Date"]])[-1], Notice)
    assert last.reason == "the table holds no row but its headers"


def test_columns_that_are_not_read_are_counted() -> None:
    ignored: Counter[str] = Counter()
    upload([["Text", "iso", "Date"], ["One.", "SY", ""], ["Two.", "SY", ""]], ignored=ignored)
    assert ignored == {"iso": 2}


def test_formulas_in_delimited_text_are_text() -> None:
    found = upload([["Text"], ['=HYPERLINK("http://127.0.0.1:9/x")'], ["@SUM(1+1)"], ["+1 prisoner fled"]])
    assert [item.text for item in found if isinstance(item, Report)] == ['=HYPERLINK("http://127.0.0.1:9/x")', "@SUM(1+1)", "+1 prisoner fled"]


def test_a_hundred_thousand_rows_stream(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "notes", "event_date"])
        writer.writerows([f"r{n}", f"Report {n}: {'twelve men fled. ' * 20}", "2023-06-18"] for n in range(100_000))
    assert path.stat().st_size > 30_000_000
    tracemalloc.start()
    reports = iter_reports([path])
    seen = [next(reports) for _ in range(20_000)]
    del seen
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(isinstance(item, Report) for item in reports) == 80_001
    assert peak < 40_000_000  # of which the 20,000 reports that were held
