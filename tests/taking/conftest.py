"""What rows are brought in with, opened once, and an empty store in a file; a clock that stands still."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from imports.tables import write
from waqai.flow import Chain, Store, lay_ground, load_settings, open_named_store
from waqai.imports import Dataset, open_rows
from waqai.imports.composing import make_origin
from waqai.taking import Brought, File, bring_in, make_taker

Bring = Callable[..., Brought]


@pytest.fixture(scope="session")
def taker() -> Chain:
    return make_taker(lay_ground(load_settings()))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_named_store(str(tmp_path / "store.sqlite"), must_exist=False) as opened:
        yield opened


@pytest.fixture
def bring(taker: Chain, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bring:
    """`bring(rows, dataset)` writes a file of these rows and brings it in."""
    monkeypatch.setenv("WAQAI_NOW", "2024-01-01T00:00:00+00:00")

    def run(rows: Sequence[Mapping[str, str]], dataset: Dataset = "ucdp", *, publisher: str = "UCDP GED", whole: bool = False) -> Brought:
        path = write(tmp_path / "rows.csv", rows)
        file = File(name=path.name, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), dataset=dataset, whole=whole)
        with open_rows(path, codebook=taker.ground.codebook, register=taker.ground.actors, dataset=dataset) as table:
            return bring_in(table.rows, file, make_origin(publisher), taker, store, by="person:ana")

    return run
