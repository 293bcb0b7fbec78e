"""Words that announce a happening."""

from __future__ import annotations

import pytest

from reading.parsing import only_trigger, triggers_of


@pytest.mark.parametrize(
    ("text", "words", "type"),
    [
        ("Twelve prisoners escaped from the jail.", "escaped", "escape"),
        ("The prisoners broke out of the jail.", "broke out", "escape"),  # a verb of two words
        ("Gunmen stormed the prison.", "stormed", "jailbreak"),  # by its object
        ("Gunmen stormed the village.", "stormed", "attack_on_civilians"),
        ("Gunmen stormed the base.", "stormed", "clash"),
        ("Gunmen freed nine inmates from the prison.", "freed", "jailbreak"),  # force from outside
        ("The court freed nine inmates.", "freed", "release"),
        ("Inmates rioted at the jail.", "rioted", "prison_riot"),
        ("Prisoners staged a hunger strike.", "hunger strike", "prison_riot"),  # a noun of two words
        ("Police arrested two men in Kano.", "arrested", "arrest"),
        ("The army shelled the village.", "shelled", "shelling"),
        ("Rebels seized the town.", "seized", "territory_change"),
        ("Villagers fled their homes.", "fled", "displacement"),
        ("The court sentenced two men to death.", "sentenced", "sentence"),
        ("The prison holds 300 inmates.", "holds", "detention"),
        ("The governor pledged $5 million in aid.", "pledged", "aid"),
    ],
)
def test_a_word_announces_a_type_by_what_stands_in_its_slots(text: str, words: str, type: str) -> None:
    trigger = only_trigger(text)
    assert (trigger.phrase.of(text), trigger.type) == (words, type)


@pytest.mark.parametrize("text", ["The mayor spoke.", "He attacked the plan of the minister.", "The river ran free."])
def test_other_words_announce_nothing(text: str) -> None:
    assert triggers_of(text) == ()


def test_a_word_inside_a_longer_trigger_is_no_trigger_of_its_own() -> None:
    text = "Students held a protest in Kano."
    assert only_trigger(text).phrase.of(text) == "held a protest"


def test_people_killed_are_an_effect() -> None:
    assert only_trigger("Six people were killed.").effect
    assert not only_trigger("Gunmen stormed the prison.").effect


def test_a_trigger_knows_its_block_and_headline() -> None:
    text = "Prisoners escape from jail\nTwelve prisoners escaped from the jail."
    assert [(t.block, t.heading) for t in triggers_of(text)] == [(0, True), (1, False)]


def test_triggers_come_in_the_order_of_the_text() -> None:
    text = "Gunmen stormed the prison and Rebels seized the town. Police arrested two men."
    spans = [t.phrase for t in triggers_of(text)]
    assert spans == sorted(spans) and len(spans) == 3


def test_heads_are_given_for_several_slots_at_once() -> None:
    trigger = only_trigger("Gunmen stormed the prison.")
    assert [t.text for t in trigger.heads("subj", "obj", "from")] == ["Gunmen", "prison"]
