from __future__ import annotations

from places.words import labelled, plain_words
from waqai.core import Word
from waqai.places import Gazetteer, Home
from waqai.places.candidates import iter_candidates
from waqai.places.clues import WEIGHTS, Clues, clues_of
from waqai.places.mentions import judge_candidates


def clues(gazetteer: Gazetteer, text: str, words: tuple[Word, ...] | None = None, home: Home | None = None) -> dict[str, Clues]:
    words = words or plain_words(text)
    candidates = list(iter_candidates(text, words, gazetteer))
    return {c.name: found for c, found in zip(candidates, clues_of(candidates, words, home), strict=True)}


def test_the_words_around_a_name_are_seen(gazetteer: Gazetteer) -> None:
    found = clues(gazetteer, "In the village of Baghuz and in Mosul, Iraq, Dr. Hasan met men.")
    assert found["Baghuz"].after_kind and found["Mosul"].after_in and found["Mosul"].before_area and found["Iraq"].after_place
    assert found["Iraq"].land and not found["Iraq"].after_in


def test_the_end_of_a_persons_name_is_a_surname_elsewhere(gazetteer: Gazetteer) -> None:
    text = "Sam Houston came. Then Houston left."
    words = labelled(plain_words(text), "PERSON", "Sam", "Houston")
    assert clues(gazetteer, text, words)["Houston"].surname


def test_a_place_that_the_parser_calls_a_person_lends_no_surname(gazetteer: Gazetteer) -> None:
    text = "They came to Sri Lanka."
    words = labelled(plain_words(text), "PERSON", "Sri", "Lanka")
    assert not clues(gazetteer, text, words)["Sri Lanka"].surname


def test_home_is_near_only_with_a_home(gazetteer: Gazetteer) -> None:
    home = Home(lat=36.3, lon=43.1, country="IQ", admin1_id=None, p=0.7)
    assert clues(gazetteer, "They left Mosul.")["Mosul"].near_home == 0.0
    assert clues(gazetteer, "They left Mosul.", home=home)["Mosul"].near_home == 0.7


def test_a_surer_mention_lifts_the_other(gazetteer: Gazetteer) -> None:
    alone, twice = "Tuesday Palma won.", "Tuesday Palma won. They live in the town of Palma, Spain."
    (before, *_), (after, *_) = ([p for c, p in judge_candidates(t, plain_words(t), gazetteer) if c.name == "Palma"] for t in (alone, twice))
    assert before < after


def test_every_weight_belongs_to_a_clue() -> None:
    assert len(WEIGHTS) == len(Clues()) and WEIGHTS.always < 0
