"""A Dask cluster of separate processes gives what one process gives, whoever dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engines_help import content, make_reports
from waqai.core import NoWorkers
from waqai.engines import add_many, list_quarantined, make_order
from waqai.engines import cluster as cluster_module
from waqai.engines.cluster import ClusterEngine, ClusterTicket
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


def test_what_fails_on_a_worker_is_said_and_not_handed_out_again_and_again(poison: Chain, cluster: Any) -> None:
    def times_out(where: str) -> None:
        raise TimeoutError(where)

    with ClusterEngine(make_order(poison), address=cluster.scheduler_address, patience_s=30) as engine:
        ticket = ClusterTicket(engine, (make_reports(1), [1]))
        for failing in (os.stat, times_out):
            ticket.future = engine._client.submit(failing, "/nowhere")
            with pytest.raises(NoWorkers, match=r"a worker of the cluster at .* failed: .*nowhere"):
                ticket.result()


def test_workers_of_another_version_are_named_before_the_work(poison: Chain, cluster: Any) -> None:
    with pytest.raises(NoWorkers, match=r"the worker at tcp://127.0.0.1:\d+ cannot read for this run: it has waqai .*, and this run has 9.9.9"):
        ClusterEngine(replace(make_order(poison), waqai="9.9.9"), address=cluster.scheduler_address, patience_s=5)


def test_an_address_at_which_nobody_answers_is_said_so(poison: Chain) -> None:
    with pytest.raises(NoWorkers, match=r"no scheduler answers at 'tcp://127.0.0.1:9'.*dask scheduler"):
        ClusterEngine(make_order(poison), address="tcp://127.0.0.1:9", patience_s=0.1)


@pytest.mark.parametrize("address", ["foo", "abc://x:1", "foo:1:2", "tls://127.0.0.1:9"])
def test_an_address_that_is_none_is_said_at_once(address: str, poison: Chain) -> None:
    began = time.monotonic()
    with pytest.raises(NoWorkers, match=f"no scheduler answers at '{address}'.*look at the address"):
        ClusterEngine(make_order(poison), address=address, patience_s=30)
    assert time.monotonic() - began < 5


ASKS_FOO = """
from waqai.core import NoWorkers
from waqai.engines.cluster import ClusterEngine
try:
    ClusterEngine(None, address="foo", patience_s=3)
except NoWorkers as error:
    print(error)
"""


def test_a_program_that_asked_at_an_address_that_is_none_ends_without_a_complaint() -> None:
    done = subprocess.run([sys.executable, "-c", ASKS_FOO], capture_output=True, text=True, check=True)
    assert "no scheduler answers at 'foo'" in done.stdout and done.stderr == ""


@pytest.fixture
def stopped(cluster: Any) -> Iterator[Callable[[], None]]:
    """Stops the workers, as a machine that sleeps or swaps does: their sockets stay open, and nobody answers."""
    pids = [nanny.process.pid for nanny in cluster.workers.values()]
    yield lambda: [os.kill(pid, signal.SIGSTOP) for pid in pids]  # type: ignore[func-returns-value]
    for pid in pids:
        os.kill(pid, signal.SIGCONT)


def test_workers_that_are_stopped_before_the_work_are_not_waited_for_without_end(
    poison: Chain, cluster: Any, stopped: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "_CHECK_S", 0.5)
    stopped()
    with pytest.raises(NoWorkers, match="its workers do not answer"):
        ClusterEngine(make_order(poison), address=cluster.scheduler_address, patience_s=0.5)


def test_workers_that_are_stopped_in_the_midst_are_told_of_and_not_waited_for_without_end(
    poison: Chain, cluster: Any, stopped: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    with ClusterEngine(make_order(poison), address=cluster.scheduler_address, patience_s=30, on_wait=lambda why, _: told.append(why)) as engine:
        stopped()
        monkeypatch.setattr(cluster_module, "_SAY_S", 0.1)
        monkeypatch.setattr(cluster_module, "_LOOK_S", 0.2)
        monkeypatch.setattr(ClusterEngine, "_longest_s", lambda _engine, _batch: 1.0)
        with pytest.raises(NoWorkers, match=r"has had a batch of 2 for 1 s without a result, though it has workers"):
            engine.submit((make_reports(2), [1, 1])).result()
    assert told and "has no result yet of a batch of 2" in told[0]
