"""`waqai backup`, `restore`, `move`, `migrate`, and the list of erasures."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer

from waqai.codebook import load_actors
from waqai.commands.opening import open_named_store
from waqai.core import NotPossible
from waqai.flow import default_store, label_of, now
from waqai.keeping.backups import backup_into, backup_store
from waqai.keeping.digests import TableDigest, digest_all
from waqai.keeping.erasures import erasure_lines, iter_erasures, load_erasures
from waqai.keeping.moving import move_store
from waqai.keeping.restoring import Loss, Means, Restored, restore_store
from waqai.keeping.sealing import Key, KeyFile, Passphrase, Recipients, Seal, wants_passphrase
from waqai.keeping.upgrading import plan_upgrade, upgrade_store
from waqai.terminal.printing import count_of, err, out, progress_bar

PASSPHRASE = "WAQAI_PASSPHRASE"
"""The environment's variable that holds a passphrase: an argument of a command would be seen by everybody on the machine."""


def backup_command(place: str, *, keep: int | None, seal: Seal | None, store: str | None) -> int:
    """Exit status 0. Raises NotPossible, NotWritten, StoreError."""
    if "://" in place:
        raise NotPossible(f"{label_of(place)} is no file: a backup is one; `waqai move` copies a store into a database")
    target = Path(place)
    into = target.is_dir() or place.endswith(("/", os.sep))
    if keep is not None and not into:
        raise typer.BadParameter(f"--keep is for a folder of backups: end its name with /, as in {place}/", param_hint="--keep")
    with open_named_store(store, must_exist=True) as opened, _told_on_bar("copying") as told:
        one = (opened, target)
        made = backup_into(*one, at=now(), keep=keep, seal=seal, told=told) if into else backup_store(*one, seal=seal, told=told)
        home = None if "://" in opened.address else Path(opened.address).absolute().parent
    sealed = ", sealed" if seal is not None else ""
    held = f"{count_of(made.reports, 'report')}, the log up to entry {made.entries}"
    out.print(f"written: {made.file}, {held}{sealed}; read again and found whole", soft_wrap=True)
    for file in made.removed:
        out.print(f"  removed, as {keep} are kept: {file.name}", soft_wrap=True)
    if made.file.absolute().parent == home and seal is None:
        err.print("It lies in the store's own folder: what is erased later stays in it. Better keep it elsewhere.", soft_wrap=True)
    return 0


def choose_seal(*, encrypt: bool, to: Sequence[str], passphrase_file: Path | None) -> Seal | None:
    """What a backup is sealed with: public keys where some are named, else a passphrase from the environment or a file, else asked twice; None: nothing."""
    if to:
        if passphrase_file is not None:
            raise typer.BadParameter("a backup is sealed by keys or by a passphrase, not by both", param_hint="--to")
        return Recipients(keys=tuple(to))
    if not encrypt and passphrase_file is None:
        return None
    return _given_passphrase(passphrase_file) or Passphrase(words=_ask(confirm=True))


def _given_passphrase(file: Path | None) -> Passphrase | None:
    if file is not None:
        try:
            words = file.read_text(encoding="utf-8-sig").splitlines()  # Notepad's mark is no part of it
        except (OSError, UnicodeDecodeError) as error:
            raise NotPossible(f"cannot read the passphrase in {str(file)!r}: {error}") from error
        if not words or not words[0]:
            raise NotPossible(f"{str(file)!r} holds no passphrase in its first line")
        return Passphrase(words=words[0])
    return Passphrase(words=words_) if (words_ := os.environ.get(PASSPHRASE)) else None


def _ask(*, confirm: bool) -> str:
    if confirm:
        err.print("Without the passphrase nobody opens the backup again, you neither. Four or more words that nobody would guess are good.", soft_wrap=True)
    words: str = typer.prompt("Passphrase", hide_input=True, confirmation_prompt="Once more" if confirm else False, err=True)
    return words


def restore_command(backup: str, *, yes: bool, key_file: Path | None, passphrase_file: Path | None, erasures: Path | None, store: str | None) -> int:
    """Exit status 0, or 1 when the person says no. Raises NotPossible, StoreError."""
    address = store or str(default_store())

    def ask_key() -> Key:
        if key_file is not None:
            return KeyFile(file=key_file)
        if not wants_passphrase(Path(backup)):
            raise NotPossible(f"{backup!r} is sealed for keys: name the file with the secret key by --key")
        return _given_passphrase(passphrase_file) or Passphrase(words=_ask(confirm=False))

    listed = load_erasures(erasures) if erasures is not None else ()
    with _told_on_bar("copying") as told:
        means = Means(now=now, actors=load_actors(), ask_key=ask_key, erasures=listed, told=told)
        restored = restore_store(backup, address, agree=lambda loss: yes or _agrees(loss, address), means=means)
    if restored is None:
        out.print("nothing was restored")
        return 1
    _print_restored(restored, backup, label_of(backup if "://" in backup else address))
    return 0


