"""Reports read by workers: `waqai add --workers`, `--dask`, `waqai quarantine`, and how far a long run is."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from waqai.commands.common import ready_chain, second_thoughts
from waqai.commands.opening import open_named_store
from waqai.core import Incoming, Notice, Report, SettingsError, UnknownId
from waqai.engines import Engine, LocalEngine, Quarantined, add_many, forget, list_quarantined, make_order, release, serve
from waqai.flow import Again, Chain, Store, Summary, now
from waqai.operating.stopping import stops_in_order
from waqai.terminal.printing import count_of, err, out

_SAY_EVERY_S = 60.0  # where stderr is no terminal
_LINES = (".jsonl", ".ndjson")
_TABLES = (".csv", ".tsv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Workers:
    """Who reads: so many processes of this machine, or the Dask cluster whose scheduler is at this address."""

    workers: int = 1
    dask: str | None = None


def add_with(
    how: Workers, items: Iterable[Report | Incoming | Notice], chain: Chain, store: Store, *, again: Again | None = None, total: int | None = None
) -> Summary:
    """As `add_reports`, with workers; how far it is, how fast and how much longer is shown on stderr. Raises NoWorkers, SettingsError, StoreError."""
    if chain.ground.settings.reader.name == "llm":
        raise SettingsError("the reader 'llm' waits for a model's server, and workers do not make that faster: leave --workers and --dask out")
    try:
        with stops_in_order(), _bar(total) as tell, _engine(how, chain, on_wait=tell.wait) as engine:
            return add_many(items, chain, store, engine, again=again, on_report=tell.report, on_turn=tell.on_turn, on_wait=tell.wait)
    except SystemExit:  # by SIGTERM: attempts that were not made do not count, and whoever asked is not told that all was added
        raise SystemExit(128 + signal.SIGTERM) from None


def quarantine_list_command(*, store: str | None) -> int:
    """Each report in quarantine with why. Exit status 0."""
    with open_named_store(store, must_exist=True) as opened:
        found = list_quarantined(opened)
    for one in found:
        tried = f"{one.at:%Y-%m-%d %H:%M}  {count_of(one.attempts, 'attempt')}  {one.reader.name} {one.reader.version}"
        out.print(f"{one.report or one.report_sha256}  {tried}: {one.reason}", soft_wrap=True)
    rest = "; `waqai quarantine retry` tries them again" if found else ""
    err.print(f"{count_of(len(found), 'report')} in quarantine{rest}", soft_wrap=True)
    return 0


def quarantine_retry_command(names: Sequence[str], *, store: str | None, reader: str | None, workers: int) -> int:
    """Try these again, or all; what ends its reader again is in quarantine again. Exit status 0, or 1 when some still are. Raises UnknownId."""
    with open_named_store(store, must_exist=True) as opened:
        chosen = _choose(names, list_quarantined(opened))
        chain = ready_chain(reader=reader, store=store)
        release(chosen, opened, at=now())
        forget([one for one in chosen if one.report is None], opened)
        reports = [report for one in chosen if (report := opened.find_report(one.report_sha256)) is not None]
        summary = add_with(Workers(workers=workers), reports, chain, opened, total=len(reports))
        still = {one.report_sha256 for one in list_quarantined(opened)} & {one.report_sha256 for one in chosen}
    err.print(f"{count_of(len(reports), 'report')} tried again: {count_of(summary.accounts, 'account')}; {len(still)} in quarantine again")
    return 1 if still else 0


def worker_command(address: str, *, workers: int) -> int:
    """Be workers of the scheduler at this address until Ctrl-C or SIGTERM; exit status 0."""
    with suppress(KeyboardInterrupt), stops_in_order():
        serve(address, workers=workers, told=lambda what: err.print(what, soft_wrap=True))
    return 0


def count_roughly(paths: Sequence[str | Path]) -> int | None:
    """About how many reports these paths hold: a line of JSON Lines or of a table for one, else a file; None where standard input is among them.

    Only lines are counted; what a line or file turns out to be is not looked at.
    """
    if any(str(path) == "-" or "://" in str(path) for path in paths):
        return None
    return sum(_count(Path(path)) for path in paths)


def _count(path: Path) -> int:
    if path.is_dir():
        return sum(_count(file) for file in path.rglob("*") if file.is_file())
    if path.suffix.lower() not in (*_LINES, *_TABLES):
        return 1
    try:
        with path.open("rb") as file:
            lines = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    except OSError:
        return 1
    return max(1, lines - (path.suffix.lower() in _TABLES))


# -- how far it is


class _Rate(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.finished_speed or task.speed or 0:.1f}/s", style="progress.data.speed")


class Telling:
    """Hears of a run and says how far it is: on a bar, or by a line a minute where stderr is no terminal. Mutable."""

    def __init__(self, progress: Progress, total: int | None) -> None:
        self._progress, self._total = progress, total
        self._task = progress.add_task("reading and linking", total=total)
        self.on_turn = second_thoughts(progress)
        self._done = 0
        self._began = self._said = time.monotonic()

    def report(self, _: Report) -> None:
        """One more is kept."""
        self._done += 1
        if self._total is not None and self._done > self._total:
            self._total = None
        self._progress.update(self._task, advance=1, total=self._total)
        now_s = time.monotonic()
        if not err.is_terminal and now_s - self._said >= _SAY_EVERY_S:
            self._said = now_s
            err.print(tell_rate(self._done, self._total, seconds=now_s - self._began), soft_wrap=True)

    def wait(self, why: str, seconds: float) -> None:
        """The run waits for something."""
        err.print(f"waiting for {seconds:.0f} s: {why}", style="yellow", soft_wrap=True)


def tell_rate(done: int, total: int | None, *, seconds: float) -> str:
    """
    >>> tell_rate(1200, 4800, seconds=60), tell_rate(3, None, seconds=2)
    ('1,200 of about 4,800 reports, 20.0 a second, about 3 min left', '3 reports, 1.5 a second')
    """
    rate = done / seconds if seconds > 0 else 0.0
    if total is None:
        return f"{done:,} reports, {rate:.1f} a second"
    left = f", about {max(0, total - done) / rate / 60:.0f} min left" if rate else ""
    return f"{done:,} of about {total:,} reports, {rate:.1f} a second{left}"


@contextmanager
def _bar(total: int | None) -> Iterator[Telling]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=32), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal, speed_estimate_period=60) as progress:
        yield Telling(progress, total)


@contextmanager
def _engine(how: Workers, chain: Chain, *, on_wait: Callable[[str, float], None]) -> Iterator[Engine]:
    order = make_order(chain)
    if how.dask is None:
        with LocalEngine(order, workers=how.workers) as engine:
            yield engine
        return
    from waqai.engines.cluster import ClusterEngine  # loads Dask

    with ClusterEngine(order, address=how.dask, patience_s=chain.ground.settings.workers.patience_seconds, on_wait=on_wait) as cluster:
        yield cluster


def _choose(names: Sequence[str], found: Sequence[Quarantined]) -> list[Quarantined]:
    """Those that are named by the report's id or hash, or all. Raises UnknownId."""
    known = {name for one in found for name in (one.report, one.report_sha256) if name}
    if unknown := [name for name in names if name not in known]:
        raise UnknownId(f"no report {unknown[0]!r} in quarantine; `waqai quarantine list` shows those there are")
    return [one for one in found if not names or one.report in names or one.report_sha256 in names]
