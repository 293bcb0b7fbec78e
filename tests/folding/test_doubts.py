"""What is doubtful of an account, and what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from factories import family_of, make_account, make_count, make_involved, make_report, make_when, make_where
from waqai.codebook import Graded
from waqai.core import ADDED, CORRECTED
from waqai.folding import Telling, Weighed, fold_incident, weigh_accounts
from waqai.wording import describe_waiting

DAY, NEXT = date(2021, 3, 5), date(2021, 3, 6)


def telling(name: str, *, role: str = "main", wire: str | None = None, figures: Mapping[str, float] | None = None, **account: Any) -> Telling:
    """A report's telling; `figures` are those who escaped, by the words that say so."""
    report = make_report(f"{name}: 12 prisoners and about 15 inmates escaped, 90 of them far.", id=name, publisher=f"The {name}")
    given = figures or {}
    fields = {k: v for k, v in account.items() if k in ("review", "corrected", "unsure")}
    counts = [make_count(low, report=report, words=words, of_whom=None) for words, low in given.items()]
    made = make_account(report, counts=counts, **{k: v for k, v in account.items() if k not in fields})
    return Telling(
        account=made,
        family=family_of(made.type),
        role=role,  # type: ignore[arg-type]
        order=0,
        report_sha256=report.sha256,
        publisher=report.publisher,
        publishers=(f"The {name}",),
        published=DAY,
        wire=wire or report.sha256,
        count_words=tuple(given),
        claims={},
        **fields,
    )


def weigh(*tellings: Telling, grade: str = "weak") -> dict[str, Weighed]:
    view = fold_incident("i", tellings, grade=lambda told, status: Graded(grade, "", 1))
    return {one.telling.account.report: one for one in weigh_accounts(view, tellings)}


def holds(one: Weighed) -> dict[str, float]:
    return {hold.name: round(hold.share, 3) for hold in one.holds}


def test_doubt_is_the_number_of_fields_that_are_expected_to_be_wrong() -> None:
    """The account has .8, its status .9, day .9, place .9 given that it is right; a figure's .9 holds already that it may be wrong with its account."""
    one = weigh(telling("a", when=make_when(DAY), where=make_where(), figures={"12 prisoners": 12}))["a"]
    assert [(field.name, round(field.wrong, 2)) for field in one.fields] == [("type", 0.2), ("status", 0.28), ("when", 0.28), ("where", 0.28), ("count", 0.2)]
    assert one.doubt == pytest.approx(0.2 + 3 * 0.28 + 0.2)


def test_a_wrong_account_costs_as_many_fields_as_it_has() -> None:
    bare, full = telling("a"), telling("b", when=make_when(DAY, p=1.0), involved=[make_involved("facility", "Qalat")])
    assert [weigh(replace(one, account=replace(one.account, p=0.0)))[one.account.report].doubt for one in (bare, full)] == [2, 4]


def test_what_a_person_gave_is_not_doubted() -> None:
    said = replace(make_when(DAY, p=1.0), rule=f"{CORRECTED}ana")
    assert [field.name for field in weigh(telling("a", when=said))["a"].fields] == ["type", "status"]


@pytest.mark.parametrize(
    ("fields", "verdict", "waits"),
    [
        ({}, "none", True),
        ({"corrected": True}, "corrected", True),
        ({"corrected": True, "review": "accepted"}, "accepted", False),
        ({"review": "rejected"}, "rejected", False),
        ({"rule": f"{ADDED}ana"}, "added", False),
    ],
)
def test_what_a_person_answered_for_is_no_longer_doubted(fields: dict[str, Any], verdict: str, waits: bool) -> None:
    made = telling("a", **{k: v for k, v in fields.items() if k != "rule"})
    made = replace(made, account=replace(made.account, rule=fields.get("rule", "test")))
    one = weigh(made, telling("b"))["a"]
    assert (one.verdict, one.doubt > 0, one.rank > 0) == (verdict, waits, waits)


