"""How long a person waits for the desk's pages over many incidents, while others ask too; how heavy the first view is and when it stands.

    python -m bench.desk INCIDENTS [--store ADDRESS] [--seconds N] [--rate N]

`waqai desk` runs as a process of its own over the store of made-up news that `bench.linking_speed` measures on (ADDRESS may be postgresql://). Requests arrive
at fixed times, whether the ones before were answered or not, and each is timed from when it should have been sent: waiting in a queue counts. They are mixed as
a person's work mixes them, drawn by chance (seeded); ten connections send them. A list page holds its facets. Exit 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException, HTTPResponse
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from urllib.parse import urlencode, urlsplit

import sqlalchemy as sa

from bench.browsing import SEVERAL_WORDS, Draw
from bench.desk_view import FirstView, look_at_first_view
from bench.figures import ROOT, Figure, Skipped
from bench.linking_speed import SEED, find_store, percentile
from waqai.browse import Browser
from waqai.codebook import load_actors
from waqai.schema import tables
from waqai.store import Filters, open_store

SECONDS, RATE, CONNECTIONS = 60, 20, 10
MOST_MS, MOST_KB, MOST_LCP_MS = 150, 400, 1500
SHARES = {"list": 30, "search": 15, "incident": 20, "map": 15, "timeline": 6, "queue": 4, "report": 10}
TARGETED = ("list", "search", "incident", "map")
"""What is promised; the others are told beside them."""
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request: when it is due, in seconds after the start, of which kind, and where to."""

    due: float
    kind: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """How long it took from when it was due, in milliseconds; an error: no answer with status 200."""

    kind: str
    address: str
    took_ms: float
    failed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """All answers; the CPU time that server and client took for each second; the server's memory after it."""

    answers: tuple[Answered, ...]
    server_cpu: float
    client_cpu: float
    server_mb: float
    view: FirstView | None

    def times(self, kind: str) -> list[float]:
        return [one.took_ms for one in self.answers if one.kind == kind]

    @property
    def errors(self) -> int:
        return sum(one.failed for one in self.answers)


def measure_desk() -> Iterator[Figure]:
    """A hundred thousand incidents."""
    yield from figures(100_000, run(str(find_store(100_000))))


def figures(incidents: int, one: Measured) -> Iterator[Figure]:
    of = f" of {incidents:,}"
    for kind in SHARES:
        times, target = one.times(kind), MOST_MS if kind in TARGETED else None
        yield Figure(f"{kind} page{of}, p50", median(times), "ms", None, len(times), better="lower", noise=50.0)
        yield Figure(f"{kind} page{of}, p95", percentile(times, 95), "ms", target, len(times), better="lower", noise=150.0)
    yield Figure(f"requests that failed{of}", one.errors, "requests", 0, len(one.answers), better="lower")
    yield Figure(f"CPU time of the server for each second{of}", one.server_cpu, "seconds", None, 1, better="lower", noise=1.0)
    yield Figure(f"memory of the server{of}", one.server_mb, "MB", None, 1, better="lower", noise=100.0)
    if one.view is not None:
        yield Figure(f"weight of the first view{of}, compressed", one.view.kilobytes, "KB", MOST_KB, 1, better="lower", noise=20.0)
        yield Figure(f"largest contentful paint of the first view{of}", one.view.paint_ms, "ms", MOST_LCP_MS, 1, better="lower", noise=1000.0)


def run(address: str, *, seconds: int = SECONDS, rate: int = RATE) -> Measured:
    """Serve the store, look at the first view, ask. Raises Skipped where the desk does not start."""
    asked = list(draw_requests(address, seconds * rate, rate=rate))
    with serving(address) as (process, start):
        host = urlsplit(start).netloc
        cookie = come_in(host, start)
        for one in {one.kind: one for one in asked}.values():  # one of each, so that everything is loaded
            ask(HTTPConnection(host, timeout=60), cookie, one.address)
        view = look_at_first_view(host, cookie)
        before, mine, began = _cpu_seconds(process.pid), time.process_time(), time.perf_counter()
        answers = ask_all(host, cookie, asked)
        took = time.perf_counter() - began
        spent = (_cpu_seconds(process.pid) - before) / took, (time.process_time() - mine) / took
        return Measured(answers=answers, server_cpu=spent[0], client_cpu=spent[1], server_mb=_memory_mb(process.pid), view=view)


# ---------------------------------------------------------------------------------------------- what is asked


def draw_requests(address: str, many: int, *, rate: int) -> Iterator[Asked]:
    """So many requests, at even distances."""
    random = Random(SEED)
    with open_store(address, actors=load_actors()) as store:
        browser = Browser(store, actors=load_actors())
        draw = Draw(browser.facets(Filters(), most=60))
        incidents = [one for order in ("id", "newest", "reports") for one in browser.page(Filters(), order=order, size=1000).ids]
        with store.reading() as connection:
            reports = list(connection.scalars(sa.select(tables.reports.c.id).order_by(tables.reports.c.sha256).limit(2000)))
    kinds: dict[str, Callable[[], str]] = {
        "list": lambda: _list(draw, random),
        "search": lambda: f"/incidents?{urlencode({'words': random.choice(SEVERAL_WORDS)})}",
        "incident": lambda: f"/incidents/{random.choice(incidents)}",
        "map": lambda: f"/incidents/map.json?{_query(draw.filters(), **draw.view())}",
        "timeline": lambda: f"/incidents/timeline.json?{_query(draw.filters())}",
        "queue": lambda: "/queue" + random.choice(("", "?sure=1", "?family=custody_exit")),
        "report": lambda: f"/reports/{random.choice(reports)}",
    }
    for nth, kind in enumerate(random.choices(list(SHARES), list(SHARES.values()), k=many)):
        yield Asked(due=nth / rate, kind=kind, address=kinds[kind]())


