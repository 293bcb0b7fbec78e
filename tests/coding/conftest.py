"""The learned reader with its shipped model, on the real gazetteer and register: one for all tests of the room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from factories import make_report
from waqai.codebook import load_actors
from waqai.coding.reader import LearnedReader
from waqai.coding.scene import Scene
from waqai.core import Reading
from waqai.parsing.text import prepare
from waqai.places import Gazetteer
from waqai.reading.timing import Timeline

Read = Callable[..., Reading]
SceneOf = Callable[..., Scene]


@pytest.fixture(scope="session")
def learned() -> LearnedReader:
    return LearnedReader(places=Gazetteer.open(), actors=load_actors())


@pytest.fixture(scope="session")
def read(learned: LearnedReader) -> Read:
    def reading(text: str, *, published: date | None = date(2021, 3, 15), title: str | None = None) -> Reading:
        return learned.read(make_report(text, published=published, title=title))

    return reading


@pytest.fixture(scope="session")
def scene_of(learned: LearnedReader) -> SceneOf:
    def scene(text: str, *, published: date | None = date(2021, 3, 15)) -> Scene:
        report = make_report(text, published=published)
        doc = learned.nlp(text)
        timeline = Timeline(report, doc, (), types=learned.lexicon.types)
        told = learned.account_reader.tell(doc, prepare(text), timeline=timeline)
        return Scene(report, doc, prepare(text), (), timeline, told, learned.lexicon, learned.account_reader.actors, {})

    return scene
