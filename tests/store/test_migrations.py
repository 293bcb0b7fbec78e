from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from factories import family_of, make_account, make_involved, make_reading, make_report
from older import take_back_to
from scenes import AT, BY, anchor_of, fill
from waqai.core import StoreError
from waqai.intake import signature
from waqai.people import add_person, log_in
from waqai.schema import alerts, attempts, feeds, forecasts, migrations, originals, people
from waqai.schema.tables import metadata
from waqai.store import Store, open_store


def test_head_is_the_newest_revision() -> None:
    assert ScriptDirectory(str(migrations.FOLDER)).get_current_head() == migrations.HEAD


def test_a_fresh_migration_gives_the_tables_of_the_metadata(bare_address: str) -> None:
    with open_store(bare_address) as store, store._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": _differ, "include_name": _is_ours})
        others = (people, alerts, forecasts, originals, attempts, feeds)
        assert compare_metadata(context, [metadata, *(one.metadata for one in others)]) == []


def _differ(context: MigrationContext, _: object, __: object, found: sa.types.TypeEngine[object], ours: sa.types.TypeEngine[object]) -> bool:
    """Whether two types are not one in the database's own words."""
    return found.compile(context.dialect) != ours.compile(context.dialect)


def _is_ours(name: str | None, kind: str, _: object) -> bool:
    """FTS5's shadow tables and the expression index are no business of the metadata."""
    return not (name or "").startswith(("search_index", "ix_search_words", "sqlite_"))


def test_no_column_numbers_its_rows_itself(bare_address: str) -> None:
    counters = "SELECT sequencename FROM pg_sequences" if "://" in bare_address else "SELECT name FROM sqlite_master WHERE name = 'sqlite_sequence'"
    with open_store(bare_address) as store, store._engine.connect() as connection:
        assert connection.exec_driver_sql(counters).all() == [], "copies of a store bring their rows, not where a counter stands"


def test_a_store_opened_again_is_left_alone(bare_address: str) -> None:
    with open_store(bare_address) as store:
        before = list(store.iter_dump(without=()))
    with open_store(bare_address) as store:
        assert list(store.iter_dump(without=())) == before


def test_a_newer_store_is_refused_with_both_versions(bare_address: str) -> None:
    with open_store(bare_address) as store, store._engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(StoreError, match=f"'0999'.*'{migrations.HEAD}'.*newer waqai"):
        open_store(bare_address)


def test_another_programs_database_is_refused(bare_address: str) -> None:
    with open_store(bare_address) as store, store._engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE alembic_version"))
    with pytest.raises(StoreError, match="no waqai store"):
        open_store(bare_address)


def test_a_migration_that_fails_leaves_an_empty_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store.sqlite"
    monkeypatch.setattr("waqai.store.views.note_rules", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        open_store(path)
    assert sqlite3.connect(path).execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_a_store_of_before_signs_and_bands_gets_them_from_what_it_holds(bare_address: str) -> None:
    with open_store(bare_address) as store:
        fill(store)
        report = store.get_report("daily")
        mark = signature(report.text)
        store.add_signature(report.sha256, mark.to_bytes(), bands=mark.band_keys())
        newest = list(store.iter_dump(without=()))
        with store._engine.begin() as connection:
            take_back_to(connection, "0002")
    with open_store(bare_address) as store:
        assert list(store.iter_dump(without=())) == newest
        assert store.rebuild().is_equal


def test_a_store_of_before_outlines_and_bearers_gets_them_from_what_it_holds(bare_address: str) -> None:
    with open_store(bare_address) as store:
        fill(store)
        store.keep_imprint(store.get_report("daily").sha256, b"of the words")
        newest = list(store.iter_dump(without=()))
        assert all(any(f'"table":"{table}"' in line for line in newest) for table in ("outlines", "bearers"))
        with store._engine.begin() as connection:
            take_back_to(connection, "0007")
    with open_store(bare_address) as store:
        assert list(store.iter_dump(without=())) == newest
        assert store.rebuild().is_equal


def test_a_store_of_before_the_queue_gets_it_from_what_it_holds(bare_address: str) -> None:
    with open_store(bare_address) as store:
        fill(store)
        newest = list(store.iter_dump(without=()))
        assert sum('"table":"queue"' in line for line in newest) == 6
        with store._engine.begin() as connection:
            take_back_to(connection, "0010")
    with open_store(bare_address) as store:
        assert list(store.iter_dump(without=())) == newest
        assert store.rebuild().is_equal


def test_a_store_of_before_traits_gets_them_from_what_it_holds(bare_address: str) -> None:
    with open_store(bare_address) as store:
        fill_reviewed(store)
        newest = list(store.iter_dump(without=()))
        assert '{"incident":"i-caught","kind":"actor","table":"traits","value":"river-guard"}' in newest
        assert '{"incident":"i-escape","kind":"publisher","table":"traits","value":"The Herald"}' not in newest
        with store._engine.begin() as connection:
            take_back_to(connection, "0011")
    with open_store(bare_address) as store:
        assert list(store.iter_dump(without=())) == newest


def add_with_actors(store: Store) -> None:
    """A clash of two bodies at a facility that has an id of its own."""
    report = make_report(id="clash", publisher="The Echo")
    bodies = {"initiator": "northern-council", "target": "guards", "facility": "qalat-prison"}
    account = make_account(report, type="clash", involved=[make_involved(role, id, actor_id=id) for role, id in bodies.items()])
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[account]), family_of=family_of)
    store.open_incident("i-clash", account=account.id, anchor=anchor_of(account, report), role="main", because="", by=BY, at=AT)


def fill_reviewed(store: Store) -> None:
    """The scene, and a clash of two bodies; a person rejected what the herald tells and said who was there at the river."""
    fill(store)
    add_with_actors(store)
    escape, clash = store.iter_cards(report="herald")
    (caught,) = store.iter_cards(report="wire")
    for card in (escape, clash):
        store.append(kind="rejected", subject=card.account.id, value={"anchor": card.anchor}, because="another jail", by="person:ana", at=AT)
    named = {"facet": "actor", "role": "responder", "at": None, "value": {"name": "River Guard", "actor_id": "river-guard"}, "anchor": caught.anchor}
    store.append(kind="corrected", subject=caught.account.id, value=named, because="as it says", by="person:ana", at=AT)


def test_persons_of_before_keep_their_passwords_and_need_not_change_them(bare_address: str) -> None:
    with open_store(bare_address) as store:
        add_person("ana", store, role="coder", password="correct horse", must_change=True, by="person", at=AT)
        with store._engine.begin() as connection:
            take_back_to(connection, "0015")
    with open_store(bare_address) as store:
        assert log_in("ana", store, password="correct horse", address="192.0.2.7", at=AT).visitor.may("code")
