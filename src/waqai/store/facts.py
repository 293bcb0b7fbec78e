"""Reports and readings, put in and got out again as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from itertools import count
from typing import Any, Literal

import sqlalchemy as sa

from waqai.core import (
    Account,
    Claim,
    Day,
    ErasedReport,
    Notice,
    ReaderStamp,
    Reading,
    Report,
    StoreError,
    UnknownId,
    from_plain,
    short_hash,
    text_sha256,
    to_plain,
)
from waqai.folding.words import fold_name
from waqai.indexes.near import LONGEST_WINDOW
from waqai.logbook.tombstones import find_tombstone
from waqai.schema import tables
from waqai.schema.columns import plain_json
from waqai.schema.once import find_value, find_values, find_where, insert
from waqai.schema.prepared import ask

NAMED_ROLES = frozenset({"facility", "custodian", "initiator", "target", "responder", "participant", "host", "donor", "person_held"})
NEWS_DAYS = 31
"""An account without a day is looked for in the month before its report came out: 90 % of crime reports follow within 13 days, 95 % within 79."""
PLACE_OF_ADDED = 10_000
"""From this place on stand the accounts that persons added to a report: behind all that a reader ever finds, by their entries."""
_LAST_READING = sa.select(sa.func.max(tables.readings.c.id))
_REPORT_FIELDS = tuple(f.name for f in fields(Report))
_ARRIVAL_FIELDS = ("id", "url", "publisher", "title", "published", "language", "terms", "text_origin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What `add_report` did: the report as the store holds it (a clash of ids gave it a suffix), and whether its text, or this way of coming in, is new."""

    outcome: Literal["new", "known"]
    report: Report
    new_arrival: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One way in which a text came in."""

    id: str
    url: str | None
    publisher: str | None
    title: str | None
    published: Day | None


def insert_report(connection: sa.Connection, report: Report, *, at: datetime | None) -> Added:
    """Keep the report, or add this way of coming in to the text that is there already.

    Raises StoreError when `sha256` is not that of the text, and ErasedReport for a text that was erased.
    """
    if report.sha256 != text_sha256(report.text):
        raise StoreError(f"report {report.id!r} carries sha256 {report.sha256!r}, which is not that of its text")
    if (grave := find_tombstone(connection, report.sha256)) is not None and not grave.readmitted:
        raise ErasedReport(grave.refusal)
    known = find_report(connection, sha256=report.sha256)
    kept = known or replace(report, id=_free_id(connection, report.id))
    if known is None:
        insert(connection, tables.reports, report_row(kept))
    return Added(outcome="known" if known else "new", report=kept, new_arrival=_insert_arrival(connection, report, at=at))


def find_report(connection: sa.Connection, *, sha256: str) -> Report | None:
    """The report with this text."""
    rows = find_where(connection, *tables.reports.c, sha256=sha256)
    return report_of(rows[0]._asdict()) if rows else None


def find_sha256(connection: sa.Connection, name: str) -> str | None:
    """The hash of the report of this id or hash, or of the one whose copy came in under this id."""
    reports, arrivals = tables.reports.c, tables.arrivals.c
    known: str | None = find_value(connection, reports.sha256, id=name) or find_value(connection, reports.sha256, sha256=name)
    return known or min(find_values(connection, arrivals.report_sha256, id=name), default=None)


def get_sha256(connection: sa.Connection, name: str) -> str:
    """As `find_sha256`. Raises UnknownId."""
    found = find_sha256(connection, name)
    if found is None:
        raise UnknownId(f"no report {name!r} in this store")
    return found


def report_of(row: Any) -> Report:
    """The report in a row of its table."""
    return Report(**{name: row[name] for name in _REPORT_FIELDS})


def iter_arrivals(connection: sa.Connection, sha256: str) -> Iterator[Arrival]:
    """The ways in which a text came in, by id."""
    arrivals = tables.arrivals.c
    chosen = sa.select(arrivals.id, arrivals.url, arrivals.publisher, arrivals.title, arrivals.published)
    for row in connection.execute(chosen.where(arrivals.report_sha256 == sha256).order_by(arrivals.id, arrivals.key)).mappings():
        yield Arrival(**row)


def insert_reading(connection: sa.Connection, reading: Reading, *, family_of: Callable[[str], str], at: datetime | None, added_in: int | None = None) -> bool:
    """Keep the reading; False when the store has one of this report by this reader. `added_in`: the entry by which a person adds its account.

    Raises UnknownId for a report that the store lacks.
    """
    report = find_report(connection, sha256=reading.report_sha256)
    if report is None:
        raise UnknownId(
            f"cannot keep a reading of report {reading.report!r}: the store has no text with sha256 {reading.report_sha256!r}; add the report first"
        )
    if find_reading_number(connection, sha256=report.sha256, reader=reading.reader) is not None:
        return False
    _check_ids(reading)
    number = (ask(connection, _LAST_READING)[0][0] or 0) + 1
    first = 0 if added_in is None else PLACE_OF_ADDED + added_in
    for table, rows in iter_reading_rows(reading, report, number=number, family_of=family_of, at=at, added_in=added_in, first=first):
        if rows:
            insert(connection, table, rows)
    return True


def report_row(report: Report) -> dict[str, Any]:
    """The report as a row of its table."""
    return {name: getattr(report, name) for name in _REPORT_FIELDS}


def arrival_row(report: Report, *, at: datetime | None) -> dict[str, Any]:
    """The way in which the report came in, as a row of its table."""
    said = {name: getattr(report, name) for name in _ARRIVAL_FIELDS}
    key = short_hash(report.sha256, plain_json(to_plain(said)), length=32)
    return said | {"key": key, "report_sha256": report.sha256, "fetched_at": report.fetched_at, "kept_at": at}


def iter_reading_rows(
    reading: Reading,
    report: Report,
    *,
    number: int,
    family_of: Callable[[str], str],
    at: datetime | None,
    added_in: int | None = None,
    first: int = 0,
) -> Iterator[tuple[sa.Table, list[dict[str, Any]]]]:
    """The tables that a reading goes to, in the order of their foreign keys, each with its rows; `first` is its first account's place in the report."""
    own = {"reading_id": number, "report_sha256": report.sha256}
    yield tables.readings, [_reading_row(reading, number=number) | {"kept_at": at, "added_in": added_in}]
    yield tables.claims, [_claim_row(claim, place, report) | own for place, claim in enumerate(reading.claims)]
    yield tables.accounts, [_account_row(account, place, report, family_of) | own for place, account in enumerate(reading.accounts, first)]
    yield tables.account_names, [row for account in reading.accounts for row in _name_rows(account, report)]


