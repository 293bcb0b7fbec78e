from __future__ import annotations

import math
from dataclasses import replace

import pytest
import scoringrules

from expecting import AT, BY, ISSUED, MEANS, cover, day, draft, enter, happen, look, public, settle
from waqai.expectations import BaseRate, Registered, Scores, brier, list_registered, log_score, measure_base, register, score_all, score_band, wilson
from waqai.expectations.scoring import cluster, score_one
from waqai.store import Store

ATTACK = "an attack in Syria is likely within 10 days"
NO_BASE = BaseRate(windows=0, hits=0, left_out=73)


def score(store: Store, *, base: BaseRate = NO_BASE) -> Scores:
    return score_all(list_registered(store, codebook=MEANS.codebook, today=day(400)), base_of=lambda frozen: base)


@pytest.mark.parametrize("p", [0.05, 0.3, 0.75, 0.97])
@pytest.mark.parametrize("came_true", [True, False])
def test_scores_are_those_of_the_library(p: float, came_true: bool) -> None:
    assert brier(p, came_true=came_true) == pytest.approx(float(scoringrules.brier_score(int(came_true), p)))
    assert log_score(p, came_true=came_true) == pytest.approx(float(scoringrules.log_score(int(came_true), p)))


def test_the_log_score_is_clipped_so_that_one_word_costs_no_more_than_a_hundred() -> None:
    assert log_score(1.0, came_true=False) == log_score(0.99, came_true=False) == pytest.approx(-math.log(0.01))


@pytest.mark.parametrize(("low", "high"), [(0.2, 0.5), (0.9, 0.97), (0.4, 0.6)])
@pytest.mark.parametrize("came_true", [True, False])
def test_an_interval_holds_the_score_of_every_probability_of_the_band_and_no_more(low: float, high: float, came_true: bool) -> None:
    for rule in (brier, log_score):
        found = score_band(rule, low, high, came_true=came_true)
        inside = [rule(low + (high - low) * n / 200, came_true=came_true) for n in range(201)]
        assert (found.low, found.high) == (pytest.approx(min(inside)), pytest.approx(max(inside)))


def test_an_entry_gets_the_interval_of_its_band_beside_the_base_rate(store: Store) -> None:
    one = enter(store, ATTACK)
    happen(store, "hit", on=day(3))
    resolved = settle(store, one, on=day(5))
    scored = score_one(resolved, BaseRate(windows=10, hits=4, left_out=0))
    assert scored.came_true
    assert (scored.brier.low, scored.brier.high) == (pytest.approx(0.04), pytest.approx(0.16))
    assert scored.base_brier == pytest.approx(0.36)
    assert score_one(resolved, BaseRate(windows=2, hits=1, left_out=70)).base_brier is None  # too few windows


def test_of_what_is_not_to_be_the_base_rate_is_the_share_of_windows_without(store: Store) -> None:
    one = enter(store, "there will not be an attack in Syria within 10 days")
    cover(store)
    resolved = settle(store, one, on=day(30))
    assert resolved.state == "yes"
    assert score_one(resolved, BaseRate(windows=10, hits=4, left_out=0)).base_brier == pytest.approx((0.6 - 1) ** 2)


def test_the_base_rate_counts_windows_of_the_same_length_before_the_claim_that_the_record_covers(store: Store) -> None:
    one = enter(store, ATTACK)
    for n in (-3, -4, -15, -735):
        happen(store, f"before{n}", on=day(n))
    happen(store, "after", on=day(2))
    cover(store, first=-29, days=10)  # the third window back: covered, and nothing took place
    families = ("combat", "remote_violence", "violence_on_civilians")
    with store.reading(incidents=True) as connection:
        base = measure_base(connection, one.frozen.rule, issued=ISSUED, families=families)
    assert (base.windows, base.hits, base.left_out) == (3, 2, 70)
    assert base.share == pytest.approx(2 / 3)


def resolved_at(store: Store, n: int, *, true: bool, speaker: str = "police", word: str = "likely", country: str = "SY", gap: int = 30) -> Registered:
    """An entry about ten days of its own; with a clash in them or covered without."""
    issued, name = day(n * gap), {"SY": "Syria", "IQ": "Iraq"}[country]
    words = {"likely": f"an attack in {name} is likely within 10 days", "may": f"there may be an attack in {name} within 10 days"}[word]
    made = draft(store, words, id=f"c{n}{country}{word}", published=issued, speaker=speaker)
    one = register(public(made, speaker) if speaker != "a neighbour" else made, store, today=issued, accept_late=False, because="", by=BY, at=AT)
    if true:
        happen(store, f"hit{n}{country}{word}", on=day(n * gap + 3), country=country)
    else:
        cover(store, first=n * gap + 1, country=country)
    return settle(store, one, on=day(n * gap + 28))


def test_means_are_over_the_ends_of_the_intervals_with_n_and_states_beside(store: Store) -> None:
    resolved_at(store, 0, true=True)
    resolved_at(store, 1, true=False)
    enter(store, "talks in Iraq are likely", id="open")
    late = draft(store, "talks in Jordan are likely", id="late")
    register(late, store, today=day(3), accept_late=True, because="", by=BY, at=AT)
    scores = score(store)
    assert (scores.registered, scores.states, scores.late) == (4, {"no": 1, "open": 2, "yes": 1}, 1)
    assert scores.summary.n == 2 and scores.summary.brier is not None
    assert (scores.summary.brier.low, scores.summary.brier.high) == (pytest.approx((0.04 + 0.36) / 2), pytest.approx((0.16 + 0.64) / 2))
    assert (scores.cited, scores.resolved) == (2, 2)


