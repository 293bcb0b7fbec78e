"""The chain of the poison reader, found by its entry point as workers find it; a store; a clock that stands still."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from poison_part import make_part
from waqai.engines import LocalEngine, make_order
from waqai.flow import Chain, Settings, Store, build_chain, load_settings, open_named_store


@pytest.fixture(scope="session")
def part_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The metadata of the poison reader's package, on the path of this process and of those that it starts."""
    folder = make_part(tmp_path_factory.mktemp("part"))
    sys.path.append(str(folder))
    yield folder
    sys.path.remove(str(folder))


@pytest.fixture(scope="session")
def poison_settings() -> Settings:
    settings = load_settings()
    reader = settings.reader.model_copy(update={"name": "poison"})
    workers = settings.workers.model_copy(update={"report_seconds": 1.0, "report_megabytes": 256, "patience_seconds": 30.0, "attempts": 2})
    return settings.model_copy(update={"reader": reader, "workers": workers})


@pytest.fixture(scope="session")
def poison(part_folder: Path, poison_settings: Settings) -> Chain:
    return build_chain(poison_settings)


@pytest.fixture(scope="session")
def pool(poison: Chain) -> Iterator[LocalEngine]:
    """Two processes that read for all tests: to start one takes a second."""
    with LocalEngine(make_order(poison), workers=2) as engine:
        yield engine


@pytest.fixture(autouse=True)
def fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows say when they were kept; stores made one after the other are compared."""
    monkeypatch.setenv("WAQAI_NOW", "2024-01-01T00:00:00+00:00")


@pytest.fixture
def new_store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a file."""
    with open_named_store(str(tmp_path / "new.sqlite"), must_exist=False) as opened:
        yield opened
