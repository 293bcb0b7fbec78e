"""What words of a report could mean, as a person would write it into a form: a first guess for whoever selects them. Nothing is kept."""

from __future__ import annotations

import re
from collections.abc import Callable

from waqai.codebook import Codebook
from waqai.core import NotPossible, Report, Span, UnresolvedDate
from waqai.dating import DayRange, TextClock, find_date_phrases, overlapping_phrases, resolve_in_order
from waqai.flow.values import where_value
from waqai.parsing.numbers import parse_number
from waqai.places import Gazetteer

_TOKEN = re.compile(r"[\w,.\-]*\w")


def suggest_value(facet: str, report: Report, span: Span, *, codebook: Codebook, gazetteer: Callable[[], Gazetteer]) -> str | None:
    """The value as `correct_account` takes it: a day or days, the id of a place (where the words name one alone), a number, a name. None: no guess.

    Raises NotPossible for a span that does not lie in the text.
    """
    if span.end > len(report.text):
        raise NotPossible(f"the report has {len(report.text)} characters: there are no words from {span.start} to {span.end}")
    words = " ".join(span.of(report.text).split())
    if facet == "when":
        return _days(report, span)
    if facet == "where":
        return _place(words, gazetteer())
    if facet == "count":
        return suggest_number(words, codebook)
    return words if facet == "actor" else None


def suggest_number(words: str, codebook: Codebook) -> str | None:
    """The number in the words; "20+" where a word beside it says "at least", the range of a vague word.

    >>> from waqai.codebook import load_codebook
    >>> [suggest_number(words, load_codebook()) for words in ("more than 879 inmates", "some twenty-five men", "dozens", "they")]
    ['879+', '25', '24-99', None]
    """
    found = _first_number(words)
    if found is None:
        vague = codebook.find_vague(words)
        return None if vague is None else f"{vague.low}+" if vague.high is None else f"{vague.low}-{vague.high}"
    said = f" {words.casefold()} "
    is_open = any(f" {word.word.replace('_', ' ')} " in said and word.above is None and word.below == 0 for word in codebook.approx.values())
    return f"{found:g}" + ("+" if is_open else "") if found < 1e6 else f"{found:.0f}" + ("+" if is_open else "")


def _first_number(words: str) -> float | None:
    """The longest run of number words from the first one on."""
    tokens = _TOKEN.findall(words)
    for first in range(len(tokens)):
        runs = (parse_number(" ".join(tokens[first:last])) for last in range(len(tokens), first, -1))
        value = next((run for run in runs if run is not None), None)
        if value is not None:
            return value
    return None


def _days(report: Report, span: Span) -> str | None:
    phrases = find_date_phrases(report.text)
    meant = overlapping_phrases(phrases, span)
    if not meant:
        return None
    resolved = dict(zip(phrases, resolve_in_order(phrases, clock=TextClock(report.text, published=report.published, phrases=phrases)), strict=True))
    days: DayRange | UnresolvedDate = resolved[meant[0]]
    if isinstance(days, UnresolvedDate):
        return None
    return days.earliest.isoformat() if days.earliest == days.latest else f"{days.earliest.isoformat()}..{days.latest.isoformat()}"


def _place(words: str, gazetteer: Gazetteer) -> str | None:
    """The words themselves where they name one place, its id where another spelling of it does."""
    try:
        value = where_value(words, gazetteer)["value"]
    except NotPossible:
        return None
    return str(value["place_id"]) if value else None