def test_on_the_only_account_hangs_all_that_the_incident_says() -> None:
    one = weigh(telling("a", when=make_when(DAY), where=make_where(), figures={"12 prisoners": 12}))["a"]
    assert holds(one) == dict.fromkeys(["itself", "told", "type", "status", "when", "where", "low", "high"], 1)
    assert one.rank == pytest.approx(one.doubt * 8)


def test_what_several_wires_tell_alike_hangs_on_each_by_its_part_and_copies_are_one_wire() -> None:
    told = [telling(name, wire=wire, when=make_when(day)) for name, wire, day in (("a", "w1", DAY), ("b", "w1", DAY), ("c", "w2", DAY), ("d", "w3", NEXT))]
    found = weigh(*told)
    expected = {"itself": 1, "told": 0.333, "type": 0.333, "status": 0.333, "when": 0.5}
    assert holds(found["a"]) == holds(found["b"]) == holds(found["c"]) == expected
    assert "when" not in holds(found["d"])  # its day is not the one that is held


def test_who_alone_gives_the_lowest_or_the_highest_figure_holds_it() -> None:
    found = weigh(*(telling(n, figures={w: f}) for n, w, f in (("a", "12 prisoners", 12), ("b", "about 15 inmates", 15), ("c", "about 15 inmates", 15))))
    shares = {name: {h.name: h.share for h in one.holds if h.figure and h.name != "against"} for name, one in found.items()}
    assert shares == {"a": {"low": 1}, "b": {"high": 0.5}, "c": {"high": 0.5}}


def test_a_figure_that_meets_no_other_stands_against_the_nearest() -> None:
    found = weigh(*(telling(n, figures={w: f}) for n, w, f in (("a", "12 prisoners", 12), ("b", "about 15 inmates", 15), ("c", "about 15 inmates", 15))))
    against = {name: [h.other.best for h in one.holds if h.name == "against" and h.other] for name, one in found.items()}
    assert against == {"a": [15], "b": [], "c": []}
    copies = weigh(*(telling(n, wire="w", figures={w: f}) for n, w, f in (("a", "12 prisoners", 12), ("b", "about 15 inmates", 15))))
    assert not any(h.name == "against" for one in copies.values() for h in one.holds)


def test_background_beside_news_and_what_was_rejected_hold_nothing_but_themselves() -> None:
    found = weigh(telling("a"), telling("b", role="background", figures={"12 prisoners": 12}), telling("c", review="rejected", figures={"12 prisoners": 12}))
    assert holds(found["b"]) == holds(found["c"]) == {"itself": 1} and holds(found["a"])["told"] == 1


def test_a_part_holds_its_figures_and_not_what_the_news_says() -> None:
    found = weigh(telling("a"), telling("b", role="part", type="clash", figures={"12 prisoners": 12}))
    assert holds(found["b"]) == {"itself": 1, "low": 1, "high": 1}


def test_a_contested_grade_and_a_near_miss_hang_on_the_account() -> None:
    found = weigh(telling("a", unsure=0.2), telling("b", role="background"), grade="contested")
    assert {name: {n for n in holds(one) if n in ("contested", "unsure")} for name, one in found.items()} == {"a": {"contested", "unsure"}, "b": set()}


def test_the_reason_names_what_hangs_what_is_doubtful_and_what_it_stands_against() -> None:
    said = describe_waiting(weigh(telling("a", figures={"12 prisoners": 12}))["a"])
    assert said == "alone tells this incident; status occurred 72 % sure; type escape 80 % sure; 12 escaped 80 % sure"
    found = weigh(*_rivals(), grade="contested")
    assert describe_waiting(found["a"]).endswith(
        "its 12 escaped stands against 15 (The b); whether it happened is contested; perhaps tells of another incident"
    )
    assert describe_waiting(found["a"]).startswith("one of 2 that tell this incident; its 12 escaped is the lowest told; ")
    assert describe_waiting(weigh(telling("a"), telling("b", role="background", review="accepted"))["b"]) == "nobody has looked at it yet"


def _rivals() -> Sequence[Telling]:
    return telling("a", figures={"12 prisoners": 12}, unsure=0.2), telling("b", figures={"about 15 inmates": 15})
