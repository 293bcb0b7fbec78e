"""Worker processes give what one process gives, and a report that ends its process costs itself only."""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from engines_help import content, make_reports
from waqai.core import Notice, NoWorkers, Report
from waqai.engines import QUARANTINE, LocalEngine, add_many, list_quarantined, make_order
from waqai.flow import Chain, Store, Summary, add_reports, open_named_store


def test_two_workers_leave_the_same_store_as_one_process(poison: Chain, pool: LocalEngine, new_store: Store, tmp_path: Path) -> None:
    reports = make_reports(30)
    items: list[Report | Notice] = [*reports[:15], Notice(record="x", stage="intake", reason="broken"), *reports[15:], reports[3], reports[29]]
    with open_named_store(str(tmp_path / "one.sqlite"), must_exist=False) as one:
        alone = add_reports(items, poison, one)
        together = add_many(items, poison, new_store, pool)
        assert content(new_store) == content(one)
        assert together == alone and together.reports_new == 30 and together.reports_known == 2


@dataclass(frozen=True)
class Poisoned:
    """What two runs of the same reports came to, what is in quarantine after each, which have a reading, and whether the second run lost a process."""

    summary: Summary
    found: dict[str, tuple[int, str]]
    read: set[str]
    second: Summary
    after_second: dict[str, tuple[int, str]]
    lost_again: bool


@pytest.fixture(scope="module")
def poisoned(poison: Chain, pool: LocalEngine, tmp_path_factory: pytest.TempPathFactory) -> Poisoned:
    """Five kinds of poison among twenty reports."""
    reports = make_reports(20, {3: "killed", 6: "early", 10: "hangs", 13: "raises", 17: "grows"})
    with open_named_store(str(tmp_path_factory.mktemp("poisoned") / "store.sqlite"), must_exist=False) as store:
        summary = add_many(reports, poison, store, pool)
        found, processes = aside(store), pool.pids
        read = {report.id for report in store.iter_reports() if store.has_reading(report.sha256, reader=poison.reader.stamp)}
        second = add_many(reports, poison, store, pool)
        return Poisoned(summary, found, read, second, aside(store), pool.pids != processes)


def aside(store: Store) -> dict[str, tuple[int, str]]:
    return {one.report or "": (one.attempts, one.reason) for one in list_quarantined(store)}


def test_reports_that_end_their_process_are_in_quarantine_each_with_its_reason(poisoned: Poisoned) -> None:
    signs = {"r003": "SIGKILL", "r006": "SIGKILL", "r010": "longer than 1 s", "r017": "256 MB"}
    assert {report: next((sign for sign in signs.values() if sign in why), why) for report, (_, why) in poisoned.found.items()} == signs
    assert {report: attempts for report, (attempts, _) in poisoned.found.items()} == {"r003": 2, "r006": 3, "r010": 2, "r017": 2}


def test_all_others_are_read_and_kept(poisoned: Poisoned) -> None:
    summary = poisoned.summary
    assert poisoned.read == {f"r{i:03}" for i in range(20)} - set(poisoned.found) - {"r013"}
    assert summary.reports_new == 20 and summary.accounts == 15
    said = {notice.record: notice for notice in summary.notices}
    assert set(said) == {*poisoned.found, "r013"} and "ZeroDivisionError" in said["r013"].reason
    assert said["r003"].stage == QUARANTINE and "waqai quarantine retry r003" in said["r003"].reason


def test_reports_in_quarantine_are_not_tried_by_the_next_run(poisoned: Poisoned) -> None:
    assert not poisoned.lost_again and poisoned.after_second == poisoned.found
    assert poisoned.second.reports_known == 20 and poisoned.second.notices == poisoned.summary.notices


def test_a_worker_killed_from_outside_costs_nothing(poison: Chain, pool: LocalEngine, new_store: Store) -> None:
    reports = make_reports(16, dict.fromkeys(range(16), "slow"))
    killer = threading.Timer(0.3, lambda: os.kill(pool.pids[0], signal.SIGKILL))
    killer.start()
    summary = add_many(reports, poison, new_store, pool)
    assert not killer.is_alive()
    assert summary.accounts == 16 and not summary.notices and list_quarantined(new_store) == ()


def test_closing_ends_the_processes_in_the_middle_of_a_report(poison: Chain) -> None:
    engine = LocalEngine(make_order(poison), workers=1)
    (pid,) = engine.pids
    ticket = engine.submit((make_reports(1, {0: "hangs"}), [1]))
    time.sleep(0.2)
    began = time.monotonic()
    engine.close()
    assert time.monotonic() - began < 0.7
    with pytest.raises(NoWorkers):
        ticket.result()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_worker_with_another_reader_is_refused_before_the_work(poison: Chain) -> None:
    order = make_order(poison)
    other = replace(order, stamp=replace(order.stamp, version="2"))
    with pytest.raises(NoWorkers, match=r"poison 1.*poison 2"):
        LocalEngine(other, workers=1)
