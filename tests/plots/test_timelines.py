from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from waqai.bounds import Cleared
from waqai.plots import Area, Label, make_timeline
from waqai.plots.colours import colour_of

Make = Callable[..., Cleared]
FIRST = date(2021, 3, 5)


@pytest.mark.parametrize(("days", "unit"), [(30, "day"), (400, "week"), (1500, "month"), (9000, "year")])
def test_the_finest_unit_is_taken_that_fits(record_of: Make, days: int, unit: str) -> None:
    picture = make_timeline([record_of("i-1", day=FIRST), record_of("i-2", day=FIRST + timedelta(days=days))], title="T")
    assert picture is not None and picture.alt.startswith(f"Incidents by {unit}, 2 of 2 with a day")


def test_bars_are_as_high_as_their_numbers_and_stand_on_each_other(record_of: Make) -> None:
    records = [record_of(f"i-{n}", day=FIRST, family="combat" if n else "custody_exit") for n in range(4)]
    picture = make_timeline([*records, record_of("i-9", day=FIRST + timedelta(days=1), family="combat")], title="T")
    assert picture is not None
    heights = {(shape.fill, round(shape.points[0][0])): shape.points[0][1] - shape.points[2][1] for shape in picture.shapes if isinstance(shape, Area)}
    three, one = sorted((high for (fill, _), high in heights.items() if fill == colour_of("combat")), reverse=True)
    (escape,) = (high for (fill, _), high in heights.items() if fill == colour_of("custody_exit"))
    assert abs(three - 3 * one) < 0.01 and abs(escape - one) < 0.01 and len(heights) == 3


def test_a_unit_that_is_named_is_kept(record_of: Make) -> None:
    picture = make_timeline([record_of("i-1"), record_of("i-2", day=date(2021, 5, 1))], title="T", unit="month")
    assert picture is not None
    assert [label.words for label in picture.shapes if isinstance(label, Label) and label.words.startswith("2021")] == ["2021-03", "2021-04", "2021-05"]


def test_what_has_no_day_is_counted_in_words_and_nothing_is_no_picture(record_of: Make) -> None:
    picture = make_timeline([record_of("i-1"), record_of("i-2", day=None)], title="T")
    assert picture is not None and "1 of 2 with a day" in picture.alt
    assert make_timeline([record_of("i-2", day=None)], title="T") is None
    assert make_timeline([record_of("i-1", day=date.min), record_of("i-2", day=date(9998, 12, 31))], title="T") is not None
