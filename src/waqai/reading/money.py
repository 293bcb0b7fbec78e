"""Sums of money: "$148.7 million", "40,000 euros"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from waqai.core import Span
from waqai.parsing.numbers import SCALES
from waqai.reading.bounds import Quantity, read_bounds

_MONEY = re.compile(
    r"(?P<sign>US\$|USD|\$|€|£|EUR|GBP)\s?(?P<sum>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>million|billion|thousand|bn|mn|m|k)?\b"
    r"|\b(?P<sum_before>\d[\d,]*(?:\.\d+)?)\s*(?P<scale_before>million|billion|thousand)?\s+(?P<name>US dollars|dollars|euros|pounds)\b",
    re.IGNORECASE,
)
_CURRENCIES = {
    **dict.fromkeys(("us$", "usd", "$", "us dollars", "dollars"), "USD"),
    **dict.fromkeys(("€", "eur", "euros"), "EUR"),
    **dict.fromkeys(("£", "gbp", "pounds"), "GBP"),
}


def find_money(doc: Doc) -> Iterator[Quantity]:
    """Each sum with its currency as unit, in order of the text."""
    for match in _MONEY.finditer(doc.text):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span is None:
            continue
        value = _value(match)
        bounds = read_bounds(doc.text, match.start(), value)
        yield Quantity(
            low=bounds.low,
            high=bounds.high,
            best=value,
            kind=bounds.kind,
            phrase=Span(bounds.start, match.end()),
            head=span.root,
            noun=None,
            unit=_CURRENCIES[(match["sign"] or match["name"]).lower()],
        )


def _value(match: re.Match[str]) -> float:
    amount, scale = (match["sum"], match["scale"]) if match["sign"] else (match["sum_before"], match["scale_before"])
    return round(float(amount.replace(",", "")) * SCALES.get((scale or "").lower(), 1), 2)
