"""Does every original still have its hash, and does every retrieval say what was written?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from waqai.core import StoreError
from waqai.originals.finding import check_content
from waqai.originals.links import START, hash_link, hash_payload
from waqai.schema import tables
from waqai.schema.columns import ExactText
from waqai.schema.originals import originals, payloads, retrievals
from waqai.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalsCheck:
    """What looking at all of them found. `retrievals` and `head` are the chain's length and last hash; `erased` how many lost their words with their reports.

    `originals` are those whose bytes are kept, `damaged` (hash, what is wrong) of these; `broken` is the first link that does not hold, `fault` why.
    """

    retrievals: int
    erased: int
    head: str
    originals: int
    damaged: tuple[tuple[str, str], ...] = ()
    broken: int | None = None
    fault: str = ""

    @property
    def holds(self) -> bool:
        return self.broken is None and not self.damaged


def verify_originals(store: Store) -> OriginalsCheck:
    """Walk the chain from its start to the first link that does not hold, and make the hash of every original anew."""
    with store.committed(newest=True) as connection:
        damaged = tuple(_iter_damaged(connection))
        kept = connection.scalar(sa.select(sa.func.count()).select_from(originals).where(originals.c.content.is_not(None))) or 0
        previous, count, gone = START, 0, 0
        erased = set(connection.scalars(sa.select(tables.log.c.subject).where(tables.log.c.kind == "erased")))
        held = set(connection.scalars(sa.select(originals.c.sha256)))
        for row in connection.execute(_as_stored()).mappings():
            count += 1
            fault = _fault_of(row, number=count, previous=previous, erased=erased, held=held)
            if fault:
                return OriginalsCheck(retrievals=count, erased=gone, head=previous, originals=kept, damaged=damaged, broken=count, fault=fault)
            gone += row["salt"] is None
            previous = row["hash"]
    return OriginalsCheck(retrievals=count, erased=gone, head=previous, originals=kept, damaged=damaged)


def iter_damaged(store: Store) -> Iterator[tuple[str, str]]:
    """(hash, what is wrong) of each original whose bytes are not what they were."""
    with store.committed(newest=True) as connection:
        yield from _iter_damaged(connection)


def _iter_damaged(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    """One after the other: all of them together may be more than the memory."""
    o = originals.c
    chosen = sa.select(o.packing, o.size, o.content).where(o.sha256 == sa.bindparam("name"), o.content.is_not(None))
    for sha256 in connection.scalars(sa.select(o.sha256).order_by(o.sha256)).all():
        row = connection.execute(chosen, {"name": sha256}).one_or_none()
        if row is None:
            continue
        try:
            check_content(sha256, row.packing, row.size, row.content)
        except StoreError as error:
            yield sha256, str(error)


def _fault_of(row: Any, *, number: int, previous: str, erased: set[str], held: set[str]) -> str:
    if row["number"] != number:
        return f"retrieval {number} is missing"
    if row["previous_hash"] != previous:
        return "it does not follow the one before it"
    if row["hash"] != hash_link(row):
        return "its report, original or time was changed"
    if row["salt"] is None:
        return "" if row["report_sha256"] in erased else "what it says is gone, and no entry of the log says that its report was erased"
    if row["payload_hash"] != hash_payload(row["salt"], row["plain"]):
        return "what it says was changed"
    if row["original_sha256"] and row["original_sha256"] not in held:
        return "its original is gone"
    return "" if row["of"] == row["report_sha256"] else "what it says stands with another report"


def _as_stored() -> sa.Select[Any]:
    """Links with their very text: nothing is parsed, so that a damaged value is a fault and no crash."""
    r, p = retrievals.c, payloads.c
    at = sa.type_coerce(r.kept_at, sa.Text).label("kept_at")
    said = (p.salt, sa.type_coerce(p.plain, ExactText).label("plain"), p.report_sha256.label("of"))
    columns = (r.number, r.report_sha256, r.original_sha256, at, r.payload_hash, r.previous_hash, r.hash)
    return sa.select(*columns, *said).select_from(retrievals.outerjoin(payloads)).order_by(r.number)
