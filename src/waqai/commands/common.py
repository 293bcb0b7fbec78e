"""What the commands share: what comes in, and the chain with its progress."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn

from waqai.core import Incoming, Notice
from waqai.flow import Chain, ColumnChooser, build_chain, find_settings_file, iter_incoming, load_settings
from waqai.terminal.printing import err


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
) -> Iterator[Incoming | Notice]:
    """The reports and notices of these paths. Raises ReportNotFound or IntakeError before anything is read."""
    settings, stdin = load_settings(find_settings_file()), sys.stdin.buffer
    return iter_incoming(paths, settings=settings, published=published, publisher=publisher, stdin=stdin, ignored=ignored, choose_columns=choose_columns)
