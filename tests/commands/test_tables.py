"""Tables on the command line: columns named once are kept for the next table."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from command_line import Run
from waqai.cli.options import parse_columns

ROW = "Twelve prisoners escaped from a jail in Raqqa, Syria, on Sunday, the Observatory said."


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "list.csv"
    file.write_text(f'Was;Wann\n"{ROW}";20/06/2023\n;21/06/2023\n')
    return file


def test_columns_are_named_once_and_kept_for_the_next_table(run: Run, table: Path) -> None:
    refused = run("add", str(table))
    assert refused.code == 1
    assert "its columns are 'Was', 'Wann': say which one, e.g. --column text='Was'" in refused.err
    added = run("add", str(table), "--column", "text=Was", "--column", "published=wann")
    assert added.code == 0, added.err
    assert "1 new report" in added.err
    assert "line 3: it holds no text" in added.err
    assert "its columns are read so: text = 'Was', published = 'wann'" in added.err
    other = table.with_name("next.csv")
    other.write_text(f"WANN,WAS\n22/06/2023,{ROW.replace(',', '')}\n")
    again = run("add", str(other))
    assert again.code == 0, again.err
    assert "1 new report" in again.err
    read = run("read", str(other))
    assert read.code == 0
    assert "2023-06-18" in read.out, "Sunday is counted from the day in the table"


def test_a_column_that_the_table_lacks_is_said(run: Run, table: Path) -> None:
    ran = run("read", str(table), "--column", "text=Body")
    assert ran.code == 1
    assert "the table has no column 'Body'" in ran.err


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (["Notes"], "write FIELD=HEADER"),
        (["body=Notes"], "FIELD is text, title, publisher, published, url, id, language or dates"),
        (["dates=soon"], "day-first or month-first"),
        (["title=a", "title=b"], "title is named more than once"),
    ],
)
def test_a_column_option_that_says_nothing_is_refused(values: list[str], message: str) -> None:
    with pytest.raises(typer.BadParameter, match=message):
        parse_columns(values)


def test_a_header_may_hold_an_equals_sign() -> None:
    assert parse_columns(["text=a=b"]) == {"text": ["a=b"]}
