"""The codebook can be read as tables and as the docs page, and both hold all of it."""

from __future__ import annotations

import re

from waqai.codebook import codebook_markdown, codebook_tables, load_codebook, types_table

CODEBOOK = load_codebook()
PAGE = codebook_markdown(CODEBOOK)


def test_every_row_is_as_long_as_its_heads() -> None:
    for table in codebook_tables(CODEBOOK):
        assert table.rows and all(len(row) == len(table.headers) for row in table.rows), table.title


def test_the_overview_has_a_row_for_every_type() -> None:
    assert [row[1] for row in types_table(CODEBOOK).rows] == list(CODEBOOK.types)


def test_the_page_shows_every_type_with_its_definition_and_example() -> None:
    for event_type in CODEBOOK.types.values():
        assert f"#### `{event_type.id}`" in PAGE
        assert event_type.example in PAGE
        assert event_type.definition[1:] in PAGE


def test_the_page_names_every_status_stance_grade_alias_attr_and_precision() -> None:
    for part in (CODEBOOK.statuses, CODEBOOK.stances, CODEBOOK.grades, CODEBOOK.aliases, CODEBOOK.attrs, CODEBOOK.time_precisions, CODEBOOK.place_precisions):
        assert all(f"| {id} |" in PAGE for id in part)


def test_a_type_without_a_home_says_so() -> None:
    section = PAGE.split("#### `escape`")[1].split("####")[0]
    assert "- plover: no home" in section and "- acled: Other" in section


def test_every_table_row_of_the_page_has_the_cells_of_its_head() -> None:
    for block in re.findall(r"(?:^\|.*\n)+", PAGE, flags=re.MULTILINE):
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
        assert len(widths) == 1


def test_the_page_is_the_same_every_time() -> None:
    assert codebook_markdown(load_codebook()) == PAGE and PAGE.endswith("\n")
