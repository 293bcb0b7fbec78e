from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from factories import family_of, make_account, make_involved, make_reading, make_report, make_when, make_where
from scenes import QALAT, fill, join, open_by
from waqai.core import Card, to_plain
from waqai.indexes import index
from waqai.indexes.company import told_of
from waqai.store import Store, candidates
from waqai.store.candidates import LIMIT, REPORTS_EACH, find_candidates

DAY = date(2021, 3, 6)


def _card(store: Store, text: str = "Something else happened there.", *, published: date | None = None, title: str | None = None, **account: Any) -> Card:
    report = make_report(text, id="asked", published=published, title=title)
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[make_account(report, **account)]), family_of=family_of)
    (card,) = store.iter_cards(report="asked")
    return card


@pytest.mark.parametrize(
    ("account", "found"),
    [
        ({"when": make_when(DAY), "where": make_where()}, ["i-escape", "i-caught"]),  # place and day; the escape is of our type
        ({"when": make_when(DAY), "where": make_where("Far", place_id="x", lat=33.5, lon=36.3)}, ["i-escape", "i-caught"]),  # same country
        (
            {"when": make_when(DAY), "where": make_where("Over", place_id="x", lat=36.9, lon=40.9, country="TR")},
            ["i-escape", "i-caught"],
        ),  # 60 km, over the border
        ({"when": make_when(DAY), "where": make_where("Lima", place_id="x", lat=-12.0, lon=-77.0, country="PE")}, ["i-escape"]),  # its clash names no place
        ({"when": make_when(date(2021, 5, 6)), "where": make_where()}, []),  # two months later
        ({"when": make_when(date(2021, 3, 1), date(2021, 3, 31)), "where": make_where()}, ["i-escape", "i-caught"]),  # some day in March
        ({"when": make_when(date(2022, 5, 6)), "involved": [QALAT]}, ["i-caught", "i-escape"]),  # the prison, a year later
        ({"when": make_when(date(2022, 5, 6)), "involved": [make_involved("facility", "the prison")]}, []),  # no name
        ({"when": make_when(DAY), "where": make_where(), "type": "meeting"}, ["i-aid"]),  # another kind of happening: the aid, whose place nobody named
        ({"where": make_where()}, ["i-escape", "i-caught"]),  # no day to look in: the place, at any time
        ({"where": make_where(place_id=None, lat=None, lon=None)}, ["i-caught", "i-escape"]),  # a place that is in no gazetteer, by its name
        ({}, []),
    ],
)
def test_candidates_are_near_in_day_place_and_kind_or_share_a_facility(store: Store, account: dict[str, Any], found: list[str]) -> None:
    fill(store)
    assert [i for i, _ in store.find_candidates(_card(store, **account))] == found


def test_an_undated_account_is_looked_for_in_the_month_before_its_report(store: Store) -> None:
    fill(store)
    assert "i-escape" in dict(store.find_candidates(_card(store, published=date(2021, 3, 20), where=make_where())))


def test_an_account_without_day_and_place_is_found_by_rare_words(store: Store) -> None:
    fill(store)
    assert "i-escape" in dict(store.find_candidates(_card(store, "No words.", title="Observatory on the prisoners of Qalat")))


def test_candidates_come_with_the_cards_of_their_accounts_main_ones_first(store: Store) -> None:
    fill(store)
    cards = dict(store.find_candidates(_card(store, when=make_when(DAY), where=make_where())))["i-escape"]
    assert {(c.account.report, c.account.type) for c in cards[:2]} == {("daily", "escape"), ("herald", "escape")}
    assert cards[2].account.type == "clash"


def test_unread_candidates_are_the_same_ones_with_the_same_cards_in_the_same_order(store: Store) -> None:
    fill(store)
    daily = store.get_report("daily").sha256
    store.keep_imprint(daily, b"of the words")
    card = _card(store, when=make_when(DAY), where=make_where())
    found = store.find_unread_candidates(card)
    assert [(incident, tuple(members)) for incident, members in found] == list(store.find_candidates(card)) != []
    outlines = [outline for _, members in found for outline in members.outlines]
    assert {o.imprint for o in outlines if o.report_sha256 == daily} == {b"of the words"}
    assert {o.imprint for o in outlines if o.report_sha256 != daily} == {None}


def test_outlines_say_what_the_accounts_say(store: Store) -> None:
    fill(store)
    asked = _card(store, when=make_when(DAY), where=make_where())
    outlines, cards = dict(store.find_unread_candidates(asked))["i-escape"].outlines, dict(store.find_candidates(asked))["i-escape"]
    for outline, card in zip(outlines, cards, strict=True):
        account, where = card.account, card.where
        assert outline[:5] == (account.id, card.role, card.anchor.report_sha256, card.order, account.type) and outline.family == card.family
        assert (outline.earliest, outline.latest, json.loads(outline.told)) == (card.earliest, card.latest, told_of(to_plain(account)))
        told = (where.place_id, where.precision, where.country, where.lat, where.lon) if where else (None,) * 5
        assert told == (outline.place_id, outline.precision, outline.country, outline.lat, outline.lon)


