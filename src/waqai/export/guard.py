"""What a file cannot hold, or a spreadsheet would take for a formula."""

from __future__ import annotations

import re

from waqai.core.formulas import guard, unguard

__all__ = ["guard", "make_whole", "make_xml", "unguard"]

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HALVES = re.compile("[\ud800-\udfff]")


def make_whole(text: str) -> str:
    """The text as UTF-8 can hold it: half a surrogate pair becomes the sign for what cannot be shown."""
    return _HALVES.sub("\ufffd", text)


def make_xml(text: str) -> str:
    """The text as XML can hold it, without the control characters that it forbids.

    >>> make_xml("a\\x00b\\x1f")
    'ab'
    """
    return _NOT_XML.sub("", text)
