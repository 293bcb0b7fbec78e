from __future__ import annotations

import pytest

from expecting import MEANS, day, draft
from waqai.core import NotPossible
from waqai.expectations import Given, Told, adjust
from waqai.store import Store


def test_what_the_words_lack_is_said_by_hand_and_marked(store: Store) -> None:
    made = adjust(draft(store, "they would do something"), Given(what=("clash", "unrest"), country="sy", until=day(20)), means=MEANS)
    assert made.rule is not None
    pattern = made.rule.pattern
    assert (pattern.types, pattern.families, pattern.country) == (("clash",), ("unrest",), "SY")
    assert (pattern.type_basis, pattern.place_basis, made.horizon, made.rule.last, made.why_not) == ("person", "person", "person", day(20), None)


def test_what_the_words_say_stays_where_nothing_else_is_given(store: Store) -> None:
    made = draft(store, "the Islamic State will attack in Syria within 10 days")
    assert adjust(made, Given(), means=MEANS) == made
    changed = adjust(made, Given(admin1="Homs", low=0.5, high=0.6, actor="", speakers=2, silence="unresolvable"), means=MEANS)
    assert changed.rule is not None and made.rule is not None
    assert (changed.rule.first, changed.rule.last, changed.horizon) == (made.rule.first, made.rule.last, "explicit")
    assert (changed.rule.pattern.admin1, changed.rule.pattern.precision, changed.rule.pattern.actor) == ("Homs", "admin1", None)
    assert (changed.band.low, changed.band.high, changed.band.basis, changed.rule.speakers, changed.rule.absence) == (0.5, 0.6, "person", 2, "unresolvable")


def test_another_country_takes_the_province_away(store: Store) -> None:
    made = adjust(draft(store, "an attack in Syria is likely"), Given(admin1="Homs"), means=MEANS)
    moved = adjust(made, Given(country="IQ"), means=MEANS)
    assert moved.rule is not None
    assert (moved.rule.pattern.country, moved.rule.pattern.admin1) == ("IQ", None)


def test_a_rate_question_is_counted_from_what_it_asks_for_and_an_event_study_from_what_is_named(store: Store) -> None:
    told = Told(country="SY", types=("escape",))
    rate = adjust(
        draft(store, "they try again and again", stance="assesses", told=told, id="a"), Given(what=("jailbreak", "escape"), actor="ISIS"), means=MEANS
    )
    assert rate.rule is not None and rate.rule.condition is not None
    assert rate.rule.condition == rate.rule.pattern
    assert rate.rule.pattern.actor == "islamic-state"
    study = draft(store, "their raids grew", stance="assesses", told=told, id="b")
    with pytest.raises(NotPossible, match="counted from"):
        adjust(study, Given(route="event_study", what=("escape",), country="SY"), means=MEANS)
    made = adjust(study, Given(route="event_study", what=("escape",), country="SY", after=("meeting",)), means=MEANS)
    assert made.rule is not None and made.rule.condition is not None
    assert (made.rule.condition.types, made.rule.condition.country, made.rule.days) == (("meeting",), None, 7)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (Given(what=("prison_break",)), "no type or family"),
        (Given(country="Syria"), "two letters"),
        (Given(actor="the neighbours"), "no body of the register"),
        (Given(direction="perhaps"), "no direction"),
        (Given(route="guess"), "no route"),
        (Given(silence="yes"), "no meaning of silence"),
        (Given(low=0.8, high=0.6), "band"),
        (Given(high=1.0), "band"),
        (Given(since=day(9), until=day(5)), "would end"),
    ],
)
def test_what_the_codebook_does_not_know_and_days_that_cannot_be_are_refused(store: Store, given: Given, why: str) -> None:
    with pytest.raises(NotPossible, match=why):
        adjust(draft(store, "an attack in Syria is likely"), given, means=MEANS)


@pytest.mark.parametrize(("given", "why"), [(Given(country="SY"), "--type"), (Given(what=("clash",)), "--country")])
def test_what_is_still_lacking_is_named(store: Store, given: Given, why: str) -> None:
    with pytest.raises(NotPossible, match=why):
        adjust(draft(store, "something will come"), given, means=MEANS)
