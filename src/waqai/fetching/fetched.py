"""What came back for an address, the bounds within which it had to, and both as they are kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from waqai.core import Original, Retrieval

Robots: TypeAlias = Literal["allowed", "ignored", "not asked"]
"""What the site's robots.txt said: it lets us; it was not asked because a person said so; nobody asks it for such a request (none is set up to)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """How much one page may cost. A page that unpacks to more than `most_ratio` times what came is a trap: text packs to a fifth or a tenth; the ratio is held
    against what is unpacked beyond `free_bytes`. `total_s` is from the look-up to the last byte, over all redirects; waiting out of politeness is not in it."""

    total_s: float = 30.0
    most_bytes: int = 20_000_000
    most_ratio: int = 200
    free_bytes: int = 1_000_000
    header_bytes: int = 65_536
    most_headers: int = 200
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page as its server gave it. `body` is unpacked (the transfer's own encoding is gone), `headers` are the last answer's, names in lower case, no cookies;
    `server` is the number that was connected to. `moved_to`: every redirect on the way was for good, so that the address may be replaced by this one."""

    address: str
    final_address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    media_type: str
    charset: str | None
    server: str
    at: datetime
    not_modified: bool = False
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    robots: Robots = "not asked"


def retrieval_of(fetched: Fetched) -> Retrieval:
    """How it came to us. Where robots.txt was not asked because a person said so, the headers end with "waqai-robots: ignored"."""
    said = (("waqai-robots", "ignored"),) if fetched.robots == "ignored" else ()
    return Retrieval(
        how="fetched",
        address=fetched.address,
        final_address=fetched.final_address,
        at=fetched.at,
        status=fetched.status,
        headers=fetched.headers + said,
        server=fetched.server,
    )


def original_of(fetched: Fetched) -> Original:
    """The bytes with their hash."""
    return Original(sha256=hashlib.sha256(fetched.body).hexdigest(), media_type=fetched.media_type, content=fetched.body)
