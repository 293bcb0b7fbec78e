"""The messages of mailboxes, one after another: mbox (RFC 4155), maildir (cr.yp.to/proto/maildir.html), a single .eml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from waqai.core import UnreadableReport
from waqai.intake.sources import is_maildir, printable

_LINE = 65_536
_LONGEST_START = 500  # bytes: an address and a date
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_DATED = re.compile(rb"From .*(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .*\d:\d\d|\d{4}-\d\d-\d\d.\d\d:\d\d)")
_FIRST_HEADER = re.compile(
    rb"(?:Return-Path|Received|Delivered-To|Message-ID|From|To|Date|Subject|Status|MIME-Version|Content-Type|X-[\w-]+)[ \t]*:", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message's bytes and the name of its place; None for a message of more bytes than are read, or one that cannot be read, for this `fault`."""

    name: str
    raw: bytes | None
    fault: str = ""


def is_mbox(head: bytes) -> bool:
    """Whether a file that begins so is an mbox, whatever it is called: Thunderbird's have no ending.

    >>> is_mbox(b"From - Sun Jun 18 20:30:00 2023\\nX-Mozilla-Status: 0001\\n"), is_mbox(b"From Sunday 20:30 on\\nnobody was seen.")
    (True, False)
    """
    first, _, rest = head.partition(b"\n")
    return _DATED.match(first[:_LONGEST_START]) is not None and _FIRST_HEADER.match(rest) is not None


def iter_mbox(stream: IO[bytes], *, name: str, limit: int) -> Iterator[Message]:
    """The messages of an mbox: each begins with a line "From " at the start or after an empty line. ">From " in them is "From " again (mboxrd).

    Some programs leave such lines of a message's own words as they are: those neither hold a date and time nor stand before a header.
    Raises UnreadableReport where the file does not begin so.
    """
    number, lines, size, was_empty = 0, [], 0, True  # type: tuple[int, list[bytes], int, bool]
    for line, following in _iter_lines(stream):
        if was_empty and line.startswith(b"From ") and (not number or _DATED.match(line[:_LONGEST_START]) or _FIRST_HEADER.match(following)):
            if number:
                yield _message(name, number, lines, size, limit)
            number, lines, size = number + 1, [], 0
        elif not number:
            if line.strip():
                raise UnreadableReport("it is no mailbox: it does not begin with a line 'From …'")
        else:
            size += len(line)
            if size <= limit:
                lines.append(line)
        was_empty = not line.strip(b"\r\n")
    if not number:
        raise UnreadableReport("the mailbox is empty")
    yield _message(name, number, lines, size, limit)


def iter_maildir(folder: Path, *, name: str, limit: int) -> Iterator[Message]:
    """The messages of a maildir, `new` and `cur`, in the order of their files' names (which begin with the second of arrival); then those of its subfolders.

    Links are not followed. One that a mail program marks as read meanwhile, which gives its file another name, is found again.
    """
    for listed in sorted(_list_messages(folder), key=lambda path: path.name):
        path = listed if listed.exists() else next((one for one in _list_messages(folder) if _stem(one) == _stem(listed)), None)
        if path is not None and path.is_file() and not path.is_symlink():
            yield _read_message(path, printable(f"{name}/{path.parent.name}/{_stem(path)}"), limit)
    for inside in sorted(one for one in folder.iterdir() if one.name.startswith(".") and one.is_dir() and not one.is_symlink() and is_maildir(one)):
        yield from iter_maildir(inside, name=printable(f"{name}/{inside.name}"), limit=limit)


def _iter_lines(stream: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Each line with the one after it, b"" for none."""
    line = stream.readline(_LINE)
    while line:
        following = stream.readline(_LINE)
        yield line, following
        line = following


def _list_messages(folder: Path) -> list[Path]:
    return [path for part in ("cur", "new") for path in (folder / part).iterdir() if not path.name.startswith(".")]


def _stem(path: Path) -> str:
    """The name of a message's file without its flags."""
    return path.name.partition(":")[0]


def _read_message(path: Path, name: str, limit: int) -> Message:
    try:
        return Message(name=name, raw=path.read_bytes() if path.stat().st_size <= limit else None)
    except OSError as error:
        return Message(name=name, raw=None, fault=f"the mail cannot be read: {error.strerror or error}")


def _message(name: str, number: int, lines: list[bytes], size: int, limit: int) -> Message:
    raw = None if size > limit else _QUOTED.sub(rb"\1", b"".join(lines))
    return Message(name=f"{name}#{number}", raw=raw)
