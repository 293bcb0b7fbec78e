from __future__ import annotations

import pytest

from bench.muc4_scoring import SLOTS, Filler, Template, compare_dates, compare_locations, read_template, same_target, score_templates


def template(type: str = "attack", *, optional: bool = False, **slots: tuple[Filler, ...]) -> Template:
    return Template(types=frozenset((type,)), slots={name: slots.get(name, ()) for name in SLOTS}, optional=optional)


def stage(value: str = "ACCOMPLISHED", *, optional: bool = False) -> tuple[Filler, ...]:
    return (Filler(values=(value,), optional=optional),)


@pytest.mark.parametrize(
    ("key", "written", "points"),
    [
        ("05 MAR 91", "05 MAR 91", 1.0),
        ("- 05 MAR 91", "- 05 MAR 91", 1.0),
        ("04 MAR 91 - 05 MAR 91", "05 MAR 91", 0.5),  # part of the key's days
        ("- 05 MAR 91", "04 MAR 91", 0.5),  # before the default's end
        ("05 MAR 91", "- 05 MAR 91", 0.5),  # the default ends on the key's day
        ("04 MAR 91", "- 05 MAR 91", 0.0),  # it does not
        ("05 MAR 91", "06 MAR 91", 0.0),
        ("(- 05 MAR 91)", "- 05 MAR 91", 1.0),  # an optional key stands in brackets
        ("05 MAR 91", "soon", 0.0),
    ],
)
def test_dates_score_as_the_guidelines_say(key: str, written: str, points: float) -> None:
    assert compare_dates(key, written) == points


@pytest.mark.parametrize(
    ("key", "written", "points"),
    [
        ("PERU: CUSCO (DEPARTMENT): PISAC (TOWN)", "PERU: PISAC: CUSCO", 1.0),  # kinds and order are not compared
        ("PERU: PISAC (TOWN)", "PERU", 0.5),
        ("PERU", "PERU: PISAC (TOWN)", 0.5),
        ("PERU: PISAC (TOWN)", "CHILE: PISAC (TOWN)", 0.5),  # right but for the country
        ("PERU", "CHILE", 0.0),
        ("(PERU: PISAC (TOWN))", "PERU: PISAC", 1.0),  # an optional key stands in brackets
    ],
)
def test_locations_score_by_country_and_places(key: str, written: str, points: float) -> None:
    assert compare_locations(key, written) == points


def test_an_effect_on_another_target_counts_half() -> None:
    wanted = template(effect=(Filler(values=("DEATH",), of=("two farmers", "farmers")),))
    same = template(effect=(Filler(values=("DEATH",), of=("young farmers",)),))
    other = template(effect=(Filler(values=("DEATH",), of=("a teacher",)),))
    assert [score_templates([([wanted], [one])])["effect"].points for one in (same, other)] == [1.0, 0.5]


def test_a_number_needs_its_target() -> None:
    wanted = template(number=(Filler(values=("2",), of=("farmers",)),))
    other = template(number=(Filler(values=("2",), of=("teachers",)),))
    assert score_templates([([wanted], [other])])["number"].points == 0.0


def test_templates_of_different_types_are_never_mapped() -> None:
    tally = score_templates([([template("bombing", stage=stage())], [template("attack", stage=stage())])])["stage"]
    assert (tally.points, tally.written, tally.wanted) == (0.0, 1, 1)


def test_templates_are_mapped_to_the_best_of_their_type() -> None:
    first, second = template(stage=stage("THREATENED")), template(stage=stage("ACCOMPLISHED"))
    assert score_templates([([first, second], [template(stage=stage("ACCOMPLISHED"))])])["stage"].points == 1.0


def test_what_is_optional_is_wanted_only_where_it_was_met() -> None:
    optional = template(stage=stage(), optional=True)
    assert score_templates([([optional], [])])["stage"].wanted == 0
    assert score_templates([([optional], [template(stage=stage())])])["stage"].f1 == 100.0


def test_a_key_with_two_types_takes_either() -> None:
    key = read_template({"incident_type": [{"value": ["ATTACK / BOMBING"]}], "incident_stage": [{"value": ["ACCOMPLISHED"]}]})
    assert key.types == {"attack", "bombing"}
    assert score_templates([([key], [template("bombing", stage=stage())])])["stage"].f1 == 100.0


def test_targets_are_the_same_by_phrase_or_last_word() -> None:
    assert same_target(("Mayor of Pisac", "mayor"), ("mayor",))
    assert same_target(("the young farmers",), ("farmers",))
    assert not same_target(("farmers",), ())
