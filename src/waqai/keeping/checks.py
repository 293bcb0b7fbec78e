"""What can be wrong with a store, looked at one thing after the other: how it is, what would help, and what mends it without losing anything."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from waqai.core import ActorNames, StoreError
from waqai.indexes.index import make_index_anew
from waqai.keeping.advice import RIGHTS, find_missing_right, help_with
from waqai.keeping.files import find_leftovers, remove_store_file
from waqai.keeping.looking import find_cut, find_damage
from waqai.keeping.sampling import find_stale
from waqai.keeping.texts import find_changed_texts, tell_changed
from waqai.keeping.upgrading import Plan, plan_upgrade, upgrade_store
from waqai.originals import verify_originals
from waqai.store import Store, open_store

ROOM_MB = 200
"""Free room below which a store is soon in trouble."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at. `state`: ok, note (as it may be, worth knowing), wrong. `help`: what to do. `mend`: does it, and says what it did."""

    name: str
    state: str
    said: str
    help: str = ""
    mend: Callable[[], str] | None = None


def check_store(address: str, *, actors: ActorNames | None) -> Iterator[Check]:
    """Look at the store from the outside to the inside; where one thing keeps the rest from being looked at, it ends there. Nothing is changed."""
    if "://" not in address:
        yield from _check_place(Path(address))
    try:
        plan = _plan_of(address)
        lacking = find_missing_right(address) if plan.found is None else ""
    except StoreError as error:
        yield Check(name="opens", state="wrong", said=str(error), help=help_with(str(error), address=address))
        return
    if plan.found is None:
        help_ = RIGHTS if lacking else "`waqai add PATH…` makes a store, `waqai restore BACKUP` brings one back"
        yield Check(name="opens", state="wrong", said=f"{plan.address} is empty{lacking and f', and {lacking}'}", help=help_)
        return
    if not plan.is_newest:
        said = f"made by an older waqai (schema {plan.found}, now {plan.wanted})" if plan.steps else "its views follow the rules of an older waqai"

        def upgrade() -> str:
            upgrade_store(address, actors=actors)
            return f"brought up to date, schema {plan.wanted}"

        yield Check(name="schema", state="wrong", said=said, help="`waqai migrate` brings it up to date; make a copy of it first", mend=upgrade)
        if not plan_upgrade(address).is_newest:  # whoever asked did not mend it
            return
    else:
        yield Check(name="schema", state="ok", said=f"{plan.found}, the newest")
    with open_store(address, actors=actors) as store:
        yield from check_open_store(store, actors=actors)


def _plan_of(address: str) -> Plan:
    """As `plan_upgrade`, of a file that has all of its bytes. Raises StoreError."""
    if "://" not in address and (cut := find_cut(Path(address))):
        raise StoreError(f"{address} was cut off ({cut})")
    return plan_upgrade(address)


def check_open_store(store: Store, *, actors: ActorNames | None) -> Iterator[Check]:
    """Pages, log, texts, originals, views, search index."""
    with store.committed(newest=True) as connection:
        damage = find_damage(connection)
    yield _of(
        "pages",
        "every page, index and reference is sound",
        damage,
        "restore the newest backup that is whole: `waqai restore BACKUP`; keep this file elsewhere, and move it there first where restoring refuses",
    )
    check = store.verify()
    fault = [] if check.holds else [f"the log does not hold at entry {check.broken_entry}: {check.fault}"]
    erased = f", {check.erased} erased" if check.erased else ""
    yield _of(
        "log",
        f"{check.entries} {'entry' if check.entries == 1 else 'entries'}, the chain holds{erased}",
        fault,
        "entries from there on cannot be trusted: restore a backup that verifies",
    )
    yield _check_texts(store)
    yield _check_originals(store)
    if damage or fault:
        return
    yield _check_views(store, actors)
    yield _check_index(store)


def _of(name: str, fine: str, faults: tuple[str, ...] | list[str], help_: str) -> Check:
    if not faults:
        return Check(name=name, state="ok", said=fine)
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return Check(name=name, state="wrong", said=f"{faults[0]}{more}", help=help_)


def _check_texts(store: Store) -> Check:
    """Each report's text against its own hash: this reads all of them."""
    with store.committed(newest=True) as connection:
        fault = tell_changed(find_changed_texts(connection))
    help_ = "restore a backup from before it changed, and keep this store beside it; `waqai verify --store BACKUP` tells whether one is"
    return _of("texts", "each report's text is the one that came in", [fault] if fault else [], help_)


