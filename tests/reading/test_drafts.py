"""One happening told in several places becomes one draft."""

from __future__ import annotations

import pytest

from reading.parsing import Clues, drafts_of

MONDAY, FRIDAY = Clues(days=frozenset({"monday"}), places=frozenset()), Clues(days=frozenset({"friday"}), places=frozenset())


def told(text: str, clues: dict[str, Clues] | None = None) -> list[tuple[str, list[str]]]:
    """Type and trigger words of each draft."""
    return [(d.type, [t.token.text for t in d.triggers]) for d in drafts_of(text, clues)]


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        ("The army shelled a village. The attack killed six civilians.", [("shelling", ["shelled", "attack", "killed"])]),  # "the attack" points back
        ("The army shelled a village. An attack on a prison failed.", [("shelling", ["shelled"]), ("jailbreak", ["attack"])]),  # "an attack" does not
        ("Prisoners escaped from a jail. Gunmen had stormed the prison.", [("jailbreak", ["stormed", "escaped"])]),  # force from outside
        ("Gunmen stormed the prison. Nine inmates escaped.", [("jailbreak", ["stormed", "escaped"])]),
        ("Police arrested a mayor. Police arrested a teacher.", [("arrest", ["arrested", "arrested"])]),  # the same police
        ("Police arrested a mayor. Soldiers arrested a teacher.", [("arrest", ["arrested"]), ("arrest", ["arrested"])]),
        ("The army plans to release prisoners. The army released prisoners.", [("release", ["release"]), ("release", ["released"])]),  # not yet, and done
        ("Rebels seized the town. Police arrested two men.", [("territory_change", ["seized"]), ("arrest", ["arrested"])]),
    ],
)
def test_a_trigger_goes_on_with_an_earlier_draft_or_opens_one(text: str, drafts: list[tuple[str, list[str]]]) -> None:
    assert told(text) == drafts


def test_another_day_makes_another_happening() -> None:
    text = "The army shelled a village. The shelling was heavy."
    assert len(told(text, {"shelled": MONDAY, "shelling": MONDAY})) == 1
    assert len(told(text, {"shelled": MONDAY, "shelling": FRIDAY})) == 2


def test_another_place_makes_another_happening() -> None:
    here, there = Clues(days=frozenset(), places=frozenset({"kano"})), Clues(days=frozenset(), places=frozenset({"raqqa"}))
    assert len(told("The army shelled a village. The shelling was heavy.", {"shelled": here, "shelling": there})) == 2


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        ("Gunmen stormed the prison and killed six guards.", [("jailbreak", ["stormed", "killed"])]),  # in the sentence
        ("Gunmen stormed the prison. Police came. Six guards were killed.", [("jailbreak", ["stormed", "killed"])]),  # in the block
        ("Six people were killed. Two were wounded.", [("attack_on_civilians", ["killed", "wounded"])]),  # of nothing else
        ("Police arrested two men.\n\nA clash was feared.\n\nThe mayor spoke.\n\nSix people were killed.", [("arrest", ["arrested"]), ("clash", ["clash"])]),
    ],
)
def test_people_killed_belong_to_the_act_in_reach(text: str, drafts: list[tuple[str, list[str]]]) -> None:
    assert told(text)[0] == drafts[0]


def test_a_headline_joins_what_the_text_tells() -> None:
    (draft,) = drafts_of("Prisoners escape from jail\nTwelve prisoners escaped on Monday.")
    assert [t.heading for t in draft.triggers] == [False, True]


def test_a_headline_alone_opens_a_draft() -> None:
    (draft,) = drafts_of("Prisoners escape from jail\nThe mayor spoke on Monday.")
    assert draft.body == draft.triggers and draft.lead.heading


def test_drafts_come_in_the_order_of_the_text() -> None:
    drafts = drafts_of("Rebels seized the town. Police arrested two men. The army shelled a village.")
    assert [d.start for d in drafts] == sorted(d.start for d in drafts)
