from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

pytest.importorskip("sklearn")

from scripts.training.fit import Table
from scripts.training.muc4.casing import Caser
from scripts.training.muc4.gates import chances, fit_gates
from scripts.training.muc4.humans import write_number
from scripts.training.muc4.mentions import find_mentions
from waqai.codebook.lexicon import load_lexicon
from waqai.parsing.pipeline import load_pipeline
from waqai.reading.quantities import find_quantities


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


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Seven farmers were killed.", "7"),
        ("About 30 farmers were killed.", "~30"),
        ("At least 12 farmers were killed.", "12-"),
        ("Between 5 and 7 farmers were killed.", "5 - 7"),
    ],
)
def test_numbers_are_written_as_the_templates_do(text: str, number: str) -> None:
    quantities = find_quantities(load_pipeline()(text), lexicon=load_lexicon())
    assert [write_number(quantity) for quantity in quantities] == [number]


def test_a_model_reads_a_long_list_of_features_as_a_short_one() -> None:
    told = [["bomb", "night"], ["bomb", "exploded"], ["peace", "talks"], ["peace", "signed"]] * 5
    answers = np.array([True, True, False, False] * 5)
    model = fit_gates(Table(told), {"bombing": answers}, where=np.arange(len(told)), strength=10.0, weight=np.ones(len(told)))
    bombing, talks, unknown = (float(p[0]) for p in chances(model, [["bomb"], ["peace", "talks", "signed"], ["rain"]]))
    assert talks < unknown < bombing
