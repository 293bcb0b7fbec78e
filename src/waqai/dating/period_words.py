"""Finds phrases that name a month, a year, a season or a quarter: "in May", "mid-March", "late 2014", "the summer of 2016". One pattern and one builder each.

A builder gives None when the words are no date after all: "May" the modal, "March" the walk, "2000 prisoners".
"""

from __future__ import annotations

import re

from waqai.dating.phrase import DatePhrase, Named
from waqai.dating.pieces import DIRECTION, PART, Rule, direction_of, make_phrase, names_month, part_of, said
from waqai.dating.words import COUNTED, MONTH, ORDINALS, SEASONS, WS, YEAR, month_number

_BEFORE_BARE_MONTH = re.compile(r"\b(?:in|since|until|till|by|from|of|during|through|before|after|between|around|into|than|late|early)\s+$", re.IGNORECASE)
_AFTER_OTHER_MONTH = re.compile(MONTH + r"(?:\s*-\s*|\s+(?:to|and|or|through|until)\s+)$")
_NOT_A_YEAR_AFTER = re.compile(
    r"(?:[$£€#№]|\d[.,:/]|(?<!\d{4})-|\b(?:No|Nos|numbers?|resolutions?|decrees?|articles?|order|flight|unit|room|some|nearly|almost|over|than|least|most|exactly|only"
    r"|approximately|up to|total of|as many as|worth|US|about|around|of some)\.?\s*)$",
    re.IGNORECASE,
)
_SEASON_STANDS = re.compile(r"\b(?:in|over|during|into|since|until|by|throughout|before|after)\s+$", re.IGNORECASE)
_DETERMINER = re.compile(r"(?:\b(?:the|a|an|its|their|his|her|our|this|that|another|same)\s+|'s\s+)$", re.IGNORECASE)
_NOUN_AFTER_YEAR = re.compile(rf"{WS}(?!(?:and|to|until|through|or|when|in|by|was|were|is|had|has|as|at|after|before|on|for|that|which|who|he|it)\b)[^\W\d]")


def _build_month(plain: str, match: re.Match[str]) -> DatePhrase | None:
    word, part, direction = match["month"], part_of(match), direction_of(match)
    year = int(match["year"]) if match["year"] and not COUNTED.match(plain, match.end("year")) else None
    if part and re.search(r"\bon\s", plain[match.start() : match.start("month")]):  # "early on August": a day must follow
        return None
    if not names_month(word, bare=True) or not (year or part or direction or _stands_as_month(plain, match)):
        return None
    end = match.end("year") if year else match.end("month")
    return make_phrase("month", plain, match.start(), end, start=Named(year=year, month=month_number(word)), part=part, direction=direction)


def _stands_as_month(plain: str, match: re.Match[str]) -> bool:
    """Whether a bare month name stands where a month stands: not "May" the modal or the name, nor "March" the walk, nor "April Jones"."""
    word, before = match["month"].rstrip("."), plain[max(0, match.start("month") - 24) : match.start("month")]
    if _BEFORE_BARE_MONTH.search(before) or _AFTER_OTHER_MONTH.search(before):
        return True
    if (len(word) <= 4 and word.lower() not in ("june", "july", "may")) or word.lower() == "march":
        return False
    named = re.match(rf"{WS}[A-Z]", plain[match.end() : match.end() + 4]) or re.search(r"[A-Z]\w*\s$", before)
    return bool(re.search(r"\b(?:a|the)\s+$", before, re.IGNORECASE)) if word.upper() == "MAY" else not (named and word.lower() in ("april", "june", "august"))


def _build_year(plain: str, match: re.Match[str]) -> DatePhrase | None:
    year, before = int(match["year"]), plain[max(0, match.start("year") - 24) : match.start("year")]
    part, short_end = part_of(match), said(match, "year_b")
    end = match.end("year_b") if short_end else match.end("year")
    if COUNTED.match(plain, end) or re.match(r"-[^\W\d]|-?'?s\b", plain[end : end + 3]) or not 1850 <= year <= 2099:
        return None
    if part is None and _NOT_A_YEAR_AFTER.search(before):
        return None
    modifier = part is None and _DETERMINER.search(before) is not None and _NOUN_AFTER_YEAR.match(plain, end) is not None
    until = Named(year=year - year % 100 + int(short_end)) if short_end else None
    return make_phrase("year_modifier" if modifier else "year", plain, match.start(), end, start=Named(year=year), end=until, part=part)


