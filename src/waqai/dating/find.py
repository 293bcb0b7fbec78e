"""Finds the date phrases of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from waqai.core import Span
from waqai.dating import day_words, hijri_words, nth_words, period_words, relative_words, year_words
from waqai.dating.clock_times import other_clock, time_beside
from waqai.dating.joining import join_pieces
from waqai.dating.phrase import Bearing, DatePhrase
from waqai.dating.tense import points_ahead
from waqai.dating.words import WEEKDAY, fold

_RULES = day_words.RULES + period_words.RULES + relative_words.RULES + year_words.RULES + hijri_words.RULES + nth_words.RULES
_BEARING = re.compile(r"\b(since|until|till|up to|by|before|after|from)\s+(?:the\s+)?(?:on\s+)?$", re.IGNORECASE)
_WEEK_OF = re.compile(r"\bweek\s+(of|beginning|starting|commencing)\s+(?:on\s+)?(?:the\s+)?$", re.IGNORECASE)
_ONWARD = re.compile(r"\s+(?:on(?:wards?)?|onward)\b(?!\s+(?:the|a)\b)", re.IGNORECASE)
_BEARING_WORDS = {"till": "until", "up to": "until"}
# BEIRUT, June 18 (Reuters) -    ANKARA (AP), 18 June 2023:    June 18, 2023 (Juba) -
_DATELINE_BEFORE = re.compile(r"^\s*(?:[A-Z][A-Z' .-]{2,}(?:,\s*[A-Z][\w' .-]{1,30})?[,:;]?\s*(?:\([\w/ .]{2,30}\))?[,:-]?\s*)?$")
_DATELINE_AFTER = re.compile(r"^\s*(?:,?\s*\([\w/ .&-]{2,30}\)\s*[-:_\u2014]*|[-:_\u2014]{1,2})\s")
_BAR = re.compile(r"^[^.;!?]*\|\s*$")
_BAR_BEHIND = re.compile(r"[T ]*\d{1,2}:\d\d(?::\d\d)?(?:\s?[A-Z]{2,4})?\s*\|")
_STAMP = re.compile(
    r"^\W*(?:last modified|publication date|first published|published|posted|updated|last updated|date|issued|released)\s*(?:on|:)?\s*$", re.IGNORECASE
)
_NIGHT_OF = re.compile(r"\bnight\s+(?:of|between)\s+(?:the\s+)?$", re.IGNORECASE)
_LATE_HOUR = 18
_TIMED = ("day", "weekday", "relative_day", "anchored")
_FULL_WEEKDAY = re.compile(WEEKDAY, re.IGNORECASE)


def find_date_phrases(text: str) -> tuple[DatePhrase, ...]:
    """The date phrases of the text, in order, none over another. Spans are code points of `text`; prepositions stand outside them.

    >>> [p.words for p in find_date_phrases("They fled on Sunday,\\nJune 18, a day after a riot; ISIS lost the town in 2019.")]
    ['Sunday, June 18', 'a day after', '2019']
    """
    plain = fold(text)
    joined = join_pieces(plain, _without_overlaps(_iter_pieces(plain)))
    named = [phrase for phrase in joined if not _is_stray_weekday(phrase)]
    return tuple(_with_surroundings(plain, phrase) for phrase, before in zip(named, [None, *named], strict=False) if not _is_told_again(plain, phrase, before))


def _iter_pieces(plain: str) -> Iterator[DatePhrase]:
    lower = plain.lower()
    for rule in _RULES:
        if rule.words and not any(word in lower for word in rule.words):
            continue
        for match in rule.pattern.finditer(plain):
            piece = rule.build(plain, match)
            if piece is not None:
                yield piece


def _without_overlaps(pieces: Iterator[DatePhrase]) -> list[DatePhrase]:
    """Leftmost first, the longer of two that start together."""
    kept: list[DatePhrase] = []
    for piece in sorted(pieces, key=lambda p: (p.span.start, -p.span.end)):
        if not kept or piece.span.start >= kept[-1].span.end:
            kept.append(piece)
    return kept


def _is_told_again(plain: str, phrase: DatePhrase, before: DatePhrase | None) -> bool:
    """Whether a day in brackets only tells the day before it by another clock: "on Tuesday at 1 a.m. (2200 GMT Monday)"."""
    if before is None or before.kind not in _TIMED or phrase.span.start - before.span.end > 60:
        return False
    between = plain[before.span.end : phrase.span.start]
    return other_clock(plain, phrase.span.start, phrase.span.end) is not None and re.search(r"[.;!?]\s+[A-Z]", between) is None


def _is_stray_weekday(phrase: DatePhrase) -> bool:
    """A short weekday ("Sun", "Sat.") that found no date beside it."""
    return phrase.kind == "weekday" and _FULL_WEEKDAY.search(phrase.words) is None


def _with_surroundings(plain: str, phrase: DatePhrase) -> DatePhrase:
    """The phrase with what stands around it: "since" before it, "onwards" behind it, a dateline."""
    before, after = plain[max(0, phrase.span.start - 20) : phrase.span.start], plain[phrase.span.end : phrase.span.end + 12]
    found = _BEARING.search(before)
    word = " ".join(found[1].lower().split()) if found else None
    bearing = _BEARING_WORDS.get(word, word) if word else None
    if bearing == "from" and phrase.end is None and _ONWARD.match(after):
        bearing = "since"
    bounded, week = bearing in ("by", "until"), _WEEK_OF.search(before) if phrase.kind == "day" and phrase.end is None else None
    return replace(
        phrase,
        bearing=cast(Bearing | None, bearing),
        night=phrase.night or _is_of_night(plain, phrase),
        header=_is_header(plain, phrase),
        past=not points_ahead(plain, phrase.span.start, phrase.span.end, otherwise=True),
        ahead=points_ahead(plain, phrase.span.start, phrase.span.end, bounded=bounded, otherwise=bounded and phrase.kind != "weekday"),
        time=time_beside(plain, phrase.span.start, phrase.span.end) if phrase.kind in _TIMED and phrase.end is None else None,
        unit="week" if week else phrase.unit,
        direction=("same" if week[1].lower() == "of" else "coming") if week else phrase.direction,
    )


def _is_of_night(plain: str, phrase: DatePhrase) -> bool:
    """Whether words before the phrase make it a night, or it is told by a clock elsewhere, late in the evening ("2200 GMT Monday", here Tuesday)."""
    if _NIGHT_OF.search(plain, max(0, phrase.span.start - 20), phrase.span.start):
        return True
    elsewhere = other_clock(plain, phrase.span.start, phrase.span.end) if phrase.kind in ("day", "weekday") and phrase.end is None else None
    return elsewhere is not None and int(elsewhere["hour24"] or 0) >= _LATE_HOUR


def _is_header(plain: str, phrase: DatePhrase) -> bool:
    """Whether a day stands in a dateline, behind "Published:", or alone on a line near the head of the text."""
    if phrase.kind != "day" or phrase.end is not None or phrase.start.month is None:
        return False
    line_start, line_end = plain.rfind("\n", 0, phrase.span.start) + 1, plain.find("\n", phrase.span.end)
    before, after = plain[line_start : phrase.span.start], plain[phrase.span.end : line_end if line_end >= 0 else len(plain)]
    if (len(before) < 40 and _STAMP.match(before)) or (
        len(before) < 80 and phrase.start.year is not None and (_BAR.search(before) or _BAR_BEHIND.match(after))
    ):
        return True
    alone = not before.strip() and not after.strip(" .\r\t")
    dateline = len(before) < 60 and _DATELINE_BEFORE.match(before) is not None and _DATELINE_AFTER.match(after[:40]) is not None
    return (dateline and line_start < 1500) or (alone and line_start < 400)


def overlapping_phrases(phrases: tuple[DatePhrase, ...], span: Span) -> tuple[DatePhrase, ...]:
    """The phrases that share a character with the span."""
    return tuple(p for p in phrases if p.span.overlaps(span))
