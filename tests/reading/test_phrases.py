"""Noun phrases, bare as coders write them."""

from __future__ import annotations

import pytest

from reading.parsing import parse, token_of
from waqai.reading.phrases import bare_phrase, char_span, plain_phrase, words_of


@pytest.mark.parametrize(
    ("text", "noun", "phrase"),
    [
        ("The 25 prisoners of different nationalities fled.", "prisoners", "prisoners of different nationalities"),  # no article, no number
        ("Dozens of ISIS prisoners fled.", "prisoners", "ISIS prisoners"),
        ("His two brothers died.", "brothers", "brothers"),  # no possessive
        ("The so-called military police of the factions left.", "police", "military police of the factions"),
        ("Al-Shabaab fighters left.", "fighters", "Al-Shabaab fighters"),  # a hyphen inside the name
        ("A jail run by the army burned.", "jail", "jail run by the army"),  # a participle with "by"
        ("The prison on Monday burned.", "prison", "prison"),  # no day
        ("Rebels released men taken", "men", "men"),  # a participle that ends the text
        ("On Thursday security agents freed them.", "agents", "security agents"),  # the day before it is no part of the name
        ("The prison in Hasakah was attacked.", "prison", "prison"),
    ],
)
def test_a_bare_phrase_drops_what_counts_and_points(text: str, noun: str, phrase: str) -> None:
    assert bare_phrase(token_of(text, noun)).of(text) == phrase


def test_a_site_keeps_the_place_that_it_lies_in() -> None:
    text = "The prison in Hasakah was attacked."
    assert bare_phrase(token_of(text, "prison"), site=True).of(text) == "prison in Hasakah"


def test_a_plain_phrase_ends_with_its_noun() -> None:
    text = "The 25 ISIS prisoners of different nationalities fled."
    assert plain_phrase(token_of(text, "prisoners")).of(text) == "ISIS prisoners"


def test_every_noun_of_a_sentence_lies_in_its_own_phrase() -> None:
    text = "Some of the men of the so-called Northern Council, all armed, shot two guards of the jail on Monday."
    for token in parse(text):
        phrase = bare_phrase(token)
        assert phrase.covers(char_span(token, token)), token


def test_words_over_a_line_break_are_given_in_one_line() -> None:
    token = token_of("The military\npolice left.", "police")
    assert words_of(bare_phrase(token), token) == "military police"


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Men fled from Block Nine prison near Kano.", "Block Nine prison"),  # a number inside a name
        ("Men fled from a women's prison.", "women's prison"),
    ],
)
def test_a_prison_keeps_the_words_of_its_name(text: str, phrase: str) -> None:
    assert bare_phrase(token_of(text, "prison")).of(text) == phrase
