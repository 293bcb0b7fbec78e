"""Which place name is the happening's."""

from __future__ import annotations

import pytest

from reading.parsing import LEXICON, drafts_of, places_of
from waqai.core import PlaceMention
from waqai.reading.situating import BORROWED, Situator


def mentions_in(text: str, *, facility_sentences: tuple[int, ...] = ()) -> list[tuple[PlaceMention, ...]]:
    """The mentions of each draft."""
    told: list[tuple[PlaceMention, ...]] = []
    drafts = drafts_of(text)
    for i, draft in enumerate(drafts):
        earlier = list(zip(drafts[:i], told, strict=True))
        told.append(Situator(LEXICON).place_mentions(draft, places_of(text), facility_sentences=facility_sentences, earlier=earlier))
    return told


def roles_in(text: str) -> list[tuple[str, str]]:
    return [(m.name, m.role) for m in mentions_in(text)[0]]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Gunmen attacked a mayor in Kano.", [("Kano", "event_place")]),
        ("Gunmen attacked a mayor in Kano, Nigeria.", [("Kano", "event_place"), ("Nigeria", "containing_area")]),  # the narrower is the event's
        ("Clashes were told in Syria and Iraq.", [("Syria", "event_place"), ("Iraq", "event_place")]),  # named together
        ("The prisoners were transferred from Raqqa to Hasakah.", [("Raqqa", "event_place"), ("Hasakah", "destination")]),
        ("Villagers fled their homes in Kano to Raqqa.", [("Kano", "event_place"), ("Raqqa", "destination")]),
        ("Guards of the army of Iran attacked a mayor in Kano.", [("Kano", "event_place"), ("Iran", "actor_affiliation")]),  # whose they are
        ("Iran attacked a base in Raqqa.", [("Raqqa", "event_place"), ("Iran", "actor_affiliation")]),
        ("DAMASCUS, July 14 (Xinhua) -- Gunmen attacked a mayor in Kano.", [("Kano", "event_place"), ("DAMASCUS", "dateline")]),
        ("Rebels seized Raqqa.", [("Raqqa", "event_place")]),  # the ground itself
    ],
)
def test_a_place_has_its_part_by_how_it_stands(text: str, roles: list[tuple[str, str]]) -> None:
    assert sorted(roles_in(text)) == sorted(roles)


def test_a_telling_without_a_place_has_that_of_the_telling_before() -> None:
    (mention,) = mentions_in("The army shelled a village in Kano. Police arrested two men.")[1]
    assert (mention.name, mention.rule) == ("Kano", "place of the telling before") and mention.rule in BORROWED


def test_a_first_telling_without_a_place_has_the_last_one_named_before() -> None:
    (mention,) = mentions_in("The mayor spoke in Kano. Police arrested two men.")[0]
    assert (mention.name, mention.rule) == ("Kano", "last place named before") and mention.rule in BORROWED


def test_a_borrowed_place_is_less_sure() -> None:
    own, borrowed = mentions_in("The army shelled a village in Kano. Police arrested two men.")
    assert borrowed[0].p < own[0].p


def test_a_report_without_places_leaves_them_out() -> None:
    assert mentions_in("Police arrested two men.") == [()]


def test_what_is_said_of_the_prison_places_the_happening_more_closely() -> None:
    text = "Prisoners escaped from a jail in the countryside of Hasakah. This prison lies in Qamishli."
    start = next(p.head.sent.start for p in places_of(text) if p.name == "Qamishli")
    (mentions,) = mentions_in(text, facility_sentences=(start,))
    assert [(m.name, m.role, m.relation) for m in mentions] == [("Qamishli", "event_place", "near"), ("Hasakah", "containing_area", "countryside")]


@pytest.mark.parametrize(
    "text",
    [
        "Ten inmates escaped from a prison in Kano. The escape came days after ministers met in Turkey.",
        "Ten inmates escaped from a prison in Kano. Ministers held talks in Turkey a few days before the escape.",
    ],
)
def test_the_host_of_a_meeting_is_no_place_of_the_escape_that_it_is_told_beside(text: str) -> None:
    assert [m.name for m in mentions_in(text)[0] if m.role in ("event_place", "containing_area")] == ["Kano"]
