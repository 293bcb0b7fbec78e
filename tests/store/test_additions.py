"""An account that a person added stands beside what readers found: on both engines, under another reader, as of a day; and it is taken back in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from factories import STAMP, family_of, make_account, make_claim, make_count, make_involved, make_reading, make_report, make_when, make_where, span_of
from scenes import AT, anchor_of, fill, join, open_by
from waqai.codebook import load_codebook
from waqai.core import Account, Card, ChangedMeanwhile, NotPossible, ReaderStamp, Report, Span, UnknownId
from waqai.flow import (
    Change,
    Gazetteer,
    Given,
    Store,
    accept_many,
    add_account,
    correct_account,
    erase_report,
    judge_different,
    judge_same,
    review_account,
    split_account,
    undo_entry,
)

ANA = {"because": "the report says so", "by": "person:ana"}
BEN = {"because": "I read it again", "by": "person:ben"}
TEXT = (
    "The governor said that 12 prisoners escaped from Qalat prison on 5 March and that nine broke out of the camp of Bahra a day later. "
    "Two guards were hurt in a clash. Three of the men were caught near the river on 7 March, the paper learned."
)
ESCAPE = "12 prisoners escaped from Qalat prison on 5 March and that nine broke out of the camp of Bahra a day later"
SECOND = "nine broke out of the camp of Bahra a day later"
CLASH, CAUGHT = "Two guards were hurt in a clash.", "Three of the men were caught near the river on 7 March"
NEXT = replace(STAMP, version="2")


def report() -> Report:
    return make_report(TEXT, id="daily", publisher="The Daily")


def accounts_of(kinds: Sequence[tuple[str, str]], stamp: ReaderStamp) -> list[Account]:
    return [make_account(report(), type=type, words=words, key=str(n), stamp=stamp) for n, (type, words) in enumerate(kinds)]


def read(store: Store, *kinds: tuple[str, str], stamp: ReaderStamp = NEXT) -> None:
    """A reader's reading of the report, with these accounts."""
    store.add_reading(make_reading(report(), accounts=accounts_of(kinds, stamp), stamp=stamp), family_of=family_of)


@pytest.fixture
def daily(store: Store) -> str:
    """The scene's store with one report more: its escape sits in i-daily, said by the governor, with the clash as a part. The escape's account id."""
    fill(store)
    told = report()
    claim = make_claim(told, speaker="The governor", cue="said", content=ESCAPE)
    counts = [make_count(12, report=told, words="12 prisoners", said_by=claim.id), make_count(9, report=told, words="nine", said_by=claim.id)]
    prison, camp = (make_involved("facility", name, phrase=span_of(name, TEXT), said_by=claim.id) for name in ("Qalat prison", "the camp of Bahra"))
    day = make_when(date(2021, 3, 5), phrase=span_of("on 5 March", TEXT))
    where = make_where(phrase=span_of("near the river", TEXT))
    escape = make_account(told, words=ESCAPE, when=day, where=where, counts=counts, involved=[prison, camp], said_by=claim.id)
    clash = make_account(told, type="clash", key="2", words=CLASH)
    store.add_report(replace(told, id="second"))
    store.add_reading(make_reading(told, accounts=[escape, clash], claims=[replace(claim, accounts=(escape.id,))]), family_of=family_of)
    one, two = store.iter_cards(report=told.sha256)
    open_by(store, one, "i-daily")
    join(store, two, "i-daily", right=one.account.id, role="part")
    return escape.id


def add(store: Store, words: str = CAUGHT, type: str = "recapture", **said: Any) -> Change:
    given = {"codebook": load_codebook(), "gazetteer": no_gazetteer} | ANA | said
    return add_account("second", span_of(words, TEXT), type, store, **given)


def split(store: Store, account: str, words: str = SECOND, **said: Any) -> Change:
    return split_account(account, span_of(words, TEXT), store, codebook=load_codebook(), **(ANA | said))


def no_gazetteer() -> Gazetteer:
    raise AssertionError("only a place is looked up")


def cards_of(store: Store) -> list[Card]:
    return list(store.iter_cards(report="second"))


def types_of(store: Store) -> list[str]:
    return [card.account.type for card in cards_of(store)]


def is_in_step(store: Store) -> bool:
    return store.rebuild().is_equal and store.verify().holds


