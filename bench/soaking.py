"""A day of watching in an hour: 30 feeds on this machine, 40 reports a minute each, one request in twenty failing; what is lost, what is doubled, what leaks.

    python -m bench.soaking [--minutes 60] [--sources 30] [--rate 40] [--failing 0.05] [--reader NAME] [--workers N] [--store ADDRESS]

The feeds are served by a process of its own (`bench.soaking_site`). They are watched as by `waqai watch run`, with nothing replaced but the rule on addresses,
the pause between two pages of a host, and the clock, which runs 24 times as fast: feeds are looked at every 24 minutes of it, and waits for another try are as
long as they are by it. When the time is over, no more is published, and rounds go on until nothing waits.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import psutil

from bench.figures import Figure
from bench.scale import settings_with
from waqai.commands.rounds import ready_means
from waqai.fetching import AddressRule, Fetcher, Politeness
from waqai.flow import now, open_named_store
from waqai.posting.rule import OwnHost
from waqai.store import Store
from waqai.watching import add_feed, count_items, list_feeds, run_round

BULLETIN = re.compile(r"Bulletin (\d+-\d+)\.")
FASTER = 24
"""A day in an hour."""
PATIENCE_MINUTES = 120
"""So long what waits at the end may take."""
SAMPLED_S = 5.0
"""Seconds between two looks at the memory."""
SLOPE_MB = 1.0
"""Megabytes a minute by which the memory may grow in the last quarter."""


@dataclass(slots=True)
class Watched:
    """What was measured while it went on: after each round (minute, reports kept), every few seconds (minute, megabytes of this process and its
    children); `cpu_s` of them when it was over."""

    kept: list[tuple[float, int]] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)
    cpu_s: float = 0.0

    def slope(self, *, of: float = 0.25) -> float:
        """Megabytes a minute over the last part of the time, by least squares."""
        last = [(minute, size) for minute, size in self.memory if minute >= self.memory[-1][0] * (1 - of)]
        if len(last) < 3:
            return float("nan")
        return float(np.polyfit([minute for minute, _ in last], [size for _, size in last], 1)[0])


@contextmanager
def site(sources: int, rate: float, failing: float, seed: int) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """The feeds, in a process of its own that reads "stop" and then publishes nothing more; and their ports."""
    said = [str(one) for one in (sources, rate, failing, seed)]
    process = subprocess.Popen([sys.executable, "-m", "bench.soaking_site", *said], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process, json.loads(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


def megabytes() -> float:
    """Memory that this process and the children that read for it hold (RSS), the site left out."""
    size = 0
    for one in _ours():
        with suppress(psutil.NoSuchProcess):  # it ended since
            size += one.memory_info().rss
    return size / 1e6


@contextmanager
def sampling(watched: Watched, began: float) -> Iterator[None]:
    """Memory is looked at by a clock of its own: what a child holds while it reads comes and goes with the rounds."""
    over = threading.Event()

    def sample() -> None:
        while not over.wait(SAMPLED_S):
            watched.memory.append(((time.monotonic() - began) / 60, megabytes()))

    thread = threading.Thread(target=sample)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _ours() -> list[psutil.Process]:
    """This process and its children, the site left out."""
    here = psutil.Process()
    return [here, *(one for one in here.children(recursive=True) if not _is_site(one))]


def _is_site(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
        return "bench.soaking_site" in " ".join(process.cmdline())
    return False


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def soak(store: Store, ports: Sequence[int], *, minutes: float, reader: str, workers: int, stop: threading.Event, tell: bool = True) -> Watched:
    """Rounds until `stop` is set and nothing waits."""
    rule = AddressRule(own=frozenset(OwnHost(host="127.0.0.1", port=port) for port in ports))
    fetcher = Fetcher(rule=rule, now=now, politeness=Politeness(delay_s=0.0))
    watched, began, start = Watched(), time.monotonic(), now()

    def fast() -> datetime:
        return start + timedelta(seconds=FASTER * (time.monotonic() - began))

    for port in ports:
        add_feed(f"http://127.0.0.1:{port}/rss.xml", store, name=f"source {port}", every=timedelta(minutes=FASTER), by="bench", at=start)
    with ready_means(store, settings_with(reader), fetcher, workers=workers) as means, sampling(watched, began):
        means = replace(means, now=fast)
        while (time.monotonic() - began) / 60 < minutes + PATIENCE_MINUTES:
            is_last = stop.is_set()
            rounds = run_round(list_feeds(store), store, means, is_forced=is_last)
            counts = count_items(store).values()
            kept, waits = sum(one.kept for one in counts), sum(one.waits for one in counts)
            watched.kept.append(((time.monotonic() - began) / 60, kept))
            if tell:
                print(f"{watched.kept[-1][0]:6.1f} min  {megabytes():7.0f} MB  {kept:7,} kept  {waits:6,} wait", flush=True)
            if is_last and not waits and not any(one.error for one in rounds):
                break
            time.sleep(2.0)
        watched.cpu_s = sum(_cpu_s(one) for one in _ours())
    return watched


def check(store: Store, published: int, per_source: Sequence[int]) -> tuple[int, int]:
    """(lost, doubled) of what was published."""
    wanted = {f"{source}-{number}" for source, many in enumerate(per_source) for number in range(many)}
    seen = Counter(found[1] for report in store.iter_reports() if (found := BULLETIN.search(report.text)))
    assert len(wanted) == published
    return len(wanted - seen.keys()), sum(many - 1 for many in seen.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Soaked:
    """What a soak found. `in_time` of the `published` were kept when publishing ended, all after `clock_s`; `cpu_s` is that of all processes but the site's."""

    minutes: float
    published: int
    asked: int
    failed: int
    in_time: int
    clock_s: float
    cpu_s: float
    slope: float
    most_mb: float
    lost: int
    doubled: int
    set_aside: int

    @property
    def is_well(self) -> bool:
        """Nothing lost, doubled or set aside, and the memory flat."""
        return not (self.lost or self.doubled or self.set_aside) and self.slope < SLOPE_MB


