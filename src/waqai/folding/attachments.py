"""Which incident's story a report tells in which nothing was coded: a fold over the log entries of that report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from waqai.core import Entry
from waqai.folding.seats import is_by_person, undone_numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """Where a report was put last, None for nowhere, and the entry that did it; `barred` are incidents that a person told it apart from.

    `settled`: a person's word, which no machine's entry changes.
    """

    incident: str | None
    entry: int | None
    barred: frozenset[str]
    settled: bool


def fold_attachment(entries: Sequence[Entry]) -> Attached:
    """What follows from the entries on one report: the latest that is not undone decides, but a machine's never goes against a person's."""
    undone = undone_numbers(entries)
    incident: str | None = None
    decided: int | None = None
    barred: set[str] = set()
    settled = False
    for entry in entries:
        if entry.kind != "attached" or entry.id in undone or not entry.value:
            continue
        named, by_person = str(entry.value["incident"]), is_by_person(entry.by)
        if not by_person and (settled or named in barred):
            continue
        if entry.value["verdict"] == "same":
            incident, decided, settled = named, entry.id, by_person
            barred -= {named}
        else:
            barred |= {named}
            incident, decided, settled = (None, None, False) if incident == named else (incident, decided, settled)
    return Attached(incident=incident, entry=decided, barred=frozenset(barred), settled=settled)
