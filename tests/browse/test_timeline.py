from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from crowds import REGISTER, crowd
from waqai.browse import Browser, Unit
from waqai.core import Day
from waqai.store import Filters, Store

FAMILIES = ("custody_exit", "custody_entry", "combat", "remote_violence", "policy_and_aid", "diplomacy")


def start_of(day: Day, unit: Unit) -> Day:
    return {"day": day, "week": day - timedelta(days=day.weekday()), "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[unit]


@pytest.mark.parametrize(("days", "unit"), [(30, "day"), (400, "week"), (900, "month"), (14000, "year")])
def test_bins_hold_what_took_place_in_them_by_family(store: Store, days: int, unit: Unit) -> None:
    crowd(store, days, reports=40, days=days)
    browser = Browser(store, actors=REGISTER)
    for filters in (Filters(), Filters(status=("occurred", "planned")), Filters(words="river")):
        families = {one.id: family for family in FAMILIES for one in store.iter_incidents(Filters(family=(family,)))}
        found = browser.timeline(filters)
        passing = list(store.iter_incidents(filters))
        dated = [(one.when.earliest, families[one.id]) for one in passing if one.when is not None]
        assert found.unit == unit and found.undated == len(passing) - len(dated)
        wanted = Counter((start_of(day, unit), family) for day, family in dated)
        assert {(start, family): n for family, counts in found.counts.items() for start, n in zip(found.starts, counts, strict=True) if n} == wanted
        first, last = min(found.starts), max(found.starts)
        assert list(found.starts) == sorted({start_of(first + timedelta(days=n), unit) for n in range((last - first).days + 1)})
        assert list(found.counts) == sorted(found.counts) and start_of(min(day for day, _ in dated), unit) == found.starts[0]


def test_what_has_no_day_is_counted_apart_and_nothing_is_no_time(store: Store) -> None:
    browser = Browser(store, actors=REGISTER)
    assert browser.timeline(Filters()).starts == ()
    crowd(store, 1, reports=30)
    undated = [one for one in store.iter_incidents() if one.when is None]
    found = browser.timeline(Filters())
    assert found.undated == len(undated) > 0
    assert browser.timeline(Filters(since=date(1900, 1, 1))).undated == 0