def test_every_resolved_entry_cites_incidents_or_says_why_none_is_needed(store: Store) -> None:
    for n, true in enumerate((True, False, True)):
        resolved_at(store, n, true=true)
    scores = score(store)
    assert (scores.cited, scores.resolved) == (3, 3)
    for one in list_registered(store, codebook=MEANS.codebook):
        assert one.resolution is not None
        assert one.resolution.cited or "the window is covered" in one.resolution.why
    bare = [replace(one, resolution=replace(one.resolution, cited=())) for one in list_registered(store, codebook=MEANS.codebook) if one.resolution]
    found = score_all(bare, base_of=lambda frozen: NO_BASE)
    assert (found.cited, found.resolved) == (1, 3)  # a yes without incidents is counted as what it is


def test_late_open_reopened_withdrawn_and_unresolvable_entries_are_counted_and_not_scored(store: Store) -> None:
    late = register(draft(store, ATTACK, id="late"), store, today=day(2), accept_late=True, because="", by=BY, at=AT)
    happen(store, "hit", on=day(3))
    settle(store, late, on=day(5))
    gone = enter(store, "talks in Iraq are likely", id="gone")
    store.undo(gone.entry, because="", by=BY, at=AT)
    silent = enter(store, "talks in Jordan are likely", id="silent")
    settle(store, silent, on=day(400))
    again = enter(store, "a riot in Iraq is likely", id="again")
    happen(store, "riot", on=day(4), type="prison_riot", country="IQ")
    settle(store, again, on=day(5))
    (card,) = store.iter_cards(report="r-riot")
    store.append(kind="rejected", subject=card.account.id, value={"anchor": card.anchor}, because="", by=BY, at=AT)
    scores = score(store)
    assert scores.states == {"reopened": 1, "unresolvable": 1, "withdrawn": 1, "yes": 1}
    assert (scores.summary.n, scores.scored, scores.late) == (0, (), 1)
    assert scores.summary.brier is None


def test_calibration_is_by_strength_word_with_n_first_and_an_interval_of_the_share(store: Store) -> None:
    for n, true in enumerate((True, True, False)):
        resolved_at(store, n, true=true)
    resolved_at(store, 4, true=False, word="may")
    likely, may = score(store).words
    assert (likely.word, likely.n, likely.yes, likely.band.low, likely.band.high) == ("likely", 3, 2, 0.6, 0.8)
    assert likely.share == wilson(2, 3)
    assert (may.word, may.n, may.yes) == ("may", 1, 0)


def test_a_body_gets_a_score_from_ten_resolved_on_and_says_before_how_many_it_has(store: Store) -> None:
    for n in range(9):
        resolved_at(store, n, true=True, speaker="The Observatory")
    (few,) = score(store).speakers
    assert (few.speaker, few.n, few.summary, few.shown) == ("The Observatory", 9, None, "no score: 9 resolved, 10 are needed")
    resolved_at(store, 9, true=True, speaker="the observatory")
    (enough,) = score(store).speakers
    assert enough.n == 10 and enough.summary is not None and enough.summary.brier is not None
    assert (enough.summary.clusters, enough.shown) == (10, "")


def test_a_private_speaker_is_in_no_list(store: Store) -> None:
    resolved_at(store, 0, true=True, speaker="a neighbour")
    scores = score(store)
    assert (scores.speakers, scores.private, scores.summary.n) == ((), 1, 1)


def test_entries_about_one_thing_are_one_cluster(store: Store) -> None:
    one, two = resolved_at(store, 0, true=True), resolved_at(store, 0, true=True, word="may")  # the same question, days in common
    far = resolved_at(store, 3, true=True)  # the same question, other days
    elsewhere = resolved_at(store, 0, true=True, country="IQ")
    found = cluster([one, two, far, elsewhere])
    assert found[one.id] == found[two.id]
    assert len({found[one.id], found[far.id], found[elsewhere.id]}) == 3
    assert (score(store).summary.n, score(store).summary.clusters) == (4, 3)
    assert two.resolution is not None and far.resolution is not None
    same = replace(far, resolution=replace(far.resolution, cited=two.resolution.cited))
    assert len(set(cluster([one, two, same]).values())) == 1  # they cite one incident


@pytest.mark.parametrize(
    ("base", "verdict"),
    [((0.02, "worse")), ((0.30, "depends")), ((0.9, "better")), (None, "no base rate")],
)
def test_the_verdict_against_the_base_rate_claims_no_more_than_the_interval_does(store: Store, base: float | None, verdict: str) -> None:
    one = enter(store, ATTACK)
    happen(store, "hit", on=day(3))
    settle(store, one, on=day(5))
    share = None if base is None else round((1 - math.sqrt(base)) * 1000)  # the share whose Brier score that is
    found = score(store, base=NO_BASE if share is None else BaseRate(windows=1000, hits=share, left_out=0)).summary
    if base == 0.30:
        found = score(store, base=BaseRate(windows=10, hits=7, left_out=0)).summary  # .09 lies within .04–.16
    assert verdict in found.verdict


def test_wilsons_interval_is_that_of_the_paper() -> None:
    found = wilson(81, 263)  # Newcombe 1998, table I: .2553 to .3662
    assert (found.low, found.high) == (0.2553, 0.3662)
    assert (wilson(0, 0).low, wilson(0, 0).high) == (0.0, 1.0)


def test_looking_is_reading(store: Store) -> None:
    one = enter(store, ATTACK)
    before = store.last_entry()
    look(store, one, on=day(5))
    score(store)
    assert store.last_entry() == before
