"""Logs that can be kept and shown: one line for each thing that happened, as JSON for programs or as text for people, on standard error.

A line holds names of ours and numbers, never what somebody wrote, asked or is called: no address of a page with its ids, no query, no words of a search, no
name, no cookie, no IP address. `Fields` is all that may be in one. What other libraries log is told by its place; an error by its kind and the places that it
came through, without its message, which may quote what was read.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from types import TracebackType
from typing import Any, Literal, TextIO, TypeAlias, TypedDict, Unpack, get_args

from waqai.core import SettingsError
from waqai.flow import now

LogFormat: TypeAlias = Literal["text", "json"]
Level: TypeAlias = Literal["debug", "info", "warning", "error"]
FORMATS: tuple[LogFormat, ...] = get_args(LogFormat)
LEVELS: tuple[Level, ...] = get_args(Level)
FORMAT_VARIABLE, LEVEL_VARIABLE = "WAQAI_LOG", "WAQAI_LOG_LEVEL"
MOST_PLACES = 12
SERVER = "uvicorn"
SAID_TWICE = "Exception in ASGI application"
"""What the server says of an error that `requests` has told already."""
_LOGGER = logging.getLogger("waqai")


class Fields(TypedDict, total=False):
    """All that a line may hold beside its time, level and event. `route` is the pattern of an address ("/incidents/{id}"), `who` a role, `ms` milliseconds."""

    request: str
    method: str
    route: str
    status: int
    ms: float
    who: str
    worker: int
    workers: int
    signal: str
    exit: int
    runs: int
    alerts: int
    feeds: int
    found: int
    kept: int
    set_aside: int
    news: int
    sent: int
    failed: int
    given_up: int


def tell(event: str, *, level: Level = "info", error: BaseException | None = None, **fields: Unpack[Fields]) -> None:
    """One line. `event` is a few words of ours, the same each time."""
    told = {**fields, **({} if error is None else describe_error(error))}
    _LOGGER.log(getattr(logging, level.upper()), event, extra={"told": told})


def check_format(said: str | None) -> LogFormat | None:
    """What was asked for, else what WAQAI_LOG says; None: nobody asked. Raises SettingsError for another word."""
    word = said or os.environ.get(FORMAT_VARIABLE, "")
    for known in FORMATS:
        if word == known:
            return known
    if word:
        raise SettingsError(f"there is no log format {word!r}: take text or json (--log, or {FORMAT_VARIABLE})")
    return None


def begin_logs(said: str | None) -> bool:
    """Whether rounds are logged and not shown, as was asked for, or by WAQAI_LOG; logs are then set up. Raises SettingsError."""
    format = check_format(said)
    if format is not None:
        set_up_logs(format)
    return format is not None


def set_up_logs(format: LogFormat | None, *, stream: TextIO | None = None) -> None:
    """From here on all lines go to standard error (or `stream`) in this format. None: as text, and warnings and errors only, for whoever looks at a terminal.

    Replaces what was set up before. WAQAI_LOG_LEVEL says from which level on; raises SettingsError for one that there is not.
    """
    level = _level(default="info" if format else "warning")
    logging.disable(logging.NOTSET)  # a library may have silenced all
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if format == "json" else TextLines())
    handler.addFilter(_is_told_once)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in (_LOGGER.name, SERVER, f"{SERVER}.error"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate, logger.disabled = [], True, False  # a library that sets up its own logs may have shut all others
        logger.setLevel(level if name == _LOGGER.name else logging.WARNING)
    sys.excepthook, threading.excepthook = _tell_end, _tell_end_of_thread


class JsonLines(logging.Formatter):
    """A JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps({"time": _instant(), "level": record.levelname.lower(), **_told_of(record)}, ensure_ascii=True)


class TextLines(logging.Formatter):
    """The same for people: time, level, event, then the fields."""

    def format(self, record: logging.LogRecord) -> str:
        told = _told_of(record)
        event, places = told.pop("event"), told.pop("places", ())
        fields = "".join(f" {name}={value}" for name, value in told.items())
        return "\n    ".join((f"{_instant()} {record.levelname.lower()} {event}{fields}", *map(str, places)))


def describe_error(error: BaseException) -> dict[str, Any]:
    """The kind of an error and the places that it came through, the innermost last; those of its cause before. No message: it may quote what was read.

    >>> try:
    ...     int("a person's name")
    ... except ValueError as error:
    ...     described = describe_error(error)
    >>> described["error"], "person" in str(described)
    ('ValueError', False)
    """
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = [] if cause is None else [*_places(cause.__traceback__), f"{_kind(cause)}, which became {_kind(error)}"]
    return {"error": _kind(error), "places": [*before[-MOST_PLACES:], *list(_places(error.__traceback__))[-MOST_PLACES:]]}


# -- inside


def _told_of(record: logging.LogRecord) -> dict[str, Any]:
    own: Mapping[str, Any] | None = getattr(record, "told", None)
    if own is not None:
        return {"event": record.msg, **own}
    error = record.exc_info[1] if record.exc_info else None
    ours = record.name.partition(".")[0] == SERVER
    event = str(record.msg).split("\n")[0] if ours else "a library logged something"  # the pattern alone: what is put into it may be anything
    return {"event": event, "logger": record.name, "place": _place(record.pathname, record.lineno), **({} if error is None else describe_error(error))}


def _is_told_once(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith(SAID_TWICE)


def _kind(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ in ("builtins", "waqai.core.errors") else f"{kind.__module__}.{kind.__qualname__}"


def _places(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"{_place(code.co_filename, trace.tb_lineno)} in {code.co_name}"
        trace = trace.tb_next


def _place(path: str, line: int) -> str:
    """The file from its package on, without the folders of whoever installed it.

    >>> _place("/home/ana/.venv/lib/python3.11/site-packages/waqai/desk/pages.py", 7), _place("/usr/lib/python3.11/json/decoder.py", 8), _place("t.py", 9)
    ('waqai/desk/pages.py:7', 'json/decoder.py:8', 't.py:9')
    """
    parts = PurePath(path).parts
    for start in ("site-packages", "src"):
        if start in parts:
            return f"{'/'.join(parts[len(parts) - parts[::-1].index(start) :])}:{line}"
    return f"{'/'.join(parts[-2:])}:{line}"


def _level(*, default: Level) -> int:
    word = os.environ.get(LEVEL_VARIABLE, "") or default
    if word not in LEVELS:
        raise SettingsError(f"{LEVEL_VARIABLE} is {word!r}: it may be {', '.join(LEVELS)}")
    return int(getattr(logging, word.upper()))


def _instant() -> str:
    return now().isoformat().replace("+00:00", "Z")


def _tell_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    tell("ended by an error", level="error", error=error)


def _tell_end_of_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        tell("a thread ended by an error", level="error", error=args.exc_value)
