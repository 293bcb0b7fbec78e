"""`waqai backup` and `waqai restore`."""

from __future__ import annotations

from pathlib import Path

import typer

from waqai.commands.opening import open_named_store
from waqai.flow import Loss, backup_store, default_store, restore_store
from waqai.terminal.printing import count_of, err, out


def backup_command(file: Path, *, store: str | None) -> int:
    """Exit status 0. Raises NotPossible."""
    with open_named_store(store, must_exist=True) as opened:
        backup_store(opened, file)
        out.print(f"written: {file}, {count_of(opened.counts().reports, 'report')}, the log up to entry {opened.last_entry()}", soft_wrap=True)
        if "://" not in opened.address and file.absolute().parent == Path(opened.address).absolute().parent:
            err.print("It lies in the store's own folder: what is erased later stays in it. Better keep it elsewhere.", soft_wrap=True)
    return 0


def restore_command(backup: str, *, yes: bool, store: str | None) -> int:
    """Exit status 0, or 1 when the person says no. Raises NotPossible, StoreError."""
    address = store or str(default_store())
    restored = restore_store(backup, address, agree=lambda loss: yes or _ask(loss, address))
    if restored is None:
        out.print("nothing was restored")
        return 1
    where = backup if "://" in backup else address
    out.print(f"restored: {where}, {count_of(restored.reports, 'report')}, the log up to entry {restored.entries}", soft_wrap=True)
    if restored.erased:
        named = ", ".join(stone.id for stone in restored.erased)
        out.print(f"  erased again, as they were erased after the backup was made: {named}", soft_wrap=True)
    if restored.refused:
        named = ", ".join(stone.id for stone in restored.refused)
        out.print(f"  erased after the backup was made and not in it; not taken in again: {named}", soft_wrap=True)
    if "://" not in backup:
        out.print("  the backup itself is as it was: what was erased since is still in it", soft_wrap=True)
    return 0


def _ask(loss: Loss, address: str) -> bool:
    """Whether to go on, after saying what is lost."""
    if not loss.same_log:
        err.print("The backup is of another store, or this one went another way since.", soft_wrap=True)
    named = f": {', '.join(loss.reports[:8])}{' …' if len(loss.reports) > 8 else ''}" if loss.reports else ""
    err.print(
        f"Store {address} will be what the backup is. Lost: {count_of(loss.entries, 'entry')} of the log, {count_of(len(loss.reports), 'report')}{named}.",
        soft_wrap=True,
    )
    return typer.confirm("Restore it?", err=True)
