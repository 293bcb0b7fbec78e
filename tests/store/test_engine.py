from __future__ import annotations

from pathlib import Path

import pytest

from waqai.core import StoreError
from waqai.store import open_store
from waqai.store.engine import label_of


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (".", "is a folder"),
        ("nowhere/store.sqlite", "does not exist"),
        ("mysql://host/db", "postgresql://"),
        ("postgresql://host:port/db", "should look like"),
        ("notes.txt", "no waqai store"),
    ],
)
def test_what_cannot_be_a_store_is_said(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "notes.txt").write_text("not a database, but long enough to look at\n" * 100)
    with pytest.raises(StoreError, match=says):
        open_store(name if "://" in name else tmp_path / name)


def test_a_server_that_does_not_answer_is_said_without_its_password() -> None:
    with pytest.raises(StoreError, match="does not answer") as caught:
        open_store("postgresql://ana:secret@127.0.0.1:1/waqai")
    assert "secret" not in str(caught.value)


def test_a_damaged_store_is_said(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    open_store(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * 8000 + whole[8100:])
    with pytest.raises(StoreError, match="damaged"):
        open_store(path)


def test_a_label_shows_no_password() -> None:
    assert label_of("postgresql://ana:secret@db/waqai") == "postgresql://ana:***@db/waqai"
    assert "secret" not in label_of("postgresql://ana:secret@[db")


def test_a_file_name_may_hold_anything(tmp_path: Path) -> None:
    path = tmp_path / "100% a?b#c é.sqlite"
    open_store(path).close()
    assert path.exists()
