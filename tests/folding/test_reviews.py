"""An account with what persons said of it: the facet that is meant changes, who said it stays, and what stood there before is kept beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from factories import make_account, make_count, make_involved, make_report, make_when, make_where, span_of
from waqai.core import Account, Entry, Status
from waqai.folding.reviews import Reviewed, review_account

TEXT = "Governor Aziz said 12 prisoners and 3 guards fled Qalat prison on Friday, 5 March 2021; later he spoke of 14 prisoners. The army came."
REPORT = make_report(TEXT)
GUARDS = {"measure": "escaped", "of_whom": "guards"}
ELEVEN = {"low": 11.0, "high": 11.0, "best": 11.0, "kind": "exact"}


def at(words: str) -> list[int]:
    span = span_of(words, TEXT)
    return [span.start, span.end]


def account(**facets: Any) -> Account:
    """What the machine read: all of it the governor's words."""
    said: dict[str, Any] = {"said_by": "c-governor"}
    read: dict[str, Any] = {
        "when": replace(make_when(date(2021, 3, 5), phrase=span_of("Friday", TEXT)), **said),
        "where": make_where("Qalat", phrase=span_of("Qalat", TEXT), **said),
        "counts": [
            make_count(12, report=REPORT, words="12 prisoners", **said),
            make_count(3, report=REPORT, words="3 guards", of_whom="guards", **said),
            make_count(14, report=REPORT, words="14 prisoners", **said),
        ],
        "involved": [
            make_involved("facility", "Qalat prison", phrase=span_of("Qalat prison", TEXT), **said),
            make_involved("custodian", "Qalat prison", phrase=span_of("Qalat prison", TEXT), **said),
        ],
    }
    made = make_account(REPORT, **(read | facets))
    return replace(made, status=replace(made.status, **said))


def entry(id: int, value: dict[str, Any], *, kind: str = "corrected", by: str = "person:ana") -> Entry:
    return Entry(id=id, kind=kind, subject="a-1", value=value, because="x", by=by, at=datetime(2021, 3, 9, tzinfo=UTC), previous_hash="")


def review(*entries: Entry, read: Account | None = None) -> Reviewed:
    machine = read or account()
    return review_account(machine, family="custody_exit", count_words=[c.phrase.of(TEXT) for c in machine.counts], entries=entries)


def correct(facet: str, value: object, **more: Any) -> Reviewed:
    return review(entry(1, {"facet": facet, "value": value, **more}))


DAYS = {"earliest": "2021-03-04", "latest": "2021-03-04"}
PLACE = {"name": "Bahra", "place_id": "x", "lat": None, "lon": None, "radius_km": 5.0, "precision": "P1_point", "admin1": None, "admin2": None, "country": "SA"}


@pytest.mark.parametrize(("facet", "value"), [("status", "foiled"), ("when", DAYS), ("where", PLACE)])
def test_a_corrected_status_day_and_place_stay_the_words_of_who_said_them(facet: str, value: object) -> None:
    found = getattr(correct(facet, value).account, facet)
    assert (found.said_by, found.rule) == ("c-governor", "corrected by ana")


def test_a_day_that_a_person_gave_says_so_whatever_the_machine_went_by() -> None:
    seen = correct("when", DAYS)
    assert seen.account.when is not None and (seen.account.when.basis, seen.account.when.p) == ("reviewer", 1.0)
    assert seen.corrections[0].was == seen.machine.when


def test_a_facet_stands_on_the_words_that_the_person_named_else_on_those_of_the_machine() -> None:
    named, unnamed = correct("when", DAYS, span=at("5 March 2021"), words="5 March 2021"), correct("when", DAYS)
    assert [s.account.when.phrase.of(TEXT) for s in (named, unnamed) if s.account.when] == ["5 March 2021", "Friday"]
    new = review(entry(1, {"facet": "when", "value": DAYS}), read=account(when=None))
    assert new.account.when is not None and new.account.when.phrase == new.account.evidence


@pytest.mark.parametrize(("by", "who"), [("person:ana", "ana"), ("person", "a person")])
def test_a_correction_says_whose_word_it_is(by: str, who: str) -> None:
    seen = review(entry(1, {"facet": "status", "value": "foiled"}, by=by))
    assert seen.account.status.rule == f"corrected by {who}"


def bests(seen: Reviewed) -> list[tuple[str | None, float | None]]:
    return [(c.of_whom, c.best) for c in seen.account.counts]


def test_a_figure_is_replaced_at_its_words_and_those_beside_it_stay() -> None:
    seen = correct("count", ELEVEN, measure="escaped", of_whom="prisoners", at=at("12 prisoners"))
    assert bests(seen) == [("guards", 3), ("prisoners", 14), ("prisoners", 11)]
    assert seen.account.counts[-1].said_by == "c-governor" and seen.account.counts[-1].phrase.of(TEXT) == "12 prisoners"


def test_without_words_a_figure_replaces_all_of_its_group_and_no_other() -> None:
    seen = correct("count", ELEVEN, **GUARDS)
    assert bests(seen) == [("prisoners", 12), ("prisoners", 14), ("guards", 11)]
    assert seen.account.counts[-1].phrase.of(TEXT) == "3 guards"
    assert bests(correct("count", None, measure="escaped", of_whom="inmates")) == [("guards", 3)]  # another word for the same group
    assert bests(correct("count", ELEVEN, measure="killed", of_whom="prisoners"))[:3] == bests(review())


def test_the_words_of_a_figure_are_those_that_the_person_named_and_the_others_keep_theirs() -> None:
    seen = correct("count", ELEVEN, measure="escaped", of_whom="prisoners", at=at("12 prisoners"), span=at("12 prisoners"), words="12 prisoners")
    assert seen.count_words == ("3 guards", "14 prisoners", "12 prisoners")
    assert correct("count", ELEVEN, measure="killed", of_whom="prisoners").count_words[-1] == ""


def test_somebody_in_a_role_is_replaced_and_who_has_the_same_words_in_another_role_stays() -> None:
    seen = correct("actor", {"name": "Qalat central prison", "actor_id": None}, role="facility", at=at("Qalat prison"))
    assert [(i.role, i.name) for i in seen.account.involved] == [("custodian", "Qalat prison"), ("facility", "Qalat central prison")]
    assert seen.account.involved[-1].said_by == "c-governor"
    added = correct("actor", {"name": "The army", "actor_id": None}, role="responder", span=at("The army"))
    assert [i.role for i in added.account.involved] == ["facility", "custodian", "responder"]
    assert added.account.involved[-1].phrase.of(TEXT) == "The army" and added.account.involved[-1].said_by is None


def test_a_corrected_type_takes_its_family_along() -> None:
    seen = correct("type", "clash", family="combat")
    assert (seen.account.type, seen.family, seen.machine.type, seen.corrections[0].was) == ("clash", "combat", "escape", "escape")


def test_of_two_words_on_one_thing_the_later_stands_and_knows_the_earlier() -> None:
    seen = review(
        entry(1, {"facet": "status", "value": "foiled"}),
        entry(2, {}, kind="accepted"),
        entry(3, {"facet": "status", "value": "attempted"}),
        entry(4, {}, kind="rejected"),
    )
    assert (seen.account.status.value, seen.machine.status.value, seen.review) == ("attempted", "occurred", "rejected")
    assert seen.verdict is not None and seen.verdict.id == 4
    assert [(c.entry.id, c.was.value) for c in seen.corrections if isinstance(c.was, Status)] == [(1, "occurred"), (3, "foiled")]
