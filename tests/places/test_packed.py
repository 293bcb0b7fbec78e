from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from waqai.core import GazetteerError
from waqai.places import DATA
from waqai.places.names import fold
from waqai.places.packed import TRANSLITERATED, Row, index_names, load_packed, loose_keys, pack_rows


def test_the_same_rows_in_any_order_give_the_same_bytes(toy_rows: list[Row]) -> None:
    assert pack_rows(toy_rows) == pack_rows(reversed(toy_rows))


def test_what_is_packed_comes_back(toy_data: Path) -> None:
    packed = load_packed(toy_data)
    assert sorted(row[:4] for row in packed.iter_places()) == [
        (1, "country", "Syria", "SY"),
        (2, "admin1", "Al-Hasakah", "SY"),
        (3, "town", "Ra’s al ‘Ayn", "SY"),
    ]
    assert dict(packed.iter_names())["ras al ayn"] == "3n"


def test_loose_and_skeleton_keys_are_kept_beside_the_folded_ones(toy_rows: list[Row]) -> None:
    names = index_names(toy_rows)
    assert {"ras el ain", "=rasain", "SY~rsn"} <= set(names)
    assert not any(key.startswith("=s") for key in names)  # no loose key for the country


def test_a_missing_file_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"build_gazetteer\.py"):
        load_packed(tmp_path / "none.xz")


@pytest.mark.parametrize("content", [b"not xz at all", lzma.compress(b"some other file"), pack_rows([])[:-20]])
def test_a_damaged_or_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.xz"
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match=r"bad\.xz"):
        load_packed(path)


def test_the_shipped_keys_are_those_that_todays_functions_make() -> None:
    packed = load_packed(DATA)
    names = dict(packed.iter_names())
    for id_, kind, name, country, *_ in list(packed.iter_places())[::997]:
        assert f"{id_}n" in names[fold(str(name))].split()
        if country in TRANSLITERATED and kind != "country":
            assert all(str(id_) in names[key].replace("n", "").split() for key in loose_keys([fold(str(name))], str(country)))
