"""What the headers of an answer say: what kind of bytes these are, in which encoding, when to come again. Whatever stands there, something comes out."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_REST_S = 86_400.0
"""A server that asks for more is asked again after a day."""
_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}"
_MEDIA_TYPE = re.compile(rf"\s*({_TOKEN}/{_TOKEN})\s*(?:;|$)")
_CHARSET = re.compile(rf""";\s*charset\s*=\s*(?:"({_TOKEN})"|'?({_TOKEN}?)'?)\s*(?:;|$)""", re.IGNORECASE)
_LONGEST_VALIDATOR = 1_000
_NO_ENCODINGS_OF_PAGES = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "unicode-escape", "raw-unicode-escape", "utf-7"})
_LEFT_OUT = frozenset({"set-cookie", "set-cookie2"})
Headers = tuple[tuple[str, str], ...]


def clean_headers(raw: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Names in lower case, values as text of one line; without cookies, which are somebody's to come in with and tell nothing of the page.

    Nor are names there that are ours to give (waqai-…).

    >>> clean_headers([(b"ETag", b'"x"'), (b"Set-Cookie", b"id=1"), (b"X", b"a\\x00\\xe9")])
    (('etag', '"x"'), ('x', 'a é'))
    """
    named = ((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in raw if not name.lower().startswith(b"waqai-"))
    return tuple((name, "".join(char if char.isprintable() else " " for char in value)) for name, value in named if name not in _LEFT_OUT)


def find_header(headers: Headers, name: str) -> str | None:
    """The value of the first header of this name."""
    return next((value for one, value in headers if one == name), None)


def parse_content_type(value: str | None) -> tuple[str, str | None]:
    """The media type in lower case ("" where none is named) and the character encoding, in Python's name of it; None where there is none that Python knows.

    >>> parse_content_type('Text/HTML; charset="Windows-1256"'), parse_content_type("text/plain;charset=nonsense"), parse_content_type(None)
    (('text/html', 'cp1256'), ('text/plain', None), ('', None))
    """
    found = _MEDIA_TYPE.match(value or "")
    charset = _CHARSET.search(value or "")
    return found[1].lower() if found else "", _known(charset[1] or charset[2]) if charset else None


def parse_retry_after(value: str | None, *, at: datetime) -> float | None:
    """Seconds to wait, at most a day's; None where the header says nothing that can be read (RFC 9110, § 10.2.3).

    >>> now = datetime(2026, 10, 21, 7, 27, tzinfo=UTC)
    >>> parse_retry_after("120", at=now), parse_retry_after("Wed, 21 Oct 2026 07:28:00 GMT", at=now), parse_retry_after("soon", at=now)
    (120.0, 60.0, None)
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_REST_S)
    try:
        until = parsedate_to_datetime(text[:100])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(0.0, (until - at).total_seconds()), LONGEST_REST_S)


def find_validator(headers: Headers, name: str) -> str | None:
    """An ETag or a date that can be sent back as it came; None where there is none, or one that is too long or not in ASCII."""
    value = find_header(headers, name)
    return value if value and is_validator(value) else None


def is_validator(value: str) -> bool:
    """Whether this may be sent in a header."""
    return value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALIDATOR and value == value.strip() != ""


def _known(label: str) -> str | None:
    """Python's name of an encoding of text."""
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    return found.name if found._is_text_encoding and found.name not in _NO_ENCODINGS_OF_PAGES else None
