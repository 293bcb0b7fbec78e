"""The entries of an RSS or Atom feed, by feedparser. Runs in the child process.

A feed that declares entities of its own is refused before it is parsed: no real feed needs one, and a few lines of them unpack to gigabytes or name files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from email.utils import parsedate_tz
from io import BytesIO
from typing import Any

from .fragments import words_of
from .refusal import Caps, Refused, check_tags

MAX_ENTRIES = 5_000
_START = re.compile(rb"<(?:[A-Za-z]+:)?(?:item|entry)[\s>/]")
_END = re.compile(rb"</(?:[A-Za-z]+:)?(?:item|entry)\s*>")
_ROOT = re.compile(rb"<(?:[A-Za-z]+:)?(?:rss|feed|RDF|channel)[\s>]")
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # the marks of UTF-16, in which NULs are halves of letters; elsewhere they are none, and the parser's codecs trip over them
_YEAR_FIRST = re.compile(r"\s*(\d{4})\s*[-/.\u5e74\ub144]\s*(\d{1,2})\s*[-/.\u6708\uc6d4]\s*(\d{1,2})(?!\d)|\s*(\d{4})(\d{2})(\d{2})(?=T|\s*$)")
_MONTH = re.compile(r"[^\W\d_]{3,}")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")


def prepare(_caps: Caps) -> Callable[[bytes], Any]:
    """What answers a line of JSON (the address and media type of a feed) and its bytes with {"title", "language", "entries", "left_out", "broken", "spans"}.

    `spans` are the bytes of each entry as [start, end), None where the entries cannot be told apart.
    """
    _parse(b"<rss><channel><item><title>loaded before the limits</title></item></channel></rss>", "", "")
    return _answer


def _answer(request: bytes) -> dict[str, Any]:
    head, _, body = request.partition(b"\n")
    told = json.loads(head)
    root = _ROOT.search(body)
    if b"<!ENTITY" in (body[: root.start()] if root else body).replace(b"\0", b""):
        raise Refused("the feed declares entities of its own, which no feed needs: they can be built to exhaust a reader, or to fetch files")
    check_tags(body)
    starts = [found.start() for found in _START.finditer(body)]
    kept = body[: starts[MAX_ENTRIES]] if len(starts) > MAX_ENTRIES else body
    feed = _parse(kept if kept[:4].count(b"\0") or kept[:2] in _WIDE else kept.replace(b"\0", b" "), told["address"], told["media_type"])
    if not feed.get("version") and not feed.entries:
        raise Refused("it is no feed: neither RSS nor Atom was found in it")
    left_out = max(0, len(starts) - MAX_ENTRIES)
    broken = str(feed.bozo_exception)[:200] if feed.bozo and not left_out and _is_broken(feed.bozo_exception) else None
    entries = [_entry_of(entry) for entry in feed.entries[:MAX_ENTRIES]]
    channel = feed.feed
    return {
        "title": _words(channel, "title"),
        "language": _words(channel, "language"),
        "entries": entries,
        "left_out": left_out,
        "broken": broken,
        "spans": _spans_of(kept, starts[:MAX_ENTRIES], len(entries)),
    }


def _parse(body: bytes, address: str, media_type: str) -> Any:
    import feedparser

    headers = {"content-location": address, **({"content-type": media_type} if media_type else {})}
    try:
        return feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise Refused(f"the feed is damaged in a way that its reader cannot make out ({type(error).__name__}: {str(error)[:100]})") from error


def _is_broken(error: Exception) -> bool:
    """What the parser found amiss, but for what does no harm: a wrong content type, an encoding that had to be guessed."""
    return type(error).__name__ not in {"NonXMLContentType", "CharacterEncodingOverride"}


def _entry_of(entry: Any) -> dict[str, Any]:
    contents = [one.get("value") or "" for one in entry.get("content", [])]
    content = max(contents, key=len, default="")
    text = words_of(content) if content else ""
    return {
        "address": entry.get("link") or "",
        "id": entry.get("id") or "",
        "title": words_of(entry.get("title") or ""),
        "published": _day_of(entry),
        "text": text or words_of(entry.get("summary") or ""),
        "whole": bool(text),
        "language": entry.get("language") or None,
    }


def _day_of(entry: Any) -> str | None:
    """The day as it is written, without a change of time zone; the parser's own where that cannot be told.

    The parser makes a day of anything, of "2023-06" the first, of "2023/06/19" one in November: its year and day have to stand in what is written.
    """
    name = next((name for name in ("published", "created", "updated") if entry.get(name)), None)
    if name is None:
        return None
    written = entry[name]
    if first := _YEAR_FIRST.match(written):
        return "{:0>4}-{:0>2}-{:0>2}".format(*(one for one in first.groups() if one))
    mail, guess = parsedate_tz(written), entry.get(f"{name}_parsed")
    numbers = {int(one) for one in re.findall(r"\d{1,9}", _CLOCK.sub(" ", written))}
    parsed = mail or (guess if guess and {guess[0], guess[2]} <= numbers and _MONTH.search(written) else None)
    return f"{parsed[0]:04}-{parsed[1]:02}-{parsed[2]:02}" if parsed else None


def _words(of: Any, name: str) -> str | None:
    return words_of(of.get(name) or "") or None


def _spans_of(body: bytes, starts: list[int], count: int) -> list[list[int]] | None:
    ends = [found.end() for found in _END.finditer(body)]
    fits = len(starts) == len(ends) == count and all(start < end for start, end in zip(starts, ends, strict=True))
    return [[start, end] for start, end in zip(starts, ends, strict=True)] if fits else None
