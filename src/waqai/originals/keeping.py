"""Keep what came in beside its report: the bytes once, by their hash, and how they came."""

from __future__ import annotations

import hashlib
from datetime import datetime

import sqlalchemy as sa

from waqai import __version__
from waqai.core import Incoming, Original, StoreError
from waqai.originals.links import START, key_of, link, plain_of
from waqai.originals.packing import pack
from waqai.schema.once import find_value, insert
from waqai.schema.originals import originals, payloads, retrievals
from waqai.schema.prepared import ask
from waqai.store import Store

TOOL = f"waqai {__version__}"
_LAST = sa.select(retrievals.c.number, retrievals.c.hash).order_by(retrievals.c.number.desc()).limit(1)


def keep_original(came: Incoming, store: Store, *, at: datetime, with_content: bool = True) -> bool:
    """Keep what a report of the store was made of; True when that is new. Without a retrieval nothing is kept: bytes from nowhere prove nothing.

    `with_content` False: hash, size and retrieval only. `at` is when the store gets to know it. Raises StoreError for bytes that do not have their hash.
    """
    if came.retrieval is None:
        return False
    key, sha256 = key_of(came, came.retrieval), came.report.sha256
    with store.writing() as connection:
        if find_value(connection, payloads.c.number, report_sha256=sha256, key=key) is not None:
            return False
        if came.original is not None:
            _keep_bytes(connection, came.original, at=at, with_content=with_content)
        plain = plain_of(came.retrieval, came.original, tool=TOOL, made_text=came.made_text)
        last = ask(connection, _LAST)
        number, previous = (last[0].number + 1, last[0].hash) if last else (1, START)
        original_sha256 = came.original.sha256 if came.original is not None else ""
        row, salt = link(number, report_sha256=sha256, original_sha256=original_sha256, kept_at=at, plain=plain, previous=previous)
        insert(connection, retrievals, row)
        insert(connection, payloads, {"number": number, "report_sha256": sha256, "key": key, "salt": salt, "plain": plain})
    return True


def _keep_bytes(connection: sa.Connection, original: Original, *, at: datetime, with_content: bool) -> None:
    if find_value(connection, originals.c.sha256, sha256=original.sha256) is not None:
        return
    found = hashlib.sha256(original.content).hexdigest()
    if found != original.sha256:
        raise StoreError(f"the bytes of an original have the SHA-256 {found}, and came as {original.sha256!r}: they were changed on their way in")
    packing, content = pack(original.content) if with_content else ("", None)
    row = {"sha256": original.sha256, "media_type": original.media_type, "size": len(original.content), "packing": packing, "content": content, "kept_at": at}
    insert(connection, originals, row)
