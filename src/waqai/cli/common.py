"""What the commands share: consoles, the chain with its progress, the store, the summary of notices."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, cast

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from waqai.cli.screen import TamedOutput, tame
from waqai.core import Notice, Report
from waqai.flow import SET_ASIDE, Chain, ColumnChooser, build_chain, find_settings_file, iter_incoming, load_settings

out = Console(file=cast(IO[str], TamedOutput()), highlight=False, markup=False)
err = Console(stderr=True, highlight=False, markup=False)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar on stderr that goes away when done; nothing where stderr is no terminal."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=32), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        yield progress


def second_thoughts(progress: Progress) -> Callable[[int, int], None]:
    """What the end of a run tells how far it is: a task of its own on the bar."""
    task = progress.add_task("second thoughts", total=None, visible=False)
    return lambda done, of: progress.update(task, completed=done, total=of, visible=True)


def ready_chain(*, reader: str | None = None, store: str | None = None) -> Chain:
    """The chain of the settings in force, with this reader instead of theirs where one is named; the gazetteer's first unpacking shows its progress."""
    settings = load_settings(find_settings_file())
    if reader is not None:
        settings = settings.model_copy(update={"reader": settings.reader.model_copy(update={"name": reader})})
    with unpacking() as tell:
        return build_chain(settings, store=store, progress=tell)


@contextmanager
def unpacking() -> Iterator[Callable[[str, float], None]]:
    """What the gazetteer tells its unpacking to: a bar on stderr that shows only when there is something to unpack."""
    with Progress(TextColumn("{task.description}"), BarColumn(bar_width=32), console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("unpacking the gazetteer", total=1.0, visible=False)

        def tell(stage: str, done: float) -> None:
            progress.update(task, completed=done, visible=True, description=f"gazetteer: {stage}")

        yield tell


def incoming(
    paths: Sequence[str | Path], *, published: date | None, publisher: str | None, ignored: Counter[str], choose_columns: ColumnChooser | None = None
) -> Iterator[Report | Notice]:
    """The reports and notices of these paths. Raises ReportNotFound or IntakeError before anything is read."""
    settings, stdin = load_settings(find_settings_file()), sys.stdin.buffer
    return iter_incoming(paths, settings=settings, published=published, publisher=publisher, stdin=stdin, ignored=ignored, choose_columns=choose_columns)


def print_notices(notices: Sequence[Notice], *, most: int = 20) -> None:
    """Each notice on stderr as a sentence: what was set aside first, at most `most` of each kind."""
    aside = [n for n in notices if n.stage == SET_ASIDE]
    notes = [n for n in notices if n.stage != SET_ASIDE]
    print_some([f"set aside: {n.record} — {n.reason}" for n in aside], most=most, rest="set aside")
    print_some([f"note: {n.record} — {n.reason}" for n in notes], most=most, rest="notes; `waqai read` shows those of a report")


def print_some(lines: Sequence[str], *, most: int, rest: str) -> None:
    """The first `most` lines on stderr, then how many more there are, and of what."""
    for line in lines[:most]:
        err.print(f"  {tame(line)}", soft_wrap=True)
    if len(lines) > most:
        err.print(f"  … and {len(lines) - most} more {rest}", style="dim", soft_wrap=True)


def count_of(n: int, noun: str) -> str:
    """
    >>> count_of(1, "entry"), count_of(2, "entry"), count_of(0, "report")
    ('1 entry', '2 entries', '0 reports')
    """
    several = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{n} {noun if n == 1 else several}"
