from __future__ import annotations

from pathlib import Path

import pytest

from waqai.core import StoreError
from waqai.flow import open_named_store
from waqai.store import is_there, make_folder_of

NOBODY_MAY_LOOK = "x" * 300
"""A name that no file system looks up; what it says of a folder without permission, a test that runs as root cannot see."""


def test_a_file_is_there_or_not(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    assert is_there(tmp_path / "a") and not is_there(str(tmp_path / "b"))
    with pytest.raises(StoreError, match=r"cannot look for '.*xxx': .*; check the permissions"):
        is_there(tmp_path / NOBODY_MAY_LOOK)


@pytest.mark.parametrize("name", ["notes.txt/s.sqlite", "notes.txt/deep/s.sqlite", f"{NOBODY_MAY_LOOK}/s.sqlite"])
def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match=r"cannot make the folder .* name a file elsewhere"):
        make_folder_of(tmp_path / name)
    with pytest.raises(StoreError, match="cannot make the folder"), open_named_store(str(tmp_path / name), must_exist=False):
        pass
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_store_that_cannot_be_looked_for_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot look for"), open_named_store(str(tmp_path / NOBODY_MAY_LOOK), must_exist=True):
        pass
