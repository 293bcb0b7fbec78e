"""Walk the log's chain of hashes: does it still say what was written?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from waqai.logbook.log import START, hash_payload, hash_row, iter_entries
from waqai.schema import tables
from waqai.schema.columns import ExactText


@dataclass(frozen=True, slots=True, kw_only=True)
class LogCheck:
    """What a walk along the chain found: how many entries there are, how many lost their payload to how many erased reports, the last hash, the first fault."""

    entries: int
    erased: int
    reports_erased: int
    head: str
    broken_entry: int | None = None
    fault: str | None = None

    @property
    def holds(self) -> bool:
        return self.broken_entry is None


def verify_entries(connection: sa.Connection) -> LogCheck:
    """Walk the chain from its start and stop at the first entry that does not hold."""
    previous, count, reports, reworded = START, 0, 0, _reworded(connection)
    gone: list[int] = []
    for row in connection.execute(_as_stored()).mappings():
        count += 1
        fault = _fault_of(row, number=count, previous=previous, payload_hash=reworded.get(count))
        if fault:
            return LogCheck(entries=count, erased=len(gone), reports_erased=reports, head=previous, broken_entry=count, fault=fault)
        if row["salt"] is None:
            gone.append(row["id"])
        reports += row["kind"] == "erased"
        previous = row["hash"]
    unexplained = min(set(gone) - _erased_numbers(connection), default=None)
    fault = None if unexplained is None else "its payload is gone, and no entry says it was erased"
    return LogCheck(entries=count, erased=len(gone), reports_erased=reports, head=previous, broken_entry=unexplained, fault=fault)


def _fault_of(row: sa.RowMapping, *, number: int, previous: str, payload_hash: str | None) -> str | None:
    """`payload_hash`: the one that an erasure put in the place of the first."""
    if row["id"] != number:
        return f"entry {number} is missing"
    if row["previous_hash"] != previous:
        return "it does not follow the entry before it"
    if row["hash"] != hash_row(row):
        return "its kind, subject, author or time was changed"
    if row["salt"] is not None and (payload_hash or row["payload_hash"]) != hash_payload(row["salt"], row["value"], row["because"]):
        return "its value or reason was changed"
    return None


def _reworded(connection: sa.Connection) -> dict[int, str]:
    """The hashes of payloads whose reasons were replaced, by the entry's number; those are in the chain with the entry that erased a report."""
    erased = iter_entries(connection, tables.log.c.kind == "erased", tables.RARE)
    return {int(number): str(hash_) for entry in erased for number, hash_ in entry.value.get("reworded", {}).items()}  # type: ignore[attr-defined]


def _erased_numbers(connection: sa.Connection) -> set[int]:
    return {number for entry in iter_entries(connection, tables.log.c.kind == "erased") for number in entry.value["entries"]}  # type: ignore[attr-defined]


def _as_stored() -> sa.Select[Any]:
    """Entries with their very bytes: nothing is parsed, so that a damaged value is a fault and no crash."""
    rest = [column for column in tables.log.c if column.name != "at"]
    value = sa.type_coerce(tables.log_payloads.c.value, ExactText).label("value")
    at = sa.type_coerce(tables.log.c.at, sa.Text).label("at")
    joined = tables.log.outerjoin(tables.log_payloads)
    return sa.select(*rest, at, tables.log_payloads.c.salt, value, tables.log_payloads.c.because).select_from(joined).order_by(tables.log.c.id)
