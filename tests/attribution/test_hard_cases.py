"""What claims must handle beyond "X said that Y": nouns for cues, speakers named elsewhere, split quotations, claims in claims, the future, no model at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from waqai.attribution import DraftClaim, find_claims
from waqai.attribution.claims import find_claims_with
from waqai.attribution.model import LEARNED, SHIPPED, load_claim_model
from waqai.core import MissingPart
from waqai.parsing.pipeline import load_pipeline
from waqai.parsing.text import prepare


def claims_of(text: str) -> tuple[DraftClaim, ...]:
    return find_claims(load_pipeline()(prepare(text).text))


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "stance"),
    [
        ("There were reports that nine men had fled.", "unattributed", "reports", "reports"),
        ("The mayor's claim that the bridge was safe was disputed.", "The mayor", "claim", "claims"),  # whose noun it is
        ("According to the Jail Watch, nine men had fled.", "the Jail Watch", "According to", "reports"),
    ],
)
def test_a_noun_or_a_preposition_can_be_the_cue(text: str, speaker: str, cue: str, stance: str) -> None:
    assert [(c.speaker_name, c.cue.of(text), c.stance) for c in claims_of(text)] == [(speaker, cue, stance)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Karim Nader, the governor of Segou, spoke on Monday. He said that nine men had fled.", "Karim Nader, the governor of Segou"),  # pronoun
        ("Governor Karim Nader said the jail was empty. The official added that nine men had fled.", "Governor Karim Nader"),  # role
        ("The Valley Network (VN) is new. VN said that nine men had fled.", "Valley Network (VN)"),  # acronym
    ],
)
def test_a_pronoun_or_a_role_leads_back_to_the_fullest_form(text: str, name: str) -> None:
    assert claims_of(text)[-1].speaker_name == name


def test_a_quotation_split_by_its_cue_is_one_claim() -> None:
    text = '"Nine men fled," said Karim Nader, "and two were caught."'
    (claim,) = claims_of(text)
    assert [span.of(text) for span in (claim.content, *claim.runs_on)] == ["Nine men fled", "and two were caught"]


def test_a_quotation_of_several_sentences_is_one_content() -> None:
    text = '"Nine men fled. Two were caught," the mayor said.'
    (claim,) = claims_of(text)
    assert claim.content.of(text) == "Nine men fled. Two were caught"


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("The mayor said that the army had denied that it shelled the village.", "it shelled the village"),
        ("The ministry said that, according to the guards, nine men had fled.", "nine men had fled"),
    ],
)
def test_a_claim_inside_a_claim_knows_whose_it_is(text: str, inner: str) -> None:
    outer, nested = claims_of(text)
    assert (outer.parent, nested.parent) == (None, 0)
    assert nested.content.of(text) == inner


def test_a_claim_about_the_future_keeps_its_time_as_written() -> None:
    text = "Forecasters expect that the river will rise within two weeks."
    (claim,) = claims_of(text)
    assert (claim.stance, claim.content.of(text)) == ("expects", "the river will rise within two weeks")


def test_without_a_model_file_the_rules_go_on_alone(tmp_path: Path) -> None:
    assert load_claim_model(tmp_path / "none.npz") is None
    text = "The mayor said that nine men had fled."
    (claim,) = find_claims_with(None, load_pipeline()(text))
    assert (claim.speaker_name, claim.content.of(text)) == ("The mayor", "nine men had fled")


def test_a_model_file_of_another_kind_is_a_missing_part(tmp_path: Path) -> None:
    (tmp_path / "broken.npz").write_bytes(b"no archive")
    with pytest.raises(MissingPart):
        load_claim_model(tmp_path / "broken.npz")


def test_the_shipped_model_finds_what_no_rule_does() -> None:
    model = load_claim_model(SHIPPED)
    assert model is not None
    doc = load_pipeline()(prepare("The governor condemned what he called an act of terrorism.").text)
    assert LEARNED not in {claim.rule for claim in find_claims_with(None, doc)}
    found = find_claims_with(model, doc)
    assert any("terrorism" in claim.content.of(doc.text) for claim in found)


def test_every_claim_has_a_probability_of_its_own() -> None:
    easy, hard = claims_of("The mayor said that nine men fled."), claims_of("The attack was reportedly the work of locals.")
    assert 0 < hard[0].p < easy[0].p < 1
