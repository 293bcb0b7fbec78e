"""PLOVER roots by the shipped rules, on sentences of our own."""

from __future__ import annotations

import pytest

from bench.laid_out import lay_out
from bench.plv import read_marks
from bench.plv_features import relation_features
from bench.plv_rules import read_root, read_root_by_verb
from waqai.codebook import load_codebook

TOLD = [
    ("<s>Gunmen</s> attacked <t>the village</t> at dawn, killing six farmers.", "ASSAULT"),
    ("<s>Police</s> arrested <t>nine students</t> in the harbour town.", "COERCE"),
    ("<s>The administration</s> released <t>80 women</t> from the camp.", "YIELD"),
    ("<s>The administration</s> will release <t>80 women</t> from the camp.", "AGREE"),  # an intent
    ("<s>Ruritania</s> agreed to open a school in <t>the valley</t>.", "AGREE"),  # whoever the source is
    ("<s>The militia</s> threatened to shell <t>the capital</t>.", "THREATEN"),
    ("<s>The foreign minister</s> met <t>the envoy of Norway</t> on Monday.", "CONSULT"),
    ("<s>The foreign minister</s> refused to meet <t>the envoy of Norway</t>.", "REJECT"),  # the refusal stands before the meeting
    ("<s>The foreign minister</s> said he would not meet <t>the envoy of Norway</t>.", "REJECT"),  # behind a mere "said"
    ("<s>The union</s> urged <t>the ministry</t> to free the teachers.", "REQUEST"),
    ("<s>The envoy</s> condemned <t>the attack on the market</t>.", "ACCUSE"),
    ("<s>The envoy</s> praised <t>the council</t> for its patience.", "SUPPORT"),
    ("<s>A court</s> sentenced <t>three brothers</t> to 15 years in prison.", "ACCUSE"),  # PLV has verdicts beside the accusations
    ("<s>The river</s> rose over <t>the meadows</t> in spring.", None),
]


@pytest.mark.parametrize(("words", "root"), TOLD)
def test_the_rules_tell_the_root_of_what_the_source_does(words: str, root: str | None) -> None:
    marked = read_marks(words, root=root or "AID")
    (scene,) = lay_out([marked.text])
    assert read_root_by_verb(scene, marked, load_codebook()) == root


def test_the_verb_of_the_source_is_looked_at_only_where_that_is_asked_for() -> None:
    marked = read_marks("<s>The foreign minister</s> did not meet <t>the envoy of Norway</t>.", root="REJECT")
    (scene,) = lay_out([marked.text])
    assert (read_root(scene, marked, load_codebook()), read_root_by_verb(scene, marked, load_codebook())) == (None, "REJECT")


def test_features_hold_the_rules_root_and_no_name_of_source_or_target() -> None:
    marked = read_marks("<s>Zubrowka</s> refused to meet <t>Ruritania</t>.", root="REJECT")
    (scene,) = lay_out([marked.text])
    features = relation_features(scene, marked, load_codebook())
    assert {"rules=REJECT", "does=refuse", "does stance=declines", "on=meet", "does=refuse meet", "bag=S refuse"} <= set(features)
    assert "bag=zubrowka" not in features
