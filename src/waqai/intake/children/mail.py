"""The words and attachments of one mail, by the standard library's parser. Runs in the child process.

RFC 5322 (the message), 2045-2049 (MIME), 3676 (flowed text), 2919 (List-Id). The older policy of the library is used: the newer one raises on headers that
break the rules, and those are the ones that come.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any

from .fragments import words_of
from .refusal import Caps, Refused

MAX_DEPTH, MAX_PARTS, MAX_ATTACHMENTS = 50, 5_000, 100
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
_WITHIN = re.compile(rb"^content-type:\s*message/", re.IGNORECASE | re.MULTILINE)
_FOLDED = re.compile(r"\r?\n[ \t]*")


def prepare(caps: Caps) -> Callable[[bytes], Any]:
    """What answers a message with its headers, "plain", "html", "words" (of the html), "attachments" and "notes"."""
    _read(b"Subject: loaded\r\nContent-Type: text/html\r\n\r\n<p>before the limits</p>", caps)
    return lambda raw: _read(raw, caps)


def _read(raw: bytes, caps: Caps) -> dict[str, Any]:
    from email import message_from_bytes

    if sum(1 for _ in _BOUNDARY.finditer(raw)) + sum(1 for _ in _WITHIN.finditer(raw)) > 4 * MAX_DEPTH:
        raise Refused(f"the mail holds mails in mails, or parts in parts, more than {4 * MAX_DEPTH} times: it was built to exhaust its reader")
    try:
        message = message_from_bytes(raw)
    except RecursionError as error:
        raise Refused("the mail holds parts in parts, too deep to be read") from error
    if not message.keys():
        raise Refused("it is no mail: it begins with no headers")
    try:
        return _Parts(caps).read(message)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise Refused(f"the mail is damaged in a way that its reader cannot make out ({type(error).__name__}: {str(error)[:100]})") from error


class _Parts:
    """What the parts of one message hold. Changes itself."""

    def __init__(self, caps: Caps) -> None:
        self._caps = caps
        self._plain: list[str] = []
        self._html: list[str] = []
        self._attachments: list[dict[str, str]] = []
        self._notes: list[str] = []
        self._unread = 0

    def read(self, message: Message) -> dict[str, Any]:
        for number, part in enumerate(self._iter_parts(message)):
            if number >= MAX_PARTS:
                self._notes.append(f"the mail has more than {MAX_PARTS} parts: the rest was not read")
                break
            self._take(part)
        if self._unread:
            self._notes.append(f"{self._unread} attachments were not read")
        plain, html = "\n".join(self._plain), "\n".join(self._html)
        if max(len(plain), len(html)) > self._caps["max_bytes"]:
            raise Refused(f"its text has more than {self._caps['max_bytes']} characters, which is more than one report may have")
        name, address = parseaddr(_header(message, "From"))
        return {
            "subject": _header(message, "Subject"),
            "list": _header(message, "List-Id"),
            "from_name": name,
            "from_address": address,
            "date": _day_of(_header(message, "Date")),
            "language": _header(message, "Content-Language"),
            "plain": plain,
            "html": html,
            "words": words_of(html) if html and not plain.strip() else "",
            "attachments": self._attachments,
            "notes": self._notes,
        }

    def _iter_parts(self, message: Message) -> Iterator[Message]:
        """The parts that hold no other, in their order; what is deeper than `MAX_DEPTH` is left out, and noted."""
        stack = [(message, 0)]
        is_cut = False
        while stack:
            part, depth = stack.pop()
            inside: Any = part.get_payload() if part.is_multipart() else None
            if inside is None or part.get_content_maintype() == "message":
                yield part
            elif depth < MAX_DEPTH:
                stack.extend((one, depth + 1) for one in reversed(inside) if isinstance(one, Message))
            else:
                is_cut = True
        if is_cut:
            self._notes.append(f"the mail holds parts in parts, deeper than {MAX_DEPTH}: those were not read")

    def _take(self, part: Message) -> None:
        kind, name = part.get_content_type(), _decoded(str(part.get_filename() or ""))
        is_attached = bool(name) or part.get_content_disposition() == "attachment"
        if is_attached:
            self._attach(part, kind, name)
        elif kind == "text/plain":
            self._plain.append(_unflowed(part, self._text(part)))
        elif kind == "text/html":
            self._html.append(self._text(part))
        else:
            self._unread += kind.startswith(("application/", "message/"))

    def _attach(self, part: Message, kind: str, name: str) -> None:
        content = _payload(part)
        if not content or len(self._attachments) >= MAX_ATTACHMENTS or len(content) > self._caps["max_file_bytes"] or kind.startswith("message/"):
            self._unread += 1
            return
        said = {"name": name[:200], "type": kind, "charset": part.get_content_charset() or ""}
        self._attachments.append({**said, "content": b64encode(content).decode("ascii")})

    def _text(self, part: Message) -> str:
        raw = _payload(part)
        declared = part.get_content_charset()
        for charset in filter(None, (declared, "utf-8")):
            try:
                return raw.decode(charset)
            except (LookupError, ValueError):
                continue
        text = raw.decode("cp1252", "replace")
        self._notes.append(f"the mail says its words are in {str(declared)[:40]!r}, and they are not: read as Windows-1252")
        return text


def _payload(part: Message) -> bytes:
    """The part's bytes; those that its coding breaks the rules for as they stand (a charset with a NUL in its name: found by fuzzing)."""
    try:
        found = part.get_payload(decode=True)
    except (LookupError, ValueError):
        found = str(getattr(part, "_payload", "")).encode("utf-8", "surrogateescape")  # itself, as the way to it decodes in any case
    return found if isinstance(found, bytes) else b""


def _unflowed(part: Message, text: str) -> str:
    """The text with the lines that "format=flowed" cut put together again (RFC 3676, section 4)."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    drop_blank = str(part.get_param("delsp", "")).lower() == "yes"
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        bare = line.rstrip("\r")
        stuffed = bare[1:] if bare.startswith(" ") else bare
        if goes_on and lines:
            lines[-1] += stuffed
        else:
            lines.append(stuffed)
        goes_on = stuffed.endswith(" ") and stuffed != "-- "
        if goes_on and drop_blank:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _header(message: Message, name: str) -> str:
    return _decoded(str(message.get(name) or ""))


def _decoded(written: str) -> str:
    """A header's words (RFC 2047); what cannot be decoded stays as it is written."""
    from email.errors import HeaderParseError

    try:
        pieces = decode_header(written)
    except (HeaderParseError, ValueError):
        return _one_line(written)
    return _one_line("".join(_piece(piece, charset) for piece, charset in pieces))


def _piece(piece: str | bytes, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    for name in filter(None, (charset, "utf-8")):
        try:
            return piece.decode(name)
        except (LookupError, ValueError):
            continue
    return piece.decode("latin-1")


def _one_line(words: str) -> str:
    folded = " ".join(_FOLDED.sub(" ", words).split())
    return folded.encode("utf-8", "replace").decode("utf-8")


def _day_of(written: str) -> str | None:
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
