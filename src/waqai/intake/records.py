"""JSON and JSON Lines to reports: the fields that are read, what they may hold, and where in the file it went wrong.

The fields of gold format 1 that describe a report are read; all others are left out here, so that nothing downstream can see them. JSON comes from
programs, so it is taken strictly: UTF-8 (or a byte-order mark that says otherwise), no field twice, no number where words are due. One exception: what
stands in a field that is not read is nobody's concern, be it NaN, a number of 5,000 digits or a field given twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast, get_args

from waqai.core import BadRecord, Day, IntakeError, Report, TextOrigin, text_sha256
from waqai.intake.guard import check_characters, check_text, show

READ_FIELDS = ("id", "url", "title", "publisher", "published", "language", "text", "text_origin", "terms")
MAX_ID_LENGTH = 200
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})([T ].+)?", re.DOTALL)
_SPACE = re.compile(r"[ \t\n\r]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What a report gets where its file says nothing."""

    published: Day | None = None
    publisher: str | None = None
    language: str | None = None
    terms: str | None = None
    text_origin: TextOrigin = "original"


@dataclass(frozen=True, slots=True)
class Bare:
    """A JSON number, or NaN and its like, as it was written: no field of a report is a number."""

    raw: str

    def __repr__(self) -> str:
        return self.raw


