from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from waqai.bounds import Cleared, ClearedIncident
from waqai.core import Figure
from waqai.plots import Disc, Label, Picture, Stroke, make_figures, width_of


def plot(record_of: Callable[..., Cleared], *figures: Figure, **asked: object) -> Picture | None:
    record = record_of("i-1")
    return make_figures(replace(record, incident=ClearedIncident(replace(record.incident, figures=figures))), title="F", **asked)  # type: ignore[arg-type]


def test_rows_come_in_the_order_in_which_they_were_said_and_revised_ones_are_hollow(
    record_of: Callable[..., Cleared], figure_of: Callable[..., Figure]
) -> None:
    told = [figure_of(89, day=date(2021, 3, 8)), figure_of(73, day=date(2021, 3, 6)), figure_of(37, speaker="SOHR", day=date(2021, 3, 7))]
    picture = plot(record_of, *told)
    assert picture is not None
    rows = [shape.words.split("  ")[0] for shape in picture.shapes if isinstance(shape, Label) and shape.anchor == "end" and "  " in shape.words]
    assert rows == ["2021-03-06", "2021-03-07", "2021-03-08"]
    dots = [shape for shape in picture.shapes if isinstance(shape, Disc)]
    assert [dot.fill == "#ffffff" for dot in dots] == [True, False, False] and dots[0].line == dots[2].line != dots[1].line
    assert dots[1].x < dots[0].x < dots[2].x


def test_bounds_are_lines_and_open_ones_are_broken(record_of: Callable[..., Cleared], figure_of: Callable[..., Figure]) -> None:
    picture = plot(record_of, replace(figure_of(25), high=None), figure_of(33, high=37, best=37, speaker="SOHR"))
    assert picture is not None
    lines = [shape for shape in picture.shapes if isinstance(shape, Stroke) and shape.width == 2]
    assert sorted(line.dashed for line in lines) == [False, True]


def test_vague_words_are_a_band_without_a_dot(record_of: Callable[..., Cleared], figure_of: Callable[..., Figure]) -> None:
    vague = replace(figure_of(200, high=999, expr="hundreds of prisoners"), best=None)
    picture = plot(record_of, vague, figure_of(338, speaker="B"))
    assert picture is not None
    assert [shape.width for shape in picture.shapes if isinstance(shape, Stroke) and shape.width > 1] == [4]
    assert len([shape for shape in picture.shapes if isinstance(shape, Disc)]) == 1
    (words,) = (shape for shape in picture.shapes if isinstance(shape, Label) and shape.words.startswith("hundreds"))
    assert words.anchor == "start" and words.x + width_of(words.words, size=10) <= picture.width


def test_a_measure_that_is_named_is_drawn_and_one_that_is_not_told_is_no_picture(record_of: Callable[..., Cleared], figure_of: Callable[..., Figure]) -> None:
    told = [figure_of(12), figure_of(13, speaker="B"), figure_of(2, measure="killed")]
    both = plot(record_of, *told), plot(record_of, *told, measure="killed")
    assert both[0] is not None and both[0].alt.startswith("2 figures (escaped)") and both[1] is not None and both[1].alt.startswith("1 figures (killed)")
    assert plot(record_of, *told, measure="wounded") is None and plot(record_of) is None


def test_long_names_are_cut_to_their_room(record_of: Callable[..., Cleared], figure_of: Callable[..., Figure]) -> None:
    picture = plot(record_of, figure_of(12, speaker="A very long name of a speaker " * 5))
    assert picture is not None
    (name,) = (shape.words for shape in picture.shapes if isinstance(shape, Label) and shape.words.startswith("A very"))
    assert name.endswith("…")
