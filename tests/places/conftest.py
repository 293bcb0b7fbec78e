"""The shipped gazetteer, unpacked once a test session, and a toy one that unpacks in milliseconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from waqai.places import Gazetteer
from waqai.places.packed import Row, pack_rows


@pytest.fixture(scope="session")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return Gazetteer.open(folder=tmp_path_factory.mktemp("gazetteer"))


@pytest.fixture
def toy_rows() -> list[Row]:
    return [
        Row(1, "country", "Syria", "SY", 0, 0, 35.0, 38.0, 240, 17_000_000, 7.2, ("suriye",)),
        Row(2, "admin1", "Al-Hasakah", "SY", 2, 0, 36.5, 40.8, 90, 1_000_000, 6.0, ("al hasakah governorate",)),
        Row(3, "town", "Ra’s al ‘Ayn", "SY", 2, 0, 36.8503, 40.0706, 0, 0, 4.3, ("ras el ain", "رأس العين")),
    ]


@pytest.fixture
def toy_data(tmp_path: Path, toy_rows: list[Row]) -> Path:
    path = tmp_path / "toy.xz"
    path.write_bytes(pack_rows(toy_rows))
    return path
