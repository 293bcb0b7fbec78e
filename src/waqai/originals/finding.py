"""How a report came, and the bytes it was made of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

import sqlalchemy as sa

from waqai.core import How, Retrieval, StoreError, UnknownId
from waqai.originals.packing import unpack
from waqai.schema.originals import originals, payloads, retrievals
from waqai.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """One way in which a report came. `number` is its link of the chain, whose `hash` covers all of it.

    `original_sha256` is "" for a report out of a file that holds many, which `retrieval.within` names. `is_kept`: the bytes are in the store. `tool` is what
    took it in, `made_text` how the text was made of the bytes; `size` in bytes.
    """

    number: int
    retrieval: Retrieval
    original_sha256: str
    media_type: str
    size: int | None
    is_kept: bool
    tool: str
    made_text: str
    kept_at: datetime
    hash: str


def find_retrievals(report: str, store: Store) -> tuple[Custody, ...]:
    """All ways in which the report with this id or hash came, the first first; none where nothing was noted. Raises UnknownId."""
    sha256 = store.get_report(report).sha256
    r, p, o = retrievals.c, payloads.c, originals.c
    joined = payloads.join(retrievals).outerjoin(originals, o.sha256 == r.original_sha256)
    chosen = sa.select(r.number, r.original_sha256, r.kept_at, r.hash, p.plain, o.packing).select_from(joined).where(p.report_sha256 == sha256)
    with store.reading() as connection:
        return tuple(_custody(row) for row in connection.execute(chosen.order_by(r.number)))


def find_holders(report: str, store: Store) -> tuple[str, ...]:
    """Ids of other reports whose kept originals may hold what this one was made of: the same bytes, or the mail that it was attached to. Raises UnknownId."""
    mine = find_retrievals(report, store)
    sha256, same = store.get_report(report).sha256, {one.original_sha256 for one in mine if one.is_kept}
    mails = {one.retrieval.within.removesuffix(f"#{one.retrieval.address}") for one in mine if one.retrieval.how == "mail"}
    mails -= {one.retrieval.within for one in mine}
    r, p, o = retrievals.c, payloads.c, originals.c
    joined = payloads.join(retrievals).join(originals, o.sha256 == r.original_sha256)
    in_mail = [p.plain.contains(f'"within":{json.dumps(mail, ensure_ascii=False)}', autoescape=True) for mail in sorted(mails)]
    chosen = sa.select(p.report_sha256, r.original_sha256, p.plain).select_from(joined).where(o.content.is_not(None), p.report_sha256 != sha256)
    with store.reading() as connection:
        found = connection.execute(chosen.where(sa.or_(r.original_sha256.in_(same), *in_mail)).order_by(r.number)).all()
    holding = [row.report_sha256 for row in found if row.original_sha256 in same or json.loads(row.plain).get("within") in mails]
    return tuple(store.get_report(one).id for one in dict.fromkeys(holding))


def get_content(sha256: str, store: Store) -> bytes:
    """The bytes with this hash, which is made anew of them each time.

    Raises UnknownId where there are none, StoreError where they are not what they were.
    """
    o = originals.c
    with store.reading() as connection:
        row = connection.execute(sa.select(o.packing, o.size, o.content).where(o.sha256 == sha256)).one_or_none()
    if row is None:
        raise UnknownId(f"store {store.address} has no original with the SHA-256 {sha256!r}")
    if row.content is None:
        raise UnknownId(f"of the original {sha256} only hash and size were kept, as the setting intake.keep_originals asked for when it came")
    try:
        return check_content(sha256, row.packing, row.size, row.content)
    except StoreError as error:
        raise StoreError(f"original {sha256}: {error}. Restore it from a backup that verifies") from error


def check_content(sha256: str, packing: str, size: int, kept: bytes) -> bytes:
    """The bytes as they came. Raises StoreError saying how they differ from what their hash and size say."""
    content = unpack(packing, bytes(kept), size=size)
    if len(content) != size:
        raise StoreError(f"it has {len(content)} bytes, not {size} as when it came" if len(content) < size else f"it has more than the {size} bytes that came")
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise StoreError(f"its bytes were changed: their SHA-256 is {found}")
    return content


def _custody(row: Any) -> Custody:
    told = json.loads(row.plain)
    return Custody(
        number=row.number,
        retrieval=_retrieval(told),
        original_sha256=row.original_sha256,
        media_type=told.get("media_type", ""),
        size=told.get("size"),
        is_kept=bool(row.packing),
        tool=told.get("tool", ""),
        made_text=told.get("made_text", ""),
        kept_at=row.kept_at,
        hash=row.hash,
    )


def _retrieval(told: dict[str, Any]) -> Retrieval:
    how = told["how"]
    if how not in get_args(How):
        raise StoreError(f"a report came in as {how!r}, which this waqai does not know")
    return Retrieval(
        how=how,
        address=told.get("address", ""),
        at=datetime.fromisoformat(told["at"]),
        final_address=told.get("final_address", ""),
        status=told.get("status"),
        headers=tuple((name, value) for name, value in told.get("headers", ())),
        server=told.get("server", ""),
        within=told.get("within", ""),
        captured_at=datetime.fromisoformat(told["captured_at"]) if "captured_at" in told else None,
    )
