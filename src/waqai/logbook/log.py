"""The log: one chain of entries, each hashed over the one before, so that a changed byte is found and named.

An entry's payload (`value`, `because`) is hashed with a random salt and kept apart. Erasing takes payload and salt: the chain still verifies, and nobody can
find out the words by hashing guesses.

What the values hold (kinds without a line here are taken as they come):

    opened      subject: incident    {"account", "role", "anchor"}
    judgement   subject: account     {"incident", "role", "left", "right", "verdict", "score", "anchor"}
    attached    subject: report sha256    {"incident", "right", "verdict", "score"}    nothing was coded in it; it tells the story of the incident, or does not
    added       subject: account     {"told": the account, "anchor", "split_from": an account}        see `folding.additions`
    accepted    subject: account     {"anchor"}        what is read there is as the report says; "rejected" likewise: it is not, and counts for nothing
    corrected   subject: account     {"facet", "value", "span", "words", "anchor"}        see `folding.reviews`
    locked      subject: incident    {"incident"}      no machine's entry changes which accounts sit in it
    marked_unreliable    subject: "voice-" and the entry's number    {"name": a speaker or publisher, "unreliable": true, or false for reliable after all}
    undone      subject: the entry's number as text    {"entry": number}
    erased      subject: report sha256    {"entries": numbers whose payload is gone, "reworded": hashes of payloads with new reasons}
    readmitted  subject: report sha256    {"sha256"}   a person takes an erased text in again
    noted, tagged, asked, answered    subject: incident        see `folding.notes`
    imported    subject: "import-" and a number    {"dataset", "publisher", "reader", "settings_hash": those of the batch's readings, "file", "sha256", "whole"}
    allowed_remote    subject: host    {"host": a machine whose language model may be sent this store's reports}
    person_added      subject: "person:NAME"    {"name", "role"}    may work with the store from now on; likewise "person_role", with the role that it "was",
                      "person_password" (a new one was set), "person_disabled" and "person_enabled"
    token_added       subject: the token's id   {"token", "name": what it is for, "owner": whose it is, "scopes", "expires": a day}; likewise "token_revoked"
    expected    subject: expectation "x-…"    {"report_sha256", "sha256": of what was registered, "late": whether its days had begun}
    resolved    subject: expectation    {"report_sha256", "outcome", "incidents": [{"incident", "reports": hashes of those that tell of it}], "proposed", "why"}
    alert_added       subject: the alert's id   {"alert", "name", "profile"}    likewise "alert_removed", without "profile"
    feed_added        subject: the feed's id    {"feed", "name"}    likewise "feed_removed"; its address is in no entry, as some hold a key

What a person says in one breath (a merge of two incidents, an undo and what follows from it) is one act of several entries: each holds "act", the number of
the first, and they are undone together. A person's judgement "different" also holds "right_anchor", the anchor of the account that it was told apart from.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from waqai.core import Entry, NotPossible, StoreError, UnknownId
from waqai.folding import ASIDE, REVIEWS
from waqai.folding.staff import STAFF, opposite_of
from waqai.schema import tables
from waqai.schema.columns import instant_text, plain_json
from waqai.schema.once import find_value, insert
from waqai.schema.prepared import ask

KINDS = (
    "judgement",
    "opened",
    "attached",
    "added",
    "accepted",
    "rejected",
    "corrected",
    "locked",
    "marked_unreliable",
    "undone",
    "erased",
    "readmitted",
    "allowed_remote",
    "imported",
    "expected",
    "resolved",
    *ASIDE,
    *STAFF,
)
NEEDED = {
    "opened": ("account", "role", "anchor"),
    "judgement": ("incident", "role", "left", "right", "verdict", "score", "anchor"),
    "attached": ("incident", "right", "verdict", "score"),
    "added": ("told", "anchor"),
    "accepted": ("anchor",),
    "rejected": ("anchor",),
    "corrected": ("facet", "value", "anchor"),
    "locked": ("incident",),
    "marked_unreliable": ("name", "unreliable"),
    "undone": ("entry",),
    "erased": ("entries",),
    "readmitted": ("sha256",),
    "allowed_remote": ("host",),
    "imported": ("dataset", "publisher", "reader", "settings_hash", "file", "sha256"),
    "expected": ("report_sha256", "sha256", "late"),
    "resolved": ("report_sha256", "outcome", "incidents", "proposed", "why"),
    **ASIDE,
    **STAFF,
}
START = "0" * 64
_LAST = sa.select(tables.log.c.id, tables.log.c.hash).order_by(tables.log.c.id.desc()).limit(1)

_UNDONE = sa.select(tables.log.c.id, tables.log.c.subject).where(tables.log.c.kind == "undone", tables.RARE).order_by(tables.log.c.id.desc())


def append_entry(connection: sa.Connection, *, kind: str, subject: str, value: Mapping[str, Any], because: str, by: str, at: datetime) -> Entry:
    """Add one entry to the end of the chain. Raises StoreError for a kind or value that the log does not know."""
    _check(connection, kind, subject, value)
    last = ask(connection, _LAST)
    number, previous = (last[0].id + 1, last[0].hash) if last else (1, START)
    report, account = _concerned(connection, kind, subject, value)
    about = {"id": number, "kind": kind, "subject": subject, "report_sha256": report, "account": account, "by": by, "at": at}
    row, payload = link_rows(about, value=value, because=because, previous=previous)
    insert(connection, tables.log, row)
    insert(connection, tables.log_payloads, payload)
    return Entry(id=number, kind=kind, subject=subject, value=value, because=because, by=by, at=at, previous_hash=previous)


def link_rows(about: Mapping[str, Any], *, value: Mapping[str, Any], because: str, previous: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """(row of the log, row of the payloads) of an entry that follows the one with the hash `previous`; `about` holds the columns that are not hashes."""
    salt = secrets.token_hex(16)
    row = dict(about) | {"payload_hash": hash_payload(salt, plain_json(value), because), "previous_hash": previous}
    row["hash"] = hash_row(row | {"at": instant_text(row["at"])})
    return row, payload_row(row["id"], salt, value, because)


def payload_row(entry: int, salt: str, value: Mapping[str, Any], because: str) -> dict[str, Any]:
    """The row of an entry's payload."""
    return {"entry": entry, "salt": salt, "value": value, "because": because, "incident": value.get("incident")}


