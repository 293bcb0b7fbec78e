"""What persons said of accounts, in words: for the log, and under the account that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from waqai.cli.text_view import describe_bounds, describe_count, describe_when, describe_where
from waqai.core import Entry, Incident, Involvement, Status, When, Where
from waqai.flow import Reviewed, Store


def name_author(by: str) -> str:
    """Who said it: a person by name, a program by its own.

    >>> name_author("person:ana"), name_author("person"), name_author("linker:rules 0.1.0")
    ('ana', 'a person', 'linker:rules 0.1.0')
    """
    return by.removeprefix("person:") if by.startswith("person:") else "a person" if by == "person" else by


def describe_correction(entry: Entry) -> str:
    """The facet and its value, as the entry gives them."""
    said: Any = entry.value
    facet, value = said["facet"], said["value"]
    if facet == "count":
        group = said["measure"] + (f" ({said['of_whom']})" if said["of_whom"] else "")
        return f"count {describe_bounds(value['low'], value['high'], value['best'])} {group}" if value else f"no count of {group}"
    if facet == "actor":
        return f"{said['role']} {value['name']}" if value else f"no such {said['role']}"
    if value is None:
        return f"{facet} not told"
    if facet == "when":
        days = (value["earliest"], value["latest"])
        return f"when {days[0] if days[0] == days[1] else ' … '.join(days)}"
    return f"{facet} {', '.join(p for p in (value['name'], value['admin1'], value['country']) if p)}" if facet == "where" else f"{facet} {value}"


def iter_review_lines(seen: Reviewed) -> Iterator[str]:
    """A line for each thing that persons said of the account: what, who, when, what stood there before, why."""
    for one in seen.corrections:
        entry = one.entry
        yield f"{describe_correction(entry)}: corrected by {_signed(entry)}; before: {_describe_was(one.was)}; because: {entry.because}"
    if seen.verdict is not None:
        rest = "" if seen.verdict.kind == "accepted" else ", so it counts for nothing"
        yield f"{seen.verdict.kind} by {_signed(seen.verdict)}{rest}; because: {seen.verdict.because}"


def iter_reviews(incident: Incident, store: Store, *, last: int | None = None) -> Iterator[dict[str, Any]]:
    """The same of all accounts of an incident, as a program reads it; `said` is what a person reads."""
    for linked in incident.accounts:
        seen = store.get_reviewed(linked.account, last=last)
        entries = [one.entry for one in seen.corrections] + ([seen.verdict] if seen.verdict else [])
        for entry, said in zip(entries, iter_review_lines(seen), strict=True):
            who = {"account": linked.account, "entry": entry.id, "kind": entry.kind, "by": entry.by, "at": entry.at.isoformat(), "because": entry.because}
            yield who | {name: entry.value.get(name) for name in ("facet", "value", "words")} | {"said": said}


def _signed(entry: Entry) -> str:
    return f"{name_author(entry.by)} on {entry.at.date().isoformat()} (entry {entry.id})"


def _describe_was(was: object) -> str:
    if isinstance(was, Status):
        return was.value
    if isinstance(was, When):
        return describe_when(was)
    if isinstance(was, Where):
        return describe_where(was)
    if isinstance(was, tuple):
        return ", ".join(one.name if isinstance(one, Involvement) else describe_count(one) for one in was) or "none"
    return str(was) if was is not None else "not told"
