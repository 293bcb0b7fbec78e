from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from dumps.dump_files import write_dump
from waqai.core import GazetteerError
from waqai.dumps import build_layers
from waqai.places import Gazetteer
from waqai.places.layers import FORMAT, Layer, LayerPlace, find_layers, iter_layer, load_head, save_layer

HEAD = Layer(country="SY", dump_date="2026-03-14", downloaded=None, places=1, files=())
PLACE = LayerPlace(7, "town", "", 1, 0, 36.7, 40.2, 0, 0, 2.5, ("Tall | Qamar", "تل قمر"))


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    save_layer(tmp_path / "SY.gz", HEAD, [PLACE])
    return tmp_path / "SY.gz"


def test_a_layer_is_read_as_it_was_written(layer: Path) -> None:
    assert load_head(layer) == HEAD
    (place,) = iter_layer(layer)
    assert place.names == ("Tall / Qamar", "تل قمر") and (place.id, place.lat, place.weight) == (7, 36.7, 2.5)


def test_the_bytes_hold_no_time_and_no_name_of_a_file(layer: Path, tmp_path: Path) -> None:
    save_layer(tmp_path / "XX.gz", HEAD, [PLACE])
    assert (tmp_path / "XX.gz").read_bytes() == layer.read_bytes()


def test_only_layers_are_found_and_no_folder_is_none(layer: Path) -> None:
    for name in ("unfinished.sqlite", "notes.gz", "IQ.gz"):
        (layer.parent / name).write_bytes(b"")
    assert [path.name for path in find_layers(layer.parent)] == ["IQ.gz", "SY.gz"]
    assert find_layers(layer.parent / "none") == ()


def rewrite(path: Path, old: str, new: str) -> None:
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).decode().replace(old, new).encode()))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: rewrite(path, FORMAT, "waqai built gazetteer 0"), "made by another version of waqai"),  # stale
        (lambda path: rewrite(path, "end\t1\n", ""), "cut off"),
        (lambda path: rewrite(path, "end\t1", "end\t2"), "damaged in line 3"),
        (lambda path: rewrite(path, "\t367000", "\tnorth"), "damaged in line 2"),
        (lambda path: path.write_bytes(path.read_bytes()[:-9]), "damaged"),
        (lambda path: path.write_bytes(b"no gzip"), "damaged"),
        (lambda path: path.write_bytes(gzip.compress(b"{}\n")), "no head"),
        (lambda path: path.write_bytes(gzip.compress(b"[" * 100_000)), "no head"),
        (lambda path: path.write_bytes(gzip.compress(b"[]\n")), "no head"),
        (lambda path: rewrite(path, '"country": "SY"', '"country": ["SY"]'), "no head"),
        (lambda path: rewrite(path, '"places": 1', '"places": NaN'), "no head"),
        (lambda path: rewrite(path, "\ttown\t", "\tplanet\t"), "damaged in line 2 .*'planet' is no kind of place"),
        (lambda path: rewrite(path, "\t2.5\t", "\tnan\t"), "damaged in line 2 .*'nan' is no weight"),
        (lambda path: rewrite(path, "\t2.5\t", "\tinf\t"), "damaged in line 2"),
        (lambda path: rewrite(path, "7\ttown", f"{2**63}\ttown"), "damaged in line 2 .*'9223372036854775808' is not between"),
        (lambda path: rewrite(path, "\t367000", "\t" + "9" * 400), "damaged in line 2"),
        (lambda path: rewrite(path, "\t0\t0\t2.5", f"\t0\t{2**63}\t2.5"), "damaged in line 2"),
        (lambda path: path.unlink(), "cannot be read"),
    ],
)
def test_a_stale_or_damaged_layer_is_refused_with_the_command_that_mends_it(layer: Path, spoil: object, said: str) -> None:
    spoil(layer)  # type: ignore[operator]
    with pytest.raises(GazetteerError, match=said) as caught:
        list(iter_layer(layer))
    assert "waqai gazetteer build --countries SY" in str(caught.value)


def test_a_damaged_layer_stops_the_unpacking_and_leaves_nothing_half_made(tmp_path: Path, toy_data: Path) -> None:
    layers = build_layers(write_dump(tmp_path / "dump"), countries=["SY"], folder=tmp_path / "out").paths
    layers[0].write_bytes(layers[0].read_bytes()[:-20])
    with pytest.raises(GazetteerError, match="waqai gazetteer build --countries SY"):
        Gazetteer.open(toy_data, layers=layers, folder=tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []
