"""A Dask cluster of separate processes gives what one process gives, whoever dies."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engines_help import content, make_reports
from waqai.core import NoWorkers
from waqai.engines import add_many, list_quarantined, make_order
from waqai.engines.cluster import ClusterEngine
from waqai.flow import Chain, Store, add_reports, open_named_store

distributed: Any = pytest.importorskip("distributed", reason="could not import distributed: the tests on a Dask cluster need it")


@pytest.fixture(scope="module")
def cluster(poison: Chain) -> Iterator[Any]:
    """Two workers in processes of their own, with a scheduler in this one."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1", silence_logs=50) as made:
        yield made


def test_a_cluster_leaves_the_same_store_as_one_process_though_a_worker_is_killed(poison: Chain, cluster: Any, new_store: Store, tmp_path: Path) -> None:
    reports = make_reports(24, {5: "exit"} | dict.fromkeys(range(8, 24), "slow"))
    victim = next(iter(cluster.workers.values())).process.pid
    with ClusterEngine(make_order(poison), address=cluster.scheduler_address, patience_s=30) as engine:
        killer = threading.Timer(0.5, lambda: os.kill(victim, signal.SIGKILL))
        killer.start()
        summary = add_many(reports, poison, new_store, engine)
    assert not killer.is_alive()
    (aside,) = list_quarantined(new_store)
    assert (aside.report, "exit status 3" in aside.reason) == ("r005", True)
    assert summary.reports_new == 24 and [notice.record for notice in summary.notices] == ["r005"]
    with open_named_store(str(tmp_path / "one.sqlite"), must_exist=False) as one:
        add_reports([report for report in reports if report.id != "r005"], poison, one)
        held = {line for line in content(one) if isinstance(line, str) and '"table":"accounts"' in line}
        assert {line for line in content(new_store) if isinstance(line, str) and '"table":"accounts"' in line} == held and len(held) == 23


def test_workers_of_another_version_are_named_before_the_work(poison: Chain, cluster: Any) -> None:
    with pytest.raises(NoWorkers, match=r"the worker at tcp://127.0.0.1:\d+ cannot read for this run: it has waqai .*, and this run has 9.9.9"):
        ClusterEngine(replace(make_order(poison), waqai="9.9.9"), address=cluster.scheduler_address, patience_s=5)


def test_an_address_at_which_nobody_answers_is_said_so(poison: Chain) -> None:
    with pytest.raises(NoWorkers, match=r"no scheduler answers at 'tcp://127.0.0.1:9'.*dask scheduler"):
        ClusterEngine(make_order(poison), address="tcp://127.0.0.1:9", patience_s=0.1)
