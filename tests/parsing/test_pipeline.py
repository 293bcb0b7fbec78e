"""The parser under the reader."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from waqai.core import MissingPart
from waqai.parsing import pipeline
from waqai.parsing.pipeline import load_pipeline


def test_no_sentence_runs_over_the_end_of_a_block(nlp: Language) -> None:
    sentences = [s.text.strip() for s in nlp("Men flee the\njail in the north\nof the town").sents]
    assert sentences == ["Men flee the", "jail in the north", "of the town"]


def test_a_pipeline_is_loaded_once() -> None:
    assert load_pipeline() is load_pipeline()


def test_a_pipeline_that_is_not_installed_is_a_missing_part_with_the_way_to_it() -> None:
    with pytest.raises(MissingPart, match=r"'xx_no_such' is not installed .*pip install xx-no-such"):
        load_pipeline("xx_no_such")


def test_a_pipeline_without_a_parser_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "get_installed_models", lambda: ["blank"])
    monkeypatch.setattr(pipeline, "load_model", lambda name: spacy.blank("en"))
    with pytest.raises(MissingPart, match="'blank' has no parser"):
        load_pipeline("blank")
