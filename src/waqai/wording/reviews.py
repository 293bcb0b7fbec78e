"""What persons said of accounts, in words: for the log, and beside the account that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from waqai.core import Entry, Involvement, Status, When, Where
from waqai.folding import Reviewed
from waqai.wording.catalogue import _
from waqai.wording.values import describe_bounds, describe_count, describe_when, describe_where


def name_author(by: str) -> str:
    """Who said it: a person by name, a program by its own.

    >>> name_author("person:ana"), name_author("person"), name_author("linker:rules 0.1.0")
    ('ana', 'a person', 'linker:rules 0.1.0')
    """
    return by.removeprefix("person:") if by.startswith("person:") else _("a person") if by == "person" else by


def describe_correction(entry: Entry) -> str:
    """The facet and its value, as the entry gives them."""
    said: Any = entry.value
    facet, value = said["facet"], said["value"]
    if facet == "count":
        group = said["measure"] + (f" ({said['of_whom']})" if said["of_whom"] else "")
        return (
            _("count {bounds} {group}").format(bounds=describe_bounds(value["low"], value["high"], value["best"]), group=group)
            if value
            else _("no count of {group}").format(group=group)
        )
    if facet == "actor":
        return f"{said['role']} {value['name']}" if value else _("no such {role}").format(role=said["role"])
    if value is None:
        return _("{facet} not told").format(facet=facet)
    if facet == "when":
        days = (value["earliest"], value["latest"])
        return f"when {days[0] if days[0] == days[1] else ' … '.join(days)}"
    return f"{facet} {', '.join(p for p in (value['name'], value['admin1'], value['country']) if p)}" if facet == "where" else f"{facet} {value}"


def iter_review_lines(seen: Reviewed) -> Iterator[str]:
    """A line for each thing that persons said of the account: what, who, when, what stood there before, why."""
    for one in seen.corrections:
        entry = one.entry
        said = _("{value}: corrected by {who}; before: {before}; because: {why}")
        yield said.format(value=describe_correction(entry), who=_signed(entry), before=describe_was(one.was), why=entry.because)
    if seen.verdict is not None:
        accepted = seen.verdict.kind == "accepted"
        said = _("accepted by {who}; because: {why}") if accepted else _("rejected by {who}, so it counts for nothing; because: {why}")
        yield said.format(who=_signed(seen.verdict), why=seen.verdict.because)


def _signed(entry: Entry) -> str:
    return _("{who} on {day} (entry {number})").format(who=name_author(entry.by), day=entry.at.date().isoformat(), number=entry.id)


def describe_was(was: object) -> str:
    """What stood there before a correction."""
    if isinstance(was, Status):
        return was.value
    if isinstance(was, When):
        return describe_when(was)
    if isinstance(was, Where):
        return describe_where(was)
    if isinstance(was, tuple):
        return ", ".join(one.name if isinstance(one, Involvement) else describe_count(one) for one in was) or _("none")
    return str(was) if was is not None else _("not told")