def _list(draw: Draw, random: Random) -> str:
    """With the filters of chance, some with words beside them; in some other order."""
    filters = draw.filters() if random.random() < 0.8 else Filters()
    filters = replace(filters, words=random.choice(SEVERAL_WORDS)) if random.random() < 0.1 else filters
    return f"/incidents?{_query(filters, order=random.choice(('newest', 'newest', 'oldest', 'reports')))}"


def _query(filters: Filters, **more: object) -> str:
    said = {name: value for name in Filters.__dataclass_fields__ if (value := getattr(filters, name)) not in (None, (), "")}
    return urlencode(said | more, doseq=True)


# ---------------------------------------------------------------------------------------------- asking


def ask_all(host: str, cookie: str, asked: Sequence[Asked]) -> tuple[Answered, ...]:
    """Every request at its time, by whichever connection is free; in order of their answers."""
    waiting: queue.SimpleQueue[Asked | None] = queue.SimpleQueue()
    answers: list[Answered] = []
    began = time.perf_counter() + 0.2

    def work() -> None:
        connection = HTTPConnection(host, timeout=60)
        while (one := waiting.get()) is not None:
            failed = not ask(connection, cookie, one.address)
            answers.append(Answered(kind=one.kind, address=one.address, took_ms=(time.perf_counter() - began - one.due) * 1000, failed=failed))

    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for one in asked:
        time.sleep(max(0.0, began + one.due - time.perf_counter()))
        waiting.put(one)
    for _ in threads:
        waiting.put(None)
    for thread in threads:
        thread.join()
    return tuple(answers)


def ask(connection: HTTPConnection, cookie: str, address: str) -> bool:
    """Whether it was answered as it should be."""
    headers = {"cookie": cookie, "accept": "text/html" if ".json" not in address else "application/json", "accept-encoding": "gzip"}
    try:
        connection.request("GET", address, headers=headers)
        answer: HTTPResponse = connection.getresponse()
        answer.read()
    except (HTTPException, OSError):
        connection.close()
        return False
    return answer.status == 200


# ---------------------------------------------------------------------------------------------- the server


@contextmanager
def serving(address: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The desk's process and its start address, once it answers there."""
    command = [sys.executable, "-c", "from waqai.cli.main import main; main()", "desk", "--port", "0", "--no-open", "--store", address]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None and process.stderr is not None
        start = next((line.strip() for line in process.stdout if "/start?token=" in line), None)
        if start is None:
            raise Skipped(f"the desk did not start: {process.stderr.read()[-400:]}")
        yield process, start
    finally:
        process.terminate()
        process.wait()


def come_in(host: str, start: str) -> str:
    """The session's cookie."""
    connection = HTTPConnection(host, timeout=60)
    connection.request("GET", start.partition(host)[2], headers={"accept": "text/html"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 303:
        raise Skipped(f"the start address was answered by {answer.status}")
    return (answer.getheader("set-cookie") or "").partition(";")[0]


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _memory_mb(pid: int) -> float:
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


# ---------------------------------------------------------------------------------------------- told


def render(one: Measured) -> Iterator[str]:
    """The table."""
    yield f"{'':10} {'n':>5} {'p50':>8} {'p95':>8} {'max':>8}  failed"
    for kind in SHARES:
        times, failed = one.times(kind), sum(a.failed for a in one.answers if a.kind == kind)
        yield f"{kind:10} {len(times):5} {median(times):8.1f} {percentile(times, 95):8.1f} {max(times):8.1f}  {failed}"
    slowest = sorted(one.answers, key=lambda a: -a.took_ms)
    yield from (f"  {a.took_ms:8.1f} ms {a.address[:120]}" for a in islice(slowest, 5))
    yield f"server: {one.server_cpu:.2f} s CPU a second, {one.server_mb:.0f} MB; client: {one.client_cpu:.2f} s CPU a second"
    if one.view is not None:
        yield f"first view: {one.view.kilobytes:.0f} KB compressed in {one.view.files} answers, largest contentful paint after {one.view.paint_ms:.0f} ms"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("incidents", type=int)
    parser.add_argument("--store")
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--rate", type=int, default=RATE)
    told = parser.parse_args()
    one = run(told.store or str(find_store(told.incidents)), seconds=told.seconds, rate=told.rate)
    print("\n".join(render(one)))
    return 1 if any(figure.reached is False for figure in figures(told.incidents, one)) else 0


if __name__ == "__main__":
    sys.exit(main())
