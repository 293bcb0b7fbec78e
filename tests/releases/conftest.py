from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import scenes
from waqai.bounds import Bounds, get_profile
from waqai.codebook import load_actors, load_codebook
from waqai.core import ActorNames
from waqai.export import Combiner, Making
from waqai.releases import Made, Naming, make_release
from waqai.store import Filters, Store, open_store

Make = Callable[..., Made]


class NoPlaces:
    """A gazetteer that knows nothing: whatever begins with a capital is a name."""

    def kinds_of(self, name: str) -> frozenset[str]:
        return frozenset()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store.sqlite", actors=load_actors()) as opened:
        scenes.fill(opened)
        yield opened


@pytest.fixture
def release(store: Store, tmp_path: Path) -> Make:
    """Makes a release of the store as it is, under a name."""
    codebook = load_codebook()
    actors: ActorNames = load_actors()
    making = Making(codebook=codebook, combiner=Combiner(codebook=codebook, actors=actors))

    def make(name: str, *, profile: str = "internal", filters: Filters | None = None, at: datetime = datetime(2022, 1, 1, tzinfo=UTC)) -> Made:
        bounds = Bounds(get_profile(profile), places=NoPlaces(), actors=actors, at=at)
        naming = Naming(title="A test", publisher="A desk", licence="CC-BY-4.0")
        return make_release(store, tmp_path / name, bounds=bounds, making=making, filters=filters or Filters(), told={}, naming=naming)

    return make
