"""A release that was made, and what differs between two."""

from __future__ import annotations

from collections.abc import Iterator

from waqai.bounds.cleared import WHY
from waqai.export import NOT_ON
from waqai.releases import Diff, Made
from waqai.releases.diffing import Change, Entry
from waqai.terminal.printing import count_of, err


def print_made(made: Made) -> None:
    """Where it is, how much is in it, and what was held back."""
    tally = made.about.tally
    err.print(f"release {made.version} in {made.folder}: {count_of(tally.records, 'incident')}, profile {made.about.profile.name}", soft_wrap=True)
    if made.about.profile.name == "internal":
        err.print(NOT_ON, style="bold", soft_wrap=True)
    for reason, why in WHY.items():
        if reason in tally.held_back:
            err.print(f"held back: {count_of(tally.held_back[reason], 'incident')}, {why}", soft_wrap=True)


def iter_diff(found: Diff) -> Iterator[str]:
    """What changed from one release to the next, a line each."""
    yield f"{found.earlier} → {found.later}: {len(found.new)} new, {len(found.changed)} changed, {len(found.withdrawn)} withdrawn"
    yield from (f"new        {one}" for one in found.new)
    for change in found.changed:
        yield from _iter_change(change)
    for one in found.withdrawn:
        why = (
            f"now in {one.now}"
            if one.now
            else "its id is no more in the store"
            if one.gone
            else "not among what this release holds: held back, or filtered out"
        )
        yield f"withdrawn  {one.incident}  {why}"
    if found.marks:
        yield f"marks on speakers or publishers, which may have changed many: {_name(found.marks)}"


def _iter_change(change: Change) -> Iterator[str]:
    by = f"by {_name(change.entries)}" if change.entries else "by no entry of its own: a newer reading, a newer rule, or a mark on who speaks"
    yield f"changed    {change.incident}  {by}"
    yield from (f"           {name}: {old or '(empty)'} → {new or '(empty)'}" for name, (old, new) in change.values.items())
    yield from (f"           {line}" for line in change.figures)


def _name(entries: tuple[Entry, ...]) -> str:
    return ", ".join(f"entry {one.number} ({one.kind}, {one.day}, {one.by})" for one in entries)
