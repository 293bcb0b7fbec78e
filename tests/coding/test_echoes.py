"""Two words of one clause that tell the same."""

from __future__ import annotations

import pytest

from coding.conftest import SceneOf
from waqai.coding.echoes import without_echoes
from waqai.coding.teller import Teller


@pytest.mark.parametrize(
    ("text", "words", "kept"),
    [
        ("A car bomb exploded in Homs on Friday.", {"bomb": "bombing", "exploded": "bombing"}, ["exploded"]),
        ("Rebels launched an attack on the base.", {"launched": "clash", "attack": "clash"}, ["attack"]),
        ("A bomb exploded and the police arrested a man.", {"exploded": "bombing", "arrested": "arrest"}, ["exploded", "arrested"]),
        ("Troops shelled Homs and gunmen shelled Hama.", {"shelled": "shelling"}, ["shelled", "shelled"]),  # two clauses, two happenings
        ("The attack in Homs led to an arrest.", {"attack": "clash", "arrest": "arrest"}, ["attack", "arrest"]),  # two types
    ],
)
def test_of_one_clause_the_likeliest_word_of_a_type_tells(scene_of: SceneOf, text: str, words: dict[str, str], kept: list[str]) -> None:
    scene = scene_of(text)
    told = [t for t in scene.doc if t.text in words]
    tellers = [Teller(token=t, type=words[t.text], family="", p=0.5 + 0.01 * t.i, type_p=0.9) for t in told]
    assert [t.token.text for t in without_echoes(scene, tellers)] == kept
