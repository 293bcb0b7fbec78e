"""Runs of capitalised words."""

from __future__ import annotations

import pytest

from reading.parsing import parse
from waqai.reading.name_runs import iter_parts, iter_runs


def runs_of(text: str) -> list[str]:
    doc = parse(text)
    return [doc[start:end].text for start, end in iter_runs(doc)]


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("They left Ras al-Ain today.", "Ras al-Ain"),
        ("They left Ras al - Ain today.", "Ras al - Ain"),  # spaced out
        ("They left Deir ez-Zor today.", "Deir ez-Zor"),
        ("They left the Kingdom of Saudi Arabia today.", "Kingdom of Saudi Arabia"),
        ("They left Al-Hasakah today.", "Al-Hasakah"),
        ("They left Port Sudan today.", "Port Sudan"),
    ],
)
def test_a_run_holds_what_can_stand_inside_a_name(text: str, run: str) -> None:
    assert run in runs_of(text)


def test_a_small_word_between_two_names_parts_them() -> None:
    assert runs_of("they went from Raqqa to Kano") == ["Raqqa", "Kano"]


def test_a_run_ends_with_its_text() -> None:
    assert runs_of("they left Deir ez-")[0].startswith("Deir")


def test_the_parts_of_a_run_go_from_long_to_short() -> None:
    assert [end - start for start, end in iter_parts(2, 6)] == [4, 3, 3, 2, 2, 1]
