"""An empty store in a file; what depends on the database asks for `each`, once on each engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from waqai.codebook import load_actors
from waqai.store import Store, open_store


@pytest.fixture
def store(new_address: Callable[[str], str]) -> Iterator[Store]:
    with open_store(new_address("sqlite"), actors=load_actors()) as opened:
        yield opened


@pytest.fixture
def each(address: str) -> Iterator[Store]:
    with open_store(address, actors=load_actors()) as opened:
        yield opened
