from __future__ import annotations

from pathlib import Path

import pytest

from waqai.codebook.load import DATA
from waqai.codebook.shapes import load_yaml
from waqai.codebook.strength import build_strength, find_places, find_words, load_strength
from waqai.core import CodebookError


@pytest.mark.parametrize(
    ("words", "stance", "word", "low", "high"),
    [
        ("they will attack", "expects", "will", 0.90, 0.97),
        ("the terrorists are expected to head there", "expects", "expected to", 0.65, 0.85),
        ("an attack is likely", "expects", "likely", 0.60, 0.80),
        ("it could come to clashes", "warns", "may", 0.20, 0.50),
        ("an attack is unlikely", "expects", "unlikely", 0.05, 0.20),  # not "likely"
        ("they are not expected to attack", "expects", "unlikely", 0.05, 0.20),  # not "expected to"
        ("will not", "plans", "will", 0.90, 0.97),  # who says that it will not be is as sure of that
        ("of new attacks", "warns", "(warns)", 0.20, 0.50),  # no word of strength: the stance's
        ("killed on May 17", "expects", "(expects)", 0.65, 0.85),  # the month
        ("attacks, perhaps in May", "warns", "(warns)", 0.20, 0.50),  # without a day, too
        ("clashes may break out due to rising tension", "warns", "may", 0.20, 0.50),  # "due to" says why
        ("talks are due to open", "expects", "expected to", 0.65, 0.85),
    ],
)
def test_a_strength_word_stands_for_the_band_of_its_line(words: str, stance: str, word: str, low: float, high: float) -> None:
    band = load_strength().find_band(words, stance=stance)
    assert (band.word, band.low, band.high) == (word, low, high)
    assert band.version == load_strength().version


def test_bands_are_by_language_and_those_of_english_where_a_language_has_none() -> None:
    table = load_strength()
    assert table.find_band("une attaque est probable", stance="warns", language="fr").word == "probable"
    assert table.find_band("ein Angriff ist unwahrscheinlich", stance="warns", language="de").low == 0.05
    assert table.find_band("an attack is likely", stance="warns", language="xx").word == "likely"


@pytest.mark.parametrize(
    ("words", "families", "days"),
    [
        ("an attack is imminent", ("combat",), 7),
        ("an attack", ("combat",), 30),
        ("aid", ("policy_and_aid",), 180),
        ("both", ("combat", "diplomacy"), 30),
        ("?", (), 30),
    ],
)
def test_a_horizon_that_nobody_named_is_of_its_class(words: str, families: tuple[str, ...], days: int) -> None:
    assert load_strength().default_days(words, families=families)[0] == days


def test_a_file_of_ones_own_puts_its_sections_in_place_of_the_shipped_ones(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text('version: "ours"\nstrength: {en: [{word: likely, words: [likely], low: .5, high: .7}]}\n', encoding="utf-8")
    band = load_strength(own).find_band("an attack is likely", stance="expects")
    assert (band.low, band.high, band.version) == (0.5, 0.7, "ours")
    assert load_strength(own).raw.coverage == load_strength().raw.coverage


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"strength": {"en": [{"word": "x", "words": ["x"], "low": 0.8, "high": 0.2}]}}, "not below"),
        ({"happenings": [{"words": ["x"], "types": ["no_such_type"]}]}, "no type 'no_such_type'"),
        ({"horizons": {"near": {"days": 7}}}, "lacks 'usual'"),
        ({"stances": {"hopes": {"low": 0.1, "high": 0.2}}}, "no stance 'hopes'"),
        ({"strength": {"fr": []}}, "'en'"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(changed: dict[str, object], fault: str) -> None:
    with pytest.raises(CodebookError, match=fault):
        build_strength({**load_yaml(DATA / "strength.yaml"), **changed})


def test_words_are_found_whole_and_in_order() -> None:
    assert find_words("they maybe go", ["may"]) is None
    assert find_places("may it be, or may it not", ["may", "be"]) == [(0, 3), (7, 9), (14, 17)]
