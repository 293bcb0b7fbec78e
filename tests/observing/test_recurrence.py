"""Near in place, soon after? The answer in words."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from waqai.observing import Happening, Happenings
from waqai.observing.recurrence import ask_recurrence

BLANK = Happening("", "bombing", "remote_violence", "occurred", None, None, "SY", None, None, None, None)


def scattered(n: int, *, repeats: bool, seed: int = 3) -> Happenings:
    """Happenings over a year and some 200 km; every second one again the day after, within 3 km, where they repeat."""
    rng = np.random.default_rng(seed)
    made = []
    for number, (day, lat, lon) in enumerate(zip(rng.integers(0, 365, n), rng.uniform(34, 36, n), rng.uniform(38, 40, n), strict=True)):
        made.append((int(day), float(lat), float(lon)))
        if repeats and number % 2:
            made.append((int(day) + 1, float(lat) + 0.02, float(lon)))
    first = date(2020, 1, 1)
    days = [(first + timedelta(days=day), lat, lon) for day, lat, lon in made]
    return Happenings(all=tuple(BLANK._replace(id=f"i-{k}", earliest=day, latest=day, lat=lat, lon=lon) for k, (day, lat, lon) in enumerate(days)))


def test_a_repeat_is_told_with_its_ratio_its_null_and_what_the_usual_test_would_claim() -> None:
    answer = ask_recurrence(scattered(120, repeats=True), asked="bombings")
    assert answer.says[0].startswith("Happenings come near each other in place and time more often than chance gives: to 5 km, 1 to 2 days:")
    assert "dealt out anew" in answer.says[1] and "of 20 cells would have seemed to stand out" in answer.says[1]
    near, usual = answer.tables
    assert near.columns[1:] == usual.columns[1:] == ("same day", "1 to 2 days", "3 to 7 days", "8 to 14 days", "15 to 30 days")
    assert [row[0] for row in near.rows] == ["same place", "to 5 km", "5 to 10 km", "10 to 20 km"] and near.rows[1][2].endswith("*")
    assert answer.picture is not None and answer.plain["tests"] == 20


def test_no_repeat_is_told_as_such() -> None:
    answer = ask_recurrence(scattered(200, repeats=False), asked="bombings")
    assert answer.says[0].endswith("more often than chance gives, in none of 20 cells.") and not any(
        "*" in cell for row in answer.tables[0].rows for cell in row
    )


def test_too_few_are_not_testable_and_what_has_no_exact_day_or_place_is_left_out() -> None:
    few = scattered(30, repeats=False)
    vague = few.all[0]._replace(id="v", lat=None, lon=None), few.all[1]._replace(id="w", latest=date(2022, 1, 1))
    answer = ask_recurrence(Happenings(all=(*few.all, *vague)), asked="bombings")
    assert not answer.testable and "30 happenings" in answer.says[0] and "at least 50" in answer.says[0]
    assert answer.notes == ("left out: 2 whose day or place is not exactly known",)


def test_no_place_is_in_the_answer() -> None:
    found = scattered(120, repeats=True)
    told = str(ask_recurrence(found, asked="bombings").as_plain())
    assert not any(f"{one.lat:.4f}" in told or str(one.lat) in told for one in found.all)
