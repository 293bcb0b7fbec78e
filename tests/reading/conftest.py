"""One pipeline and one reader for all tests of the room."""

from __future__ import annotations

import pytest
from spacy.language import Language

from reading.parsing import rule_reader
from waqai.parsing.pipeline import load_pipeline
from waqai.reading.reader import RuleReader


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_pipeline()


@pytest.fixture(scope="session")
def reader() -> RuleReader:
    return rule_reader()