def run(
    *, minutes: float = 60, sources: int = 30, rate: float = 40, failing: float = 0.05, reader: str, workers: int, seed: int = 1, at: str | None = None
) -> Soaked:
    """Soak a new store, at this address or in a file that is removed."""
    with tempfile.TemporaryDirectory() as folder, site(sources, rate, failing, seed) as (process, ports):
        stop = threading.Event()

        def end() -> None:
            _say(process, "stop")
            stop.set()

        timer = threading.Timer(minutes * 60, end)
        timer.daemon = True
        with open_named_store(at or str(Path(folder) / "store.sqlite"), must_exist=False) as store:
            own = sum(_cpu_s(one) for one in _ours())
            timer.start()
            watched = soak(store, ports, minutes=minutes, reader=reader, workers=workers, stop=stop)
            _say(process, "tell")
            assert process.stdout is not None
            told = json.loads(process.stdout.readline())
            lost, doubled = check(store, sum(told["published"]), told["published"])
            aside = sum(one.set_aside for one in count_items(store).values())
    in_time = next((kept for minute, kept in watched.kept if minute >= minutes), watched.kept[-1][1])
    return Soaked(
        minutes=minutes,
        published=sum(told["published"]),
        asked=told["asked"],
        failed=told["failed"],
        in_time=in_time,
        clock_s=60 * watched.kept[-1][0],
        cpu_s=watched.cpu_s - own,
        slope=watched.slope(),
        most_mb=max(size for _, size in watched.memory),
        lost=lost,
        doubled=doubled,
        set_aside=aside,
    )


def measure_soaking() -> Iterator[Figure]:
    """The hour, with the fast reader: two cores do not read 20 reports a second with the other."""
    done = run(reader="rules", workers=os.cpu_count() or 1)
    n = done.published
    yield Figure("reports lost", done.lost, "reports", 0, n, better="lower")
    yield Figure("reports doubled", done.doubled, "reports", 0, n, better="lower")
    yield Figure("growth of memory in the last quarter", done.slope, "MB a minute", SLOPE_MB, n, better="lower", noise=0.5)
    yield Figure("memory at most", done.most_mb, "MB", None, n, better="lower", noise=100.0)
    yield Figure("kept within the hour", done.in_time / n, "share", None, n, noise=0.2)
    yield Figure("CPU time for a report", 1000 * done.cpu_s / n, "ms", None, n, better="lower", noise=20.0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 1 where something was lost or doubled, or the memory grew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--sources", type=int, default=30)
    parser.add_argument("--rate", type=float, default=40, help="reports a minute of each source")
    parser.add_argument("--failing", type=float, default=0.05, help="share of requests that fail")
    parser.add_argument("--reader", default="learned")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes that read; default: one for each core")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", dest="at", help="a new store; default: a file that is removed")
    done = run(**vars(parser.parse_args(arguments)))
    print(f"published {done.published:,} in {done.minutes:g} min; {done.failed:,} of {done.asked:,} requests failed on purpose")
    print(f"kept in that time {done.in_time:,}, all after {done.clock_s / 60:.1f} min: {done.published / done.clock_s:.1f} a second")
    print(f"{1000 * done.cpu_s / done.published:.0f} ms CPU a report; memory {done.most_mb:.0f} MB at most, {done.slope:+.2f} MB a minute in the last quarter")
    print(f"lost {done.lost}, doubled {done.doubled}, set aside {done.set_aside}")
    return int(not done.is_well)


def _say(process: subprocess.Popen[str], what: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{what}\n")
    process.stdin.flush()


if __name__ == "__main__":
    sys.exit(main())
