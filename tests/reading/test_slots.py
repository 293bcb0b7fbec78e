"""Which words fill the slots of a verb or noun."""

from __future__ import annotations

import pytest

from reading.parsing import LEXICON, token_of
from waqai.reading.slots import SlotFinder, antecedent, coordinated, head_noun, is_passive, subjects_of


def slots_of(text: str, word: str) -> dict[str, list[str]]:
    return {slot: [t.text for t in tokens] for slot, tokens in SlotFinder(LEXICON).slots_of(token_of(text, word)).items()}


@pytest.mark.parametrize(
    ("text", "word", "slots"),
    [
        ("Twelve prisoners escaped from the jail.", "escaped", {"subj": ["prisoners"], "from": ["jail"]}),
        ("Six guards were killed by gunmen.", "killed", {"obj": ["guards"], "by": ["gunmen"]}),  # the passive's subject is its object
        ("The prisoners broke out of the jail.", "broke", {"subj": ["prisoners"], "from": ["jail"]}),  # "out of" is "from"
        ("Gunmen freed nine inmates from the prison.", "freed", {"subj": ["Gunmen"], "obj": ["inmates"], "from": ["prison"]}),
        ("Gunmen shot a guard and two soldiers.", "shot", {"subj": ["Gunmen"], "obj": ["guard", "soldiers"]}),  # both
        ("Gunmen came and shot a guard.", "shot", {"subj": ["Gunmen"], "obj": ["guard"]}),  # the subject of the verb before
        ("The prisoners tried to escape.", "escape", {"subj": ["prisoners"]}),
        ("The guards forced the inmates to flee.", "flee", {"subj": ["inmates"]}),  # whom they forced
        ("The guards prevented the inmates from escaping.", "escaping", {"subj": ["inmates"]}),  # not the guards
        ("Police accused him of attacking the church.", "attacking", {"subj": ["him"], "obj": ["church"]}),
        ("The men who fled the jail are armed.", "fled", {"subj": ["men"], "obj": ["jail"]}),  # a relative clause
        ("Men freed on Monday went home.", "freed", {"obj": ["Men"], "on": ["Monday"]}),  # a participle
        ("The militants launched an attack on the village.", "attack", {"on": ["village"], "subj": ["militants"]}),  # a light verb
        ("An assault was carried out by gunmen.", "assault", {"by": ["gunmen"]}),
        ("The army came under attack by rebels.", "attack", {"obj": ["army"], "by": ["rebels"]}),
        ("Talks between Turkey and Iraq ended.", "Talks", {"between": ["Turkey", "Iraq"]}),
        ("Prisoners staged a hunger strike.", "strike", {"mod": ["hunger"]}),
    ],
)
def test_a_trigger_has_its_parties_in_its_slots(text: str, word: str, slots: dict[str, list[str]]) -> None:
    assert {slot: tokens for slot, tokens in slots_of(text, word).items() if slot in slots} == slots


@pytest.mark.parametrize(
    ("text", "word", "noun"),
    [
        ("Three of the guards died.", "Three", "guards"),
        ("A group of gunmen came.", "group", "gunmen"),
        ("A member of the council spoke.", "member", "member"),  # no amount
        ("Six were killed.", "Six", "Six"),
    ],
)
def test_the_noun_that_counts_stands_behind_of(text: str, word: str, noun: str) -> None:
    assert head_noun(token_of(text, word)).text == noun


def test_who_stands_for_the_noun_of_its_clause() -> None:
    assert antecedent(token_of("The men who fled are armed.", "who")).text == "men"


def test_a_noun_stands_for_itself() -> None:
    assert antecedent(token_of("The men fled.", "men")).text == "men"


def test_coordinated_nouns_come_with_the_first_only() -> None:
    text = "A policeman and two soldiers died."
    assert [t.text for t in coordinated(token_of(text, "policeman"))] == ["policeman", "soldiers"]
    assert [t.text for t in coordinated(token_of(text, "soldiers"))] == ["soldiers"]


def test_a_verb_without_a_subject_has_that_of_the_verb_it_continues() -> None:
    assert [t.text for t in subjects_of(token_of("Gunmen came, shot and burned.", "burned"))] == ["Gunmen"]


@pytest.mark.parametrize(
    ("text", "word", "passive"), [("He was shot.", "shot", True), ("He shot them.", "shot", False), ("Men freed on Monday left.", "freed", True)]
)
def test_a_passive_is_known_by_its_form(text: str, word: str, passive: bool) -> None:
    assert is_passive(token_of(text, word)) is passive
