from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sklearn.metrics import cohen_kappa_score

from factories import family_of, make_account, make_count, make_involved, make_report, make_when, make_where
from waqai.analysis import Agreement, FieldAgreement, iter_differing, krippendorff_alpha, measure_agreement
from waqai.core import Account

REPORT = make_report("Twelve men fled the jail at dawn. Two guards were held. A clash followed near the river.")
SENTENCES = ("Twelve men fled the jail at dawn.", "Two guards were held.", "A clash followed near the river.")


def told(n: int = 0, **fields: Any) -> Account:
    return make_account(REPORT, words=SENTENCES[n], **fields)


def counted(low: float, measure: str = "escaped") -> Any:
    return make_count(low, report=REPORT, words="Twelve men", measure=measure)


def measured(*reports: dict[str, list[Account]]) -> Agreement:
    return measure_agreement(reports, family_of=family_of)


def field(found: Agreement, name: str) -> FieldAgreement:
    return next(one for one in found.fields if one.field == name)


def pairs_of(*values: tuple[dict[str, Any], dict[str, Any]]) -> Agreement:
    """One report for each pair, in which both coders tell one happening."""
    return measured(*({"ana": [told(**left)], "bo": [told(**right)]} for left, right in values))


def test_what_was_compared_is_counted() -> None:
    found = measured({"ana": [told(0), told(1)], "bo": [told(0), told(2, type="clash")]}, {"ana": [told(0)]}, {"ana": [], "bo": []})
    assert (found.coders, found.reports, found.happenings, found.seen_by_all) == (("ana", "bo"), 2, 3, 1)
    existence = field(found, "existence")
    assert (existence.n, existence.agreed, existence.kappa, existence.alpha) == (3, pytest.approx(1 / 3), None, None)
    assert existence.because == ("kappa, alpha: what no coder coded is not counted, so chance has no measure",)


def test_whether_anything_is_told_has_a_kappa_as_empty_codings_count() -> None:
    something, nothing = [told()], list[Account]()
    found = field(
        measured(*({"ana": a, "bo": b} for a, b in ((something, something), (nothing, nothing), (something, nothing), (nothing, nothing)))), "any account"
    )
    assert (found.n, found.given, found.agreed, found.agreed_given) == (4, 2, 0.75, 0.5)
    assert found.kappa == pytest.approx(cohen_kappa_score([1, 0, 1, 0], [1, 0, 0, 0]))


def test_types_and_statuses_are_compared_as_they_are_coded() -> None:
    coded = [("escape", "escape"), ("jailbreak", "jailbreak"), ("escape", "jailbreak"), ("release", "release")]
    found = pairs_of(*(({"type": a, "status": "occurred"}, {"type": b, "status": "occurred"}) for a, b in coded))
    types, status = field(found, "type"), field(found, "status")
    left, right = zip(*coded, strict=True)
    assert (types.n, types.agreed, types.because) == (4, 0.75, ())
    assert types.kappa == pytest.approx(cohen_kappa_score(left, right)) and types.alpha == pytest.approx(krippendorff_alpha(coded))
    assert (status.agreed, status.kappa, status.alpha) == (1, None, None)
    assert status.because == ("kappa: all gave one and the same value, as chance would", "alpha: all gave one and the same value, as chance would")


def test_days_are_equal_or_not_and_lie_near_or_far() -> None:
    days = [(1, 1), (10, 11), (20, 20), (25, None)]
    found = pairs_of(*(tuple({"when": make_when(date(2023, 6, n)) if n else None} for n in pair) for pair in days))  # type: ignore[arg-type]
    day = field(found, "day")
    assert (day.n, day.given, day.agreed, day.level) == (4, 4, 0.5, "interval")
    assert day.scaled == pytest.approx(krippendorff_alpha([(1, 1), (10, 11), (20, 20)], level="interval"))
    assert day.kappa == pytest.approx(cohen_kappa_score(["1", "10", "20", "25"], ["1", "11", "20", "none"]))


def test_places_are_the_gazetteer_s_else_names() -> None:
    raqqa, named = make_where("Raqqa", place_id="geonames:1"), make_where("The Old Jail", place_id=None)
    found = pairs_of(
        ({"where": raqqa}, {"where": make_where("al-Raqqah", place_id="geonames:1")}),
        ({"where": named}, {"where": make_where("old  jail", place_id=None)}),
        ({"where": raqqa}, {"where": named}),
        ({"where": None}, {"where": None}),
    )
    place = field(found, "place")
    assert (place.n, place.given, place.agreed, place.agreed_given) == (4, 3, 0.75, pytest.approx(2 / 3))


