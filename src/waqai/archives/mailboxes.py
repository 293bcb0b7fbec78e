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
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message's bytes and the name of its place; None for a message of more bytes than are read."""

    name: str
    raw: bytes | None


def iter_mbox(stream: IO[bytes], *, name: str, limit: int) -> Iterator[Message]:
    """The messages of an mbox: each begins with a line "From " at the start or after an empty line. ">From " in them is "From " again (mboxrd).

    Raises UnreadableReport where the file does not begin so.
    """
    number, lines, size, was_empty = 0, [], 0, True  # type: tuple[int, list[bytes], int, bool]
    while line := stream.readline(_LINE):
        if was_empty and line.startswith(b"From "):
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

    Links are not followed.
    """
    files = [path for part in ("cur", "new") for path in (folder / part).iterdir() if not path.name.startswith(".")]
    for path in sorted(files, key=lambda path: path.name):
        if path.is_file() and not path.is_symlink():
            short = printable(f"{name}/{path.parent.name}/{path.name.partition(':')[0]}")
            yield Message(name=short, raw=path.read_bytes() if path.stat().st_size <= limit else None)
    for inside in sorted(one for one in folder.iterdir() if one.name.startswith(".") and one.is_dir() and not one.is_symlink() and is_maildir(one)):
        yield from iter_maildir(inside, name=printable(f"{name}/{inside.name}"), limit=limit)


def _message(name: str, number: int, lines: list[bytes], size: int, limit: int) -> Message:
    raw = None if size > limit else _QUOTED.sub(rb"\1", b"".join(lines))
    return Message(name=f"{name}#{number}", raw=raw)
