"""Rows are read in one form, whatever a database or its roles are set to, and from the schema in which the store's tables are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from engines import ENGINES, run_in
from full_store import fill_every_table, filled_bytes
from older import take_back_to
from scenes import AT, BY, fill
from waqai.core import NotPossible, StoreError
from waqai.flow import now
from waqai.keeping.backups import backup_store
from waqai.keeping.digests import digest_tables
from waqai.keeping.looking import look_into
from waqai.keeping.moving import move_store
from waqai.keeping.restoring import Means, restore_store
from waqai.keeping.upgrading import plan_upgrade
from waqai.store import Store, open_store

SETTINGS = {"datestyle": "'SQL, DMY'", "extra_float_digits": "-5", "bytea_output": "'escape'", "intervalstyle": "'sql_standard'", "timezone": "'Asia/Kabul'"}


def digests_of(store: Store) -> object:
    with store.committed(newest=True) as connection:
        return digest_tables(connection)


@pytest.fixture
def oddly_set(new_address: Callable[[str], str]) -> Iterator[tuple[str, object]]:
    """A full store in a database whose settings are others than ours, and its digests from before it had them."""
    address = new_address("postgresql")
    with open_store(address) as store:
        fill_every_table(store)
        with store.writing() as connection:
            connection.exec_driver_sql("UPDATE queue SET doubt = 1 / 3.0::float8")
        before = digests_of(store)
    name = sa.make_url(address).database
    run_in(address, *(f'ALTER DATABASE "{name}" SET {setting} = {value}' for setting, value in SETTINGS.items()))
    yield address, before
    run_in(address, f'ALTER DATABASE "{name}" RESET ALL')


def forget_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database's own settings count, whatever connections are told when they are opened."""
    real = sa.create_engine

    def create(*given: object, **named: object) -> sa.Engine:
        engine = real(*given, **named)  # type: ignore[call-overload]
        if engine.dialect.name == "postgresql":

            @sa.event.listens_for(engine, "begin")
            def reset(connection: sa.Connection) -> None:
                for setting, value in SETTINGS.items():
                    connection.exec_driver_sql(f"SET LOCAL {setting} = {value}")

        return engine

    monkeypatch.setattr(sa, "create_engine", create)


