"""What is put on the screen: the consoles, the progress bar, notices and counts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any, cast

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from waqai.core import Notice
from waqai.flow import SET_ASIDE
from waqai.terminal.screen import TamedOutput, tame

out = Console(file=cast(IO[str], TamedOutput()), highlight=False, markup=False)
err = Console(stderr=True, highlight=False, markup=False)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar on stderr that goes away when done; nothing where stderr is no terminal."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=32), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        yield progress


def print_notices(notices: Sequence[Notice], *, most: int = 20, more: str = "set aside") -> None:
    """Each notice on stderr as a sentence: what was set aside first, at most `most` of each kind; `more` says what more there is of it."""
    aside = [n for n in notices if n.stage == SET_ASIDE]
    notes = [n for n in notices if n.stage != SET_ASIDE]
    print_some([f"set aside: {n.record} — {n.reason}" for n in aside], most=most, rest=more)
    print_some([f"note: {n.record} — {n.reason}" for n in notes], most=most, rest="notes; `waqai read` shows those of a report")


def print_some(lines: Sequence[str], *, most: int, rest: str) -> None:
    """The first `most` lines on stderr, then how many more there are, and of what."""
    for line in lines[:most]:
        err.print(f"  {tame(line)}", soft_wrap=True)
    if len(lines) > most:
        err.print(f"  … and {len(lines) - most} more {rest}", style="dim", soft_wrap=True)


def print_json(values: Sequence[Any], format: str) -> None:
    """The values on standard output: "jsonl" a line for each, else one array."""
    if format == "jsonl":
        sys.stdout.writelines(json.dumps(value, ensure_ascii=False) + "\n" for value in values)
    else:
        sys.stdout.write(json.dumps(values, ensure_ascii=False, indent=1) + "\n")


def count_of(n: int, noun: str) -> str:
    """
    >>> count_of(1, "entry"), count_of(2, "entry"), count_of(0, "report")
    ('1 entry', '2 entries', '0 reports')
    """
    several = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{n} {noun if n == 1 else several}"
