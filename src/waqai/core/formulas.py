"""Texts that a spreadsheet would take for a formula: the apostrophe that guards them goes on and comes off without loss."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")


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
