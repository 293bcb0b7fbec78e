from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from waqai.archives import Documents
from waqai.store import open_store
from watched import World


@pytest.fixture(scope="module")
def documents() -> Iterator[Documents]:
    with Documents() as made:
        yield made


@pytest.fixture
def world(tmp_path: Path, documents: Documents) -> Iterator[World]:
    with open_store(tmp_path / "store.sqlite") as store:
        yield World(store, documents)
