"""Who runs the prison, and where those who got out are bound for."""

from __future__ import annotations

import pytest

from reading.parsing import ACTORS, CLASSES, parse
from waqai.core import Involvement
from waqai.reading.custody import Custody

CUSTODY = Custody(CLASSES, ACTORS)


def custodians_in(text: str) -> list[str]:
    doc = parse(text)
    sentences = CUSTODY.facility_sentences(doc, after=0)
    return [i.name for i in CUSTODY.custodians(doc, sentences=sentences, own=[0])]


def destinations_in(text: str) -> tuple[Involvement, ...]:
    return CUSTODY.destinations(parse(text), after=0)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Men fled from a jail run by the SDF.", ["SDF"]),
        ("The prison is run by the Northern Council.", ["Northern Council"]),
        ("The prison is affiliated with the military police of the factions.", ["military police of the factions"]),
        ("The prison is under the control of the army.", ["army"]),
        ("Men fled. This facility is guarded by the army.", ["army"]),  # goes on about it
        ("Men fled. A facility is guarded by the army.", []),  # another one
        ("Men fled from a jail near the river.", []),
    ],
)
def test_the_custodian_stands_beside_the_prison(text: str, names: list[str]) -> None:
    assert custodians_in(text) == names


def test_a_custodian_in_the_register_has_its_id() -> None:
    (custodian,) = CUSTODY.custodians(parse("Men fled from a jail run by the SDF."), sentences=(), own=[0])
    assert (custodian.role, custodian.actor_id) == ("custodian", "sdf")


@pytest.mark.parametrize(
    ("text", "name", "modality"),
    [
        ("The prisoners fled to Turkey.", "Turkey", None),
        ("The escapees are expected to head to Turkey.", "Turkey", "expected"),
        ("The escapees could cross into Turkey.", "Turkey", "expected"),
        ("The escapees are believed to flee to Turkey.", "Turkey", "suspected"),
        ("The prisoners fled to the mountains.", "mountains", None),  # no name
    ],
)
def test_a_destination_keeps_how_sure_it_is(text: str, name: str, modality: str | None) -> None:
    assert [(i.name, i.modality) for i in destinations_in(text)] == [(name, modality)]


@pytest.mark.parametrize("text", ["The minister fled to Turkey.", "The prisoners fled to the bus.", "The prisoners wrote to Turkey."])
def test_others_and_other_ways_are_no_destination(text: str) -> None:
    assert destinations_in(text) == ()


def test_a_sentence_far_behind_goes_on_about_another_prison() -> None:
    text = "Men fled. " + "The mayor spoke at length of the river and the road. " * 12 + "The prison is old."
    assert CUSTODY.facility_sentences(parse(text), after=0) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The men are expected to seek refuge in Turkey.", ["Turkey"]),
        ("The men will try to slip across the border into Iraq.", ["Iraq"]),  # the border is on the way
        ("Residents said the runaways plan to enter Chad.", ["Chad"]),
    ],
)
def test_refuge_and_borders_lead_to_the_land_behind_them(text: str, names: list[str]) -> None:
    assert [i.name for i in destinations_in(text)] == names
