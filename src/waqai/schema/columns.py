"""Column types that give back exactly what was put in, alike on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

_MARK = "\ue000"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff\ue000]")
_ESCAPED = re.compile(_MARK + "([0-9a-f]{4})")


def escape_text(text: str) -> str:
    """The text without the code points that a database refuses: NUL and lone surrogates become U+E000 and four hex digits, as does U+E000 itself.

    >>> escape_text("a\\x00b").encode("ascii", "backslashreplace")
    b'a\\\\ue0000000b'
    """
    if text.isascii() and "\x00" not in text:
        return text
    return _UNSTORABLE.sub(lambda found: f"{_MARK}{ord(found[0]):04x}", text)


def unescape_text(stored: str | None) -> str | None:
    """What `escape_text` was given.

    >>> unescape_text(escape_text("\\ud83d \\ue000")) == "\\ud83d \\ue000"
    True
    """
    return stored if stored is None or _MARK not in stored else _ESCAPED.sub(_unescape, stored)


def _escape_any(text: str | None) -> str | None:
    return None if text is None else escape_text(text)


def _unescape(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def plain_json(value: object) -> str:
    """Canonical JSON: keys in order, no blanks, letters as they are. Raises TypeError or ValueError for what JSON cannot hold.

    >>> plain_json({"b": [1, None], "a": "é"})
    '{"a":"é","b":[1,null]}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class ExactText(sa.types.TypeDecorator[str]):
    """Text code point for code point, ordered by code point on both engines (PostgreSQL: collation C)."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        return _exact_text(dialect)

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else escape_text(value)

    def process_result_value(self, value: Any | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else unescape_text(value)

    def bind_processor(self, dialect: sa.Dialect) -> Callable[[Any | None], Any | None]:
        """As `process_bind_param`, without what SQLAlchemy puts around it."""
        return _escape_any

    def result_processor(self, dialect: sa.Dialect, coltype: Any) -> Callable[[Any | None], Any | None]:
        """`unescape_text` itself: one call less for each value, and there are hundreds in an answer."""
        return unescape_text


class PlainJson(sa.types.TypeDecorator[Any]):
    """A plain value as canonical JSON text: equal values are equal bytes."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        return _exact_text(dialect)

    def process_bind_param(self, value: Any | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else escape_text(plain_json(value))

    def process_result_value(self, value: Any | None, dialect: sa.Dialect) -> Any:
        return None if value is None else json.loads(_ESCAPED.sub(_unescape, value) if _MARK in value else value)


class Instant(sa.types.TypeDecorator[datetime]):
    """An instant, kept as ISO text in UTC. Raises ValueError for a time without zone: it names no instant."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else instant_text(value)

    def process_result_value(self, value: Any | None, dialect: sa.Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


def instant_text(at: datetime) -> str:
    """ISO form in UTC, to the microsecond, so that text order is time order.

    >>> instant_text(datetime(2023, 6, 20, 9, tzinfo=UTC))
    '2023-06-20T09:00:00.000000+00:00'
    """
    if at.tzinfo is None:
        raise ValueError(f"{at!r} names no instant: give it a time zone (UTC)")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _exact_text(dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
    return sa.Text(collation="C") if dialect.name == "postgresql" else sa.Text()
