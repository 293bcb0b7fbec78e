"""What the commands share: consoles, the chain with its progress, the store, the summary of notices."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from waqai.cli.main import default_store
from waqai.core import Notice
from waqai.flow import Chain, build_chain, find_settings_file, load_settings
from waqai.intake import STAGE, Defaults, iter_reports, make_ignored_notice
from waqai.store import Store, open_store

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar on stderr that goes away when done; nothing where stderr is no terminal."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=32), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        yield progress


def ready_chain() -> Chain:
    """The chain of the settings in force; the gazetteer's first unpacking shows its progress."""
    settings = load_settings(find_settings_file())
    with Progress(TextColumn("{task.description}"), BarColumn(bar_width=32), console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("unpacking the gazetteer", total=1.0, visible=False)
        return build_chain(settings, progress=lambda stage, done: progress.update(task, completed=done, visible=True, description=f"gazetteer: {stage}"))


def incoming(paths: Sequence[str], *, published: date | None, publisher: str | None, ignored: Counter[str]) -> Iterator[object]:
    """The reports and notices of these paths. Raises ReportNotFound or IntakeError before anything is read."""
    return iter_reports(paths, defaults=Defaults(published=published, publisher=publisher), stdin=sys.stdin.buffer, ignored=ignored)


@contextmanager
def opened_store(address: str | None, *, must_exist: bool) -> Iterator[Store]:
    """The named store, else the user's own. With `must_exist`, a file that is not there is an error that says what would make it."""
    from pathlib import Path

    from waqai.codebook import load_actors
    from waqai.core import StoreError

    target = address or str(default_store())
    if "://" not in target:
        path = Path(target)
        if must_exist and not path.exists():
            raise StoreError(f"there is no store at {target!r} yet; `waqai add PATH…` makes one, `waqai demo` shows an example")
        path.parent.mkdir(parents=True, exist_ok=True)
    with open_store(target, actors=load_actors()) as store:
        yield store


def print_notices(notices: Sequence[Notice], *, limit: int = 20) -> None:
    """Each notice on stderr as a sentence, the first `limit` of them."""
    for notice in notices[:limit]:
        mark = "set aside" if notice.stage == STAGE else "note"
        err.print(f"  {mark}: [bold]{_escape(notice.record)}[/] — {_escape(notice.reason)}", soft_wrap=True)
    if len(notices) > limit:
        err.print(f"  … and {len(notices) - limit} more")


def ignored_notice(ignored: Counter[str]) -> list[Notice]:
    notice = make_ignored_notice(ignored)
    return [notice] if notice is not None else []


def _escape(text: str) -> str:
    from rich.markup import escape

    return escape(text)
