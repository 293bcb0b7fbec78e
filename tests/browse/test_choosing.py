from __future__ import annotations

from datetime import date

import pytest

from crowds import REGISTER, crowd
from waqai.browse import Browser
from waqai.flow import judge_same, tag_incident, undo_entry
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


def test_tags_are_followed_in_memory_as_in_the_database_though_no_incident_changes(store: Store) -> None:
    crowd(store, 12, reports=40)
    browser, ids = Browser(store, actors=REGISTER), [incident.id for incident in store.iter_incidents()]
    said = {"because": "", "by": "person:ana"}

    def check(**bearing: list[str]) -> None:
        for tag, wanted in bearing.items():
            filters = Filters(tag=(tag.upper().replace("_", "  "),))
            assert list(browser.page(filters, order="id", size=1000).ids) == [one.id for one in store.iter_incidents(filters)] == sorted(wanted), tag
        (facet,) = (one for one in browser.facets(Filters()) if one.name == "tag")
        assert {value.value: value.count for value in facet.values} == {tag.replace("_", " "): len(wanted) for tag, wanted in bearing.items() if wanted}

    check(look_again=[])
    entry = tag_incident(ids[0], "Look again", store, by="person:ana").id
    tag_incident(ids[1], "look  again", store, by="person:ana")
    tag_incident(ids[1], "river", store, by="person:ana")
    check(look_again=ids[:2], river=[ids[1]])
    undo_entry(entry, store, **said)
    check(look_again=[ids[1]], river=[ids[1]])
    judge_same(ids[1], ids[2], store, **said)  # the tag goes with its incident
    kept = store.get_incident(ids[1]).id
    check(look_again=[kept], river=[kept])


def test_tags_are_not_loaded_again_where_nothing_was_said_since(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd(store, 12, reports=20)
    browser, (first, *_) = Browser(store, actors=REGISTER), [incident.id for incident in store.iter_incidents()]
    tag_incident(first, "river", store, by="person:ana")
    before = browser.page(Filters(tag=("river",))).ids
    with monkeypatch.context() as patched:
        patched.setattr("waqai.browse.browser.find_tagged", lambda _: pytest.fail("tags were loaded again"))
        assert browser.page(Filters(tag=("river",))).ids == before == (first,) and browser.facets(Filters(type=("escape",)))
