"""Whether the text of each report is the one that its SHA-256 was made of."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa

from waqai.core import text_sha256
from waqai.schema.columns import unescape_text

BATCH = 500
_MARK = "\ue000".encode()


def find_changed_texts(connection: sa.Connection) -> tuple[str, ...]:
    """The ids of the reports whose text is another, by their hashes. Every text is read, of a store of any schema."""
    held = "text" if connection.dialect.name == "postgresql" else "CAST(text AS BLOB)"  # bytes, as a damaged one may be no text any more
    chosen = f"SELECT id, sha256, {held} FROM reports ORDER BY sha256"
    rows = connection.exec_driver_sql(chosen, execution_options={"stream_results": True, "max_row_buffer": BATCH})
    return tuple(id_ for batch in rows.partitions(BATCH) for id_, sha256, text in batch if _hash_stored(text) != sha256)


def tell_changed(ids: tuple[str, ...]) -> str:
    """What is wrong, as words; "" for nothing.

    >>> tell_changed(("a", "b"))
    "the text of report 'a' (and of 1 more) is not the one that came in: its SHA-256 is another"
    """
    if not ids:
        return ""
    more = f" (and of {len(ids) - 1} more)" if len(ids) > 1 else ""
    return f"the text of report {ids[0]!r}{more} is not the one that came in: its SHA-256 is another"


def _hash_stored(text: str | bytes) -> str:
    """The SHA-256 of a text as a database keeps it; "" for bytes that are none."""
    if isinstance(text, bytes):
        if _MARK not in text:
            return hashlib.sha256(text).hexdigest()
        try:
            text = text.decode()
        except UnicodeDecodeError:
            return ""
    return text_sha256(unescape_text(text) or "")