def test_a_backup_is_the_same_whatever_the_database_is_set_to(oddly_set: tuple[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address, expected = oddly_set
    forget_settings(monkeypatch)
    with open_store(address) as store:
        with store.committed(newest=True) as connection:
            assert connection.exec_driver_sql("SHOW datestyle").scalar() == "SQL, DMY", "or the test says nothing"
        assert backup_store(store, tmp_path / "b.sqlite").digests == expected
    with look_into(tmp_path / "b.sqlite") as connection:
        days = {day for (day,) in connection.exec_driver_sql("SELECT published FROM reports UNION SELECT earliest FROM incidents") if day is not None}
        assert days and all(len(day) == 10 and day[:5] == "2021-" for day in days)
    restore_store(str(tmp_path / "b.sqlite"), address, agree=lambda _: True, means=Means(now=now))
    with open_store(address) as store:
        assert digests_of(store) == expected


@pytest.mark.parametrize("day", ["05/03/2021", "2021-02-30", "2021-3-5", ""])
@pytest.mark.parametrize("into", ENGINES)
def test_a_day_that_is_none_ends_in_words(into: str, day: str, new_address: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "s.sqlite").write_bytes(filled_bytes())
    with open_store(tmp_path / "s.sqlite") as store, store.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER reports_no_update")
        connection.exec_driver_sql("UPDATE reports SET published = ? WHERE id = 'lake'", (day,))
    said = "published of a row of reports is " + repr(day) + ", which is no day"
    target = new_address(into) if into == "postgresql" else str(tmp_path / "new.sqlite")
    with pytest.raises(StoreError) as refused:
        restore_store(str(tmp_path / "s.sqlite"), target, agree=lambda _: True, means=Means(now=now))
    assert said in str(refused.value) and "restore another backup" in str(refused.value)
    with open_store(tmp_path / "s.sqlite") as store:
        with pytest.raises(StoreError, match=r"which is no day \(YYYY-MM-DD\): nothing was copied"):
            move_store(store, target)
        with pytest.raises(StoreError, match="which is no day"):
            backup_store(store, tmp_path / "b.sqlite")


@pytest.fixture
def in_public(new_address: Callable[[str], str]) -> Iterator[str]:
    """A full store in the schema public, in a database that has got a schema of the role's own name since, which comes first."""
    address = new_address("postgresql")
    with open_store(address) as store:
        fill(store)
    run_in(address, "CREATE SCHEMA AUTHORIZATION CURRENT_USER")
    yield address
    run_in(address, f'DROP SCHEMA "{sa.make_url(address).username or "postgres"}" CASCADE')


def places_of(address: str) -> dict[str, set[str]]:
    """The names of all tables by their schemas."""
    found: dict[str, set[str]] = {}
    engine = sa.create_engine(address.replace("postgresql://", "postgresql+psycopg://"), poolclass=sa.NullPool)
    with engine.connect() as connection:
        for schema, table in connection.exec_driver_sql("SELECT schemaname, tablename FROM pg_tables WHERE schemaname !~ '^pg_|^information'"):
            found.setdefault(schema, set()).add(table)
    return found


def test_a_store_is_found_in_the_schema_in_which_it_is(in_public: str, new_address: Callable[[str], str], tmp_path: Path) -> None:
    with open_store(new_address("postgresql")) as other:
        fill(other)
        wanted = set(digests_of(other))  # type: ignore[call-overload]
    with open_store(in_public) as store:
        assert set(digests_of(store)) == wanted and digests_of(store)["reports"].rows == 4  # type: ignore[index, call-overload]
        assert backup_store(store, tmp_path / "b.sqlite").reports == 4
        assert move_store(store, str(tmp_path / "moved.sqlite")).digests["reports"].rows == 4
        with pytest.raises(NotPossible, match="holds a store already"), open_store(tmp_path / "moved.sqlite") as moved:
            move_store(moved, in_public)


def test_a_store_is_restored_into_the_schema_in_which_it_was(in_public: str, tmp_path: Path) -> None:
    before = places_of(in_public)
    with open_store(in_public) as store:
        backup_store(store, tmp_path / "b.sqlite")
        store.append(kind="noted", subject="i-escape", value={"incident": "i-escape", "words": "lost"}, because="", by=BY, at=AT)
    restored = restore_store(str(tmp_path / "b.sqlite"), in_public, agree=lambda _: True, means=Means(now=now))
    assert restored is not None and restored.entries == 6
    assert places_of(in_public) == before, "where others who use it look, too"
    with open_store(in_public) as store:
        assert store.counts().reports == 4 and store.verify().holds


def test_a_step_to_a_newer_schema_makes_its_tables_beside_the_others(in_public: str) -> None:
    before = places_of(in_public)
    with open_store(in_public) as store, store._engine.begin() as connection:
        take_back_to(connection, "0020")
    assert places_of(in_public) != before
    with open_store(in_public) as store:
        assert store.counts().reports == 4
    assert places_of(in_public) == before


@pytest.mark.parametrize("revisions", [("0001_init",), ("ae1027a6acf",), ("0001", "0002_b")])
def test_another_programs_migrations_are_not_taken_for_ours(bare_address: str, revisions: tuple[str, ...], tmp_path: Path) -> None:
    engine = sa.create_engine(bare_address.replace("postgresql://", "postgresql+psycopg://") if "://" in bare_address else f"sqlite:///{bare_address}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num varchar(32) NOT NULL)")
        connection.exec_driver_sql("CREATE TABLE theirs AS SELECT 1 AS x")
        for revision in revisions:
            connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{revision}')")
    engine.dispose()
    said = rf"is no waqai store: another program keeps its schema there \({', '.join(revisions)}\); name another file or database"
    with pytest.raises(StoreError, match=said):
        open_store(bare_address)
    with pytest.raises(StoreError, match=said):
        plan_upgrade(bare_address)
    (tmp_path / "s.sqlite").write_bytes(filled_bytes())
    with open_store(tmp_path / "s.sqlite") as store:
        backup_store(store, tmp_path / "b.sqlite")
        with pytest.raises(StoreError, match="is no waqai store" if "://" in bare_address else "there already"):
            move_store(store, bare_address)
    with pytest.raises(StoreError, match=said):
        restore_store(str(tmp_path / "b.sqlite"), bare_address, agree=lambda _: True, means=Means(now=now))
