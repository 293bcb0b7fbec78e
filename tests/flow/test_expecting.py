"""From a report's text to the register: the twin of the report that this project started from, and days that words name.

The seed itself is a third party's text beside the checkout; where it is not there, its test is not run.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from factories import make_report, span_of
from scripts.golden import GOLDEN
from waqai.core import Report, UnknownId, text_sha256
from waqai.expectations import Given, adjust, describe_rule
from waqai.flow import Chain, Store, add_reports, load_settings
from waqai.flow.expecting import (
    answer_question,
    draft_named,
    expecting_means,
    find_draft,
    find_period,
    iter_drafts,
    look_at_expectation,
    register_expectation,
    resolve_expectation,
    score_register,
)
from waqai.patterns.testable import NotTestable

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "report.txt"
PUBLISHED = date(2023, 6, 20)
ON_THE_DAY, MUCH_LATER = "2023-06-20T12:00:00+00:00", "2023-09-01T12:00:00+00:00"


def read(file: Path, chain: Chain, store: Store) -> Report:
    text = file.read_text(encoding="utf-8")
    report = Report(id="seed", text=text, sha256=text_sha256(text), published=PUBLISHED, publisher="the Bulletin", language="en")
    add_reports([report], chain, store)
    return report


@pytest.mark.parametrize(
    ("file", "goes", "tempts", "rises"),
    [
        (
            GOLDEN / "twin.txt",
            "the fugitives are expected to cross into Turkish territory",
            "one success of the group tempts it soon",
            "ISIS redoubled its efforts to get its men out of jails about a week after the conference of the Foreign Ministers",
        ),
        pytest.param(
            SEED,
            "the terrorists are expected to head into Turkish territory",
            "the success of the terrorist organization once encourages it",
            "ISIS intensified its movements to break its members out of prisons a few days after the meeting of the Ministers",
            marks=pytest.mark.skipif(not SEED.exists(), reason="the seed lies beside the checkout"),
        ),
    ],
)
def test_the_three_expectations_of_the_seed_are_coded_from_its_text(
    file: Path, goes: str, tempts: str, rises: str, chain: Chain, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """anchors/patterns.md §6: one event, one rate question, one event study. The reader gives the first two; the third is in no claim, and is added by hand."""
    monkeypatch.setenv("WAQAI_NOW", ON_THE_DAY)
    report, means = read(file, chain, store), expecting_means(load_settings())
    first, second = iter_drafts(report.id, store, means)

    assert first.words.startswith(goes)
    assert (first.stance, first.route, first.horizon, first.speaker_kind) == ("expects", "event", "imputed", "private")
    assert (first.band.low, first.band.high, first.band.middle) == (0.65, 0.85, 0.75)
    one = register_expectation(first, store, by="person:ana")
    rule = one.frozen.rule
    assert (rule.pattern.country, rule.days, rule.absence, rule.last) == ("TR", 30, "unresolvable", date(2023, 7, 20))
    monkeypatch.setenv("WAQAI_NOW", MUCH_LATER)
    proposal = look_at_expectation(one.id, store, means).proposal
    assert proposal is not None and proposal.outcome == "unresolvable" and "no evidence" in proposal.why
    resolve_expectation(one.id, "", store, means, by="person:ana")
    assert look_at_expectation(one.id, store, means).state == "unresolvable"

    assert second.words.startswith(tempts)
    assert (second.route, second.stance) == ("rate", "assesses")
    coded = adjust(second, Given(what=("jailbreak", "escape"), actor="ISIS"), means=means)
    assert coded.rule is not None
    assert describe_rule(coded.rule).startswith("after each jailbreak or escape with islamic-state in SY")
    rate = answer_question(register_expectation(coded, store, by="person:ana"), store)
    assert isinstance(rate, NotTestable) and rate.why.startswith("not testable: 1 reference date")

    third = draft_named(report.id, rises, store, means)
    assert (third.route, third.claim, third.rule is not None) == ("event_study", None, True)
    study = adjust(third, Given(what=("jailbreak", "escape"), actor="ISIS"), means=means)
    answer = answer_question(register_expectation(study, store, by="person:ana"), store)
    assert isinstance(answer, NotTestable) and answer.why.startswith("not testable: 1 reference date")

    scores = score_register(store, means)
    assert (scores.registered, scores.routed, scores.summary.n, scores.states) == (3, 2, 0, {"open": 2, "unresolvable": 1})


@pytest.mark.parametrize(
    ("words", "first", "last", "until"),
    [
        ("attacks are likely within 48 hours", date(2023, 6, 21), date(2023, 6, 22), True),
        ("attacks are likely within a week", date(2023, 6, 21), date(2023, 6, 27), True),
        ("attacks are likely next week", date(2023, 6, 26), date(2023, 7, 2), False),
        ("attacks are likely by July 15", date(2023, 7, 15), date(2023, 7, 15), True),
        ("attacks are likely before July 15", date(2023, 7, 15), date(2023, 7, 14), True),
        ("attacks are likely on Sunday", date(2023, 6, 25), date(2023, 6, 25), False),
    ],
)
def test_the_days_that_a_claim_names_are_those_of_its_words(words: str, first: date, last: date, until: bool) -> None:
    report = make_report(f"Police said that {words}.", published=PUBLISHED)
    period = find_period(report, span_of(words, report.text))
    assert period is not None
    assert (period.first, period.last, period.until) == (first, last, until)


@pytest.mark.parametrize("words", ["attacks are likely", "attacks are as likely as on May 2, 2020"])
def test_words_that_name_no_day_to_come_have_no_period(words: str) -> None:
    report = make_report(f"Police said on June 1 that {words}.", published=PUBLISHED)
    assert find_period(report, span_of(words, report.text)) is None


def test_a_claim_that_there_is_not_is_said_so(store: Store) -> None:
    with pytest.raises(UnknownId, match="no claim 'c-none'"):
        find_draft("c-none", store, expecting_means(load_settings()))
