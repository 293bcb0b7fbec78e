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
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import psutil

from bench.scale import cpu_seconds, settings_with
from waqai.commands.rounds import ready_means
from waqai.fetching import AddressRule, Fetcher, Politeness
from waqai.flow import now, open_named_store
from waqai.posting.rule import OwnHost
from waqai.store import Store
from waqai.watching import add_feed, count_items, list_feeds, run_round

BULLETIN = re.compile(r"Bulletin (\d+-\d+)\.")
FASTER = 24
"""A day in an hour."""
PATIENCE_MINUTES = 60
"""So long what waits at the end may take."""
SLOPE_MB = 1.0
"""Megabytes a minute by which the memory may grow in the last quarter."""


@dataclass(slots=True)
class Watched:
    """What was measured while it went on: (minute, megabytes of this process and its children, reports kept)."""

    samples: list[tuple[float, float, int]] = field(default_factory=list)

    def slope(self, *, of: float = 0.25) -> float:
        """Megabytes a minute over the last part of the time, by least squares."""
        last = [(minute, size) for minute, size, _ in self.samples if minute >= self.samples[-1][0] * (1 - of)]
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
    here = psutil.Process()
    children = [one for one in here.children(recursive=True) if "bench.soaking_site" not in " ".join(one.cmdline())]
    return float(sum(one.memory_info().rss for one in (here, *children))) / 1e6


def soak(store: Store, ports: Sequence[int], *, minutes: float, reader: str, workers: int, stop: threading.Event, tell: bool = True) -> Watched:
    """Rounds until `stop` is set and nothing waits."""
    rule = AddressRule(own=frozenset(OwnHost(host="127.0.0.1", port=port) for port in ports))
    fetcher = Fetcher(rule=rule, now=now, politeness=Politeness(delay_s=0.0))
    watched, began, start = Watched(), time.monotonic(), now()

    def fast() -> datetime:
        return start + timedelta(seconds=FASTER * (time.monotonic() - began))

    for port in ports:
        add_feed(f"http://127.0.0.1:{port}/rss.xml", store, name=f"source {port}", every=timedelta(minutes=FASTER), by="bench", at=start)
    with ready_means(store, settings_with(reader), fetcher, workers=workers) as means:
        means = replace(means, now=fast)
        while (time.monotonic() - began) / 60 < minutes + PATIENCE_MINUTES:
            is_last = stop.is_set()
            rounds = run_round(list_feeds(store), store, means, is_forced=is_last)
            counts = count_items(store).values()
            kept, waits = sum(one.kept for one in counts), sum(one.waits for one in counts)
            watched.samples.append(((time.monotonic() - began) / 60, megabytes(), kept))
            if tell:
                print(f"{watched.samples[-1][0]:6.1f} min  {watched.samples[-1][1]:7.0f} MB  {kept:7,} kept  {waits:6,} wait", flush=True)
            if is_last and not waits and not any(one.error for one in rounds):
                break
            time.sleep(2.0)
    return watched


def check(store: Store, published: int, per_source: Sequence[int]) -> tuple[int, int]:
    """(lost, doubled) of what was published."""
    wanted = {f"{source}-{number}" for source, many in enumerate(per_source) for number in range(many)}
    seen = Counter(found[1] for report in store.iter_reports() if (found := BULLETIN.search(report.text)))
    assert len(wanted) == published
    return len(wanted - seen.keys()), sum(many - 1 for many in seen.values())


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
    parser.add_argument("--store", help="a new store; default: a file that is removed")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, site(asked.sources, asked.rate, asked.failing, asked.seed) as (process, ports):
        stop = threading.Event()

        def end() -> None:
            assert process.stdin is not None
            process.stdin.write("stop\n")
            process.stdin.flush()
            stop.set()

        timer = threading.Timer(asked.minutes * 60, end)
        timer.daemon = True
        with open_named_store(asked.store or str(Path(folder) / "store.sqlite"), must_exist=False) as store:
            cpu, began = cpu_seconds(), time.monotonic()
            timer.start()
            watched = soak(store, ports, minutes=asked.minutes, reader=asked.reader, workers=asked.workers, stop=stop)
            clock_s, cpu_s = time.monotonic() - began, cpu_seconds() - cpu
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write("tell\n")
            process.stdin.flush()
            told = json.loads(process.stdout.readline())
            lost, doubled = check(store, sum(told["published"]), told["published"])
            aside = sum(one.set_aside for one in count_items(store).values())
    published = sum(told["published"])
    slope, most = watched.slope(), max(size for _, size, _ in watched.samples)
    in_time = next((kept for minute, _, kept in watched.samples if minute >= asked.minutes), watched.samples[-1][2])
    print(f"published {published:,} in {asked.minutes:g} min; {told['failed']:,} of {told['asked']:,} requests failed on purpose")
    print(f"kept in that time {in_time:,}, all after {clock_s / 60:.1f} min: {published / clock_s:.1f} a second")
    print(f"{1000 * cpu_s / published:.0f} ms CPU a report; memory {most:.0f} MB at most, {slope:+.2f} MB a minute in the last quarter")
    print(f"lost {lost}, doubled {doubled}, set aside {aside}")
    return int(lost > 0 or doubled > 0 or aside > 0 or not slope < SLOPE_MB)


if __name__ == "__main__":
    sys.exit(main())
