"""What a person's word changed, on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from waqai.core import Incident
from waqai.flow import Change, Erased, Moved, Store
from waqai.terminal.printing import count_of
from waqai.wording import describe_bounds, describe_when, describe_where


def print_change(console: Console, change: Change) -> None:
    """The entries that were logged; which account or report moved from where to where; each incident before and after."""
    numbers = [entry.id for entry in change.entries]
    console.print(f"logged as {'entry' if len(numbers) == 1 else 'entries'} {_range(numbers)}; `waqai undo {numbers[0]}` takes it back")
    for moved in change.moved:
        console.print(f"  {_describe_move(moved)}", soft_wrap=True)
    for incident, before, after in change.incidents:
        if before is not None and after is not None and {a.account for a in before.accounts} == {a.account for a in after.accounts}:
            console.print(Text.assemble("  ", (incident, "cyan")))
            for name, was, now in _differences(before, after):
                console.print(f"    {name}: {was} → {now}", soft_wrap=True)
            continue
        console.print(Text.assemble("  ", (incident, "cyan"), f": {_describe_side(before)} → {_describe_side(after)}"), soft_wrap=True)
    for beside in change.beside:
        console.print(
            f"  report {beside.report}, in which nothing was coded: beside {beside.before or 'none'} → beside {beside.after or 'none'}", soft_wrap=True
        )
    if not change.moved and not change.incidents and not change.beside:
        console.print("  no account moved, and incidents look as before")


def print_erased(console: Console, erased: Erased, store: Store, *, holders: Sequence[str] = ()) -> None:
    """What is gone and what stays. `holders` are reports whose originals may hold its words."""
    stone, entries = erased.tombstone, count_of(erased.entries, "entry")
    incidents = [incident if store.find_incident(incident) else f"{incident} (nothing is left of it)" for incident in erased.incidents]
    console.print(f"erased: report {stone.id}, its text and all that was read in it; {entries} of the log lost their words", soft_wrap=True)
    if erased.reworded:
        reasons = "the reason of 1 entry" if erased.reworded == 1 else f"the reasons of {erased.reworded} entries"
        console.print(f"  {reasons} on other reports, which compared with it, went too; what they decided stands", soft_wrap=True)
    console.print(f"  what stays: its id, its hash {stone.sha256}, the day, who and why", soft_wrap=True)
    console.print(f"  incidents computed again without it: {', '.join(incidents) or 'none'}", soft_wrap=True)
    if erased.near_copies:
        console.print(f"  near copies with much of its wording are still there: {', '.join(erased.near_copies)}", soft_wrap=True)
    if holders:
        console.print(f"  it came in the same file or mail as these, whose originals still hold it: {', '.join(holders)}; erase them, too", soft_wrap=True)
    console.print("  backups, and files that it was added from, are not touched", soft_wrap=True)


def _range(numbers: Sequence[int]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]} to {numbers[-1]}"


def _describe_move(moved: Moved) -> str:
    return f"the {moved.type} of report {moved.report} ({moved.account}) moved from {moved.before or 'nowhere'} to {moved.after or 'nowhere'}"


def _differences(before: Incident, after: Incident) -> list[tuple[str, str, str]]:
    """What is otherwise in an incident that kept its accounts: (name, before, after)."""
    pairs = (
        ("type", before.type, after.type),
        ("status", before.status, after.status),
        ("when", describe_when(before.when), describe_when(after.when)),
        ("where", describe_where(before.where), describe_where(after.where)),
        ("figures", _figures(before, after), _figures(after, before)),
        ("accounts", _reviews(before), _reviews(after)),
        ("grade", f"{before.grade}: {before.grade_because}", f"{after.grade}: {after.grade_because}"),
    )
    return [pair for pair in pairs if pair[1] != pair[2]]


def _figures(incident: Incident, other: Incident) -> str:
    """The figures that the other does not have, or has otherwise."""
    own = [f for f in incident.figures if f not in other.figures]
    return ", ".join(f"{describe_bounds(f.low, f.high, f.best)} {f.measure}{' (left out)' if f.unreliable else ''}" for f in own) or "none"


def _reviews(incident: Incident) -> str:
    told = [f"{kind} {n}" for kind in ("accepted", "rejected") if (n := sum(a.review == kind for a in incident.accounts))]
    return f"{' and '.join(told) or 'none reviewed'} of {count_of(len(incident.accounts), 'account')}"


def _describe_side(incident: Incident | None) -> str:
    if incident is None:
        return "not there"
    told = len({a.report for a in incident.accounts})
    return f"{incident.type}, {incident.grade}, {count_of(told, 'report')}, {count_of(len(incident.accounts), 'account')}"
