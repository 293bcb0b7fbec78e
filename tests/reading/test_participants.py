"""Who took part, in which role."""

from __future__ import annotations

import pytest

from reading.parsing import ACTORS, CLASSES, drafts_of, pairs_of
from waqai.core import Involvement
from waqai.reading.participants import Participants


def involved_in(text: str) -> tuple[Involvement, ...]:
    (draft,) = drafts_of(text)
    return Participants(CLASSES, ACTORS).of_draft(draft)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Twelve prisoners escaped from the jail.", [("person_held", "prisoners"), ("facility", "jail")]),
        ("Gunmen stormed the prison.", [("initiator", "Gunmen"), ("facility", "prison")]),
        ("Police arrested two men in Kano.", [("initiator", "Police"), ("person_held", "men")]),  # the place is in no role
        ("Gunmen attacked a village.", [("initiator", "Gunmen")]),  # nor is a village
        ("Gunmen attacked a mayor.", [("initiator", "Gunmen"), ("victim", "mayor")]),
        ("Gunmen ambushed a patrol.", [("initiator", "Gunmen"), ("target", "patrol")]),
        ("The army shelled civilians.", [("initiator", "army"), ("victim", "civilians")]),  # no targets
        ("The attack killed six soldiers.", [("target", "soldiers")]),  # a side of the clash
        ("Gunmen killed the mayor.", [("initiator", "Gunmen"), ("victim", "mayor")]),
        ("Six villagers died in the attack.", [("victim", "villagers")]),  # the subject died
        ("He was arrested.", []),  # a pronoun is nobody
        ("The governor pledged $5 million to Kano.", [("donor", "governor")]),  # a town receives nothing
        ("Ministers met in Kano.", [("participant", "Ministers")]),
        ("Prisoners escaped on Monday. The prison is old.", [("person_held", "Prisoners")]),  # named elsewhere
        ("Prisoners in the jail rioted.", [("person_held", "Prisoners"), ("facility", "jail")]),  # named in the sentence
    ],
)
def test_the_slots_of_a_trigger_fill_the_roles_of_its_type(text: str, pairs: list[tuple[str, str]]) -> None:
    assert pairs_of(involved_in(text)) == pairs


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Two ISIS prisoners escaped from the jail.", "ISIS"),  # before the noun
        ("Two members of ISIS escaped from the prison.", "ISIS"),
        ("Prisoners linked to ISIS escaped from the jail.", "ISIS"),
    ],
)
def test_those_held_have_their_group(text: str, group: str) -> None:
    found = [i for i in involved_in(text) if i.role == "affiliation"]
    assert [(i.name, i.actor_id) for i in found] == [(group, "isis")]


def test_a_name_in_the_register_has_its_id() -> None:
    (actor,) = [i for i in involved_in("The SDF arrested two men.") if i.role == "initiator"]
    assert (actor.name, actor.actor_id) == ("SDF", "sdf")


def test_the_same_people_are_told_once_a_role() -> None:
    text = "Police arrested two men. Police arrested a mayor."
    assert pairs_of(involved_in(text)) == [("initiator", "Police"), ("person_held", "men"), ("person_held", "mayor")]


def test_every_name_quotes_the_text() -> None:
    text = "Gunmen of the Northern Council stormed the prison in Kuje."
    assert all(i.name == i.phrase.of(text) for i in involved_in(text))
