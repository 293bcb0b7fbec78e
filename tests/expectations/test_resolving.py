"""Rules against a record: what is proposed, from text-like claims to outcomes with the incidents cited."""

from __future__ import annotations

from dataclasses import replace

import pytest

from expecting import AT, BY, ISSUED, MEANS, cover, day, draft, enter, happen, look, settle
from factories import family_of, make_account, make_reading, make_report, make_when, make_where
from waqai.core import NotPossible, UnknownId
from waqai.expectations import Given, Registered, adjust, describe_rule, register, resolve
from waqai.expectations.shapes import with_pattern
from waqai.store import Store

ATTACK = "an attack in Syria is likely within 10 days"


def proposed(store: Store, one: Registered, after: int) -> tuple[str, tuple[str, ...]]:
    looked = look(store, one, on=day(after))
    assert looked.proposal is not None
    return looked.proposal.outcome, tuple(found.incident for found in looked.proposal.incidents)


def test_an_incident_in_the_days_that_count_is_a_yes_with_the_incident_cited_and_may_be_one_early(store: Store) -> None:
    one = enter(store, ATTACK)
    assert proposed(store, one, 3) == ("too_early", ())
    happen(store, "hit", on=day(3))
    assert proposed(store, one, 4) == ("yes", ("i-hit",))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"on": day(0)}, "the day of the claim itself"),
        ({"on": day(11)}, "the day after the last"),
        ({"on": day(3), "type": "protest"}, "another type"),
        ({"on": day(3), "country": "IQ"}, "another country"),
        ({"on": day(3), "status": "planned"}, "planned, and not come about"),
        ({"on": day(3), "status": "threatened"}, "threatened"),
    ],
)
def test_what_lies_outside_the_question_is_no_yes(store: Store, changed: dict[str, object], why: str) -> None:
    one = enter(store, ATTACK)
    happen(store, "other", **changed)  # type: ignore[arg-type]
    assert proposed(store, one, 30) == ("unresolvable", ()), why


def test_silence_is_a_no_only_where_the_record_covers_the_window(store: Store) -> None:
    one = enter(store, ATTACK)
    assert proposed(store, one, 30) == ("unresolvable", ())
    cover(store)
    assert proposed(store, one, 30) == ("no", ())
    looked = look(store, one, on=day(30))
    assert looked.proposal is not None
    assert "10 reports tell of the country (10 are asked), 2 of such happenings (2), from 2 publishers (2)" in looked.proposal.why


@pytest.mark.parametrize(
    ("lacking", "fields"), [("nine reports", {"days": 9}), ("none of the family", {"type": "meeting"}), ("another country", {"country": "IQ"})]
)
def test_each_condition_of_coverage_counts(store: Store, lacking: str, fields: dict[str, object]) -> None:
    one = enter(store, ATTACK)
    cover(store, **fields)  # type: ignore[arg-type]
    assert proposed(store, one, 30)[0] == "unresolvable", lacking


def test_reports_of_one_publisher_do_not_cover(store: Store) -> None:
    one = enter(store, ATTACK)
    for n in range(1, 11):
        happen(store, f"c{n}", on=day(n), type="clash" if n < 4 else "protest", status="planned" if n < 4 else "occurred")
    assert proposed(store, one, 30)[0] == "unresolvable"


def test_nobody_says_no_before_late_reports_have_come(store: Store) -> None:
    one = enter(store, ATTACK)
    cover(store)
    assert [proposed(store, one, after)[0] for after in (10, 17, 18)] == ["too_early", "too_early", "no"]


def test_what_may_lie_in_the_window_is_neither_yes_nor_no(store: Store) -> None:
    one = enter(store, ATTACK)
    cover(store)
    happen(store, "spring", on=day(-5), until=day(3))  # known to some days, not all of which count
    assert proposed(store, one, 30) == ("unresolvable", ("i-spring",))
    happen(store, "june", on=day(-5), until=day(20))
    assert proposed(store, one, 30) == ("unresolvable", ("i-spring", "i-june"))


