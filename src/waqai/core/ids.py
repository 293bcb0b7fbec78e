"""Names for things, derived from what they are, so that a rerun finds the same ones."""

from __future__ import annotations

import base64
import hashlib

from waqai.core.nouns import ReaderStamp, Span


def text_sha256(text: str) -> str:
    """Hex digest of the text as UTF-8; lone surrogates are hashed as they stand.

    >>> text_sha256("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def account_id(*, report_sha256: str, reader: ReaderStamp, evidence: Span, type: str) -> str:
    """`a-` and 16 characters: the same report, reader, words and type give the same id."""
    return "a-" + short_hash(report_sha256, reader.name, reader.version, reader.settings_hash, str(evidence.start), str(evidence.end), type)


def claim_id(*, report_sha256: str, reader: ReaderStamp, cue: Span, content: Span) -> str:
    """`c-` and 16 characters."""
    spans = (str(v) for v in (cue.start, cue.end, content.start, content.end))
    return "c-" + short_hash(report_sha256, reader.name, reader.version, reader.settings_hash, *spans)


def short_hash(*parts: str, length: int = 16) -> str:
    """`length` characters of base32 in lower case (5 bits each), of a SHA-256 over the parts.

    >>> short_hash("a", "b") == short_hash("a", "b") != short_hash("ab", "")
    True
    """
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest[: -(-length // 8) * 5]).decode("ascii").lower()[:length]  # five bytes are eight characters
