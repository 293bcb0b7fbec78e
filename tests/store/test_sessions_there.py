"""What a PostgreSQL database or role asks for its own sessions changes nothing of what is kept, or is refused in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from full_store import filled_bytes
from scenes import fill
from waqai.core import StoreError
from waqai.keeping.backups import backup_store
from waqai.keeping.moving import move_store
from waqai.store import Store, open_store

Run = Callable[[str], None]


@pytest.fixture
def run(postgresql_server: sa.Engine) -> Run:
    """Has the server do something."""

    def execute(statement: str) -> None:
        with postgresql_server.connect() as connection:
            connection.execute(sa.text(statement))

    return execute


@pytest.fixture
def bare(postgresql_server: sa.Engine, run: Run, request: pytest.FixtureRequest) -> Callable[[str], str]:
    """A function that makes a database with what is said behind CREATE DATABASE, and gives its address."""

    def make(how: str) -> str:
        name = f"waqai_test_there_{abs(hash((how, request.node.nodeid)))}"
        run(f'CREATE DATABASE "{name}" {how}')
        request.addfinalizer(lambda: run(f'DROP DATABASE "{name}" WITH (FORCE)'))
        return postgresql_server.url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)

    return make


def with_options(address: str, **options: str) -> str:
    return sa.make_url(address).update_query_dict(options).render_as_string(hide_password=False)


def ask(store: Store, question: str) -> str:
    with store.reading() as connection:
        return str(connection.exec_driver_sql(question).scalar())


def test_options_of_an_address_are_kept_beside_our_own(bare: Callable[[str], str]) -> None:
    address = bare("")
    engine = sa.create_engine(sa.make_url(address).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA mine")
    named = with_options(address, options="-csearch_path=mine -c work_mem=8MB", connect_timeout="3", application_name="desk one")
    with open_store(named, wait_seconds=2.5) as store:
        fill(store)
        assert store.verify().fault is None
        assert ask(store, "SHOW work_mem") == "8MB" and ask(store, "SHOW lock_timeout") == "2500ms" and ask(store, "SHOW application_name") == "desk one"
        with store.reading() as connection:
            assert connection.connection.driver_connection.info.get_parameters()["connect_timeout"] == "3"  # type: ignore[union-attr]
    with engine.connect() as connection:
        tables = "SELECT schemaname FROM pg_tables WHERE tablename = 'reports'"
        assert connection.exec_driver_sql(tables).scalars().all() == ["mine"]
    engine.dispose()
    with open_store(named, must_exist=True) as store:
        assert store.counts().reports == 4


def test_options_of_the_environment_are_kept_too(new_address: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGOPTIONS", "-c work_mem=9MB")
    with open_store(new_address("postgresql"), wait_seconds=2.5) as store:
        assert ask(store, "SHOW work_mem") == "9MB" and ask(store, "SHOW lock_timeout") == "2500ms"


def test_what_a_database_asks_for_its_sessions_changes_nothing(bare: Callable[[str], str], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "s.sqlite").write_bytes(filled_bytes())
    address = bare("")
    for setting in ("client_encoding = 'LATIN1'", "datestyle = 'German'", "extra_float_digits = 0", "bytea_output = 'escape'", "timezone = 'Asia/Kabul'"):
        run(f'ALTER DATABASE "{sa.make_url(address).database}" SET {setting}')
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    with open_store(tmp_path / "s.sqlite") as store:
        digests = move_store(store, address).digests
    with open_store(with_options(address, client_encoding="latin1")) as store:
        assert ask(store, "SHOW client_encoding") == "UTF8"
        assert backup_store(store, tmp_path / "b.sqlite").digests == digests


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_does_not_hold_every_letter_is_refused_with_what_makes_one(encoding: str, bare: Callable[[str], str], tmp_path: Path) -> None:
    address = bare(f"ENCODING '{encoding}' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    (tmp_path / "s.sqlite").write_bytes(filled_bytes())
    refused = rf"holds text as {encoding}.*createdb -E UTF8 -T template0"
    with pytest.raises(StoreError, match=refused):
        open_store(address)
    with open_store(tmp_path / "s.sqlite") as store, pytest.raises(StoreError, match=refused):
        move_store(store, address)


def test_a_user_who_lacks_a_right_is_told_which_and_who_gives_it(bare: Callable[[str], str], run: Run, request: pytest.FixtureRequest) -> None:
    named = sa.make_url(bare(""))
    role = f"ana-{named.database}"
    run(f'CREATE ROLE "{role}" LOGIN')
    hers = named.set(username=role).render_as_string(hide_password=False)
    owner = sa.create_engine(named.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)

    def grant(statement: str) -> None:
        with owner.connect() as connection:
            connection.exec_driver_sql(statement)

    request.addfinalizer(lambda: run(f'DROP ROLE "{role}"'))
    request.addfinalizer(lambda: grant(f'DROP OWNED BY "{role}"'))

    def refused(says: str) -> None:
        with pytest.raises(StoreError, match=says) as caught:
            open_store(hers).close()
        assert "LINE" not in str(caught.value) and "{" not in str(caught.value)

    grant("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    refused(f'GRANT USAGE, CREATE ON SCHEMA public TO "{role}"')
    grant(f'REVOKE CONNECT ON DATABASE "{named.database}" FROM PUBLIC')
    refused(f'GRANT CONNECT ON DATABASE "{named.database}" TO "{role}"')
    grant(f'GRANT CONNECT ON DATABASE "{named.database}" TO "{role}"')
    grant(f'GRANT USAGE, CREATE ON SCHEMA public TO "{role}"')
    open_store(hers).close()
    grant(f'REASSIGN OWNED BY "{role}" TO CURRENT_USER')
    refused("the store belongs to another user")
