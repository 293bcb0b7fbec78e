from __future__ import annotations

from collections import Counter

import pytest

pytest.importorskip("sklearn")

from scripts.training.muc4.casing import Caser
from scripts.training.muc4.mentions import find_mentions
from waqai.reading.pipeline import load_pipeline


def keys(text: str) -> set[str]:
    return {mention.key for mention in find_mentions(load_pipeline()(text))}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Three unidentified gunmen killed the mayor in his office.", {"unidentified gunmen", "gunmen", "mayor"}),
        ("The rebels threw two hand grenades at the Pisac bus station.", {"rebels", "hand grenades", "grenades", "pisac bus station"}),
        ("Professor Ana Maria Quispe Rojas was kidnapped yesterday.", {"ana maria quispe rojas"}),  # the row of capitals, without the title
        ("The People's Dawn Front (PDF) claimed the attack on the bridge.", {"bridge", "attack"}),
        ("Members of the army burned the house of a farmer.", {"members of army", "army", "house of farmer", "house", "farmer"}),
    ],
)
def test_every_way_to_cut_a_filler_is_offered(text: str, wanted: set[str]) -> None:
    assert wanted <= keys(text)


def test_a_phrase_is_offered_once_for_its_head() -> None:
    mentions = find_mentions(load_pipeline()("A powerful bomb exploded."))
    assert len({(m.head, m.key) for m in mentions}) == len(mentions)


def test_case_comes_back_by_what_our_reports_write() -> None:
    caser = Caser(capital=Counter(lima=5), small=Counter(bomb=9), known={"bomb", "in", "was", "found", "a"}.__contains__, names=frozenset({"pisac"}))
    assert caser.restore("a bomb was found in lima. a bomb was found in pisac.") == "A bomb was found in Lima. A bomb was found in Pisac."
