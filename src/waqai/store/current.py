"""Which accounts of a report count today: those of its current reading, and those that persons added to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from waqai.core import Card, Entry, Reading, Span
from waqai.folding import Home, find_replaced, fold_additions
from waqai.logbook.log import iter_entries
from waqai.schema import tables
from waqai.schema.once import find_where
from waqai.store.candidates import load_cards
from waqai.store.facts import choose_reading, find_reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """The number of a report's current reading, without its accounts that are `replaced`; and those of the readings that hold an added account each."""

    reading: int | None
    added: tuple[int, ...] = ()
    replaced: frozenset[str] = frozenset()

    @property
    def readings(self) -> tuple[int, ...]:
        """All of them."""
        return (() if self.reading is None else (self.reading,)) + self.added


def find_current(connection: sa.Connection, sha256: str, *, among: Sequence[int] | None = None, entries: Sequence[Entry] | None = None) -> Current:
    """What counts of a report; with `among` as if readers had made these readings only, with `entries` as these entries on it have it."""
    readings = tables.readings.c
    rows = find_where(connection, readings.by_person, readings.id, readings.added_in, report_sha256=sha256)
    reading = choose_reading(row for row in rows if among is None or row.id in among)
    if all(row.added_in is None for row in rows):
        return Current(reading=reading)
    standing = fold_additions(iter_entries(connection, report_sha256=sha256) if entries is None else entries).standing
    added = tuple(sorted(row.id for row in rows if row.added_in in standing))
    replaced = (_replaced(connection, one, beside=choose_reading(row for row in rows if row.id < one), newer=reading) for one in added)
    return Current(reading=reading, added=added, replaced=frozenset(account for account in replaced if account is not None))


def homes_in(connection: sa.Connection, reading: int | None) -> list[Home]:
    """The accounts of a reading by what anchors find them by, in order."""
    accounts = tables.accounts.c
    columns = (accounts.place_in_report, accounts.id, accounts.family, accounts.evidence_start, accounts.evidence_end)
    rows = sorted(find_where(connection, *columns, reading_id=reading))
    return [Home(account=row.id, family=row.family, evidence=Span(row.evidence_start, row.evidence_end)) for row in rows]


def iter_added_to(connection: sa.Connection) -> Iterator[Current]:
    """What counts of each report to which a person ever added an account."""
    readings = tables.readings.c
    for sha256 in connection.scalars(sa.select(readings.report_sha256).where(readings.added_in.is_not(None)).distinct()).all():
        yield find_current(connection, sha256)


def find_told(connection: sa.Connection, sha256: str) -> Reading | None:
    """The current reading of a text with what was added, without what that stands in place of."""
    now = find_current(connection, sha256)
    parts = [part for number in now.readings if (part := find_reading(connection, number)) is not None]
    if not parts:
        return None
    accounts = tuple(account for part in parts for account in part.accounts if account.id not in now.replaced)
    return replace(parts[0], claims=tuple(claim for part in parts for claim in part.claims), accounts=accounts)


def iter_cards_of(connection: sa.Connection, sha256: str) -> Iterator[Card]:
    """The cards of a report's accounts of today, in order."""
    now = find_current(connection, sha256)
    cards = (card for number in now.readings for card in load_cards(connection, reading=number).values())
    yield from (card for card in cards if card.account.id not in now.replaced)


def iter_cards(connection: sa.Connection) -> Iterator[Card]:
    """The cards of all accounts of today, by report id and place in the report."""
    cards = load_cards(connection)
    for now in iter_added_to(connection):
        cards = {account: card for account, card in cards.items() if account not in now.replaced}
        for number in now.added:
            cards |= load_cards(connection, reading=number)
    yield from sorted(cards.values(), key=lambda card: (card.account.report, card.order))


def _replaced(connection: sa.Connection, added: int, *, beside: int | None, newer: int | None) -> str | None:
    """The account of a reading `newer` than the addition that tells what was added."""
    if newer is None or newer < added:
        return None
    (home,) = homes_in(connection, added)
    return find_replaced(home, beside=homes_in(connection, beside), newer=homes_in(connection, newer))
