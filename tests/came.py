"""Reports with what they were made of, for tests."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from factories import make_report
from waqai.core import Incoming, Original, Retrieval

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
PAGE = b"<html><body><p>Three men fled Qalat prison on Monday.</p></body></html>"


def make_original(content: bytes, media_type: str = "text/html") -> Original:
    return Original(sha256=hashlib.sha256(content).hexdigest(), media_type=media_type, content=content)


def make_came(
    text: str = "Three men fled Qalat prison on Monday.", *, id: str = "qalat", content: bytes | None = PAGE, address: str = "https://daily.example/1"
) -> Incoming:
    """A fetched page; `content` None: a row of a file that holds many."""
    retrieval = Retrieval(
        how="fetched",
        address=address,
        at=AT,
        final_address=f"{address}/index.html",
        status=200,
        headers=(("content-type", "text/html"), ("x-secret", "zanzibarbarian")),
        server="192.0.2.7",
        captured_at=datetime(2026, 11, 1, tzinfo=UTC),
    )
    return Incoming(
        report=make_report(text, id=id), original=None if content is None else make_original(content), retrieval=retrieval, made_text="article text by hand 1.0"
    )
