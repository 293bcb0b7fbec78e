"""What a person says of an account holds on both engines: in the view, after a rebuild, as of a day, under another reader; and it can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from factories import STAMP, family_of, make_account, make_count, make_reading, make_where
from scenes import AT, fill, report_of
from waqai.codebook import load_codebook
from waqai.core import Account, NotPossible, Span, UnknownId
from waqai.flow import Gazetteer, correct_account, review_account, undo_entry
from waqai.store import Store

ANA = {"because": "I read it again", "by": "person:ana"}
NEXT = replace(STAMP, version="2")


def account_in(store: Store, report: str, *, n: int = 0) -> str:
    return [card.account.id for card in store.iter_cards(report=report)][n]


def correct(store: Store, account: str, facet: str, value: str, *, words: str | None = None) -> int:
    """The number of the entry."""
    change = correct_account(account, facet, value, store, codebook=load_codebook(), gazetteer=no_gazetteer, words=words, **ANA)
    return change.entries[0].id


def no_gazetteer() -> Gazetteer:
    raise AssertionError("only a place is looked up")


def same_when_rebuilt(store: Store) -> bool:
    return store.rebuild().is_equal and store.verify().holds


def test_a_corrected_count_is_the_incidents_and_says_who_gave_it(store: Store) -> None:
    fill(store)
    daily = account_in(store, "daily")
    correct(store, daily, "count", "escaped=11", words="12 prisoners")
    figure = next(f for f in store.get_incident("i-escape").figures if f.report == "daily")
    assert (figure.best, figure.of_whom, figure.speaker, figure.corrected_by, figure.expr) == (11, "prisoners", "The Observatory", "ana", "12 prisoners")
    seen = store.get_reviewed(daily)
    assert ([c.best for c in seen.account.counts], [c.best for c in seen.machine.counts]) == ([11], [12])
    assert same_when_rebuilt(store)


def test_a_later_correction_stands_and_undoing_it_brings_the_earlier_back(store: Store) -> None:
    fill(store)
    daily, before = account_in(store, "daily"), store.get_incident("i-escape")
    first, second = correct(store, daily, "when", "2021-03-04"), correct(store, daily, "when", "2021-03")
    days = lambda: (w := store.get_reviewed(daily).account.when) and (w.earliest, w.latest, w.basis, w.rule)  # noqa: E731
    assert days() == (date(2021, 3, 1), date(2021, 3, 31), "reviewer", "corrected by ana")
    undo_entry(second, store, **ANA)
    assert days() == (date(2021, 3, 4), date(2021, 3, 4), "reviewer", "corrected by ana")
    undo_entry(first, store, **ANA)
    assert store.get_incident("i-escape") == before and same_when_rebuilt(store)


def test_type_status_and_day_of_the_only_account_are_those_of_its_incident(store: Store) -> None:
    fill(store)
    aid = account_in(store, "lake", n=1)
    for facet, value in (("type", "agreement"), ("status", "occurred"), ("when", "2021-03-02")):
        correct(store, aid, facet, value)
    view = store.get_incident("i-aid")
    assert view.when is not None and (view.type, view.status, view.when.earliest) == ("agreement", "occurred", date(2021, 3, 2))
    assert same_when_rebuilt(store)


def test_a_struck_figure_is_gone_and_a_new_one_stands_on_its_words(store: Store) -> None:
    fill(store)
    clash = account_in(store, "herald", n=1)
    correct(store, clash, "count", "wounded:guards=none")
    correct(store, clash, "count", "wounded:guards=2", words="Two guards")
    assert [(c.best, c.phrase.of(report_of("herald").text)) for c in store.get_reviewed(clash).account.counts] == [(2, "Two guards")]
    correct(store, clash, "count", "killed=1")
    figures = {(f.measure, f.best, f.expr, f.speaker) for f in store.get_incident("i-escape").figures if f.report == "herald" and f.measure != "escaped"}
    assert figures == {("wounded", 2, "Two guards", "The Herald"), ("killed", 1, "", "The Herald")}


def test_somebody_in_a_role_is_put_right_added_and_struck(store: Store) -> None:
    fill(store)
    daily = account_in(store, "daily")
    involved = lambda: {(i.role, i.name, i.rule) for i in store.get_reviewed(daily).account.involved}  # noqa: E731
    correct(store, daily, "actor", "facility=Qalat central prison")
    entry = correct(store, daily, "actor", "custodian=the guards", words="The Observatory")
    assert involved() == {("facility", "Qalat central prison", "corrected by ana"), ("custodian", "the guards", "corrected by ana")}
    correct(store, daily, "actor", "custodian:guards=none")
    assert {role for role, _, _ in involved()} == {"facility"}
    undo_entry(entry, store, **ANA)
    assert {role for role, _, _ in involved()} == {"facility"} and same_when_rebuilt(store)


def test_what_cannot_be_corrected_is_said(store: Store) -> None:
    fill(store)
    daily = account_in(store, "daily")
    for facet, value, words, why in (
        ("colour", "x", None, "no facet 'colour'"),
        ("actor", "x", None, "write ROLE=NAME"),
        ("actor", "boss=x", None, "no role 'boss'"),
        ("actor", "custodian=none", None, "has nobody"),
        ("actor", "facility:Bahra=Qalat", None, "has 'Qalat prison'"),
        ("type", "jailbrake", None, "perhaps jailbreak"),
        ("when", "2021-03-05", "on 6 March", "does not hold the words"),
        ("count", "killed=none", None, "no figure of killed"),
    ):
        with pytest.raises(NotPossible, match=why):
            correct(store, daily, facet, value, words=words)
    with pytest.raises(UnknownId, match="is an incident"):
        correct(store, "i-escape", "type", "escape")


def test_of_two_figures_of_one_group_the_words_say_which(store: Store) -> None:
    fill(store)
    report = report_of("daily")
    counts = [make_count(12, report=report, words="12 prisoners"), make_count(5, report=report, words="5 March")]
    store.add_reading(make_reading(report, accounts=[make_account(report, counts=counts, stamp=NEXT)], stamp=NEXT), family_of=family_of)
    daily = account_in(store, "daily")
    with pytest.raises(NotPossible, match="say which with --words: '12 prisoners', '5 March'"):
        correct(store, daily, "count", "escaped=6")
    correct(store, daily, "count", "escaped=none", words="5 March")
    assert [c.best for c in store.get_reviewed(daily).account.counts] == [12]


def test_a_rejected_account_is_listed_and_counts_for_nothing(store: Store) -> None:
    fill(store)
    entry = review_account(account_in(store, "daily"), "rejected", store, **ANA).entries[0].id
    view = store.get_incident("i-escape")
    assert {(a.report, a.review) for a in view.accounts} == {("daily", "rejected"), ("herald", None)} and {f.report for f in view.figures} == {"herald"}
    assert same_when_rebuilt(store)
    with pytest.raises(NotPossible, match=f"rejected already, by entry {entry}"):
        review_account(account_in(store, "daily"), "rejected", store, **ANA)
    review_account(account_in(store, "daily"), "accepted", store, **ANA)
    assert {f.report for f in store.get_incident("i-escape").figures} == {"daily", "herald"}


def test_an_incident_whose_accounts_are_all_rejected_is_discounted_with_the_reason(store: Store) -> None:
    fill(store)
    review_account(account_in(store, "wire"), "rejected", store, **ANA)
    view = store.get_incident("i-caught")
    assert (view.grade, view.grade_because, view.type) == ("discounted", "review found: I read it again", "recapture")


def read_again(store: Store, *accounts: Account) -> None:
    store.add_reading(make_reading(report_of("daily"), accounts=accounts, stamp=NEXT), family_of=family_of)


def test_a_correction_passes_to_the_account_of_a_newer_reading_on_its_words(store: Store) -> None:
    fill(store)
    correct(store, account_in(store, "daily"), "count", "escaped=11")
    report = report_of("daily")
    words = "12 prisoners escaped from Qalat prison"
    counts = [make_count(120, report=report, words="12 prisoners")]
    read_again(store, make_account(report, type="jailbreak", words=words, stamp=NEXT, counts=counts, where=make_where()))
    assert [(f.best, f.corrected_by) for f in store.get_incident("i-escape").figures if f.report == "daily"] == [(11, "ana")]
    assert store.find_homeless() == () and same_when_rebuilt(store)


def test_a_corrected_type_finds_the_account_that_a_newer_reader_puts_into_its_family(store: Store) -> None:
    fill(store)
    correct(store, account_in(store, "daily"), "type", "clash")
    read_again(store, make_account(report_of("daily"), type="clash", stamp=NEXT))
    assert store.find_homeless() == ()
    assert {a.report for a in store.get_incident("i-escape").accounts} == {"daily", "herald"}


def test_a_correction_without_a_home_is_listed_and_comes_back(store: Store) -> None:
    fill(store)
    entry = correct(store, account_in(store, "daily"), "count", "escaped=11")
    read_again(store, make_account(report_of("daily"), type="meeting", stamp=NEXT))
    assert entry in {e.id for e in store.find_homeless()} and same_when_rebuilt(store)


def test_an_incident_as_of_a_day_knows_what_persons_had_said_by_then(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)
    before = store.get_incident("i-escape")
    monkeypatch.setenv("WAQAI_NOW", "2021-03-12T00:00:00+00:00")
    correct(store, account_in(store, "daily"), "count", "escaped=11")
    review_account(account_in(store, "herald"), "rejected", store, **ANA)
    past = store.get_incident_as_of("i-escape", date(2021, 3, 11))
    assert past.incident == before != store.get_incident("i-escape")
    assert store.get_reviewed(account_in(store, "daily"), last=past.last_entry).corrections == ()
    assert store.get_incident_as_of("i-escape", date(2021, 3, 12)).incident == store.get_incident("i-escape")


def test_an_erased_report_takes_what_was_said_of_its_accounts(store: Store) -> None:
    fill(store)
    daily = account_in(store, "daily")
    entry = correct(store, daily, "count", "escaped=11", words="12 prisoners")
    review_account(daily, "rejected", store, **ANA)
    store.erase_report("daily", because="asked for", by="person:ana", at=AT)
    assert not any("12 prisoners" in line or "I read it again" in line for line in store.iter_dump(without=()))
    assert {one.erased_by is not None for one in store.iter_standing(numbers=[entry])} == {True} and same_when_rebuilt(store)


def test_what_was_said_of_an_account_is_in_the_log_of_its_incident_and_report(store: Store) -> None:
    fill(store)
    entry = correct(store, account_in(store, "daily"), "status", "attempted")
    found: list[Any] = [list(store.iter_standing(incident="i-escape")), list(store.iter_standing(report="daily"))]
    assert all(entry in {one.entry.id for one in standing} for standing in found)


def test_words_are_found_across_line_breaks_nearest_to_the_account() -> None:
    from waqai.flow.correcting import find_words

    text = "12 men fled. Later 12\nmen were caught."
    assert find_words("12 men", text, near=Span(30, 36)) == Span(19, 25)
