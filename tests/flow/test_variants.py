"""The values follow the words: forty variants of the twin, each value tested on each."""

from __future__ import annotations

from typing import Any

import pytest

from flow.readings import accounts_of, accounts_within, describe, get_news, get_one, in_role, iter_spans, names_in, speaker_behind, stances_of, words_at
from flow.variants import NUMBER, UNPUBLISHED, WRONG_WEEKDAY, Variant, make_variants

VARIANTS = make_variants()
Readings = dict[int, dict[str, Any]]
each_variant = pytest.mark.parametrize("variant", VARIANTS, ids=[f"{v.number:02}-{v.town.name.lower().replace(' ', '-')}" for v in VARIANTS])


def test_the_forty_variants_are_the_same_on_every_run_and_all_different() -> None:
    assert make_variants() == VARIANTS and len({v.text for v in VARIANTS}) == NUMBER == 40


def test_the_variants_range_over_towns_monitors_figures_and_verbs() -> None:
    assert len({v.town.country for v in VARIANTS}) >= 8 and len({v.town for v in VARIANTS}) >= 12
    assert len({v.monitor for v in VARIANTS}) >= 10 and len({v.figure for v in VARIANTS}) >= 12
    assert len(WRONG_WEEKDAY) == 6 and sum(v.published is None for v in VARIANTS) == len(UNPUBLISHED) == 4


@each_variant
def test_the_news_is_one_escape_that_occurred_and_no_jailbreak(variant: Variant, variant_readings: Readings) -> None:
    gold = variant_readings[variant.number]
    assert [(a["type"], a["status"]) for a in gold["accounts"] if not a["background"]] == [("escape", "occurred")], describe(gold)


@each_variant
def test_the_figure_is_that_of_the_words(variant: Variant, variant_readings: Readings) -> None:
    gold, figure = variant_readings[variant.number], variant.figure
    counts = [c for c in get_news(gold)["counts"] if c["measure"] == "escaped"]
    assert [(c["min"], c["max"], c["best"], c["kind"]) for c in counts] == [(figure.low, figure.high, figure.best, figure.kind)]
    assert figure.words.lower().split(" of ")[-1] in words_at(gold, counts[0]["evidence"]).lower()


@each_variant
def test_those_who_got_out_are_the_person_held(variant: Variant, variant_readings: Readings) -> None:
    gold = variant_readings[variant.number]
    assert names_in(get_news(gold), "person_held") == [variant.people]


@each_variant
def test_the_group_they_belong_to_is_their_affiliation_and_never_an_initiator(variant: Variant, variant_readings: Readings) -> None:
    news = get_news(variant_readings[variant.number])
    assert names_in(news, "affiliation") == ([variant.group] if variant.group else [])
    assert names_in(news, "initiator") == []


@each_variant
def test_the_prison_is_the_facility(variant: Variant, variant_readings: Readings) -> None:
    gold = variant_readings[variant.number]
    found = [words_at(gold, a["evidence"]) for a in in_role(get_news(gold), "facility")]
    assert len(found) == 1 and variant.facility in found[0], found


@each_variant
def test_who_runs_the_prison_is_the_custodian(variant: Variant, variant_readings: Readings) -> None:
    gold = variant_readings[variant.number]
    assert names_in(get_news(gold), "custodian") == [variant.custodian]


@each_variant
def test_the_place_is_the_town_and_near_it_where_the_words_say_so(variant: Variant, variant_readings: Readings) -> None:
    place = get_news(variant_readings[variant.number])["place"]
    assert place is not None
    assert (place["place_id"], place["country"], place["precision"]) == (variant.town.place_id, variant.town.country, variant.precision)


@each_variant
def test_the_day_is_that_of_the_words_with_its_basis_or_none(variant: Variant, variant_readings: Readings) -> None:
    when = get_news(variant_readings[variant.number])["date"]
    if variant.day is None:
        assert when is None
    else:
        assert when is not None
        assert (when["earliest"], when["latest"], when["basis"]) == (variant.day.isoformat(), variant.day.isoformat(), variant.basis)


@each_variant
def test_a_notice_names_the_weekday_where_it_is_false_and_only_there(variant: Variant, variant_readings: Readings) -> None:
    reasons = [n["reason"] for n in variant_readings[variant.number]["notices"]]
    assert any(variant.weekday in r for r in reasons) == variant.false_weekday, reasons


@each_variant
def test_the_escape_is_said_by_the_monitor_with_the_stance_of_its_cue(variant: Variant, variant_readings: Readings) -> None:
    gold = variant_readings[variant.number]
    news = get_news(gold)
    assert variant.monitor.name in speaker_behind(gold, news)
    claim = gold["claims"][news["said_by"]]
    assert claim["stance"] == variant.stance and news["key"] in claim["about"]


@each_variant
def test_where_they_may_go_is_expected_by_those_who_say_so(variant: Variant, variant_readings: Readings) -> None:
    gold = variant_readings[variant.number]
    goals = in_role(get_news(gold), "destination")
    assert len(goals) == 1 and variant.goal_words in goals[0]["name"], goals
    assert goals[0]["modality"] in ("expected", "suspected")
    assert variant.goal.speaker in speaker_behind(gold, goals[0]).lower()


@each_variant
def test_nobody_crossed_a_border_yet(variant: Variant, variant_readings: Readings) -> None:
    gold = variant_readings[variant.number]
    assert not accounts_of(gold, "transfer", "displacement", "deployment", "return", "repatriation")


@each_variant
def test_the_meeting_is_background_with_its_day_and_its_host(variant: Variant, variant_readings: Readings) -> None:
    gold = variant_readings[variant.number]
    meeting = get_one(gold, "meeting")
    assert meeting["background"] and meeting["status"] == "occurred" and variant.met_on is not None
    assert meeting["date"] is not None and meeting["date"]["earliest"] == meeting["date"]["latest"] == variant.met_on.isoformat()
    assert meeting["place"] is not None and meeting["place"]["country"] == variant.host


@each_variant
def test_the_money_is_pledged_by_the_official_s_own_country(variant: Variant, variant_readings: Readings) -> None:
    gold, money = variant_readings[variant.number], variant.amount
    aid = get_one(gold, "aid")
    assert aid["status"] == "pledged"
    assert [(c["measure"], c["min"], c["max"], c["unit"]) for c in aid["counts"]] == [("amount", money.value, money.value, money.unit)]
    assert [a["actor_id"] for a in in_role(aid, "donor")] == [variant.official.donor]
    assert variant.official.words in speaker_behind(gold, aid)


@each_variant
def test_the_expert_assesses(variant: Variant, variant_readings: Readings) -> None:
    assert stances_of(variant_readings[variant.number], variant.expert) == ["assesses"]


@each_variant
def test_headline_judgement_and_habit_tell_of_no_happening(variant: Variant, variant_readings: Readings) -> None:
    gold = variant_readings[variant.number]
    assert [told for passage in variant.idle for told in accounts_within(gold, passage)] == []


@each_variant
def test_every_span_lies_in_the_text(variant: Variant, variant_readings: Readings) -> None:
    gold = variant_readings[variant.number]
    spans = list(iter_spans({key: gold[key] for key in ("accounts", "claims")}))
    assert spans and all(0 <= s < e <= len(gold["text"]) and gold["text"][s:e].strip() for _, (s, e) in spans)