def find_reading_number(connection: sa.Connection, *, sha256: str, reader: ReaderStamp) -> int | None:
    """The store's number of the reading that this reader made of this text."""
    readings = tables.readings.c
    by = {"reader": reader.name, "version": reader.version, "settings_hash": reader.settings_hash}
    number: int | None = find_value(connection, readings.id, report_sha256=sha256, **by)
    return number


def current_reading(sha256: sa.ColumnElement[str]) -> sa.ScalarSelect[int]:
    """SQL for the number of a report's current reading: a person's before a machine's, then the latest."""
    readings = tables.readings.alias("newest")
    whole = sa.and_(readings.c.report_sha256 == sha256, readings.c.added_in.is_(None))
    return sa.select(readings.c.id).where(whole).order_by(readings.c.by_person.desc(), readings.c.id.desc()).limit(1).scalar_subquery()


def choose_reading(rows: Iterable[Any]) -> int | None:
    """The number of the current one of a report's readings: a person's before a machine's, then the latest, none that was added."""
    return max(((row.by_person, row.id) for row in rows if row.added_in is None), default=(False, None))[1]


def find_reading(connection: sa.Connection, number: int) -> Reading | None:
    """The reading of this number, whole."""
    rows = find_where(connection, *tables.readings.c, id=number)
    if not rows:
        return None
    (row,) = rows
    sha256, claims = row.report_sha256, claims_of(connection, row.id)
    accounts = _nouns(connection, tables.accounts, Account, row.id)
    stamp = ReaderStamp(name=row.reader, version=row.version, settings_hash=row.settings_hash)
    report_id = connection.scalars(sa.select(tables.reports.c.id).where(tables.reports.c.sha256 == sha256)).one()
    notices = from_plain(tuple[Notice, ...], row.notices)
    return Reading(report=report_id, report_sha256=sha256, reader=stamp, claims=claims, accounts=accounts, notices=notices)


def claims_of(connection: sa.Connection, reading: int) -> tuple[Claim, ...]:
    """The claims of the reading with this number, in order."""
    return _nouns(connection, tables.claims, Claim, reading)


def _nouns(connection: sa.Connection, table: sa.Table, kind: type[Any], reading: int) -> tuple[Any, ...]:
    chosen = sa.select(table.c.plain).where(table.c.reading_id == reading).order_by(table.c.place_in_report)
    return tuple(from_plain(kind, plain) for plain in connection.scalars(chosen))


