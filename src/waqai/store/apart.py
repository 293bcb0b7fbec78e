"""What a person told apart: words of a report that must not join an incident, wherever that incident is by now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from waqai.core import ADDED, Anchor, Card, Entry, from_plain
from waqai.folding import REVIEWS, fold_additions, is_by_person, undone_numbers
from waqai.logbook import log
from waqai.schema import tables
from waqai.store.homes import home_of, homes_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """The words at `anchor` do not tell of `incident`: a person said so in `entry`. `of_added`: on an account that a person added."""

    anchor: Anchor
    incident: str
    entry: Entry
    of_added: bool

    def holds_for(self, card: Card) -> bool:
        """Whether it was said of this account: of words that it shares, but an added account answers for itself alone."""
        if self.of_added or card.account.rule.startswith(ADDED):
            return self.entry.subject == card.account.id
        return self.anchor.evidence.overlaps(card.anchor.evidence)


def iter_apart(connection: sa.Connection, sha256: str) -> Iterator[Apart]:
    """What persons told apart from the accounts of a report and nobody took back."""
    entries = tuple(log.iter_entries(connection, report_sha256=sha256))
    undone, added = undone_numbers(entries), fold_additions(entries).entries
    for entry in entries:
        value: Any = entry.value
        if entry.id in undone or entry.kind != "judgement" or value.get("verdict") != "different" or not is_by_person(entry.by):
            continue
        for incident in sorted(incidents_now(connection, value)):
            yield Apart(anchor=from_plain(Anchor, value["anchor"]), incident=incident, entry=entry, of_added=entry.subject in added)


def find_unheard(connection: sa.Connection) -> tuple[int, ...]:
    """Numbers of persons' judgements "different" and "unsure", and of reviews, on words that no account of the current reading stands on."""
    by_person = sa.or_(tables.log.c.by == "person", tables.log.c.by.startswith("person:"))
    chosen = sa.select(tables.log.c.report_sha256).where(tables.log.c.kind.in_(("judgement", *REVIEWS)), by_person)
    found: list[int] = []
    for sha256 in connection.scalars(chosen.distinct()):
        entries = tuple(log.iter_entries(connection, report_sha256=sha256))
        undone, homes = undone_numbers(entries), homes_of(connection, entries, sha256=sha256)
        said = (e for e in entries if e.kind in ("judgement", *REVIEWS) and e.value and e.id not in undone and is_by_person(e.by))
        found += [e.id for e in said if e.value.get("verdict") != "same" and homes.get(e.subject) is None]
    return tuple(found)


def incidents_now(connection: sa.Connection, value: Any) -> set[str]:
    """Where the other side is today: the seat of its account, or the incident, which its accounts may have left for another."""
    if "right_anchor" in value:
        return _seat_of(connection, value["right"], sha256=value["right_anchor"]["report_sha256"])
    incident = str(value["incident"])
    opened = log.find_opened(connection, incident)
    still_there = connection.scalar(sa.select(tables.members.c.key).where(tables.members.c.incident == incident).limit(1)) is not None
    return {incident} if still_there or opened is None else _seat_of(connection, opened[1], sha256=opened[0])


def _seat_of(connection: sa.Connection, account: str, *, sha256: str) -> set[str]:
    key = home_of(connection, account, sha256=sha256) or account
    return set(connection.scalars(sa.select(tables.members.c.incident).where(tables.members.c.key == key)))
