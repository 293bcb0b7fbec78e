"""What was held of an incident when a past day ended, folded from facts that were loaded in bulk: some hundred times faster than one by one from the tables.

The same rules as `store.past` follows, by the same pure functions of the room `folding`; a test holds the two to each other. Reports on which a person said
something of an account are few, and are asked for as `store.past` asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import sqlalchemy as sa

from waqai.codebook.grade import NOT_YET, Graded
from waqai.core import Account, Day, Entry, Incident, Span, from_plain
from waqai.folding import REVIEWS, Home, Seat, Telling, find_homes, fold_incident, fold_seats, logged_accounts, review_account
from waqai.forecasting.known import NONE
from waqai.forecasting.months import month_of
from waqai.logbook.log import iter_entries
from waqai.schema import tables
from waqai.store.facts import choose_reading
from waqai.store.reviews import reviews_among
from waqai.store.tellings import chunks
from waqai.store.views import seats_of
from waqai.vintages.changing import Changing, day_of, load_copies, wire_of

AT_ONCE = 500
DENIED = "denied_only"
"""The status of what is known through a denial alone."""


class Held(NamedTuple):
    """What a panel asks of an incident: `month` NONE where no one month is known; `happened` as `KnownIncidents` has it."""

    family: str
    month: int
    country: str | None
    admin1: str | None
    happened: bool


@dataclass(frozen=True, slots=True)
class _Told:
    """An account as its row has it."""

    home: Home
    reading: int
    order: int
    count_words: tuple[str, ...]
    account: Account


@dataclass(slots=True)
class Facts:
    """What is known of some reports, and when it came. Mutable: seats once folded are kept."""

    connection: sa.Connection
    changing: Changing
    copies: Mapping[str, list[tuple[str, int]]]
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    readings: dict[str, list[Any]] = field(default_factory=dict)
    accounts: dict[str, dict[str, _Told]] = field(default_factory=dict)  # by report and account, in the order of reading and place
    published: dict[str, Day | None] = field(default_factory=dict)
    seats: dict[tuple[str, int], tuple[Seat, ...]] = field(default_factory=dict)

    def hold(self, incident: str, day: int) -> Held | None:
        """What was held of the incident when the day ended; None where no account sat in it then."""
        tellings: list[Telling] = []
        for sha256 in sorted(self.changing.reports[incident] & self.published.keys()):
            inside = [seat for seat in self._seats_then(sha256, day) if seat.incident == incident and seat.account is not None]
            tellings += self._tellings(sha256, inside, day) if inside else []
        if not tellings:
            return None
        view = fold_incident(incident, tellings, grade=lambda *_: Graded("", "", 0))
        family = next(t.family for t in tellings if t.account.type == view.type)
        return held_of(view, family=family, rejected=all(t.review == "rejected" for t in tellings))

    def _seats_then(self, sha256: str, day: int) -> tuple[Seat, ...]:
        key = (sha256, day)
        if key not in self.seats:
            self.seats[key] = self._fold_seats(sha256, day)
        return self.seats[key]

    def _fold_seats(self, sha256: str, day: int) -> tuple[Seat, ...]:
        last = self.changing.last_entry(day)
        entries = [entry for entry in self.entries.get(sha256, ()) if entry.id <= last]
        there = self._readings_then(sha256, entries, day)
        if any(row.added_in is not None for row in self.readings[sha256]):
            return seats_of(self.connection, sha256, last=last, readings=[row.id for row in there])
        current, told = choose_reading(there), self.accounts[sha256]
        logged = logged_accounts(entries, readings={account: one.reading for account, one in told.items()})
        homes = find_homes(logged, current=[one.home for one in told.values() if one.reading == current])
        return fold_seats(entries, homes=homes)

    def _readings_then(self, sha256: str, entries: Sequence[Entry], day: int) -> list[Any]:
        """Readings of the report that were there; of those without an instant, the ones that an entry of then speaks of."""
        told = self.accounts[sha256]
        named = {str(entry.value.get("account") if entry.kind == "opened" else entry.subject) for entry in entries}
        spoken_of = {one.reading for account, one in told.items() if account in named}
        return [row for row in self.readings[sha256] if (row.id in spoken_of if row.kept_at is None else day_of(row.kept_at) <= day)]

    def _tellings(self, sha256: str, seats: Iterable[Seat], day: int) -> list[Telling]:
        found = [(self.accounts[sha256][str(seat.account)], seat) for seat in seats]
        said: dict[str, tuple[Entry, ...]] = {}
        if any(entry.kind in REVIEWS for entry in self.entries[sha256]):
            said = reviews_among(self.connection, {one.reading: sha256 for one, _ in found}, last=self.changing.last_entry(day))
        wire = wire_of(sha256, self.copies, day=day)
        return [self._telling(one, seat, said.get(one.home.account, ()), wire=wire) for one, seat in sorted(found, key=lambda pair: pair[0].order)]

    def _telling(self, one: _Told, seat: Seat, said: Sequence[Entry], *, wire: str) -> Telling:
        """Without what only grades and figures are made of."""
        seen = review_account(one.account, family=one.home.family, count_words=one.count_words, entries=said)
        return Telling(
            account=replace(seen.account, counts=()),
            family=seen.family,
            role=seat.role,
            order=one.order,
            report_sha256=seat.report_sha256,
            publisher=None,
            publishers=(),
            published=self.published[seat.report_sha256],
            wire=wire,
            count_words=(),
            claims={},
            review=seen.review,
        )


def load_facts(connection: sa.Connection, shas: Iterable[str], *, changing: Changing) -> Facts:
    """The facts on these reports; of an erased one there are none."""
    facts = Facts(connection=connection, changing=changing, copies=load_copies(connection))
    readings, reports, log = tables.readings.c, tables.reports.c, tables.log.c
    for some in chunks(sorted(shas), AT_ONCE):
        for sha256, published in connection.execute(sa.select(reports.sha256, reports.published).where(reports.sha256.in_(some))):
            facts.published[sha256] = published
            facts.accounts[sha256], facts.readings[sha256] = {}, []
        kept_at = sa.type_coerce(readings.kept_at, sa.Text).label("kept_at")
        chosen = sa.select(readings.report_sha256, readings.id, readings.by_person, readings.added_in, kept_at).where(readings.report_sha256.in_(some))
        for row in connection.execute(chosen):
            facts.readings[row.report_sha256].append(row)
        for entry, sha256 in _entries_on(connection, log.report_sha256.in_(some)):
            facts.entries.setdefault(sha256, []).append(entry)
        _load_accounts(connection, some, facts.accounts)
    return facts


def held_of(view: Incident, *, family: str, rejected: bool) -> Held:
    """What a panel asks of a view."""
    when, where = view.when, view.where
    return make_held(
        family=family,
        status=view.status,
        earliest=when.earliest if when else None,
        latest=when.latest if when else None,
        country=where.country if where else None,
        admin1=where.admin1 if where else None,
        rejected=rejected,
    )


def make_held(*, family: str, status: str, earliest: Day | None, latest: Day | None, country: str | None, admin1: str | None, rejected: bool) -> Held:
    """The same from a view's columns.

    >>> make_held(family="unrest", status="occurred", earliest=Day(2023, 1, 31), latest=Day(2023, 2, 1), country="SY", admin1=None, rejected=False).month
    -1
    """
    one_month = earliest is not None and latest is not None and month_of(earliest) == month_of(latest)
    return Held(
        family=family,
        month=month_of(earliest) if one_month and earliest is not None else NONE,
        country=country,
        admin1=f"{country}/{admin1}" if country and admin1 else None,
        happened=not rejected and status != DENIED and status not in NOT_YET,
    )


def _entries_on(connection: sa.Connection, where: sa.ColumnElement[bool]) -> list[tuple[Entry, str]]:
    """Entries with the report that each is on, in order."""
    chosen = sa.select(tables.log.c.id, tables.log.c.report_sha256).where(where)
    on = {row.id: row.report_sha256 for row in connection.execute(chosen)}
    return [(entry, on[entry.id]) for entry in iter_entries(connection, where)]


def _load_accounts(connection: sa.Connection, shas: Sequence[str], into: dict[str, dict[str, _Told]]) -> None:
    accounts = tables.accounts.c
    columns = ("id", "report_sha256", "reading_id", "place_in_report", "family", "evidence_start", "evidence_end", "count_words", "plain")
    chosen = sa.select(*(accounts[name] for name in columns)).where(accounts.report_sha256.in_(shas))
    for row in connection.execute(chosen.order_by(accounts.reading_id, accounts.place_in_report)):
        home = Home(account=row.id, family=row.family, evidence=Span(row.evidence_start, row.evidence_end))
        told = _Told(home, row.reading_id, row.place_in_report, tuple(row.count_words), from_plain(Account, row.plain))
        into[row.report_sha256][row.id] = told