def _print_restored(restored: Restored, backup: str, where: str) -> None:
    out.print(f"restored: {where}, {count_of(restored.reports, 'report')}, the log up to entry {restored.entries}", soft_wrap=True)
    if restored.erased:
        named = ", ".join(stone.id for stone in restored.erased)
        out.print(f"  erased again, as they were erased after the backup was made: {named}", soft_wrap=True)
    if restored.refused:
        named = ", ".join(stone.id for stone in restored.refused)
        out.print(f"  erased after the backup was made and not in it; not taken in again: {named}", soft_wrap=True)
    if "://" not in backup:
        out.print("  the backup itself is as it was: what was erased since is still in it", soft_wrap=True)


def _agrees(loss: Loss, address: str) -> bool:
    """Whether to go on, after saying what is lost."""
    if not loss.same_log:
        err.print("The backup is of another store, or this one went another way since.", soft_wrap=True)
    named = f": {', '.join(loss.reports[:8])}{' …' if len(loss.reports) > 8 else ''}" if loss.reports else ""
    lost = f"{count_of(loss.entries, 'entry')} of the log, {count_of(len(loss.reports), 'report')}{named}"
    err.print(f"Store {label_of(address)} will be what the backup is. Lost: {lost}.", soft_wrap=True)
    return typer.confirm("Restore it?", err=True)


def list_erasures_command(*, store: str | None) -> int:
    """The erasures of the store as lines of JSON on standard output."""
    with open_named_store(store, must_exist=True) as opened:
        sys.stdout.writelines(erasure_lines(iter_erasures(opened)))
    return 0


def move_command(source: str, target: str) -> int:
    """Exit status 0. Raises NotPossible, NotWritten, StoreError."""
    with open_named_store(source, must_exist=True) as opened, _told_on_bar("moving") as told:
        moved = move_store(opened, target, told=told)
        left = opened.address
    print_digests(moved.digests)
    out.print(f"moved: {moved.rows:,} rows, the same at both ends by these checksums.", soft_wrap=True)
    out.print(f"{left} is as it was: use the new one from now on (--store or WAQAI_STORE), and keep the old one until you are sure.", soft_wrap=True)
    out.print("Who was logged in has to log in again, and webhooks need new keys (`waqai alert`): neither is copied.", soft_wrap=True)
    return 0


def print_digests(digests: Mapping[str, TableDigest]) -> None:
    """A line for each table, then the sum of all."""
    for name, one in sorted(digests.items()):
        out.print(f"{name:<20} {one.rows:>10,}  {one.sha256}", soft_wrap=True)
    out.print(f"{'all':<20} {sum(one.rows for one in digests.values()):>10,}  {digest_all(digests)}", soft_wrap=True)


def migrate_command(*, check: bool, store: str | None) -> int:
    """Exit status 0; with `check` 1 where there is something to do. Raises StoreError."""
    address = store or str(default_store())
    if "://" not in address and not Path(address).exists():
        raise NotPossible(f"there is no store at {address!r} yet; `waqai add PATH…` makes one, of the newest schema")
    plan = plan_upgrade(address)
    if plan.found is None:
        raise NotPossible(f"{plan.address} is empty: `waqai add PATH…` makes a store there, of the newest schema")
    if plan.is_newest:
        out.print(f"nothing to do: {plan.address} has schema {plan.found}, the newest", soft_wrap=True)
        return 0
    out.print(f"{plan.address}: schema {plan.found} → {plan.wanted}", soft_wrap=True)
    for revision, brings in plan.steps:
        out.print(f"  {revision}  {brings}", soft_wrap=True)
    if plan.folds:
        out.print("  what is computed from the reports and the log is computed anew, once", soft_wrap=True)
    if check:
        out.print("Nothing was changed. `waqai migrate` does it; make a copy of the store first: there is no way back to an older waqai.", soft_wrap=True)
        return 1
    with _told_on_bar("computing") as told:
        upgrade_store(address, actors=load_actors(), told=told)
    out.print(f"done: schema {plan.wanted}. Older versions of waqai do not open this store any more.", soft_wrap=True)
    return 0


@contextmanager
def _told_on_bar(what: str) -> Iterator[Callable[[str, int, int], None]]:
    """What hears how far it is: a bar on stderr."""
    with progress_bar() as bar:
        tasks: dict[str, int] = {}

        def tell(stage: str, done: int, of: int) -> None:
            if stage not in tasks:
                tasks[stage] = int(bar.add_task(f"{what} {stage}", total=of))
            bar.update(bar.task_ids[list(tasks).index(stage)], completed=done)

        yield tell