def test_an_added_account_opens_an_incident_and_says_what_the_person_gave(store: Store, daily: str) -> None:
    facets = [
        Given(facet="when", value="2021-03-07", span=span_of("on 7 March", TEXT)),
        Given(facet="count", value="recaptured=3", span=span_of("Three of the men", TEXT)),
        Given(facet="actor", value="responder=the guards"),
        Given(facet="status", value="ongoing"),
    ]
    change = add(store, facets=facets)
    added, opened = change.entries
    assert (added.kind, opened.kind, added.value["act"], opened.value["act"]) == ("added", "opened", added.id, added.id)
    account = store.get_account(added.subject)
    view = store.get_incident(opened.subject)
    assert view.when is not None and (view.type, view.status, view.when.earliest, view.when.basis) == ("recapture", "ongoing", date(2021, 3, 7), "reviewer")
    assert [(f.measure, f.best, f.expr, f.speaker) for f in view.figures] == [("recaptured", 3, "Three of the men", "The Daily")]
    assert [(i.name, i.phrase.of(TEXT)) for i in account.involved] == [("the guards", CAUGHT)]
    assert {account.rule, account.status.rule, view.when.rule} == {"added by ana"} and added.value["told"]["id"] == account.id  # type: ignore[index]
    assert types_of(store) == ["escape", "clash", "recapture"] and [a.id for a in told(store)] == [c.account.id for c in cards_of(store)]
    assert [(m.account, m.before, m.after) for m in change.moved] == [(account.id, None, view.id)] and is_in_step(store)


def told(store: Store) -> tuple[Account, ...]:
    reading = store.find_reading("second")
    assert reading is not None
    return reading.accounts


def test_what_is_added_in_a_speakers_words_is_that_speakers(store: Store, daily: str) -> None:
    change = add(store, SECOND, "jailbreak", facets=[Given(facet="count", value="escaped=9", span=span_of("nine", TEXT))])
    view = store.get_incident(change.entries[1].subject)
    assert [(f.speaker, f.best) for f in view.figures] == [("The governor", 9)] and view.grade_because == "one speaker, in 1 report: The governor"
    add(store, "Bahra a day later", "prison_riot")  # the claims of the first addition are no second ones
    assert is_in_step(store)


def test_an_added_account_is_put_into_the_incident_that_is_named(store: Store, daily: str) -> None:
    change = add(store, incident="i-caught")
    assert [(a.report, a.role) for a in store.get_incident("i-caught").accounts] == [("second", "main"), ("wire", "main")]
    part = add(store, "hurt in a clash", "clash", incident="i-daily")
    assert [a.role for a in store.get_incident("i-daily").accounts if a.account == part.entries[0].subject] == ["part"]
    for one in (change, part):
        undo_entry(one.entries[1].id, store, **BEN)
    assert types_of(store) == ["escape", "clash"] and [a.report for a in store.get_incident("i-caught").accounts] == ["wire"] and is_in_step(store)


def test_what_cannot_be_added_is_said_and_nothing_is_kept(store: Store, daily: str) -> None:
    before = list(store.iter_dump())
    for said, why in (
        ({"type": "jailbrake"}, "perhaps jailbreak"),
        ({"words": ESCAPE, "type": "escape"}, f"account {daily} tells of the escape in these words already"),
        ({"facets": [Given(facet="when", value="none")]}, "takes something away"),
        ({"facets": [Given(facet="actor", value="custodian:x=y")]}, "takes something away"),
        ({"facets": [Given(facet="type", value="escape")]}, "an account has one type"),
        ({"facets": [Given(facet="when", value="2021-03-07")] * 2}, "an account has one when"),
        ({"facets": [Given(facet="count", value="killed=1", span=Span(900, 901))]}, "names no words of the report"),
        ({"expects": store.last_entry() - 1}, "linker 1 put account"),
    ):
        with pytest.raises((NotPossible, ChangedMeanwhile), match=why):
            add(store, **said)
    with pytest.raises(UnknownId):
        add(store, incident="i-nowhere")
    with pytest.raises(UnknownId, match="no report 'third'"):
        add_account("third", Span(0, 3), "escape", store, codebook=load_codebook(), gazetteer=no_gazetteer, **ANA)
    assert list(store.iter_dump()) == before


