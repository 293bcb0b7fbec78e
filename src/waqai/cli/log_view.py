"""Entries of the log in a person's words, and what a word changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from waqai.core import Entry, Incident, UnknownId
from waqai.flow import Change, Erased, Moved, Standing, Store

ROLES = {"main": "as its news", "part": "as a part", "follow_up": "as a follow-up", "background": "as background"}

ERASED = {"opened": "opened incident", "judgement": "a judgement on account", "undone": "undid entry"}


def print_log(console: Console, found: Sequence[Standing], store: Store) -> None:
    """Each entry: number, when, who; what; why. What was undone or erased is dim and says by which entry."""
    for one in found:
        gone = one.undone_by is not None or one.erased_by is not None
        entry = one.entry
        head = Text.assemble((f"{entry.id:>5}", "cyan"), f"  {entry.at:%Y-%m-%d %H:%M}  {name_author(entry.by)}")
        if one.erased_by is not None:
            head.append(f"  ERASED with its report by {one.erased_by}", style="bold red")
        if one.undone_by is not None:
            head.append(f"  UNDONE by {one.undone_by}", style="bold yellow")
        console.print(head)
        console.print(Padding(Text(describe_entry(one, store), style="dim" if gone else ""), (0, 0, 0, 7), expand=False))
        if entry.because:
            console.print(Padding(Text(f"because: {entry.because}", style="dim"), (0, 0, 0, 7), expand=False))
    if not found:
        console.print("no entries")


def standing_as_json(one: Standing, store: Store) -> dict[str, Any]:
    """The entry as a program reads it; `said` is what a person reads."""
    entry = one.entry
    report = store.find_report(one.report_sha256) if one.report_sha256 else None
    return {
        "entry": entry.id,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "kind": entry.kind,
        "subject": entry.subject,
        "said": describe_entry(one, store),
        "because": entry.because,
        "report": report.id if report else None,
        "report_sha256": one.report_sha256,
        "account": one.account,
        "value": dict(entry.value),
        "undone_by": one.undone_by,
        "erased_by": one.erased_by,
        "previous_hash": entry.previous_hash,
    }


def name_author(by: str) -> str:
    """Who said it: a person by name, a program by its own.

    >>> name_author("person:ana"), name_author("person"), name_author("linker:rules 0.1.0")
    ('ana', 'a person', 'linker:rules 0.1.0')
    """
    return by.removeprefix("person:") if by.startswith("person:") else "a person" if by == "person" else by


def describe_entry(one: Standing, store: Store) -> str:
    """What the entry says, in a sentence without its reason."""
    describe = _SAID.get(one.entry.kind)
    if one.erased_by is not None:
        return f"{ERASED.get(one.entry.kind, one.entry.kind)} {one.entry.subject}; what it said is erased"
    return describe(one.entry, store) if describe else f"{one.entry.kind}: {one.entry.subject}"


def _opened(entry: Entry, store: Store) -> str:
    return f"opened incident {entry.subject} for {name_account(str(entry.value['account']), store)}"


def _judged(entry: Entry, store: Store) -> str:
    value: Any = entry.value
    account, incident = name_account(entry.subject, store), value["incident"]
    beside = f", like {name_account(value['right'], store)}" if value.get("right_anchor") else ""
    if value["verdict"] == "same":
        return f"put {account} into incident {incident} {ROLES[value['role']]}{beside}"
    if value["verdict"] == "unsure":
        return f"not sure whether {account} tells of incident {incident}{beside}"
    other = f"what {name_account(value['right'], store)} tells, then in incident {incident}" if value.get("right_anchor") else f"incident {incident}"
    return f"{account} does not tell of {other}"


def _undone(entry: Entry, store: Store) -> str:
    number = int(entry.subject)
    target = next((e for e in store.iter_log(after=number - 1) if e.id == number), None)
    if target is not None and target.kind == "undone":
        return f"undid entry {number}: what it had undone counts again"
    return f"undid entry {number}"


def _erased(entry: Entry, store: Store) -> str:
    stone = store.find_tombstone(entry.subject)
    numbers: Any = entry.value["entries"]
    named = f"report {stone.id}" if stone else f"a report with the hash {entry.subject[:12]}…"
    return f"erased {named}, and with it the words of {len(numbers)} {'entry' if len(numbers) == 1 else 'entries'}"


def _allowed(entry: Entry, store: Store) -> str:
    return f"allowed {entry.subject} to be sent this store's reports"


_SAID: dict[str, Callable[[Entry, Store], str]] = {
    "opened": _opened,
    "judgement": _judged,
    "undone": _undone,
    "erased": _erased,
    "allowed_remote": _allowed,
}


def name_account(account: str, store: Store) -> str:
    """An account as a person finds it: type, report, id."""
    try:
        told = store.get_account(account)
    except UnknownId:
        return f"account {account} (erased)"
    return f"the {told.type} of report {told.report} ({account})"


def print_change(console: Console, change: Change) -> None:
    """The entries that were logged; which account moved from where to where; each incident before and after."""
    numbers = [entry.id for entry in change.entries]
    console.print(f"logged as {'entry' if len(numbers) == 1 else 'entries'} {_range(numbers)}; `waqai undo {numbers[0]}` takes it back")
    for moved in change.moved:
        console.print(f"  {_describe_move(moved)}", soft_wrap=True)
    for incident, before, after in change.incidents:
        console.print(Text.assemble("  ", (incident, "cyan"), f": {_describe_side(before)} → {_describe_side(after)}"), soft_wrap=True)
    if not change.moved:
        console.print("  no account moved")


def print_erased(console: Console, erased: Erased, store: Store) -> None:
    """What is gone and what stays."""
    stone, entries = erased.tombstone, "1 entry" if erased.entries == 1 else f"{erased.entries} entries"
    incidents = [incident if store.find_incident(incident) else f"{incident} (nothing is left of it)" for incident in erased.incidents]
    console.print(f"erased: report {stone.id}, its text and all that was read in it; {entries} of the log lost their words", soft_wrap=True)
    console.print(f"  what stays: its id, its hash {stone.sha256}, the day, who and why", soft_wrap=True)
    console.print(f"  incidents computed again without it: {', '.join(incidents) or 'none'}", soft_wrap=True)
    if erased.near_copies:
        console.print(f"  near copies with much of its wording are still there: {', '.join(erased.near_copies)}", soft_wrap=True)
    console.print("  backups, and files that it was added from, are not touched", soft_wrap=True)


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _range(numbers: Sequence[int]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]} to {numbers[-1]}"


def _describe_move(moved: Moved) -> str:
    return f"the {moved.type} of report {moved.report} ({moved.account}) moved from {moved.before or 'nowhere'} to {moved.after or 'nowhere'}"


def _describe_side(incident: Incident | None) -> str:
    if incident is None:
        return "not there"
    told = len({a.report for a in incident.accounts})
    return f"{incident.type}, {incident.grade}, {_count(told, 'report')}, {_count(len(incident.accounts), 'account')}"