def _free_id(connection: sa.Connection, wanted: str) -> str:
    """The id itself, or with the first suffix that makes it unique."""
    reports = tables.reports.c
    if not find_where(connection, reports.id, id=wanted):
        return wanted
    taken = set(connection.scalars(sa.select(reports.id).where(reports.id >= f"{wanted}-", reports.id < f"{wanted}.")))  # "." comes after "-"
    return next(f"{wanted}-{suffix}" for suffix in count(2) if f"{wanted}-{suffix}" not in taken)


def _insert_arrival(connection: sa.Connection, report: Report, *, at: datetime | None) -> bool:
    row = arrival_row(report, at=at)
    if find_where(connection, tables.arrivals.c.key, key=row["key"]):
        return False
    insert(connection, tables.arrivals, row)
    return True


def _check_ids(reading: Reading) -> None:
    for kind, ids in (("accounts", [a.id for a in reading.accounts]), ("claims", [c.id for c in reading.claims])):
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise StoreError(
                f"the reading of {reading.report!r} by {reading.reader} has two {kind} with the id {twice[0]!r}: ids come from report, reader, words and type"
            )


def _reading_row(reading: Reading, *, number: int) -> dict[str, Any]:
    reader = reading.reader
    stamp = {"reader": reader.name, "version": reader.version, "settings_hash": reader.settings_hash, "by_person": reader.name.startswith("person:")}
    return stamp | {"id": number, "report_sha256": reading.report_sha256, "notices": to_plain(reading.notices)}


def _claim_row(claim: Claim, place: int, report: Report) -> dict[str, Any]:
    kept = replace(claim, report=report.id)
    return {"id": claim.id, "place_in_report": place, "speaker_name": claim.speaker_name, "stance": claim.stance, "plain": to_plain(kept)}


def _account_row(account: Account, place: int, report: Report, family_of: Callable[[str], str]) -> dict[str, Any]:
    when, where = account.when, account.where
    near_from, near_to = days_to_look_in(account, published=report.published)
    return {
        "id": account.id,
        "place_in_report": place,
        "type": account.type,
        "family": family_of(account.type),
        "status": account.status.value,
        "background": account.background,
        "evidence_start": account.evidence.start,
        "evidence_end": account.evidence.end,
        "earliest": when.earliest if when else None,
        "latest": when.latest if when else None,
        "near_from": near_from,
        "near_to": near_to,
        "near_country": (where.country if where else None) or "",
        "place_id": where.place_id if where else None,
        "precision": where.precision if where else None,
        "country": where.country if where else None,
        "admin1": where.admin1 if where else None,
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
        "count_words": [count.phrase.of(report.text) for count in account.counts],
        "plain": to_plain(replace(account, report=report.id)),
    }


def days_to_look_in(account: Account, *, published: Day | None) -> tuple[Day | None, Day | None]:
    """The days on which an account's happening is looked for: its own, else the month before publication; (None, None) where these are too many or unknown."""
    if account.when is not None:
        close = (account.when.latest - account.when.earliest).days <= LONGEST_WINDOW
        return (account.when.earliest, account.when.latest) if close else (None, None)
    if published is None or account.background:
        return None, None
    return shift_day(published, -NEWS_DAYS), published


def shift_day(day: Day, days: int) -> Day:
    """The day so many days later, or the calendar's first or last day.

    >>> shift_day(Day(1, 1, 5), -31)
    datetime.date(1, 1, 1)
    """
    return Day.fromordinal(min(max(day.toordinal() + days, Day.min.toordinal()), Day.max.toordinal()))


def names_of(account: Account) -> Sequence[tuple[str, str, str | None]]:
    """(role, folded name, actor id) of those whose name can tie two reports together, each once; the place, if no wider than a district, as role "place"."""
    found: dict[tuple[str, str], str | None] = {}
    where = account.where
    if where is not None and where.precision[:2] <= "P3" and (place := fold_name(where.name)) is not None:
        found["place", place] = None
    for involved in account.involved:
        name = fold_name(involved.name) if involved.role in NAMED_ROLES else None
        if name is not None:
            found.setdefault((involved.role, name), involved.actor_id)
    return [(role, name, actor) for (role, name), actor in found.items()]


def _name_rows(account: Account, report: Report) -> Iterator[dict[str, Any]]:
    near_from, _ = days_to_look_in(account, published=report.published)
    for role, name, actor in names_of(account):
        yield {"account": account.id, "role": role, "name": name, "actor_id": actor, "near_from": near_from}