class JsonObject(dict[str, object]):
    """A JSON object that remembers which of its fields were given more than once (the last one counts)."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        self.repeated = self._find_repeated(pairs) if len(self) < len(pairs) else frozenset()

    @staticmethod
    def _find_repeated(pairs: list[tuple[str, object]]) -> frozenset[str]:
        names = [name for name, _ in pairs]
        return frozenset(name for name in READ_FIELDS if names.count(name) > 1)


_DECODER = json.JSONDecoder(object_pairs_hook=JsonObject, parse_int=Bare, parse_float=Bare, parse_constant=Bare)


def parse_line(line: str) -> object:
    """The JSON value on a line. Raises BadRecord with the column where it stops being JSON."""
    start = _skip_space(line, 0)
    value, end = _decode_value(line, start)
    if _skip_space(line, end) < len(line):
        raise _broken(line, end, "something follows the value")
    return value


def iter_values(text: str) -> Iterator[tuple[int, object]]:
    """The items of a JSON array, or the values of a document one after another, each with the line (from 1) on which it starts.

    Raises BadRecord, which names the line, at the place where the document stops being JSON; the values before it have come out by then.

    >>> [line for line, _ in iter_values('[{"id": "a"},\\n {"id": "b"}]')]
    [1, 2]
    """
    at, line, counted = _skip_space(text, 0), 1, 0
    walk = _iter_array(text, at) if text.startswith("[", at) else _iter_sequence(text, at)
    for start, value in walk:
        line, counted = line + text.count("\n", counted, start), start
        yield line, value


def make_report(value: object, *, defaults: Defaults, mint: Callable[[str | None], str], on_ignored: Callable[[str], object]) -> Report:
    """The report that a JSON value describes. Raises BadRecord, EmptyReport or UnreadableReport.

    `mint` turns the id that the record brings, or None, into the report's own; it is called last, for good records only. `on_ignored` is told each field
    that is left out. A field that is null or blank counts as absent.
    """
    if not isinstance(value, JsonObject):
        raise BadRecord(f"a report is a JSON object, not {show(value)}")
    for name in value:
        if name not in READ_FIELDS:
            on_ignored(name)
    if value.repeated:
        raise BadRecord(f"field {min(value.repeated)!r} is given more than once")
    text = _read_text(value)
    fields = {name: _read_words(value, name) for name in ("url", "title", "publisher", "language", "terms")}
    published, origin, wanted = _read_published(value), _read_origin(value), _read_id(value)
    return Report(
        id=mint(wanted),
        text=text,
        sha256=text_sha256(text),
        title=fields["title"],
        url=fields["url"],
        publisher=fields["publisher"] or defaults.publisher,
        published=published or defaults.published,
        language=fields["language"] or defaults.language,
        terms=fields["terms"] or defaults.terms,
        text_origin=origin or defaults.text_origin,
    )


def parse_day(written: str) -> Day:
    """The day of an ISO day, or of an ISO instant as it is written (no change of time zone). Raises ValueError for anything else.

    >>> parse_day("2023-06-20"), parse_day("2023-06-20T23:30:00+03:00")
    (datetime.date(2023, 6, 20), datetime.date(2023, 6, 20))
    >>> parse_day("20 June 2023")
    Traceback (most recent call last):
    ValueError: '20 June 2023' is no ISO day (YYYY-MM-DD) and no ISO instant
    """
    found = _DAY.fullmatch(written.strip())
    if found is None:
        raise ValueError(f"{show(written)} is no ISO day (YYYY-MM-DD) and no ISO instant")
    return datetime.fromisoformat(written.strip()).date() if found[2] else date.fromisoformat(found[1])


def _read_text(record: Mapping[str, object]) -> str:
    text = record.get("text")
    if not isinstance(text, str):
        raise BadRecord("it has no field 'text'" if "text" not in record else f"field 'text' holds {show(text)}, not words")
    check_text(text)
    return text


def _read_words(record: Mapping[str, object], name: str) -> str | None:
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadRecord(f"field {name!r} holds {show(value)}, not words")
    try:
        check_characters(value)
    except IntakeError as error:
        raise BadRecord(f"field {name!r}: {error}") from error
    return value if value.strip() else None


def _read_id(record: Mapping[str, object]) -> str | None:
    value = record.get("id")
    if isinstance(value, Bare) and value.raw.lstrip("-").isdigit():
        value = value.raw
    words = _read_words({"id": value}, "id")
    if words is not None and (len(words) > MAX_ID_LENGTH or not words.isprintable()):
        raise BadRecord(f"field 'id' holds {show(words)}; an id is at most {MAX_ID_LENGTH} printable characters on one line")
    return words


def _read_published(record: Mapping[str, object]) -> Day | None:
    words = _read_words(record, "published")
    if words is None:
        return None
    try:
        return parse_day(words)
    except ValueError as error:
        raise BadRecord(f"field 'published' holds {show(words)}, which is no day; write YYYY-MM-DD, an ISO instant, or null") from error


def _read_origin(record: Mapping[str, object]) -> TextOrigin | None:
    words = _read_words(record, "text_origin")
    if words is not None and words not in get_args(TextOrigin):
        raise BadRecord(f"field 'text_origin' holds {show(words)}; it is one of {', '.join(get_args(TextOrigin))}")
    return cast("TextOrigin | None", words)


def _iter_array(text: str, at: int) -> Iterator[tuple[int, object]]:
    at = _skip_space(text, at + 1)
    while not text.startswith("]", at):
        value, end = _decode_value(text, at)
        yield at, value
        at = _skip_space(text, end)
        if text.startswith(",", at):
            at = _skip_space(text, at + 1)
        elif not text.startswith("]", at):
            raise _broken(text, at, "',' or ']' is missing")
    after = _skip_space(text, at + 1)
    if after < len(text):
        raise _broken(text, after, "something follows the array")


def _iter_sequence(text: str, at: int) -> Iterator[tuple[int, object]]:
    while at < len(text):
        value, end = _decode_value(text, at)
        yield at, value
        at = _skip_space(text, end)


def _decode_value(text: str, at: int) -> tuple[object, int]:
    try:
        value, end = _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise _broken(text, error.pos, error.msg) from error
    except RecursionError as error:
        raise _broken(text, at, "nested too deeply") from error
    return value, end


def _broken(text: str, at: int, why: str) -> BadRecord:
    """The error for text that stops being JSON at an offset. A line of JSON Lines is told by its caller, so only a later line is named here."""
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    where = f"line {line}, column {column}" if line > 1 else f"column {column}"
    return BadRecord(f"not JSON: {why} ({where}): {show(text[at : at + 40])}")


def _skip_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
