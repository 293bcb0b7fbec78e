"""The source's own verb in small sentences."""

from __future__ import annotations

import pytest

from bench.plv import read_marks
from bench.plv_predicates import is_negated, led_on, main_predicate
from waqai.parsing.pipeline import load_pipeline


@pytest.mark.parametrize(
    ("words", "verb"),
    [
        ("<s>The governor of the province</s> rejected the plan on Monday.", "rejected"),
        ("Nine men were freed by <s>the court</s> on Monday.", "freed"),  # the agent of a passive
        ("Officials said that <s>the army</s> attacked the village.", "attacked"),  # not the verb of saying
        ("The army attacked the village on Monday.", "attacked"),  # no source: the root
    ],
)
def test_the_main_predicate_is_what_the_source_does(words: str, verb: str) -> None:
    marked = read_marks(words, root="REJECT")
    assert main_predicate(load_pipeline()(marked.text), marked.sources).text == verb


def test_a_predicate_leads_on_to_its_complements_and_not_to_other_clauses() -> None:
    marked = read_marks("<s>The council</s> agreed to free the prisoners because it rained.", root="AGREE")
    words = [t.text for t in led_on(main_predicate(load_pipeline()(marked.text), marked.sources))]
    assert words == ["free", "prisoners"]


def test_verbs_and_nouns_are_negated_by_words_of_their_own() -> None:
    doc = load_pipeline()("The guards did not open the gate and found no key.")
    assert [t.text for t in doc if is_negated(t)] == ["open", "key"]
