from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from expecting import ISSUED, MEANS, day, draft, say
from factories import make_account, make_involved, make_report, make_where
from waqai.expectations import Period, Told, draft_claim, draft_words
from waqai.store import Store


def test_a_claim_of_an_event_becomes_a_question_about_the_days_after_it(store: Store) -> None:
    made = draft(store, "the Islamic State will attack villages in Syria", stance="warns")
    assert made.rule is not None
    pattern = made.rule.pattern
    assert (made.route, made.rule.direction, made.band.word) == ("event", "occurs", "will")
    assert (pattern.families, pattern.actor, pattern.country, pattern.precision) == (
        ("combat", "remote_violence", "violence_on_civilians"),
        "islamic-state",
        "SY",
        "country",
    )
    assert (made.rule.first, made.rule.last, made.horizon) == (day(1), day(30), "imputed")


def test_a_horizon_in_the_words_is_explicit_and_one_that_is_imputed_says_so(store: Store) -> None:
    said = draft(store, "an attack in Syria is likely within 10 days", id="a")
    assert said.rule is not None
    assert (said.rule.last, said.horizon, said.horizon_words) == (day(10), "explicit", "within 10 days")
    imputed = draft(store, "an attack in Syria is likely", id="b")
    assert imputed.horizon == "imputed"
    assert "30 days" in imputed.horizon_words


def test_a_period_counts_from_its_first_day_and_a_bound_from_the_day_after_the_claim(store: Store) -> None:
    claim, report = say(store, "talks in Syria are expected to open")
    period = Period(first=day(5), last=day(9), words="next week")
    for until, first in ((False, day(5)), (True, day(1))):
        made = draft_claim(claim, report, Told(), period=replace(period, until=until), means=MEANS)
        assert made.rule is not None
        assert (made.rule.first, made.rule.last) == (first, day(9))


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("better times will come", "nothing to come about"),
        ("an attack is likely", "which one country"),
        ("an attack between Syria and Iraq is likely", "which one country"),
        ("clashes will break out in Syria if the mood sours", "its condition names no happening"),
        ("unless talks open, clashes will break out in Syria", "where something else does not come about (“unless talks open”)"),
        ("clashes will break out in Syria if the talks fail", "where something else does not come about"),
        ("If no talks are held, clashes will break out in Syria", "where something else does not come about"),
    ],
)
def test_what_makes_no_question_is_listed_with_the_reason(store: Store, words: str, why: str) -> None:
    made = draft(store, words)
    assert made.rule is None
    assert why in str(made.why_not)


def test_without_a_day_of_publication_nobody_knows_from_when_on_to_look(store: Store) -> None:
    assert "no day of publication" in str(draft(store, "an attack in Syria is likely", published=None).why_not)


def test_a_condition_is_a_pattern_of_its_own_and_the_horizon_counts_from_it(store: Store) -> None:
    made = draft(store, "if there is an air strike in Syria, protests will follow")
    assert made.rule is not None and made.rule.condition is not None
    assert made.condition_words == "if there is an air strike in Syria"
    assert (made.rule.condition.types, made.rule.condition.country) == (("air_strike",), "SY")
    assert made.rule.pattern.types[0] == "protest"
    assert (made.rule.first, made.rule.last, made.rule.days) == (day(1), day(180), 30)


def test_what_is_said_of_a_condition_is_not_said_of_what_is_to_come(store: Store) -> None:
    made = draft(store, "once attacks increase in Iraq, there will be talks in Syria")
    assert made.rule is not None and (made.rule.direction, made.rule.pattern.types) == ("occurs", ("meeting",))
    always = draft(store, "attacks in Syria will continue even if talks open", id="always")
    assert always.rule is not None and always.rule.condition is None and "combat" in always.rule.pattern.families


def test_a_negated_claim_asks_for_none_and_one_of_more_for_more(store: Store) -> None:
    directions = []
    for n, words in enumerate(
        ("there will not be an attack in Syria", "attacks in Syria will intensify", "fewer attacks in Syria are likely", "attacks in Syria are likely")
    ):
        made = draft(store, words, id=f"r{n}")
        directions.append(made.rule.direction if made.rule else made.why_not)
    assert directions == ["does_not", "more", "fewer", "occurs"]


def test_the_account_that_a_claim_tells_of_gives_type_place_and_who_acts(store: Store) -> None:
    claim, report = say(store, "it would come soon")
    account = make_account(
        report, type="clash", status="threatened", where=make_where(), involved=[make_involved("initiator", "ISIS", actor_id="islamic-state")]
    )
    made = draft_claim(claim, report, Told(accounts=(account,)), period=None, means=MEANS)
    assert made.rule is not None
    pattern = made.rule.pattern
    assert (pattern.types, pattern.type_basis, pattern.country, pattern.admin1, pattern.actor) == (("clash",), "account", "SY", "Hasakah", "islamic-state")
    happened = replace(account, status=replace(account.status, value="occurred"))
    assert draft_claim(claim, report, Told(accounts=(happened,)), period=None, means=MEANS).rule is None  # what it mentions is not what it expects


def test_a_country_taken_from_the_rest_of_the_report_is_marked(store: Store) -> None:
    made = draft(store, "an attack is likely", told=Told(country="IQ"))
    assert made.rule is not None
    assert (made.rule.pattern.country, made.rule.pattern.place_basis) == ("IQ", "context")
    assert any("own words name none" in note for note in made.notes)


def test_movements_are_seldom_seen_and_whose_they_were_is_for_a_person(store: Store) -> None:
    made = draft(store, "the fugitives are expected to head into Turkish territory")
    assert made.rule is not None
    assert (made.rule.pattern.country, made.rule.absence, made.rule.same_people) == ("TR", "unresolvable", True)
    assert (made.band.low, made.band.high, made.band.middle) == (0.65, 0.85, 0.75)


def test_a_habit_is_a_rate_question_and_a_rise_after_a_day_an_event_study(store: Store) -> None:
    told = Told(country="SY", types=("escape",))
    rate = draft(store, "one success tempts it to try again and again", stance="assesses", id="a", told=told)
    assert rate.rule is not None and rate.rule.condition is not None
    assert (rate.route, rate.rule.route, rate.rule.days, rate.rule.condition.types) == ("rate", "rate", 90, ("escape",))
    study = draft(store, "ISIS intensified its raids a few days after the meeting of ministers", stance="assesses", id="b", told=told)
    assert study.rule is not None and study.rule.condition is not None
    assert (study.route, study.rule.days, study.rule.condition.types, study.rule.pattern.types) == ("event_study", 7, ("meeting",), ("escape",))
    assert study.rule.last == ISSUED


def test_words_that_no_reader_took_for_a_claim_are_the_reports_own_voice(store: Store) -> None:
    report = make_report("Attacks in Syria will follow.", id="own", published=date(2021, 6, 1), publisher="The Daily")
    from factories import span_of

    made = draft_words(span_of("Attacks in Syria will follow", report.text), report, Told(), period=None, means=MEANS, route="event")
    assert (made.speaker, made.speaker_kind, made.claim) == ("The Daily", "public", None)


@pytest.mark.parametrize(
    ("speaker", "kind"), [("police", "public"), ("the Interior Minister Karim Aziz", "public"), ("local sources", "private"), ("Karim Aziz", "private")]
)
def test_a_speaker_is_public_only_as_a_body_or_an_office(store: Store, speaker: str, kind: str) -> None:
    assert draft(store, "an attack in Syria is likely", speaker=speaker).speaker_kind == kind