def test_a_report_is_read_when_its_card_is_looked_at_not_before(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)
    members = dict(store.find_unread_candidates(_card(store, when=make_when(DAY), where=make_where())))["i-escape"]
    loaded: list[object] = []
    load = candidates.load_cards
    monkeypatch.setattr(candidates, "load_cards", lambda connection, **which: loaded.append(which) or load(connection, **which))
    assert len(members) == 3 and loaded == []
    assert members[0].account.type == "escape" and len(loaded) == 1


def test_candidates_inside_a_transaction_know_what_was_linked_in_it(store: Store) -> None:
    with store.transaction():
        card = _card(store, when=make_when(DAY), where=make_where())
        assert store.find_candidates(card) == ()
        open_by(store, card, "i-new")
        assert [i for i, _ in store.find_candidates(card)] == ["i-new"]


def test_of_an_incident_that_many_reports_tell_of_some_are_compared_with_all_their_parts(store: Store) -> None:
    own = []
    for n in range(REPORTS_EACH + 3):
        report = make_report(f"Inmates fled and guards were hurt, says paper {n}.", id=f"paper{n}")
        store.add_report(report)
        own = [make_account(report, type=type, words=words, when=make_when(DAY), where=make_where()) for type, words in (("escape", "fled"), ("clash", "hurt"))]
        store.add_reading(make_reading(report, accounts=own), family_of=family_of)
        fled, hurt = store.iter_cards(report=f"paper{n}")
        open_by(store, fled, "i-many") if n == 0 else join(store, fled, "i-many")
        join(store, hurt, "i-many", role="part")
    card = _card(store, when=make_when(DAY), where=make_where())
    cards = dict(store.find_candidates(card))["i-many"]
    assert len({c.anchor.report_sha256 for c in cards}) == REPORTS_EACH and len(cards) > REPORTS_EACH + REPORTS_EACH // 2
    assert tuple(dict(store.find_unread_candidates(card))["i-many"]) == cards
    assert len(store.find_cards_of("i-many")) == 2 * (REPORTS_EACH + 3)


def test_no_more_than_the_limit_are_handed_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.store.candidates.LIMIT", 1)
    fill(store)
    card = _card(store, when=make_when(DAY), where=make_where())
    with store._reading() as connection:
        assert find_candidates(connection, card) == ["i-escape"]


def test_in_a_town_of_many_incidents_the_nearest_in_days_and_kind_are_handed_on(store: Store) -> None:
    with store.transaction():
        for n in range(40):
            report = make_report(f"Happening {n} in Tel Salam.", id=f"many{n}", published=None)
            store.add_report(report)
            account = make_account(report, type=("clash", "escape")[n % 2], when=make_when(DAY - timedelta(days=n // 4)), where=make_where())
            store.add_reading(make_reading(report, accounts=[account]), family_of=family_of)
            (card,) = store.iter_cards(report=report.id)
            open_by(store, card, f"i-{n:02}")
    found = [incident for incident, _ in store.find_candidates(_card(store, when=make_when(DAY), where=make_where()))]
    assert found[:4] == ["i-01", "i-03", "i-05", "i-07"] and len(found) == LIMIT


def test_unlinked_cards_are_those_in_no_incident(store: Store) -> None:
    fill(store)
    card = _card(store)
    assert [c.account.id for c in store.iter_unlinked_cards()] == [card.account.id] and not list(store.iter_unlinked_cards(report="daily"))


def test_the_more_rare_names_two_reports_share_the_likelier_they_tell_one_story(store: Store) -> None:
    texts = {
        "few": "Said Qandil and old Barakat of the mill met.",
        "many": "Said Qandil and old Barakat met Zubaydah near Wadihamra and Telnour.",
        "own": "In the morning Qandil saw Barakat with Zubaydah at Wadihamra near Telnour.",
    }
    for name, text in texts.items():
        report = make_report(text, id=name, title="")
        store.add_report(report)
        store.add_reading(make_reading(report, accounts=[make_account(report, type="meeting")]), family_of=family_of)
    for name, incident in (("few", "i-a-few"), ("many", "i-z-many")):
        (card,) = store.iter_cards(report=name)
        open_by(store, card, incident)
    own = store.get_report("own")
    assert [incident for incident, _ in store.find_told_alike(own.text, without=own.sha256)] == ["i-z-many", "i-a-few"]


def test_words_that_too_many_hold_are_looked_for_once_and_again_after_something_is_gone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "TOO_MANY", 2)
    fill(store)
    card = _card(store, "No words.", title="Observatory on the prisoners of Qalat")
    asked: list[list[str]] = []
    find = index.find_rows
    monkeypatch.setattr(index, "find_rows", lambda connection, words, most: asked.append(list(words)) or find(connection, words, most=most))  # type: ignore[func-returns-value]
    before = store.find_candidates(card)
    assert store.find_candidates(card) == before and set(asked[1]) < set(asked[0])
    with pytest.raises(ZeroDivisionError), store.transaction():
        raise ZeroDivisionError
    assert store.find_candidates(card) == before and asked[2] == asked[0]
