"""A store of every earlier schema version comes up to date with all it held, and its views are what the facts say.

Each old store is made by the migrations themselves, up to its version, and gets the rows of today's in the columns that it had. All within one transaction,
which goes back to its savepoint after each version and on by one migration: nothing is made anew twenty times.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

from full_store import fill_empty_tables
from scenes import fill
from waqai.indexes.index import filled_anew
from waqai.intake import signature
from waqai.keeping.contents import VIEWS, find_tables, iter_rows
from waqai.schema import migrations
from waqai.schema.engine import make_engine
from waqai.store import open_store
from waqai.store.dump import iter_dump
from waqai.store.rebuild import rebuild_and_compare
from waqai.store.views import RULES, find_rules, rebuild_views

VERSIONS = [f"{number:04}" for number in range(1, int(migrations.HEAD) + 1)]
MADE_BY_MIGRATIONS = {"bands", "search", "changes", "notes"}
Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rows, list[str]]:
    """The rows of a store of today, as they are stored, by table; and its dump."""
    with open_store(tmp_path_factory.mktemp("today") / "s.sqlite") as store:
        fill(store)
        for name in ("daily", "wire"):
            mark = signature(store.get_report(name).text)
            store.add_signature(store.get_report(name).sha256, mark.to_bytes(), bands=mark.band_keys())
            store.keep_imprint(store.get_report(name).sha256, b"of the words")
        with store.writing() as connection:
            fill_empty_tables(connection, without=VIEWS)
        store.rebuild()
        with store.committed(newest=True) as connection:
            rows = {shape.name: (shape.names, [row for batch in iter_rows(connection, shape) for row in batch]) for shape in find_tables(connection)}
        return rows, list(store.iter_dump(without=()))


def upgrade_to(connection: sa.Connection, revision: str) -> None:
    """Migrations up to this one."""
    script = ScriptDirectory(str(migrations.FOLDER))
    context = MigrationContext.configure(connection, opts={"fn": lambda found, _: script._upgrade_revs(revision, found)})  # type: ignore[arg-type]
    with Operations.context(context):
        context.run_migrations()


def lay_down(connection: sa.Connection, rows: Rows) -> dict[str, set[str]]:
    """Put the rows into the tables that there are, as far as they have the columns; the columns that were filled, by table."""
    laid: dict[str, set[str]] = {}
    with filled_anew(connection):
        for shape in find_tables(connection):
            names, held = rows[shape.name]
            kept = [name for name in names if name in shape.columns]
            flags = [name for name in kept if shape.columns[name] == "boolean"]
            values = [dict(zip(names, row, strict=True)) for row in held]
            for row in values:
                row.update({name: bool(row[name]) for name in flags if row[name] is not None})
            places = _typed(", ".join(f":{name}" for name in kept), kept, shape.columns, connection)
            columns = ", ".join(f'"{name}"' for name in kept)
            if values:
                connection.execute(sa.text(f'INSERT INTO "{shape.name}" ({columns}) VALUES ({places})'), values)
            laid[shape.name] = set(kept)
    return laid


def _typed(places: str, kept: list[str], columns: dict[str, str], connection: sa.Connection) -> str:
    """PostgreSQL wants to be told that a text is a day."""
    if connection.dialect.name != "postgresql":
        return places
    return ", ".join(f"CAST(:{name} AS date)" if columns[name] == "date" else f":{name}" for name in kept)


def by_table(dump: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for line in dump:
        row = json.loads(line)
        yield row.pop("table"), row


def test_a_store_of_every_version_comes_up_to_date_with_all_that_it_held(bare_address: str, today: tuple[Rows, list[str]]) -> None:
    rows, dump = today
    engine = make_engine(bare_address, wait_seconds=5)
    with engine.connect() as connection:
        connection.execution_options(waqai_writes=True)
        connection.begin()
        for version in VERSIONS:
            upgrade_to(connection, version)
            connection.exec_driver_sql("SAVEPOINT here")
            laid = lay_down(connection, rows)
            if not (is_newest := laid.keys() >= VIEWS and all(set(rows[view][0]) == laid[view] for view in VIEWS)):
                connection.exec_driver_sql("UPDATE notes SET value = '1' WHERE name = 'view_rules'")
            migrations.migrate(connection, address="here")
            if find_rules(connection) != RULES:
                assert not is_newest
                rebuild_views(connection, actors=None)
            else:
                assert rebuild_and_compare(connection, actors=None).is_equal, version
            found = list(iter_dump(connection, without=()))
            assert views_of(found, laid) == views_of(dump, laid), version
            assert facts_of(found, laid) == facts_of(dump, laid), version
            connection.exec_driver_sql("ROLLBACK TO SAVEPOINT here")
            connection.exec_driver_sql("RELEASE SAVEPOINT here")
        connection.rollback()
    engine.dispose()


def views_of(dump: list[str], laid: dict[str, set[str]]) -> list[str]:
    """All views, and the bands, which a migration made of signatures; without what the linker had not kept yet."""
    without = set() if "imprints" in laid else {"imprint"}
    rows = (row for table, row in by_table(dump) if table in VIEWS or table == "bands")
    return [json.dumps({name: value for name, value in row.items() if name not in without}, sort_keys=True) for row in rows]


def facts_of(dump: list[str], laid: dict[str, set[str]]) -> list[tuple[str, dict[str, Any]]]:
    """What an old store had columns for."""
    return [
        (table, {name: row[name] for name in sorted(laid[table] & row.keys())})
        for table, row in by_table(dump)
        if table in laid and table not in VIEWS | MADE_BY_MIGRATIONS
    ]
