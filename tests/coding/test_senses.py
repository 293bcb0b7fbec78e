"""The thesaurus of the coder: what a word is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from waqai.codebook.shapes import load_yaml
from waqai.coding.reader import LearnedReader
from waqai.coding.senses import FILE, load_senses
from waqai.core import CodebookError


def senses_of(learned: LearnedReader, text: str, word: str) -> tuple[str, ...]:
    (token,) = [t for t in learned.nlp(text) if t.text == word]
    return load_senses().of(token)


@pytest.mark.parametrize(
    ("text", "word", "sense"),
    [
        ("Militants torched the clinic.", "torched", "v.burn"),
        ("Rebels burned the clinic.", "burned", "v.burn"),
        ("Nine inmates broke out on Sunday.", "broke", "v.escape"),
        ("Troops opened fire at the gate.", "opened", "v.shoot"),
        ("The fighters laid down their arms.", "laid", "v.surrender"),
        ("Residents took to the streets of Homs.", "took", "v.protest"),
        ("A constable died.", "constable", "n.police"),
        ("The bloodbath shocked the town.", "bloodbath", "n.death"),
        ("Two shoot-outs followed.", "outs", "n.fighting"),
    ],
)
def test_words_and_phrases_are_about_something(text: str, word: str, sense: str, learned: LearnedReader) -> None:
    assert sense in senses_of(learned, text, word)


def test_the_senses_of_a_whole_phrase_come_first(learned: LearnedReader) -> None:
    assert senses_of(learned, "Nine inmates broke out on Sunday.", "broke")[0] in ("v.fight", "v.escape", "v.begin")


def test_a_verb_and_a_noun_of_one_spelling_have_senses_of_their_own(learned: LearnedReader) -> None:
    noun = senses_of(learned, "The raid began at dawn.", "raid")
    verb = senses_of(learned, "Gunmen will raid villages.", "raid")
    assert "n.raid" in noun and "v.attack" not in noun and "v.attack" in verb and "n.raid" not in verb


def test_a_word_outside_the_thesaurus_has_no_sense(learned: LearnedReader) -> None:
    assert senses_of(learned, "The umbrella was green.", "umbrella") == ()


def test_no_word_stands_twice_under_a_sense() -> None:
    twice = [(sense, word) for words in load_yaml(FILE).values() for sense, listed in words.items() for word in set(listed) if listed.count(word) > 1]
    assert twice == []


def test_every_noun_of_the_thesaurus_is_found_in_a_sentence(learned: LearnedReader) -> None:
    raw, senses = load_yaml(FILE), load_senses()
    words = sorted({word for part in ("acts", "things") for listed in raw[part].values() for word in listed})
    docs = learned.nlp.pipe(f"The {word} was seen near the town." for word in words)
    lost = [word for word, doc in zip(words, docs, strict=True) if not any(set(senses.nouns[word]) <= set(senses.of(t)) for t in doc)]
    assert len(lost) < len(words) / 20, lost  # a few are verbs to the parser here


@pytest.mark.parametrize("raw", ["[]", "verbs: {kill: slay}\nacts: {}\nthings: {}", "verbs: {}\nacts: {fire: [blaze]}\nthings: {fire: [gun]}", "verbs: {}"])
def test_a_thesaurus_of_another_shape_is_refused(raw: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "senses.yaml").write_text(raw, encoding="utf-8")
    monkeypatch.setattr("waqai.coding.senses.FILE", tmp_path / "senses.yaml")
    with pytest.raises(CodebookError, match=r"senses\.yaml"):
        load_senses.__wrapped__()