def test_a_condition_that_may_have_been_met_leaves_the_entry_unresolvable_and_not_void(store: Store) -> None:
    one = enter(store, "if there is an air strike in Syria, protests will follow")
    cover(store, days=12, type="air_strike")
    happen(store, "strike", on=day(-5), until=day(3), type="air_strike")
    assert proposed(store, one, 188)[0] == "unresolvable"


def test_of_a_province_an_incident_without_one_may_be_meant_and_one_in_another_is_not(store: Store) -> None:
    made = draft(store, ATTACK)
    assert made.rule is not None
    made = replace(made, rule=with_pattern(made.rule, admin1="Hasakah"))
    one = register(made, store, today=ISSUED, accept_late=False, because="", by=BY, at=AT)
    cover(store)
    happen(store, "homs", on=day(3), admin1="Homs")
    assert proposed(store, one, 30)[0] == "no"
    happen(store, "somewhere", on=day(3), admin1=None)
    assert proposed(store, one, 30) == ("unresolvable", ("i-somewhere",))
    happen(store, "hasakah", on=day(4), admin1="Hasakah")
    assert proposed(store, one, 30) == ("yes", ("i-hasakah",))
    other = replace(draft(store, ATTACK, id="other"), rule=with_pattern(made.rule, admin1="hasakah"))
    written = register(other, store, today=ISSUED, accept_late=False, because="", by=BY, at=AT)
    assert proposed(store, written, 30) == ("yes", ("i-hasakah",))


def test_a_type_and_a_family_that_a_person_names_are_both_looked_for(store: Store) -> None:
    made = adjust(draft(store, ATTACK), Given(what=("clash", "unrest")), means=MEANS)
    one = register(made, store, today=ISSUED, accept_late=False, because="", by=BY, at=AT)
    assert describe_rule(one.frozen.rule).startswith("at least one incident of clash or unrest")
    happen(store, "protest", on=day(3), type="protest")
    assert proposed(store, one, 5) == ("yes", ("i-protest",))


def test_an_actor_that_is_asked_for_has_to_take_part(store: Store) -> None:
    one = enter(store, "the Islamic State will attack in Syria within 10 days")
    happen(store, "others", on=day(3))
    assert proposed(store, one, 5)[0] == "too_early"
    happen(store, "theirs", on=day(4), actor="islamic-state")
    assert proposed(store, one, 5) == ("yes", ("i-theirs",))


def test_of_what_is_not_to_be_an_incident_is_a_no_and_covered_silence_a_yes_that_says_why_none_is_needed(store: Store) -> None:
    one = enter(store, "there will not be an attack in Syria within 10 days")
    cover(store)
    assert proposed(store, one, 30) == ("yes", ())
    resolved = settle(store, one, on=day(30))
    assert resolved.state == "yes" and resolved.resolution is not None and "the window is covered" in resolved.resolution.why
    happen(store, "hit", on=day(3))
    assert proposed(store, one, 30) == ("no", ("i-hit",))


def test_more_is_held_against_as_many_days_before_and_wants_both_covered(store: Store) -> None:
    one = enter(store, "attacks in Syria will intensify within 10 days")
    happen(store, "a", on=day(2))
    happen(store, "b", on=day(3))
    happen(store, "before", on=day(-4))
    cover(store)
    assert proposed(store, one, 30)[0] == "unresolvable"
    cover(store, first=-9, days=10)
    assert proposed(store, one, 30) == ("yes", ("i-a", "i-b"))
    happen(store, "before2", on=day(-5))
    assert proposed(store, one, 30)[0] == "no"


def test_a_condition_opens_the_window_and_without_it_the_entry_is_void(store: Store) -> None:
    words = "if there is an air strike in Syria, protests will follow"
    void, met = enter(store, words, id="a"), enter(store, words.replace("Syria", "Iraq"), id="b")
    happen(store, "strike", on=day(40), type="air_strike", country="IQ")
    happen(store, "early", on=day(30), type="protest", country="IQ")  # before its condition
    assert proposed(store, met, 45)[0] == "too_early"
    happen(store, "protest", on=day(45), type="protest", country="IQ")
    assert proposed(store, met, 45) == ("yes", ("i-protest",))
    assert proposed(store, void, 187)[0] == "too_early"
    assert proposed(store, void, 188)[0] == "unresolvable"
    cover(store, days=12, type="air_strike")
    assert proposed(store, void, 188)[0] == "void"


