"""The reporting periods that business news talks of: "the quarter", "the year-ago period", "fiscal 1988", "the nine months".

News of earnings names a quarter once and goes on with "the quarter" and "a year earlier"; `Talk` keeps which one is talked of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date

from bench.timex_lengths import Timex
from waqai.dating import DatePhrase
from waqai.dating.words import MONTH, WS, month_number

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_NAMED = re.compile(
    rf"\b(?P<nth>first|second|third|fourth)(?:-|{WS})(?:fiscal(?:-|{WS}))?quarter\b"
    rf"|\bquarter{WS}(?:that{WS})?(?:ended|ending|to|through){WS}(?P<month>{MONTH})",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    rf"\b(?:the{WS}|a{WS})?(?P<ago>(?:comparable{WS}|corresponding{WS})?year-(?:ago|earlier))(?:{WS}(?P<ago_unit>(?:(?:first|second|third|fourth){WS})?quarter|period))?\b"
    rf"|\b(?P<now>(?:the|this|that){WS}(?:(?:latest|current|most{WS}recent){WS})?(?P<now_unit>quarter|period|(?:(?:fiscal|full|current){WS})?year))(?=\W)(?!{WS}(?:of|a|before|after)\b)",
    re.IGNORECASE,
)
_YEAR_AGO = re.compile(r"^(?:an?|one) year (?:ago|earlier|before)$", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:expects?|expected|will|would|forecasts?|next|into|through)\b[^.;]*$", re.IGNORECASE)
_YEAR_TOLD = re.compile(rf"\bthe{WS}(?P<year>(?:19|20)\d\d){WS}(?:(?P<nth>first|second|third|fourth){WS}quarter|(?P<unit>quarter|period))\b", re.IGNORECASE)
_NEXT_QUARTER = re.compile(rf"\b(?P<which>this|last|next){WS}year's{WS}(?:(?P<nth>first|second|third|fourth){WS})?quarter\b", re.IGNORECASE)
_ENDED = re.compile(r"\s+(?:that\s+)?(?:ended|ending)\b")
_MONEY = re.compile(r"[$#%]|\b(?:cents|percent|million|billion)\b")


class Talk:
    """Which quarter a text talks of, by place. The last quarter that had ended by the report stands where none is named."""

    def __init__(self, plain: str, published: date) -> None:
        self.plain, self.published = plain, published
        self.of_money = len(_MONEY.findall(plain)) >= 4
        told = [
            (match.start(), self._quarter(match)) for match in _NAMED.finditer(plain) if not _AHEAD.search(plain, max(0, match.start() - 60), match.start())
        ]
        self._starts, self._quarters = [start for start, _ in told], [quarter for _, quarter in told]

    @property
    def tells_quarters(self) -> bool:
        return bool(self._quarters) or re.search(r"\bquarter\b", self.plain) is not None

    def _quarter(self, match: re.Match[str]) -> tuple[int, int]:
        number = _ORDINALS[match["nth"].lower()] if match["nth"] else (month_number(match["month"]) + 2) // 3
        begun = 3 * number - 2 <= self.published.month
        return self.published.year - (not begun), number

    def quarter_at(self, at: int, *, shift: int = 0) -> str:
        """The quarter talked of at the offset, so many years later."""
        told = bisect_right(self._starts, at) - 1
        if told >= 0:
            year, number = self._quarters[told]
        elif self._quarters:
            year, number = self._quarters[0]
        else:
            ended = (self.published.month - 1) // 3
            year, number = (self.published.year, ended) if ended else (self.published.year - 1, 4)
        return f"{year + shift}-Q{number}"

    def reread(self, phrase: DatePhrase, timex: Timex) -> Timex:
        """ "A year earlier" in the talk of a quarter is that quarter, a year before."""
        if _YEAR_AGO.match(phrase.words) and self.of_money and self.tells_quarters and not phrase.names_anchor:
            return timex._replace(value=self.quarter_at(timex.start, shift=-1), type="DATE")
        return timex


def find_periods(plain: str, talk: Talk) -> Iterator[Timex]:
    """The quarter or year that "the latest quarter", "the year-ago period", "the fiscal year" point at."""
    if not talk.of_money:
        return
    yield from _told_years(plain, talk)
    for match in _PERIOD.finditer(plain):
        if match["ago"]:
            yield Timex(match.start(), match.end(), "DATE", talk.quarter_at(match.start(), shift=-1) if talk.tells_quarters else f"{talk.published.year - 1}")
        elif match["now_unit"].lower().endswith("year"):
            if _ENDED.match(plain, match.end()):
                yield Timex(match.start(), match.end(), "DURATION", "P1Y")
                continue
            yield Timex(match.start(), match.end(), "DATE", f"{talk.published.year}")
        elif match["now_unit"].lower() == "quarter" or "latest" in match["now"].lower():
            yield Timex(match.start(), match.end(), "DATE", talk.quarter_at(match.start()))


def _told_years(plain: str, talk: Talk) -> Iterator[Timex]:
    """A quarter with its year in front: "the 1988 third quarter", "the 1988 period", "next year's first quarter"."""
    for match in _YEAR_TOLD.finditer(plain):
        number = _ORDINALS[match["nth"].lower()] if match["nth"] else int(talk.quarter_at(match.start())[-1])
        yield Timex(match.start(), match.end(), "DATE", f"{match['year']}-Q{number}" if talk.tells_quarters else match["year"])
    for match in _NEXT_QUARTER.finditer(plain):
        number = _ORDINALS[match["nth"].lower()] if match["nth"] else int(talk.quarter_at(match.start())[-1])
        yield Timex(match.start(), match.end(), "DATE", f"{talk.published.year + {'last': -1, 'this': 0, 'next': 1}[match['which'].lower()]}-Q{number}")
