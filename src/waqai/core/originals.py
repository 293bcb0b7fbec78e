"""What came in, byte for byte, and how: the evidence beside the text that was made of it.

After the Berkeley Protocol on Digital Open Source Investigations (2020, §§ 150-170): what was collected is kept as it was, with a hash, the address, the moment
and the way it came; the text that is read is made from it once and kept apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from waqai.core.nouns import Report

How: TypeAlias = Literal["fetched", "file", "upload", "paste", "feed", "mail", "web_archive", "export"]
"""By a request of ours, from a disk, by a form, or out of something that held many: a feed, a mailbox, a web archive, an export of another service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The bytes as they came, after the transfer's own encoding; `sha256` is theirs, in hex. `media_type` is what was said of them, "" where nothing was."""

    sha256: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    """How an original came to us. `address` is what was asked for or the file's name, `final_address` where redirects led, `server` the address of the network.

    `status` and `headers` are what a server answered, None and () where there was none. `within` names what held it: a web archive and the record in it, a
    mailbox and the message. `at` is when we got it (UTC); `captured_at` when whoever archived it did.
    """

    how: How
    address: str
    at: datetime
    final_address: str = ""
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    server: str = ""
    within: str = ""
    captured_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A report on its way in with the bytes it was made of; None where nothing is kept of them.

    `made_text` says how its text was made of them, in words: "article text by trafilatura 2.0.0".
    """

    report: Report
    original: Original | None = None
    retrieval: Retrieval | None = None
    made_text: str = ""


def as_incoming(came: Report | Incoming) -> Incoming:
    """A report alone as one of which nothing else came."""
    return came if isinstance(came, Incoming) else Incoming(report=came)
