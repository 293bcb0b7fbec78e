"""Incidents with what stands behind them, for whoever writes them down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import scenes
from factories import family_of, make_account, make_involved, make_reading, make_report
from waqai.folding.records import NotToLeave, Record
from waqai.store import Filters, Store

ALL = ("i-aid", "i-caught", "i-escape", "i-meeting")


def nothing(terms: str | None) -> bool:
    return False


def secret(terms: str | None) -> bool:
    return terms == "secret"


def records_of(store: Store, *, told: bool = False, forbids: object = nothing, filters: Filters | None = None) -> dict[str, Record | NotToLeave]:
    found = list(store.iter_records(filters, forbids=forbids, told=told))  # type: ignore[arg-type]
    ids = [one.incident if isinstance(one, NotToLeave) else one.incident.id for one in found]
    assert ids == sorted(ids)
    return dict(zip(ids, found, strict=True))


def came_in_again(store: Store, name: str) -> None:
    """The same text by another way, under terms that forbid that it is passed on."""
    store.add_report(replace(scenes.report_of(name), id=f"{name} by mail", terms="secret"))


def test_all_incidents_come_by_id_as_the_store_holds_them(store: Store) -> None:
    scenes.fill(store)
    found = records_of(store)
    assert tuple(found) == ALL
    assert {id: one.incident for id, one in found.items() if isinstance(one, Record)} == {one.id: one for one in store.iter_incidents()}
    assert tuple(records_of(store, filters=Filters(type=("escape", "aid")))) == ("i-aid", "i-escape")


def test_what_is_told_stands_in_the_incident_s_order_with_its_report(store: Store) -> None:
    scenes.fill(store)
    record = records_of(store, told=True)["i-escape"]
    assert isinstance(record, Record)
    assert [(one.telling.account.id, one.report.id) for one in record.told] == [(one.account, one.report) for one in record.incident.accounts]
    assert all(one.telling.report_sha256 == one.report.sha256 and one.report.text == scenes.TEXTS[one.report.id] for one in record.told)


def test_an_incident_without_a_day_says_since_when_it_is_known(store: Store) -> None:
    scenes.fill(store)
    found = records_of(store)
    assert isinstance(found["i-aid"], Record) and found["i-aid"].since == date(2021, 3, 3)
    assert found["i-aid"].incident.when is None


def test_these_very_records_come_in_the_order_in_which_they_were_named(store: Store) -> None:
    scenes.fill(store)
    found = store.load_records(["i-meeting", "i-none", "i-escape"], forbids=nothing)
    assert [one.incident.id for one in found if isinstance(one, Record)] == ["i-meeting", "i-escape"]
    assert all(isinstance(one, Record) and one.told for one in found)


def test_what_terms_forbid_is_left_out_and_the_incident_is_folded_from_the_others(store: Store) -> None:
    scenes.fill(store)
    came_in_again(store, "daily")
    for told in (False, True):
        record = records_of(store, told=told, forbids=secret)["i-escape"]
        assert isinstance(record, Record)
        assert {one.report for one in record.incident.accounts} == {"herald"}
        assert {(figure.measure, figure.low) for figure in record.incident.figures} == {("escaped", 15), ("wounded", 2)}
        assert {one.report.id for one in record.told} == ({"herald"} if told else set())
        assert "Observatory" not in record.incident.grade_because
    assert records_of(store)["i-escape"] != record


def test_what_only_such_reports_tell_does_not_leave(store: Store) -> None:
    scenes.fill(store)
    came_in_again(store, "lake")
    found = records_of(store, forbids=secret)
    assert found["i-meeting"] == NotToLeave(incident="i-meeting") and found["i-aid"] == NotToLeave(incident="i-aid")
    assert isinstance(found["i-escape"], Record)


def test_who_may_be_a_child_is_told_without_loading_what_is_told(store: Store) -> None:
    text = "Guards beat teenagers in the yard."
    report = make_report(text, id="yard", published=date(2021, 3, 5))
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[make_account(report, type="clash", involved=[make_involved("victim", "teenagers")])]), family_of=family_of)
    (card,) = store.iter_cards(report="yard")
    scenes.open_by(store, card, "i-yard")
    record = records_of(store)["i-yard"]
    assert isinstance(record, Record) and "teenagers" in record.hints and record.told == ()
    scenes.fill(store)
    escape = records_of(store)["i-escape"]
    assert isinstance(escape, Record) and escape.hints == ()
