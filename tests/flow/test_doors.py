"""The store that is opened by name: whose it is to read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from factories import make_report
from waqai.flow import now, open_named_store


@pytest.mark.skipif(sys.platform == "win32", reason="there a file's rights are those of its folder")
def test_nobody_else_on_the_machine_may_read_a_new_store_and_an_old_one_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with open_named_store(str(path), must_exist=False) as store:
        store.add_report(make_report("Six fled."), at=now())
        beside = [file for file in tmp_path.iterdir() if file.name.startswith("store.sqlite")]
        assert len(beside) == 3 and not any(file.stat().st_mode & 0o077 for file in beside)
    path.chmod(0o640)
    with open_named_store(str(path), must_exist=False) as store:
        assert store.counts().reports == 1
    assert path.stat().st_mode & 0o777 == 0o640