def test_that_a_movement_was_not_reported_says_nothing_and_who_was_caught_is_for_a_person(store: Store) -> None:
    one = enter(store, "the fugitives are expected to cross into Turkish territory")
    cover(store, days=30, type="arrest", country="TR")
    assert proposed(store, one, 60)[0] == "unresolvable"
    happen(store, "arrest", on=day(5), type="arrest", country="TR")
    assert proposed(store, one, 60) == ("unresolvable", ("i-arrest",))
    resolved = settle(store, one, on=day(60), outcome="yes", incidents=("i-arrest",), because="the report names them as those of the 9th")
    assert resolved.state == "yes"


def test_independent_speakers_are_counted_where_the_rule_asks_for_several(store: Store) -> None:
    from dataclasses import replace

    from expecting import ISSUED
    from waqai.expectations import register

    made = draft(store, ATTACK)
    assert made.rule is not None
    one = register(replace(made, rule=replace(made.rule, speakers=2)), store, today=ISSUED, accept_late=False, because="", by=BY, at=AT)
    happen(store, "hit", on=day(3))
    assert proposed(store, one, 5)[0] == "too_early"
    second = make_report("The Herald: it did take place.", id="second", published=day(3), publisher="The Herald")
    store.add_report(second)
    store.add_reading(make_reading(second, accounts=[make_account(second, type="clash", when=make_when(day(3)), where=make_where())]), family_of=family_of)
    (card,) = store.iter_cards(report="second")
    (first,) = store.iter_cards(report="r-hit")
    said = {"incident": "i-hit", "anchor": card.anchor, "role": "main", "verdict": "same", "score": 1.0, "because": "", "by": "linker 1", "at": AT}
    store.judge(card.account.id, first.account.id, **said)
    assert proposed(store, one, 5) == ("yes", ("i-hit",))


# -- what a person says


def test_a_yes_cites_incidents_and_an_incident_that_there_is_not_is_refused(store: Store) -> None:
    one = enter(store, ATTACK)
    with pytest.raises(NotPossible, match="cite the incidents"):
        settle(store, one, on=day(30), outcome="yes", because="I saw it")
    with pytest.raises(UnknownId):
        settle(store, one, on=day(30), outcome="yes", incidents=("i-nowhere",), because="I saw it")


def test_a_no_to_what_was_not_to_be_cites_incidents_too(store: Store) -> None:
    one = enter(store, "there will not be an attack in Syria within 10 days")
    cover(store)
    with pytest.raises(NotPossible, match="this no has to cite"):
        settle(store, one, on=day(30), outcome="no", because="everybody knows")
    happen(store, "hit", on=day(3), country="IQ")
    assert settle(store, one, on=day(30), outcome="no", incidents=("i-hit",), because="it lay across the border").state == "no"


def test_a_correction_of_the_rule_wants_a_reason_and_keeps_what_the_rule_had_said(store: Store) -> None:
    one = enter(store, ATTACK)
    cover(store)
    happen(store, "iraq", on=day(3), country="IQ")
    with pytest.raises(NotPossible, match="say why"):
        settle(store, one, on=day(30), outcome="yes", incidents=("i-iraq",))
    resolved = settle(store, one, on=day(30), outcome="yes", incidents=("i-iraq",), because="it lay on the border")
    assert resolved.state == "yes" and resolved.resolution is not None
    assert (resolved.resolution.proposed, resolved.resolution.because) == ("no", "it lay on the border")


def test_nobody_says_no_or_too_early_before_the_end_nor_twice(store: Store) -> None:
    one = enter(store, ATTACK)
    for outcome in ("no", "void", "too_early"):
        with pytest.raises(NotPossible, match="too early"):
            settle(store, one, on=day(5), outcome=outcome, because="sure of it")
    with pytest.raises(NotPossible, match="no outcome 'maybe'"):
        settle(store, one, on=day(5), outcome="maybe")
    happen(store, "hit", on=day(3))
    settle(store, one, on=day(5))
    with pytest.raises(NotPossible, match="resolved already"):
        settle(store, one, on=day(6))


# -- what the record says later


