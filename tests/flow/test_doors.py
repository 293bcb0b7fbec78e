"""The store that is opened by name: whose it is to read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from factories import make_report
from waqai.core import NoStore, StoreError
from waqai.flow import find_kept_columns, now, open_named_store
from waqai.schema.engine import make_engine


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


def tables_in(address: str) -> list[str]:
    """The names of the tables there."""
    engine = make_engine(address, wait_seconds=0)
    with engine.connect() as connection:
        found = sa.inspect(connection).get_table_names()
    engine.dispose()
    return found


def test_a_database_or_file_with_nothing_in_it_is_no_store_and_stays_empty(bare_address: str) -> None:
    if "://" not in bare_address:
        Path(bare_address).touch()
    with pytest.raises(NoStore, match=r"no store at .* yet; `waqai add PATH…` makes one"), open_named_store(bare_address, must_exist=True):
        pass
    assert find_kept_columns(bare_address, ["text"]) is None
    assert tables_in(bare_address) == []
    with open_named_store(bare_address, must_exist=False) as store:
        store.add_report(make_report("Six fled."), at=now())
    with open_named_store(bare_address, must_exist=True) as store:
        assert store.counts().reports == 1


def test_a_database_of_another_program_is_said_to_be_one(bare_address: str) -> None:
    engine = make_engine(bare_address, wait_seconds=0)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE invoices (id INTEGER)")
    engine.dispose()
    with pytest.raises(StoreError, match=r"holds other tables \(invoices\)"), open_named_store(bare_address, must_exist=True):
        pass
