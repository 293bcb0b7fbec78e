"""Databases of tests are lent again, as empty as new ones."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

import factories
from engines import Databases
from waqai.store import open_store


def test_a_database_that_comes_back_is_lent_again_with_nothing_in_it(postgresql_databases: Databases) -> None:
    name = postgresql_databases.take()
    with open_store(postgresql_databases.address(name)) as store:
        first = store.add_report(factories.make_report(), at=datetime(2024, 1, 1, tzinfo=UTC))
        postgresql_databases.give_back(name)
    again = postgresql_databases.take()
    with open_store(postgresql_databases.address(again)) as store:
        assert again == name and store.find_report(first.report.id) is None and store.last_entry() == 0
        assert store.add_report(factories.make_report(), at=datetime(2024, 1, 1, tzinfo=UTC)) == first


@pytest.mark.parametrize(
    "statement",
    ["DROP INDEX IF EXISTS {index}", "ALTER TABLE reports ADD COLUMN more text", "DELETE FROM alembic_version", "ALTER TABLE log DISABLE TRIGGER USER"],
)
def test_one_of_another_shape_is_not_lent_again(postgresql_databases: Databases, postgresql_server: sa.Engine, statement: str) -> None:
    name = postgresql_databases.take()
    with sa.create_engine(postgresql_server.url.set(database=name), poolclass=sa.NullPool).begin() as connection:
        index = connection.scalar(sa.text("SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND indexdef NOT LIKE '%UNIQUE%' LIMIT 1"))
        connection.execute(sa.text(statement.format(index=index)))
    postgresql_databases.give_back(name)
    assert postgresql_databases.take() != name


def test_the_schema_that_tests_make_in_one_go_is_that_of_the_migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here, as this file is one of MIGRATED, step by step; then as everywhere else."""

    def rows(path: Path) -> list[tuple[str, ...]]:
        open_store(path).close()
        with sqlite3.connect(path) as opened:
            chosen = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master ORDER BY 1, 2"
            return [*opened.execute(chosen), *opened.execute("SELECT * FROM alembic_version"), *opened.execute("SELECT * FROM notes")]

    by_steps = rows(tmp_path / "steps.sqlite")
    monkeypatch.setenv("PYTEST_CURRENT_TEST", "elsewhere")
    assert rows(tmp_path / "once.sqlite") == by_steps and len(by_steps) > 100
