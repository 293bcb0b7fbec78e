from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from waqai.core import GazetteerError
from waqai.places import Gazetteer, cache_folder, merging
from waqai.places.layers import Layer, LayerPlace, load_head, save_layer
from waqai.places.unpack import KEPT, content_hash, unpack

_NOBODY = 65534


def test_the_first_use_unpacks_and_the_second_finds_it(tmp_path: Path, toy_data: Path) -> None:
    stages: list[tuple[str, float]] = []
    path = unpack(toy_data, (), folder=tmp_path / "cache", progress=lambda stage, done: stages.append((stage, done)))
    assert path.exists()
    assert [done for _, done in stages] == sorted(done for _, done in stages)
    assert stages[-1][1] == 1.0
    stages.clear()
    assert unpack(toy_data, (), folder=tmp_path / "cache", progress=lambda stage, done: stages.append((stage, done))) == path
    assert stages == []


def test_another_content_gets_a_file_of_its_own(tmp_path: Path, toy_data: Path) -> None:
    overlay = tmp_path / "own.yaml"
    overlay.write_text("names: [{geonames: 3, names: [Serê Kaniyê]}]\n", encoding="utf-8")
    plain = unpack(toy_data, (), folder=tmp_path / "cache")
    added = unpack(toy_data, (overlay,), folder=tmp_path / "cache")
    assert plain != added
    assert Gazetteer(added).find("Sere Kaniye")[0].id == "geonames:3"
    assert Gazetteer(plain).find("Sere Kaniye") == ()


def test_two_processes_that_unpack_at_once_both_end_with_a_whole_file(tmp_path: Path, toy_data: Path) -> None:
    folder = tmp_path / "cache"
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        paths = pool.starmap(_unpack_here, [(str(toy_data), str(folder))] * 4)
    assert len(set(paths)) == 1
    assert [p.suffix for p in folder.iterdir()] == [".sqlite"]
    assert Gazetteer(Path(paths[0])).get("geonames:3").country == "SY"


def _unpack_here(data: str, folder: str) -> str:
    return str(unpack(Path(data), (), folder=Path(folder)))


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path, toy_data: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where the folder should be")
    with pytest.raises(GazetteerError, match="WAQAI_CACHE"):
        unpack(toy_data, (), folder=blocked / "cache")


def test_a_file_that_was_cut_off_is_unpacked_anew(tmp_path: Path, toy_data: Path) -> None:
    path = unpack(toy_data, (), folder=tmp_path / "cache")
    whole = path.read_bytes()
    for spoiled in (whole[:-4096], b"", b"no database"):
        path.write_bytes(spoiled)
        assert unpack(toy_data, (), folder=tmp_path / "cache").read_bytes() == whole


@pytest.fixture
def no_root() -> Iterator[None]:
    """Root may write everywhere; for as long as this lasts the process is an ordinary user."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(_NOBODY)
    yield
    if root:
        os.seteuid(0)


@pytest.fixture
def read_only(toy_data: Path) -> Iterator[tuple[Path, Path]]:
    """The toy data, and beside it a folder that everybody may read and nobody may write to, and one that is closed to all.

    They lie outside pytest's own folder, which only its owner enters.
    """
    with tempfile.TemporaryDirectory() as name:
        data, folder, closed = Path(name) / toy_data.name, Path(name) / "read-only", Path(name) / "closed"
        shutil.copy(toy_data, data)
        folder.mkdir()
        closed.mkdir(mode=0)
        data.chmod(0o644)
        folder.chmod(0o555)
        Path(name).chmod(0o755)
        yield data, folder
        closed.chmod(0o755)


def test_a_read_only_folder_is_a_clear_error(read_only: tuple[Path, Path], no_root: None) -> None:
    data, folder = read_only
    with pytest.raises(GazetteerError, match="WAQAI_CACHE"):
        unpack(data, (), folder=folder / "cache")


def test_a_folder_that_cannot_even_be_looked_into_is_a_clear_error(read_only: tuple[Path, Path], no_root: None) -> None:
    data, folder = read_only
    with pytest.raises(GazetteerError, match="WAQAI_CACHE"):
        unpack(data, (), folder=folder.parent / "closed")


def test_nothing_half_written_stays_behind_when_the_data_is_damaged(tmp_path: Path) -> None:
    bad = tmp_path / "bad.xz"
    bad.write_bytes(b"no")
    with pytest.raises(GazetteerError):
        unpack(bad, (), folder=tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_the_environment_names_the_cache_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WAQAI_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path


def test_a_missing_data_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="cannot read"):
        Gazetteer.open(tmp_path / "none.xz", folder=tmp_path)


def write_layer(path: Path, name: str) -> None:
    head = Layer(country="SY", dump_date="2026-03-14", downloaded=None, places=1, files=())
    save_layer(path, head, [LayerPlace(90_000_001, "town", "", 0, 0, 36.7, 40.2, 0, 0, 2.5, (name,))])


def replace_while_read(monkeypatch: pytest.MonkeyPatch, layer: Path, names: list[str]) -> None:
    """Each time that the layer is read, another build has just put one of a new name in its place."""

    def load(path: Path) -> Layer:
        if names:
            write_layer(layer, names.pop(0))
        return load_head(path)

    monkeypatch.setattr(merging, "load_head", load)


def test_a_layer_that_is_replaced_while_it_is_read_is_read_anew(tmp_path: Path, toy_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layer, cache = tmp_path / "SY.gz", tmp_path / "cache"
    write_layer(layer, "Tall Qamar")
    old = content_hash(toy_data, (), (layer,))
    replace_while_read(monkeypatch, layer, ["Tall Shams"])
    gazetteer = Gazetteer(unpack(toy_data, (), (layer,), folder=cache))
    assert gazetteer.meta["hash"] == content_hash(toy_data, (), (layer,)) != old
    assert gazetteer.find("Tall Shams") and not gazetteer.find("Tall Qamar")
    assert list(cache.iterdir()) == [gazetteer.path]


def test_a_layer_that_never_stays_is_an_error_that_names_it(tmp_path: Path, toy_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layer, cache = tmp_path / "SY.gz", tmp_path / "cache"
    write_layer(layer, "Tall Qamar")
    replace_while_read(monkeypatch, layer, [f"Tall {letter}" for letter in "ABCDEF"])
    with pytest.raises(GazetteerError, match=r"SY\.gz.*try again"):
        unpack(toy_data, (), (layer,), folder=cache)
    assert list(cache.iterdir()) == []


def test_only_the_last_used_unpacked_files_stay_and_nothing_else_goes(tmp_path: Path, toy_data: Path) -> None:
    cache, layer = tmp_path / "cache", tmp_path / "SY.gz"
    cache.mkdir()
    kept = [cache / name for name in ("gazetteer-mine.sqlite", "gazetteer-x.part", "notes.txt")]
    first = unpack(toy_data, (), folder=cache)
    old = [cache / f"gazetteer-{number:016x}.sqlite" for number in range(KEPT)]
    for age, path in enumerate([*kept, *old], 1):
        path.write_bytes(b"")
        os.utime(path, (age, age))
    os.utime(first, (0, 0))
    assert unpack(toy_data, (), folder=cache) == first  # which marks it as used
    write_layer(layer, "Tall Qamar")
    new = unpack(toy_data, (), (layer,), folder=cache)
    assert {*cache.iterdir()} == {*kept, *old[-(KEPT - 2) :], first, new}
