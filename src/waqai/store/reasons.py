"""When a report is erased: the reasons of other reports' entries that were found by comparing with it, and so may hold its words and figures.

The entry stays as it decided; its reason is replaced, under a new salt, and the entry that erased the report keeps the new hash, so that the chain verifies.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import sqlalchemy as sa

from waqai.core import Entry
from waqai.folding import is_by_person
from waqai.logbook.log import hash_payload, iter_entries, payload_row
from waqai.schema import tables
from waqai.schema.columns import ExactText, plain_json


def reword_reasons(connection: sa.Connection, sha256: str, *, by_entry: int) -> dict[str, str]:
    """Take the reasons that compare with this report, before it is deleted; the new payload hashes by the entry's number as text."""
    because = f"it compared with a report that entry {by_entry} erased, and its words are gone with that report"
    reworded: dict[str, str] = {}
    for entry in tuple(_iter_compared(connection, sha256)):
        salt = secrets.token_hex(16)
        connection.execute(tables.log_payloads.delete().where(tables.log_payloads.c.entry == entry.id))
        connection.execute(tables.log_payloads.insert(), payload_row(entry.id, salt, dict(entry.value), because))
        reworded[str(entry.id)] = hash_payload(salt, plain_json(entry.value), because)
    return reworded


def _iter_compared(connection: sa.Connection, sha256: str) -> Iterator[Entry]:
    """Entries on other reports that judge an account beside one of this report, and machines' reasons that name an incident which it told of."""
    own = tuple(iter_entries(connection, tables.log.c.report_sha256 == sha256))
    accounts = set(connection.scalars(sa.select(tables.accounts.c.id).where(tables.accounts.c.report_sha256 == sha256)))
    accounts |= {entry.subject for entry in own if entry.kind == "judgement"}
    incidents = {entry.subject if entry.kind == "opened" else str(entry.value.get("incident")) for entry in own if entry.kind in ("opened", "judgement")}
    incidents -= {"None"}
    for incident in sorted(incidents):
        payloads = tables.log_payloads.c
        named = sa.or_(sa.type_coerce(payloads.value, ExactText).contains(incident, autoescape=True), payloads.because.contains(incident, autoescape=True))
        chosen = sa.select(payloads.entry).where(named)
        for entry in iter_entries(
            connection, tables.log.c.id.in_(chosen), tables.log.c.report_sha256 != sha256, tables.log.c.kind.in_(("opened", "judgement", "attached"))
        ):
            if entry.because and (entry.value.get("right") in accounts or (not is_by_person(entry.by) and incident in entry.because)):
                yield entry
