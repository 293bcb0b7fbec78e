"""How many in each week or month? The answer in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from waqai.observing import Answer, Happening, Happenings
from waqai.observing.rates import ask_rates

BLANK = Happening("", "clash", "combat", "occurred", None, None, "SY", None, None, None, None)
FIRST = date(2019, 1, 1)


def found(days: Sequence[int], *, until: int, delay: int | None = 1, more: Sequence[Happening] = ()) -> Happenings:
    """A happening on each of these days after FIRST, told `delay` days later."""
    dated = [FIRST + timedelta(days=int(day)) for day in days]
    told = [None if delay is None else day + timedelta(days=delay) for day in dated]
    made = [BLANK._replace(id=f"e{n}", earliest=day, latest=day, told=when) for n, (day, when) in enumerate(zip(dated, told, strict=True))]
    return Happenings(all=(*made, *more), known_until=FIRST + timedelta(days=until))


def steady(n_days: int, *, a_month: float = 12, seed: int = 5) -> list[int]:
    rng = np.random.default_rng(seed)
    return sorted(rng.integers(0, n_days, int(n_days * a_month / 30)).tolist())


def ask(given: Happenings, **more: object) -> Answer:
    return ask_rates(given, asked="clashes", by="month", **more)  # type: ignore[arg-type]


def test_each_month_has_its_count_and_interval_and_the_newest_is_compared_with_those_before() -> None:
    answer = ask(found(steady(1096), until=1095))
    assert answer.says[0] == "438 happenings in 36 months, from 2019-01-01 to 2021-12-31."
    assert answer.says[1].startswith("The newest whole month, 2021-12, differs no more from those before it than they do from each other:")
    (table,) = answer.tables
    assert table.title == "By month, the last 24 of 36" and len(table.rows) == 24 and table.rows[-1][0] == "2021-12"
    assert sum(one["surely"] for one in answer.plain["rates"]["rates"]) == 438 and answer.plain["newest"]["p_lower"] > 0.05


def test_a_fall_that_is_only_late_reporting_is_not_told_as_a_fall_and_a_real_one_is() -> None:
    days = steady(1096, a_month=60)
    late = [BLANK._replace(id=f"l{n}", earliest=(d := FIRST + timedelta(days=day)), latest=d, told=d + timedelta(days=n % 40)) for n, day in enumerate(days)]
    until = FIRST + timedelta(days=1095)
    known = Happenings(all=tuple(one for one in late if one.told and one.told <= until), known_until=until)
    answer = ask(known)
    assert "differs no more" in answer.says[1] and "are probably reported" in answer.says[1] and answer.tables[0].rows[-1][4].endswith("%")
    fallen = ask(found([day for day in days if day < 1065] + [1070, 1080], until=1095))
    assert "The newest whole month, 2021-12, has fewer than those before it would let expect: 2 where" in fallen.says[1]


def test_what_is_known_to_a_longer_time_is_put_on_no_day() -> None:
    spring = BLANK._replace(id="s", earliest=date(2019, 2, 20), latest=date(2019, 3, 10))
    february = BLANK._replace(id="f", earliest=date(2019, 2, 1), latest=date(2019, 2, 28))
    answer = ask(found([0, 40, 75, 100], until=120, more=(spring, february)))
    assert "1 more are known only to a longer time" in answer.says[0]
    assert [row[1:3] for row in answer.tables[0].rows[:4]] == [("1", ""), ("2", "1"), ("1", "1"), ("1", "")]


def test_what_has_no_day_or_lies_an_age_before_is_left_out_and_counted() -> None:
    lost, slip = BLANK._replace(id="n"), BLANK._replace(id="o", earliest=date(1918, 1, 1), latest=date(1918, 12, 31))
    answer = ask(found([0, 40], until=60, more=(lost, slip)))
    assert answer.notes[:2] == ("left out: 1 without any day", "left out: 1 over 60 years before the last; name a first day to count them")
    assert "from 2019-01-01 to 2019-03-02" in answer.says[0] and "how long reports take" in answer.notes[2]
    assert "from 1918-01-01" in ask(found([0, 40], until=60, more=(slip,)), since=date(1918, 1, 1)).says[0]


def test_nothing_with_a_day_is_not_testable_and_the_record_ends_with_its_last_report() -> None:
    nothing = ask(Happenings(all=(BLANK._replace(id="n"),)))
    assert not nothing.testable and nothing.notes == ("left out: 1 without any day",)
    ahead = BLANK._replace(id="t", earliest=date(2031, 1, 1), latest=date(2031, 1, 1))
    assert "to 2019-03-02" in ask(found([0, 40], until=60, more=(ahead,))).says[0]
