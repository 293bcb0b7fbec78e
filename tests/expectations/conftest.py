"""An empty store in a file; its schema is made once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from waqai.codebook import load_actors
from waqai.store import Store, open_store


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("empty") / "store.sqlite"
    open_store(file).close()
    return file


@pytest.fixture
def store(tmp_path: Path, empty: Path) -> Iterator[Store]:
    shutil.copy(empty, tmp_path / "store.sqlite")
    with open_store(tmp_path / "store.sqlite", actors=load_actors()) as opened:
        yield opened