def test_undone_it_is_gone_and_brought_back_it_is_as_it_was(store: Store, daily: str) -> None:
    before = {i.id: i for i in store.iter_incidents()}
    change = add(store)
    after = {i.id: i for i in store.iter_incidents()}
    undone = undo_entry(change.entries[0].id, store, **BEN)
    assert {i.id: i for i in store.iter_incidents()} == before and types_of(store) == ["escape", "clash"] and store.counts().homeless == 0
    assert store.counts().accounts == len(list(store.iter_cards())) and is_in_step(store)
    with pytest.raises(UnknownId, match="its accounts today"):
        review_account(change.entries[0].subject, "accepted", store, **BEN)
    undo_entry(undone.entries[0].id, store, **BEN)
    assert {i.id: i for i in store.iter_incidents()} == after and store.counts().accounts == len(list(store.iter_cards())) and is_in_step(store)
    again = undo_entry(change.entries[0].id, store, **BEN)
    assert again.moved and {i.id: i for i in store.iter_incidents()} == before
    assert add(store).entries[0].subject != change.entries[0].subject  # ids are never used twice


def test_what_was_said_of_it_waits_without_a_home_while_it_is_undone_and_passes_to_nobody(store: Store, daily: str) -> None:
    change = split(store, daily)
    second = change.entries[0].subject
    review_account(second, "rejected", store, **BEN)
    judge_same(second, "i-escape", store, **BEN)
    undo_entry(change.entries[0].id, store, **ANA)
    assert store.get_reviewed(daily).review is None and store.find_incident_of(daily) == "i-daily"
    assert {e.subject for e in store.find_homeless()} == {second} and is_in_step(store)
    undo_entry(store.last_entry(), store, **ANA)
    assert (store.get_reviewed(second).review, store.find_incident_of(second)) == ("rejected", "i-escape") and is_in_step(store)


def test_what_was_said_of_the_others_stays_theirs(store: Store, daily: str) -> None:
    """Also of one whose words hold those of the added one, in the same family."""
    clash = cards_of(store)[1].account.id
    correct_account(daily, "count", "escaped=11", store, codebook=load_codebook(), gazetteer=no_gazetteer, words="12 prisoners", **BEN)
    accept_many([daily, clash], store, **BEN)
    judge_different(clash, daily, store, **BEN)
    seats, seen = store.find_seats(report().sha256), {one: store.get_reviewed(one) for one in (daily, clash)}
    added = [add(store, SECOND, "jailbreak").entries[0].subject, add(store, "12 prisoners escaped from Qalat prison", "escape").entries[0].subject]
    assert {one: store.get_reviewed(one) for one in (daily, clash)} == seen
    assert {one: where for one, where in store.find_seats(report().sha256).items() if one not in added} == seats
    assert [store.get_reviewed(one).review for one in added] == [None, None] and is_in_step(store)


def test_a_second_happening_starts_with_what_stands_in_the_sentence_of_its_words(store: Store, daily: str) -> None:
    judge_different(daily, "i-escape", store, **BEN)  # said of the first, not of the second, whose words it shares
    change = split(store, daily)
    second = store.get_account(change.entries[0].subject)
    first = store.get_account(daily)
    assert (second.type, second.status.value, second.evidence.of(TEXT)) == ("escape", "occurred", SECOND)
    assert [c.best for c in second.counts] == [12, 9] and [i.name for i in second.involved] == ["Qalat prison", "the camp of Bahra"]
    assert second.when is not None and first.when is not None and second.when.earliest == first.when.earliest and second.where is None  # told elsewhere
    view = store.get_incident(store.find_incident_of(second.id) or "")
    assert {f.speaker for f in view.figures} == {"The governor"} and change.entries[0].value["split_from"] == daily
    assert [f.best for f in store.get_incident("i-daily").figures] == [9, 12] and store.find_incident_of(daily) == "i-daily"
    with pytest.raises(NotPossible, match="does not tell of incident"):
        judge_same(daily, view.id, store, **BEN)
    judge_same(second.id, "i-escape", store, **BEN)
    assert store.find_incident_of(second.id) == "i-escape" and is_in_step(store)
    with pytest.raises(NotPossible, match="in these words already"):
        split(store, daily, ESCAPE)


