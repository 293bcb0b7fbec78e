"""Rows of the table of figures."""

from __future__ import annotations

from typing import Any

from exported import clear, make_figure, make_incident, make_making
from waqai.codebook import UCDP_LIKE
from waqai.core import Figure
from waqai.export.figure_table import FigureShape

FIGURES = (make_figure(12), make_figure(15, speaker="the Observatory"), make_figure(3, measure="killed", of_whom="guards", stance="denies"))


def _rows(*figures: Figure, rule: Any = None) -> list[dict[str, Any]]:
    shape = FigureShape(make_making(rule))
    return [dict(zip([column.name for column in shape.columns], row, strict=True)) for row in shape.iter_rows(clear(make_incident(figures=figures)))]


def test_each_competing_figure_has_a_row_with_who_gives_it_and_whether_it_counts() -> None:
    rows = _rows(*FIGURES)
    assert [(row["measure"], row["best"], row["speaker"], row["standing"]) for row in rows] == [
        ("escaped", 12, "police", "counts"),
        ("escaped", 15, "the Observatory", "counts"),
        ("killed", 3, "police", "denied"),
    ]
    assert {(row["id"], row["place"], row["reports"]) for row in rows} == {("i-1", "Tel Salam", 1)}


def test_with_a_rule_each_group_has_a_row() -> None:
    rows = _rows(*FIGURES, rule=UCDP_LIKE)
    assert [(row["measure"], row["of_whom"], row["low"], row["high"], row["figures"], row["counting"]) for row in rows] == [
        ("escaped", "people", 12, 15, 2, 2),
        ("killed", "guard", None, None, 1, 0),
    ]
    assert {row["rule"] for row in rows} == {"ucdp-like 1"} and "lower number" in rows[0]["because"]


def test_an_incident_without_figures_has_one_row() -> None:
    for rule in (None, UCDP_LIKE):
        (row,) = _rows(rule=rule)
        assert row["id"] == "i-1" and row["measure"] is None
