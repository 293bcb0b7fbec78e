"""What makes dossiers, under each profile, some years after all happenings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from dossier_scene import fill
from waqai.bounds import INTERNAL, Bounds, Profile
from waqai.codebook import load_actors, load_codebook
from waqai.dossier import Dossier, Maker, to_markdown
from waqai.places import Gazetteer
from waqai.store import Store

LATER = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.fixture
def address(new_address: Callable[[str], str]) -> str:
    """On SQLite alone: what a dossier asks of a store is tested with the store, on each engine."""
    return new_address("sqlite")


@pytest.fixture
def maker_of(gazetteer: Gazetteer) -> Callable[..., Maker]:
    """A maker over a store."""

    def make(store: Store, profile: Profile = INTERNAL, *, days: int = 14, at: datetime = LATER) -> Maker:
        actors = load_actors()
        return Maker(store=store, bounds=Bounds(profile, places=gazetteer, actors=actors, at=at), codebook=load_codebook(), actors=actors, days=days)

    return make


@pytest.fixture
def escape(store: Store, maker_of: Callable[..., Maker]) -> Dossier:
    """The dossier of the scene's escape, whole."""
    fill(store)
    made: Dossier = maker_of(store).of_incident("i-escape")
    return made


@pytest.fixture
def written(escape: Dossier) -> str:
    return to_markdown(escape, place_picture=lambda name, picture: None)
