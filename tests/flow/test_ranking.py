"""Which incidents an account or an uncoded report may be about, for a person to choose from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from factories import family_of, make_account, make_count, make_involved, make_reading, make_report, make_when, make_where
from scenes import fill, join, open_by
from waqai.core import UnknownId
from waqai.flow import Store, judge_different, judge_same, judge_unsure, rank_incidents, rank_merges, undo_entry

ANA = {"because": "another jail", "by": "person:ana"}


def account_in(store: Store, report: str) -> str:
    return next(iter(store.iter_cards(report=report))).account.id


@pytest.fixture
def crowd(store: Store) -> str:
    """The scene, and twelve more escapes from the same prison on the days after; the account that tells of the scene's own once more, in i-alone."""
    fill(store)
    with store.transaction():
        for n in range(13):
            text = f"On day {n} of it {20 + n} prisoners escaped from Qalat prison in Tel Salam."
            day = date(2021, 3, 5) + timedelta(days=n)
            report = make_report(text, id=f"more{n}", publisher=f"Paper {n}", title=f"Prisoners escape, day {n}", published=day + timedelta(days=1))
            prison, counts = make_involved("facility", "Qalat prison"), [make_count(20 + n, report=report, words=f"{20 + n} prisoners")]
            day = date(2021, 3, 6) + timedelta(days=n)
            account = make_account(report, when=make_when(day), where=make_where(), counts=counts, involved=[prison])
            store.add_report(report)
            store.add_reading(make_reading(report, accounts=[account]), family_of=family_of)
            open_by(store, next(iter(store.iter_cards(report=report.id))), "i-alone" if n == 0 else f"i-more{n}")
    return account_in(store, "more0")


def test_the_ten_that_fit_best_are_handed_on_without_its_own_each_with_a_reason(store: Store, crowd: str) -> None:
    found = rank_incidents(crowd, store)
    assert len(found) == 10 and found[0].incident == "i-escape" and "i-alone" not in {one.incident for one in found}
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True) and all(0 <= one.score <= 1 for one in found)
    assert "same facility" in found[0].because and {one.verdict for one in found} == {None}
    all_ = rank_incidents(crowd, store, most=30)  # every one is compared; of ten, none that could be among them is left out
    assert len(all_) > 10 and all(rank_incidents(crowd, store, most=n) == all_[:n] for n in range(11))


def test_those_judged_before_are_among_them_and_marked(store: Store, crowd: str) -> None:
    last = rank_incidents(crowd, store)[-1].incident
    beyond = next(f"i-more{n}" for n in range(1, 13) if f"i-more{n}" not in {one.incident for one in rank_incidents(crowd, store)})
    card = next(iter(store.iter_cards(report="more0")))
    entry = join(store, card, beyond, verdict="unsure")
    told = judge_different(crowd, "i-escape", store, **ANA)
    judge_unsure(crowd, "i-meeting", store, **ANA)
    found = {one.incident: one for one in rank_incidents(crowd, store)}
    assert (found[beyond].verdict, found[beyond].entry, found[beyond].by) == ("unsure", entry, "linker 1") and len(found) == 10 and last not in found
    assert (found["i-escape"].verdict, found["i-escape"].by, found["i-escape"].why) == ("different", "person:ana", "another jail")
    assert found["i-meeting"].verdict == "unsure" and found["i-meeting"].score < 0.1
    undo_entry(told.entries[0].id, store, **ANA)
    assert {one.incident: one for one in rank_incidents(crowd, store)}["i-escape"].verdict is None


def test_the_incident_in_which_it_sits_with_others_is_none_of_them(store: Store, crowd: str) -> None:
    judge_same(crowd, "i-escape", store, **ANA)
    assert "i-escape" not in {one.incident for one in rank_incidents(crowd, store)}


def test_what_was_judged_follows_a_merge(store: Store, crowd: str) -> None:
    judge_different(crowd, "i-more1", store, **ANA)
    judge_same("i-more1", "i-escape", store, **ANA)
    assert {one.incident: one.verdict for one in rank_incidents(crowd, store)}["i-escape"] == "different"


def test_an_incident_is_merged_with_what_any_of_its_reports_fits(store: Store, crowd: str) -> None:
    found = rank_merges("i-alone", store)
    assert found == rank_incidents(crowd, store)  # one account, so what fits it
    judge_same("i-alone", "i-more1", store, **ANA)
    both = rank_merges("i-alone", store)
    accounts = [one.account for one in store.get_incident("i-alone").accounts]
    best = {near.incident: 0.0 for near in both}
    for account in accounts:
        best |= {near.incident: max(near.score, best[near.incident]) for near in rank_incidents(account, store) if near.incident in best}
    assert [(near.incident, near.score) for near in both] == sorted(best.items(), key=lambda one: (-one[1], one[0])) and len(both) == 10
    assert not {"i-alone", "i-more1"} & best.keys()


def test_a_report_in_which_nothing_was_coded_is_ranked_by_its_words(store: Store, crowd: str) -> None:
    words = "Nobody in Tel Salam speaks of Qalat prison. The Observatory said so on Monday."
    report = make_report(words, id="quiet", title="Silence over Qalat", published=date(2021, 3, 9))
    store.add_report(report)
    store.add_reading(make_reading(report), family_of=family_of)
    found = rank_incidents("quiet", store)
    assert found and [one.score for one in found] == sorted((one.score for one in found), reverse=True) and "shared words" in found[0].because
    judge_different("quiet", found[0].incident, store, **ANA)
    judge_same("quiet", found[1].incident, store, **ANA)
    again = {one.incident: one.verdict for one in rank_incidents("quiet", store)}
    assert again[found[0].incident] == "different" and found[1].incident not in again


def test_what_is_no_account_is_said(store: Store, crowd: str) -> None:
    for name, why in (("more0", "is a report; name one of its accounts"), ("a-nobody", "no account")):
        with pytest.raises(UnknownId, match=why):
            rank_incidents(name, store)
    older = crowd
    report = store.get_report("more0")
    newer = make_account(report, stamp=replace(make_reading().reader, version="2"))
    store.add_reading(make_reading(report, accounts=[newer], stamp=replace(make_reading().reader, version="2")), family_of=family_of)
    with pytest.raises(UnknownId, match="of an older reading"):
        rank_incidents(older, store)
