"""Vague times as a TIMEX tagger marks them: "now" (PRESENT_REF), "recently" (PAST_REF), "in the future" (FUTURE_REF)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bench.timex_lengths import Timex

_SPANS = r"(?:day|week|month|year|quarter)"
_NOW = (
    r"(?:right |just |even |until |for )?(?P<now>now)(?!-)|(?P<adverb>currently|presently|these days|nowadays|at present|at the moment|this time)"
    r"|(?P<current>(?:the )?current)(?! (?:fiscal|year|quarter|month|week|events|affairs))"
)
_PAST = (
    rf"(?:more |most |until )?(?P<lately>recently|lately)|(?P<recent>(?:the |a |its |their |in )?recent)(?= [a-z])(?! {_SPANS}s)"
    rf"|in (?P<past>the past|the recent past)(?! [a-z\d]+ (?:{_SPANS}|decade|hour|season)s?\b)"
    rf"(?= ?[.,;:'\"]|$| [a-z]+)(?! (?:two|three|few|several|decade|{_SPANS}))"
    r"|(?P<once>a|the) once(?= [a-z])"
)
_TO_COME = (
    rf"(?P<future>the (?:near |foreseeable |immediate |distant )?future|soon(?! (?:as|after)\b)|the near term|the short term|(?:the )?coming {_SPANS}s|one day)"
)
_REF = {value: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for value, pattern in (("PRESENT_REF", _NOW), ("PAST_REF", _PAST), ("FUTURE_REF", _TO_COME))}


def find_references(plain: str) -> Iterator[Timex]:
    """Vague times: PRESENT_REF, PAST_REF, FUTURE_REF."""
    for value, pattern in _REF.items():
        for match in pattern.finditer(plain):
            group = match.lastgroup or 0
            yield Timex(match.start(group), match.end(), "DATE", value)
