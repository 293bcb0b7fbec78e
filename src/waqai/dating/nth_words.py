"""Finds days told by their number alone: "on the 14th", "from the 11th to the 20th"; their month is that of the day told before them."""

from __future__ import annotations

import re

from waqai.dating.phrase import DatePhrase, Named
from waqai.dating.pieces import Rule, make_phrase
from waqai.dating.words import WS, leading_int

_NTH = r"(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th)"
_ENDS = re.compile(
    r"\s*(?:$|[.,;:)\]\"]|(?:in|at|on|when|as|by|the|with|for|after|before|and|to|from|against|between|while|that|were|was|are|had|has|he|she|they|it|two|three)\b)"
)


def _build_nth(plain: str, match: re.Match[str]) -> DatePhrase | None:
    """None where the number counts something else: "on the 5th floor", "of the 3rd Brigade"."""
    if not _ENDS.match(plain, match.end()):
        return None
    first, last = Named(day=leading_int(match["day"])), Named(day=leading_int(match["last"])) if match["last"] else None
    if last is not None and (last.day or 0) <= (first.day or 0):
        return None
    return make_phrase("day", plain, match.start("words"), match.end(), start=first, end=last)


RULES: tuple[Rule, ...] = (
    Rule(
        re.compile(
            rf"\b(?:on|since|until|till|by|from|between|night{WS}of|morning{WS}of|afternoon{WS}of|evening{WS}of|night{WS}to){WS}"
            rf"(?P<words>the{WS}(?P<day>{_NTH})(?:(?:{WS}(?:and|to|until|till){WS}(?:the{WS})?|[-/])(?P<last>{_NTH}))?)(?![\w-])",
            re.IGNORECASE,
        ),
        _build_nth,
        ("th", "1st", "2nd", "3rd"),
    ),
)
