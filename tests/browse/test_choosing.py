from __future__ import annotations

from datetime import date

from crowds import REGISTER, crowd
from waqai.browse import Browser
from waqai.store import Filters, Store

MIXES = (
    Filters(),
    Filters(type=("escape",)),
    Filters(type=("escape", "clash", "no such type")),
    Filters(type=("no such type",)),
    Filters(family=("custody_exit", "combat"), status=("occurred",)),
    Filters(grade=("weak", "contested")),
    Filters(country=("sy", "WS")),
    Filters(admin1=("ALEPPO",)),
    Filters(admin1=("sy/Aleppo", "Tuamasaga")),
    Filters(admin1=("/nowhere",)),
    Filters(admin1=("XX/Aleppo", "/Aleppo")),
    Filters(publisher=("the daily", "LAKE POST")),
    Filters(publisher=("straße",)),
    Filters(actor=("lone-wolf",)),
    Filters(actor=("lone wolf", "river-guard")),
    Filters(actor=("%",)),
    Filters(since=date(2022, 3, 1)),
    Filters(until=date(2022, 3, 1)),
    Filters(since=date(2021, 8, 1), until=date(2021, 8, 9), type=("aid", "escape", "clash")),
    Filters(words="river"),
    Filters(words='"near the market"'),
    Filters(words='"market the near"'),
    Filters(words="the-mark*"),
    Filters(words="harb*"),
    Filters(words="strasse guards"),
    Filters(words="diplomacy"),
    Filters(words="custody_exit occurred"),
    Filters(words="?!"),
    Filters(words="market", country=("SY",), since=date(2021, 6, 1), actor=("north-council", "lake-union")),
)


def test_what_passes_in_memory_is_what_passes_in_the_database(store: Store) -> None:
    made = crowd(store, 11, reports=60)
    for _ in range(25):
        made.act()
    browser, empty = Browser(store, actors=REGISTER), 0
    for filters in MIXES:
        wanted = [incident.id for incident in store.iter_incidents(filters)]
        assert list(browser.page(filters, order="id", size=1000).ids) == wanted, filters
        empty += not wanted
    assert empty <= 8  # most of the filters keep something