def naming(*incidents: str) -> sa.ColumnElement[bool]:
    """SQL: the entry's value names one of these incidents."""
    payloads = tables.log_payloads.c
    return tables.log.c.id.in_(sa.select(payloads.entry).where(payloads.incident.in_(incidents)))


def hash_payload(salt: str, value: str, because: str) -> str:
    """SHA-256 of salt and payload, hex; `value` is the JSON as it is stored."""
    return _sha256(salt, value, because)


def hash_row(row: Mapping[str, Any] | sa.RowMapping) -> str:
    """SHA-256 of all that an entry says outside its payload, and of the hash before it: the link of the chain. `at` is the text that is stored."""
    named = (row["kind"], row["subject"], row["report_sha256"] or "", row["account"] or "", row["by"], row["at"])
    return _sha256(str(row["id"]), *named, row["payload_hash"], row["previous_hash"])


def iter_entries(connection: sa.Connection, *where: sa.ColumnElement[bool], rare: bool = False, **equal: Any) -> Iterator[Entry]:
    """Entries in order, those in which the named columns have these values, or of a `rare` kind. One whose payload was erased has an empty `value` and
    `because`."""
    chosen = _chosen(*equal, rare=rare)
    for row in connection.execute(chosen.where(*where), equal) if where or not equal else ask(connection, chosen, equal):
        yield Entry(
            id=row.id,
            kind=row.kind,
            subject=row.subject,
            value=row.value or {},
            because=row.because or "",
            by=row.by,
            at=row.at,
            previous_hash=row.previous_hash,
        )


@cache
def _chosen(*names: str, rare: bool) -> sa.Select[Any]:
    payloads = tables.log_payloads.c
    joined = tables.log.outerjoin(tables.log_payloads)
    chosen = sa.select(tables.log, payloads.salt, payloads.value, payloads.because).select_from(joined).order_by(tables.log.c.id)
    return chosen.where(*(tables.log.c[name] == sa.bindparam(name) for name in names), *([tables.RARE] if rare else []))


def _check(connection: sa.Connection, kind: str, subject: str, value: Mapping[str, Any]) -> None:
    if kind not in KINDS:
        raise StoreError(f"the log knows no entries of kind {kind!r}; known: {', '.join(KINDS)}")
    if kind == "undone" and (named := connection.execute(sa.select(tables.log.c.kind).where(tables.log.c.id == value.get("entry"))).scalar()):
        _check_undo(connection, value["entry"], kind=named)
    missing = [name for name in NEEDED.get(kind, ()) if name not in value]
    if missing:
        raise StoreError(f"an entry of kind {kind!r} on {subject!r} needs {', '.join(missing)} in its value, which has {sorted(value)!r}")
    if kind == "opened" and find_opening(connection, subject) is not None:
        raise StoreError(f"incident {subject!r} was opened before: ids are never used twice; mint another one")