def _build_short_years(plain: str, match: re.Match[str]) -> DatePhrase | None:
    first, last = int(match["year"]), int(match["year_b"])
    return _build_year(plain, match) if last > first % 100 and (last > 12 or last == first % 100 + 1) else None


def _build_season(plain: str, match: re.Match[str]) -> DatePhrase | None:
    year = said(match, "year")
    named = Named(season=SEASONS[match["season"].lower()], year=int(year) if year else None)
    return make_phrase("season", plain, match.start(), match.end(), start=named, part=part_of(match), direction=direction_of(match))


def _build_bare_season(plain: str, match: re.Match[str]) -> DatePhrase | None:
    """The summer, behind a word of time: not "the spring offensive", nor "the Arab Spring"."""
    if not _SEASON_STANDS.search(plain[max(0, match.start() - 12) : match.start()]) or _NOUN_AFTER_YEAR.match(plain, match.end()):
        return None
    return _build_season(plain, match)


def _build_quarter(plain: str, match: re.Match[str]) -> DatePhrase | None:
    words = (match["quarter"] or match["quarter_b"]).lower()
    year = match["year"] or match["year_b"]
    named = Named(quarter=ORDINALS.get(words) or int(words[-1]), year=int(year) if year else None)
    return make_phrase("quarter", plain, match.start(), match.end(), start=named)


_SEASON_WORDS = (*SEASONS,)

RULES: tuple[Rule, ...] = (
    Rule(
        re.compile(rf"\b{PART}?(?:{DIRECTION}{WS})?(?P<month>{MONTH})(?!\w)(?:,?{WS}(?:of{WS})?(?P<year>{YEAR}))?", re.IGNORECASE),
        _build_month,
    ),
    Rule(re.compile(rf"(?<![\w.,/])(?:(?<!-)|(?<=\d{{4}}-))(?:{PART}|the{WS}year{WS})?(?P<year>{YEAR})", re.IGNORECASE), _build_year),
    Rule(re.compile(rf"(?<![\w.,/-]){PART}?(?P<year>(?:19|20)\d\d)[-/](?P<year_b>\d\d)(?![\w/-])", re.IGNORECASE), _build_short_years),
    Rule(
        re.compile(rf"\b{PART}?(?:the{WS})?(?P<season>spring|summer|autumn|fall|winter){WS}of{WS}(?P<year>{YEAR})(?:-\d\d\b)?", re.IGNORECASE),
        _build_season,
        _SEASON_WORDS,
    ),
    Rule(re.compile(rf"\b{PART}?(?P<season>spring|summer|autumn|winter){WS}(?P<year>{YEAR})", re.IGNORECASE), _build_season, _SEASON_WORDS),
    Rule(re.compile(rf"\bthe{WS}{PART}?(?P<season>spring|summer|autumn|winter)\b(?!{WS}(?:of{WS})?\d)"), _build_bare_season, _SEASON_WORDS),
    Rule(
        re.compile(rf"\b{PART}?(?P<direction>last|this{WS}past|this|next){WS}(?P<season>spring|summer|autumn|fall|winter)\b", re.IGNORECASE),
        _build_season,
        _SEASON_WORDS,
    ),
    Rule(
        re.compile(
            rf"\b(?:the{WS})?(?P<quarter>first|second|third|fourth)(?:-|{WS})quarter\b(?:{WS}(?:of{WS})?(?P<year>{YEAR}))?|\b(?P<quarter_b>Q[1-4]){WS}(?P<year_b>{YEAR})",
            re.IGNORECASE,
        ),
        _build_quarter,
        ("quarter", "q1", "q2", "q3", "q4"),
    ),
)
