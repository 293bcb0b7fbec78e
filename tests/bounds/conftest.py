"""The shipped gazetteer and register, once for all tests of the room."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from waqai.bounds import Bounds, NameMask, Profile
from waqai.codebook import ActorRegister, load_actors
from waqai.places import Gazetteer

LATER = datetime(2026, 1, 1, tzinfo=UTC)
"""Long after the happenings of the tests."""


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.fixture(scope="session")
def actors() -> ActorRegister:
    return load_actors()


@pytest.fixture(scope="session")
def mask(gazetteer: Gazetteer, actors: ActorRegister) -> NameMask:
    return NameMask(places=gazetteer, actors=actors)


@pytest.fixture(scope="session")
def bounds_of(gazetteer: Gazetteer, actors: ActorRegister):  # type: ignore[no-untyped-def]
    """Bounds of a profile, some years after all happenings unless `at` is given."""

    def make(profile: Profile, at: datetime = LATER, **more: object) -> Bounds:
        return Bounds(profile, places=gazetteer, actors=actors, at=at, **more)  # type: ignore[arg-type]

    return make