def _check_originals(store: Store) -> Check:
    """Every byte that reports were made of, and how each came: this reads all of them."""
    check = verify_originals(store)
    faults = [f"retrieval {check.broken}: {check.fault}"] if check.broken is not None else []
    faults += [f"original {sha256}: {why}" for sha256, why in check.damaged]
    held = f"{check.originals} original{'s' * (check.originals != 1)} and {check.retrievals} retrieval{'s' * (check.retrievals != 1)}"
    said = f"{held}, each as it came"
    return _of("originals", said, faults, "what came in was changed since: restore a backup that verifies, and keep this store beside it")


def _check_views(store: Store, actors: ActorNames | None) -> Check:
    def rebuild() -> str:
        rebuilt = store.rebuild()
        return f"computed anew, {len(rebuilt.differing)} of {rebuilt.rows} rows were another"

    help_ = "`waqai rebuild` computes them anew"
    try:
        looked, stale = find_stale(store, actors=actors)
    except StoreError as error:
        if "another program" in str(error):
            return Check(name="views", state="note", said=f"not looked at: {error}")
        if "permission denied" in str(error):
            return Check(name="views", state="wrong", said=f"they cannot be looked at: {error}", help=RIGHTS)
        return Check(name="views", state="wrong", said=f"they contradict each other ({error})", help=help_, mend=rebuild)
    if not stale:
        return Check(name="views", state="ok", said=f"as the reports and the log say, {looked} reports looked at")
    said = f"{len(stale)} of the rows looked at are not what the reports and the log say, the first: {stale[0]}"
    return Check(name="views", state="wrong", said=said, help=help_, mend=rebuild)


def _check_index(store: Store) -> Check:
    fault = find_index_fault(store)
    if not fault:
        return Check(name="search", state="ok", said="the word index holds what the texts hold")

    def fill_anew() -> str:
        with store.writing() as connection:
            make_index_anew(connection)
        return "the word index was made anew"

    return Check(name="search", state="wrong", said=fault, help="`waqai doctor --mend` makes the index anew", mend=fill_anew)


def find_index_fault(store: Store) -> str:
    """What is wrong with the word index; "" for nothing."""
    with store.writing() as connection:
        if connection.dialect.name == "postgresql":
            chosen = "SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('ix_search_words') AND indisvalid"
            return "" if connection.exec_driver_sql(chosen).scalar() else "the word index is missing or was not finished"
        try:
            connection.exec_driver_sql("INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)")
        except sa.exc.DatabaseError as error:
            return f"the word index does not hold what the texts hold ({error.orig})"
    return ""


def _check_place(file: Path) -> Iterator[Check]:
    """The file and its folder: room, permissions, what was left by something broken off."""
    folder = file.absolute().parent
    free, size = shutil.disk_usage(folder).free, file.stat().st_size
    room = f"{_mb(free)} free, the store has {_mb(size)}"
    if free < max(ROOM_MB * 1_000_000, size // 20):
        yield Check(name="room", state="wrong", said=room, help="make room on this disk, or move the store to another: `waqai move`")
    elif free < size:
        yield Check(name="room", state="note", said=f"{room}: an erasure or an upgrade needs room for a second one meanwhile")
    else:
        yield Check(name="room", state="ok", said=room)
    yield _check_permissions(file, folder)
    leftovers = [one for one in find_leftovers(folder) if one.name.startswith(f"{file.name}.waqai-")]
    if leftovers:

        def remove() -> str:
            for one in leftovers:
                remove_store_file(one)
            return f"removed {', '.join(one.name for one in leftovers)}"

        said = f"{len(leftovers)} left by a backup, move or restore that was broken off: {leftovers[0].name}"
        yield Check(name="leftovers", state="wrong", said=said, help="they hold a copy of the store's words: `waqai doctor --mend` removes them", mend=remove)


def _check_permissions(file: Path, folder: Path) -> Check:
    for place in (file, folder):
        if not os.access(place, os.R_OK | os.W_OK):
            return Check(
                name="rights", state="wrong", said=f"{str(place)!r} cannot be written to", help="give yourself the right to (chmod, chown), or move the store"
            )
    mode = file.stat().st_mode
    if mode & (stat.S_IROTH | stat.S_IWOTH) and folder.stat().st_mode & stat.S_IXOTH:
        return Check(name="rights", state="note", said="others on this machine can read the store", help=f"chmod o-rwx {file}")
    return Check(name="rights", state="ok", said="you can write to it" + ("" if mode & 0o077 else ", nobody else can read it"))


def _mb(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
