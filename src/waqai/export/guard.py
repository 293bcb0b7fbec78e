"""Texts that a spreadsheet would take for a formula, and what no file can hold."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HALVES = re.compile("[\ud800-\udfff]")


def guard(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would take it for a formula, or for a text that is guarded already.

    >>> [guard(text) for text in ("=1+1", "-3 dead", "a-b", "'=1")]
    ["'=1+1", "'-3 dead", 'a-b', "''=1"]
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """What `guard` was given.

    >>> [unguard(guard(text)) for text in ("=1+1", "'=1", "'quoted'")]
    ['=1+1', "'=1", "'quoted'"]
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def make_whole(text: str) -> str:
    """The text as UTF-8 can hold it: half a surrogate pair becomes the sign for what cannot be shown."""
    return _HALVES.sub("\ufffd", text)


def make_xml(text: str) -> str:
    """The text as XML can hold it, without the control characters that it forbids.

    >>> make_xml("a\\x00b\\x1f")
    'ab'
    """
    return _NOT_XML.sub("", text)