def _check_undo(connection: sa.Connection, number: int, *, kind: str) -> None:
    if kind == "erased":
        raise NotPossible(f"entry {number} erased a report: nobody has its words any more, so it cannot be undone")
    if kind in STAFF:
        said = next(iter_entries(connection, id=number)).value
        raise NotPossible(f"entry {number} is about who may work with this store, and is not undone: {opposite_of(kind, said)}")
    if kind == "readmitted":
        raise NotPossible(f"entry {number} took an erased text in again; to take it out, erase it again with `waqai erase`")
    if (later := find_undone(connection).get(number)) is not None:
        raise NotPossible(f"entry {number} is undone already, by entry {later}; undo {later} to bring it back")
    if connection.scalar(sa.select(tables.log_payloads.c.entry).where(tables.log_payloads.c.entry == number)) is None:
        raise NotPossible(f"entry {number} was on a report that is erased: there is nothing left to undo")


def with_undone(connection: sa.Connection, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries with those that undid them, and those that undid these, in order."""
    found, ahead = list[Entry](), list(entries)
    while ahead:
        found += ahead
        numbers = [str(entry.id) for entry in ahead]
        ahead = list(iter_entries(connection, tables.log.c.kind == "undone", tables.RARE, tables.log.c.subject.in_(numbers)))
    return tuple(sorted(found, key=lambda entry: entry.id))


def find_undone(connection: sa.Connection, *, last: int | None = None) -> dict[int, int]:
    """Entries that are undone (by entries up to number `last`), each with the entry that did it. Undoing an undo brings its entry back."""
    undone: dict[int, int] = {}
    for number, subject in ask(connection, _UNDONE) if last is None else connection.execute(_UNDONE.where(tables.log.c.id <= last)):
        if number not in undone:
            undone[int(subject)] = number
    return undone


def iter_standing_of(connection: sa.Connection, kind: str, *, last: int | None = None) -> Iterator[Entry]:
    """Entries of one kind (up to number `last`) that still have their words and are not undone, in order; made for kinds that are rare."""
    entries = [entry for entry in iter_entries(connection, *up_to(last), kind=kind, rare=True) if entry.value]
    undone = find_undone(connection, last=last) if entries else {}
    yield from (entry for entry in entries if entry.id not in undone)


def up_to(last: int | None) -> tuple[sa.ColumnElement[bool], ...]:
    """SQL: the entry is none after the one of this number."""
    return () if last is None else (tables.log.c.id <= last,)


def last_entry(connection: sa.Connection) -> int:
    """The number of the newest entry; 0 for an empty log."""
    last = ask(connection, _LAST)
    return last[0].id if last else 0


def find_opening(connection: sa.Connection, incident: str) -> Entry | None:
    """The entry that opened an incident."""
    return next(iter_entries(connection, subject=incident, kind="opened"), None)


def find_opened(connection: sa.Connection, incident: str) -> tuple[str, str] | None:
    """(report sha256, account) that opened an incident, also when the report is erased."""
    chosen = sa.select(tables.log.c.report_sha256, tables.log.c.account).where(tables.log.c.subject == incident, tables.log.c.kind == "opened")
    row = connection.execute(chosen).first()
    return None if row is None else (row.report_sha256, row.account)


def report_on(connection: sa.Connection, entry: int) -> str | None:
    """The hash of the report that an entry is on."""
    found: str | None = find_value(connection, tables.log.c.report_sha256, id=entry)
    return found


def _concerned(connection: sa.Connection, kind: str, subject: str, value: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The report and the account that an entry is on: its anchor's, or those of the entry that it undoes."""
    if kind in ("opened", "judgement", "added", *REVIEWS):
        return value["anchor"]["report_sha256"], value["account"] if kind == "opened" else subject
    if kind == "undone":
        undone = sa.select(tables.log.c.report_sha256, tables.log.c.account).where(tables.log.c.id == value["entry"])
        found = connection.execute(undone).one_or_none()
        if found is None:
            raise UnknownId(f"cannot undo entry {value['entry']!r}: the log has no such entry; its last is {last_entry(connection)}")
        return found.report_sha256, found.account
    if kind in ("expected", "resolved"):
        return value["report_sha256"], None
    return (subject if kind in ("attached", "erased", "readmitted") else None), None


def _sha256(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
