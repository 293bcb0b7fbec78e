"""Open the store of a command; one of an older waqai is brought up to date, which is said and shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from waqai import flow
from waqai.flow import Store
from waqai.terminal.printing import err


class _Folding:
    """What hears how far the views are folded. Mutable: it begins to show itself when it is first told something."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(bar_width=32), TaskProgressColumn())
        self._bar = Progress(*columns, console=err, transient=True, disable=not err.is_terminal)
        self._stages: dict[str, int] = {}

    def tell(self, stage: str, done: int, of: int) -> None:
        """So much of this stage is done."""
        if not self._stages:
            err.print("This store was made by an older waqai: what is computed from its reports and log is computed anew, once.", soft_wrap=True)
            self._bar.start()
        if stage not in self._stages:
            for task in self._bar.tasks:
                self._bar.update(task.id, completed=task.total)
            self._stages[stage] = int(self._bar.add_task(stage, total=of))
        self._bar.update(self._bar.task_ids[self._stages[stage]], completed=done)

    def close(self) -> None:
        """It is done, or failed."""
        self._bar.stop()


@contextmanager
def open_named_store(store: str | None, *, must_exist: bool) -> Iterator[Store]:
    """The store at this file or postgresql:// address; None: the user's own. Raises StoreError when it must exist and does not."""
    folding = _Folding()
    try:
        with flow.open_named_store(store, must_exist=must_exist, told=folding.tell) as opened:
            folding.close()
            yield opened
    finally:
        folding.close()