def test_each_role_is_a_field_of_who_was_named_in_it() -> None:
    guards, police = make_involved("target", "the Guards"), make_involved("target", "Police", actor_id="actor:police")
    found = pairs_of(
        (
            {"involved": [guards, police]},
            {"involved": [make_involved("target", "Military Police", actor_id="actor:police"), make_involved("target", "guards")]},
        ),
        ({"involved": [guards]}, {"involved": [guards, police]}),
        ({"involved": []}, {"involved": [make_involved("custodian", "guards")]}),
    )
    target, custodian = field(found, "role target"), field(found, "role custodian")
    assert (target.n, target.given, target.agreed, target.agreed_given) == (3, 2, pytest.approx(2 / 3), 0.5)
    assert (custodian.given, custodian.agreed_given) == (1, 0)


def test_each_measure_is_a_field_of_its_largest_number() -> None:
    found = pairs_of(
        ({"counts": [counted(12), counted(3)]}, {"counts": [counted(12)]}),
        ({"counts": [counted(100)]}, {"counts": [counted(110)]}),
        ({"counts": [counted(5), counted(2, "killed")]}, {"counts": []}),
    )
    escaped, killed = field(found, "count escaped"), field(found, "count killed")
    assert (escaped.n, escaped.given, escaped.agreed, escaped.level) == (3, 3, pytest.approx(1 / 3), "ratio")
    assert escaped.scaled == pytest.approx(krippendorff_alpha([(12, 12), (100, 110)], level="ratio"))
    assert (killed.scaled, killed.given) == (None, 1)
    assert "alpha (ratio): two units that two coders gave a value for are the least, and there are 0" in killed.because


def test_vague_words_count_with_their_lower_end() -> None:
    vague = make_count(100, report=REPORT, words="Twelve men", best=None, high=999, kind="vague")
    found = pairs_of(({"counts": [vague]}, {"counts": [counted(100)]}), ({"counts": [vague]}, {"counts": [vague]}))
    assert field(found, "count escaped").agreed == 1


def test_a_single_unit_has_a_share_and_no_coefficient() -> None:
    types = field(pairs_of(({"type": "escape"}, {"type": "jailbreak"})), "type")
    assert (types.n, types.agreed, types.kappa, types.alpha) == (1, 0, None, None)
    assert types.because[0] == "kappa: two units that two coders gave a value for are the least, and there is 1"


def test_three_coders_have_an_alpha_and_no_kappa() -> None:
    coded = [("escape", "escape", "jailbreak"), ("jailbreak", "jailbreak", "jailbreak"), ("release", "release", "release")]
    found = measured(*({coder: [told(type=type)] for coder, type in zip(("ana", "bo", "cy"), types, strict=True)} for types in coded))
    types = field(found, "type")
    assert (types.kappa, types.agreed) == (None, pytest.approx(7 / 9)) and types.alpha == pytest.approx(krippendorff_alpha(coded))
    assert types.because == ("kappa is for two coders: see alpha",)


def test_a_coder_who_did_not_code_a_report_is_no_coder_who_found_nothing() -> None:
    found = measured({"ana": [told()], "bo": [told()]}, {"bo": [told()], "cy": [told()]})
    assert (found.coders, found.happenings, found.seen_by_all, field(found, "existence").agreed) == (("ana", "bo", "cy"), 2, 2, 1)
    assert field(found, "any account").n == 2


def test_without_two_codings_of_anything_nothing_is_defined() -> None:
    found = measured({"ana": [told()]})
    assert (found.reports, found.happenings, found.coders) == (0, 0, ())
    assert all(one.agreed is None and one.because for one in found.fields)


@pytest.mark.parametrize(
    ("left", "right", "differing"),
    [
        ({}, {}, []),
        ({"type": "escape"}, {"type": "jailbreak"}, ["type"]),
        ({"when": make_when(date(2021, 3, 5))}, {"when": make_when(date(2021, 3, 5), date(2021, 3, 7))}, []),  # the earliest day counts
        ({"where": make_where(), "counts": [counted(3)]}, {"counts": [counted(4), counted(1, "killed")]}, ["place", "count escaped", "count killed"]),
        ({"involved": [make_involved("facility", "The Prison")]}, {"involved": [make_involved("facility", "prison")]}, []),
    ],
)
def test_what_two_differ_in_is_told_by_the_same_fields_and_values(left: dict[str, Any], right: dict[str, Any], differing: list[str]) -> None:
    assert list(iter_differing({"ana": told(**left), "bo": told(**right)})) == differing
    found = pairs_of((left, right))
    assert {one.field for one in found.fields if one.agreed == 0} == set(differing)
