"""A file that is there whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from waqai.core import NotWritten
from waqai.export.placing import placing


def _write(path: Path, content: bytes = b"new", *, force: bool = False) -> None:
    with placing(path, force=force) as file:
        file.write(content)


def test_a_file_is_there_when_it_is_whole(tmp_path: Path) -> None:
    with placing(tmp_path / "a.csv", force=False) as file:
        file.write(b"half")
        assert not (tmp_path / "a.csv").exists()
    assert (tmp_path / "a.csv").read_bytes() == b"half"
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


def test_when_writing_fails_nothing_is_left_and_what_was_there_stays(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"old")
    with pytest.raises(RuntimeError), placing(tmp_path / "a.csv", force=True) as file:
        file.write(b"half")
        raise RuntimeError("stopped")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.csv", b"old")]


def test_a_file_that_is_there_is_replaced_only_by_force(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"old")
    with pytest.raises(NotWritten, match="--force"):
        _write(tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == b"old"
    _write(tmp_path / "a.csv", force=True)
    assert (tmp_path / "a.csv").read_bytes() == b"new"


def test_a_file_that_came_meanwhile_stays(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="there already"), placing(tmp_path / "a.csv", force=False) as file:
        file.write(b"new")
        (tmp_path / "a.csv").write_bytes(b"somebody else's")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.csv", b"somebody else's")]


def test_a_folder_or_one_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="is a folder"):
        _write(tmp_path, force=True)
    with pytest.raises(NotWritten, match="no folder"):
        _write(tmp_path / "not" / "a.csv")


def test_an_error_of_the_disk_is_told_as_ours(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="No space left"), placing(tmp_path / "a.csv", force=False):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []
