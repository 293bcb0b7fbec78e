"""The chain of retrievals: each link hashed over the one before, as the log's entries are, and what a link says apart from it, hashed with a random salt.

A chain of its own: the log tells what was decided, and its numbers date what is computed from it; a line for every page that came in would bury the one and
shift the other. Erasing takes salt and words: the chain still verifies, and nobody can find out the words by hashing guesses.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from waqai.core import Incoming, Original, Retrieval, short_hash, to_plain
from waqai.schema.columns import instant_text, plain_json

START = "0" * 64


def plain_of(retrieval: Retrieval, original: Original | None, *, tool: str, made_text: str) -> str:
    """What is kept of a retrieval, as canonical JSON; fields that say nothing are left out.

    >>> from datetime import UTC
    >>> plain_of(Retrieval(how="file", address="a.txt", at=datetime(2026, 11, 28, tzinfo=UTC)), None, tool="waqai 1", made_text="")
    '{"address":"a.txt","at":"2026-11-28T00:00:00.000000+00:00","how":"file","tool":"waqai 1"}'
    """
    told: dict[str, Any] = to_plain(retrieval)
    told |= {"at": instant_text(retrieval.at), "tool": tool, "made_text": made_text}
    if retrieval.captured_at is not None:
        told["captured_at"] = instant_text(retrieval.captured_at)
    if original is not None:
        told |= {"media_type": original.media_type, "size": len(original.content)}
    return plain_json({name: value for name, value in told.items() if value not in ("", None, [])})


def key_of(came: Incoming, retrieval: Retrieval) -> str:
    """What makes it another retrieval than those before: the same bytes from the same place, asked for again, are none."""
    sha256 = came.original.sha256 if came.original is not None else ""
    captured = "" if retrieval.captured_at is None else instant_text(retrieval.captured_at)
    told = (retrieval.how, retrieval.address, retrieval.final_address, str(retrieval.status), retrieval.within, captured, came.made_text)
    return short_hash(came.report.sha256, sha256, *told, length=32)


def link(number: int, *, report_sha256: str, original_sha256: str, kept_at: datetime, plain: str, previous: str) -> tuple[dict[str, Any], str]:
    """(row of the chain, salt of its payload)."""
    salt = secrets.token_hex(16)
    row: dict[str, Any] = {"number": number, "report_sha256": report_sha256, "original_sha256": original_sha256, "previous_hash": previous}
    row["payload_hash"] = hash_payload(salt, plain)
    row["hash"] = hash_link(row | {"kept_at": instant_text(kept_at)})
    return row | {"kept_at": kept_at}, salt


def hash_payload(salt: str, plain: str) -> str:
    """SHA-256 of salt and words, hex."""
    return _sha256(salt, plain)


def hash_link(row: Mapping[str, Any]) -> str:
    """SHA-256 of all that a link says, and of the hash before it; `kept_at` is the text that is stored."""
    return _sha256(str(row["number"]), row["report_sha256"], row["original_sha256"], row["kept_at"], row["payload_hash"], row["previous_hash"])


def _sha256(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