def test_an_outcome_is_open_again_where_a_cited_incident_is_rejected_merged_or_corrected(store: Store) -> None:
    for change in ("rejected", "corrected"):
        one = enter(store, ATTACK, id=f"claim-{change}")
        happen(store, change, on=day(3))
        assert settle(store, one, on=day(5)).state == "yes"
        (card,) = store.iter_cards(report=f"r-{change}")
        value: dict[str, object] = {"anchor": card.anchor}
        if change == "corrected":
            value |= {"facet": "status", "value": {"value": "planned"}, "words": None}
            value = {"facet": "where", "value": None, "anchor": card.anchor}
        entry = store.append(kind=change, subject=card.account.id, value=value, because="wrong", by=BY, at=AT)
        again = look(store, one, on=day(5))
        assert again.state == "reopened", change
        assert f"i-{change}" in again.doubts[0]
        store.undo(entry.id, because="right after all", by=BY, at=AT)
        assert look(store, one, on=day(5)).state == "yes"
        happened = look(store, one, on=day(5)).resolution
        assert happened is not None
        store.undo(happened.entry, because="next", by=BY, at=AT)
        store.append(kind="rejected", subject=card.account.id, value={"anchor": card.anchor}, because="", by=BY, at=AT)


def test_an_outcome_is_open_again_where_a_cited_incident_loses_a_report(store: Store) -> None:
    from waqai.flow import judge_same, split_incident

    one = enter(store, ATTACK)
    happen(store, "hit", on=day(3))
    happen(store, "too", on=day(3), paper="The Herald")
    judge_same("i-too", "i-hit", store, because="one clash", by=BY)
    resolved = settle(store, one, on=day(5))
    assert resolved.resolution is not None
    cited = resolved.resolution.cited[0]
    assert (resolved.state, len(cited.reports)) == ("yes", 2)
    (card,) = store.iter_cards(report="r-too")
    split_incident(cited.incident, [card.account.id], store, because="two clashes", by=BY)
    again = look(store, one, on=day(5))
    assert again.state == "reopened"
    assert "lost 1 of the reports" in again.doubts[0]


def test_a_merged_incident_opens_the_entry_and_a_further_report_of_it_does_not(store: Store) -> None:
    from waqai.flow import judge_same

    one = enter(store, ATTACK)
    happen(store, "older", on=day(2))
    happen(store, "younger", on=day(3))
    resolved = settle(store, one, on=day(5))
    assert resolved.resolution is not None and [cited.incident for cited in resolved.resolution.cited] == ["i-older", "i-younger"]
    judge_same("i-younger", "i-older", store, because="one clash", by=BY)
    again = look(store, one, on=day(5))
    assert again.state == "reopened" and "i-younger is on record no more" in again.doubts[0]


def test_a_no_is_open_again_where_an_incident_comes_in_later_and_a_corrected_one_is_not_by_what_was_known(store: Store) -> None:
    one, other = enter(store, ATTACK, id="a"), enter(store, ATTACK.replace("10 days", "9 days"), id="b")
    cover(store)
    assert settle(store, one, on=day(30)).state == "no"
    happen(store, "late", on=day(3), published=day(60))
    again = look(store, one, on=day(61))
    assert again.state == "reopened" and again.doubts == ("the rule says yes by now: i-late",)
    corrected = settle(store, other, on=day(61), outcome="no", because="it was an accident, no attack")
    assert corrected.state == "no"


def test_what_was_reopened_can_be_resolved_anew(store: Store) -> None:
    one = enter(store, ATTACK)
    cover(store)
    settle(store, one, on=day(30))
    happen(store, "late", on=day(3), published=day(60))
    assert settle(store, one, on=day(61)).state == "yes"


def test_an_outcome_can_be_taken_back(store: Store) -> None:
    one = enter(store, ATTACK)
    happen(store, "hit", on=day(3))
    resolved = settle(store, one, on=day(5))
    assert resolved.resolution is not None
    store.undo(resolved.resolution.entry, because="too soon", by=BY, at=AT)
    assert look(store, one, on=day(5)).state == "open"
    looked = look(store, one, on=day(5))
    resolve(looked, "yes", store, incidents=(), because="", by=BY, at=AT)
    assert look(store, one, on=day(5)).state == "yes"