@pytest.mark.parametrize(
    ("kinds", "types"),
    [
        ([("escape", ESCAPE), ("clash", CLASH)], ["escape", "clash", "escape"]),  # reads as before
        ([("escape", "12 prisoners escaped from Qalat prison"), ("jailbreak", SECOND)], ["escape", "escape"]),  # finds the second: it gives way
        ([("jailbreak", SECOND)], ["escape"]),  # finds the second only
        ([("clash", SECOND)], ["clash", "escape"]),  # sees something else in its words
        ([], ["escape"]),
    ],
)
def test_a_later_reading_stands_beside_it_but_for_what_tells_the_same(store: Store, daily: str, kinds: list[tuple[str, str]], types: list[str]) -> None:
    second = split(store, daily).entries[0].subject
    review_account(second, "accepted", store, **BEN)
    correct_account(second, "when", "2021-03-06", store, codebook=load_codebook(), gazetteer=no_gazetteer, **BEN)
    where = store.find_incident_of(second)
    read(store, *kinds)
    assert types_of(store) == types and cards_of(store)[-1].account.id == second and [a.type for a in told(store)] == types
    seen = store.get_reviewed(second)
    assert (seen.review, seen.account.when and seen.account.when.earliest, store.find_incident_of(second)) == ("accepted", date(2021, 3, 6), where)
    assert store.counts().accounts == len(list(store.iter_cards())) and is_in_step(store)


def test_what_was_said_of_the_first_passes_to_its_own_successor_beside_the_second(store: Store, daily: str) -> None:
    split(store, daily)
    review_account(daily, "accepted", store, **BEN)
    read(store, ("escape", "12 prisoners escaped from Qalat prison"), ("jailbreak", SECOND))
    first, second = cards_of(store)
    assert (store.get_reviewed(first.account.id).review, store.get_reviewed(second.account.id).review) == ("accepted", None)
    assert store.find_incident_of(first.account.id) == "i-daily" != store.find_incident_of(second.account.id) and is_in_step(store)


def test_where_it_stood_in_the_place_of_another_that_one_opens_an_incident_when_it_is_undone(store: Store, daily: str) -> None:
    change = split(store, daily)
    read(store, ("escape", "12 prisoners escaped from Qalat prison on 5 March and"), ("jailbreak", SECOND), ("clash", CLASH))
    undone = undo_entry(change.entries[0].id, store, **BEN)
    assert types_of(store) == ["escape", "jailbreak", "clash"]
    seats = store.find_seats(report().sha256)
    assert len(seats) == 3 and seats[cards_of(store)[0].account.id] == "i-daily" != seats[cards_of(store)[1].account.id] and is_in_step(store)
    undo_entry(undone.entries[0].id, store, **BEN)
    assert types_of(store) == ["escape", "clash", "escape"] and set(store.find_seats(report().sha256)) == {card.account.id for card in cards_of(store)}
    assert store.counts().homeless == 0 and is_in_step(store)


def test_a_report_in_which_nothing_was_coded_is_coded_once_somebody_added_an_account(store: Store) -> None:
    store.add_report(replace(report(), id="second"))
    store.add_reading(make_reading(report()), family_of=family_of)
    assert report().sha256 in store.find_uncoded()
    change = add(store)
    assert store.find_uncoded() == () and types_of(store) == ["recapture"]
    undo_entry(change.entries[0].id, store, **BEN)
    assert store.find_uncoded() == (report().sha256,)


def test_a_report_that_no_reader_has_read_takes_an_account(store: Store) -> None:
    store.add_report(replace(report(), id="second"))
    add(store)
    assert types_of(store) == ["recapture"] and [a.type for a in told(store)] == ["recapture"] and is_in_step(store)
    read(store, ("clash", CLASH))
    assert types_of(store) == ["clash", "recapture"] and is_in_step(store)


def test_it_is_known_from_the_day_on_which_it_was_added_until_it_was_undone(store: Store, daily: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAQAI_NOW", "2021-04-01T12:00:00+00:00")
    change = add(store, incident="i-caught")
    monkeypatch.setenv("WAQAI_NOW", "2021-04-03T12:00:00+00:00")
    undo_entry(change.entries[0].id, store, **BEN)
    for day, reports in ((AT.date(), ["wire"]), (date(2021, 4, 1), ["second", "wire"]), (date(2021, 4, 3), ["wire"])):
        assert [a.report for a in store.get_incident_as_of("i-caught", day).incident.accounts] == reports


def test_erasing_its_report_takes_it(store: Store, daily: str) -> None:
    change = add(store)
    erase_report("second", store, **BEN)
    assert store.find_incident(change.entries[1].subject) is None
    assert not any("caught near the river on 7 March" in line for line in store.iter_dump()) and store.verify().holds
    with pytest.raises(UnknownId):
        store.get_account(change.entries[0].subject)


def test_the_log_of_its_incident_tells_who_added_it(store: Store, daily: str) -> None:
    change = add(store)
    assert [one.entry.kind for one in store.iter_standing(incident=change.entries[1].subject)] == ["added", "opened"]
    assert anchor_of(cards_of(store)[2].account, report()) == cards_of(store)[2].anchor
