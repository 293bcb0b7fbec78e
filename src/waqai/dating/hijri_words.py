"""Finds dates of the Hijri calendars: "during Ramadan", "15 Ramadan 1445", "the first day of Eid al-Adha", "Ashura", "20 Khordad 1402", "Nowruz".

The names of the months are also names of people ("Ramadan Abdullah", "Rajab"): without a day of the month only Ramadan, Muharram and the plain Solar Hijri
months count, and only where a month can stand.
"""

from __future__ import annotations

import re

from waqai.dating.hijri import LUNAR_MONTHS, SOLAR_MONTHS, Calendar
from waqai.dating.phrase import DatePhrase, Direction, HijriDate
from waqai.dating.pieces import PART, Rule, make_phrase, part_of, said
from waqai.dating.words import ORDINALS, WS, leading_int

_LUNAR = "|".join(LUNAR_MONTHS)
_SOLAR = "|".join(sorted(SOLAR_MONTHS, key=len, reverse=True))
_PLAIN_SOLAR = "farvardin|ordibehesht|khordad|mordad|shahrivar|bahman|esfand"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_NTH = rf"(?:the{WS})?(?P<nth>{'|'.join(ORDINALS)}){WS}(?:day{WS})?of{WS}(?:the{WS}(?:holy{WS}|Islamic{WS}|lunar{WS})?month{WS}of{WS})?"
_HIJRI_YEAR = r"(?P<year>1[2-4]\d\d|20[0-4]\d|19[3-9]\d)(?![\d%])(?:\s?(?:AH|A\.H\.|H)\b)?"
_YEAR = rf"(?:(?:,?{WS}|/)(?:of{WS})?{_HIJRI_YEAR})?"
_MONTH_STANDS = re.compile(
    r"\b(?:in|during|of|since|until|before|after|throughout|through|between|into|on|observing|entire"
    r"|the(?: muslim| islamic)? (?:holy|fasting|lunar) month(?: of)?|month of"
    r"|(?:muslim|islamic|shiite|shia) month(?: of)?)\s+(?:the\s+)?(?:(?:early|late|mid)[- ])?$",
    re.IGNORECASE,
)
_NAME_BEHIND = re.compile(r"\s+(?!AH\b)[A-Z]|[-'](?!s\b)\w")
_AFTER_YEAR = re.compile(
    r"\s*(?:$|[.,;:)\]\"'-]|(?:in|at|on|when|as|by|the|with|for|after|before|and|to|of|during|near|from|against|between|while|that|were|was|are|is|had|has|he|she|they|it|a|an)\b)"
)
_FEASTS: dict[str, tuple[Calendar, int, int, int]] = {
    "fitr": ("lunar", 10, 1, 3),
    "adha": ("lunar", 12, 10, 13),
    "ashura": ("lunar", 1, 10, 10),
    "arba": ("lunar", 2, 20, 20),
    "nowruz": ("solar", 1, 1, 1),
    "mawlid": ("lunar", 3, 12, 17),
    "islamic new year": ("lunar", 1, 1, 1),
}
"""Feast: calendar, month, first and last day. The Prophet's birthday is kept on the 12th by Sunnis and on the 17th by Shiites."""
_FITR = r"Eid[ -](?:al|ul|el)[ -]?Fitr|Eid[ -]e[ -]Fitr"
_ADHA = r"Eid[ -](?:al|ul|el|u'l)[ -]?Adha|Eid[ -]e[ -](?:Ghorban|Qurban)|Kurban[ -]Bayram\w*"
_FEAST = (
    rf"(?P<feast>{_FITR}|{_ADHA}|Ash(?:o|ou|u)ra|Arba'?een|Arba'?in|Nowr[ou]z|Nawr[ou]z|Newroz|Mawlid|the{WS}Prophet(?:{WS}Mohamm?[ae]d|{WS}Muhammad)?'s{WS}birthday"
    r"|(?:Islamic|Hijri|Persian|Iranian)\s+New\s+Year|Eid)"
)


def _build_day(plain: str, match: re.Match[str]) -> DatePhrase | None:
    """A day of a month: "15 Ramadan 1445", "the 10th of Muharram", "the first day of Ramadan"."""
    year, nth = _year_of(plain, match), said(match, "nth")
    day = ORDINALS[nth] if nth else leading_int(match["day"])
    calendar, month = _month_of(match["month"])
    if calendar == "solar" and (match["month"].lower() not in _PLAIN_SOLAR.split("|") and not (year and year.startswith("1"))):
        return None
    if not match["month"][0].isupper() or (year is None and _NAME_BEHIND.match(plain, match.end("month"))):
        return None
    return _phrase("day", plain, match, HijriDate(calendar=calendar, year=int(year) if year else None, month=month, day=day))


def _build_month(plain: str, match: re.Match[str]) -> DatePhrase | None:
    """A month where a month can stand: "during Ramadan", "last Ramadan", "Ramadan 1445"."""
    year, way, part = _year_of(plain, match), said(match, "way"), part_of(match)
    calendar, month = _month_of(match["month"])
    before = plain[max(0, match.start() - 32) : match.start()]
    if (
        not match["month"][0].isupper()
        or _NAME_BEHIND.match(plain, match.end() if year else match.end("month"))
        or not (year or way or part or _MONTH_STANDS.search(before))
    ):
        return None
    return _phrase("month", plain, match, HijriDate(calendar=calendar, year=int(year) if year else None, month=month), part=part, direction=_direction(way))


def _build_feast(plain: str, match: re.Match[str]) -> DatePhrase | None:
    """A feast, or the day of it that is told: "the second day of Eid al-Adha". A bare "Eid" is the nearer of the two."""
    name, nth, year, way = " ".join(match["feast"].lower().split()), said(match, "nth"), _year_of(plain, match), said(match, "way")
    if not match["feast"][0].isupper() and not name.startswith("the "):
        return None
    if name == "eid" and (
        _NAME_BEHIND.match(plain, match.end()) or not (nth or way or _MONTH_STANDS.search(plain[max(0, match.start() - 32) : match.start()]))
    ):
        return None
    if year is None and _NAME_BEHIND.match(plain, match.end("feast")):
        return None  # the Ashura Brigades, Newroz Square
    calendar, month, first, last = _FEASTS[_feast(name)]
    day = first + ORDINALS[nth] - 1 if nth else first
    hijri = HijriDate(
        calendar=calendar, year=int(year) if year else None, month=month, day=day, last_day=None if nth or first == last else last, is_either=name == "eid"
    )
    return _phrase("day", plain, match, hijri, direction=_direction(way))


def _year_of(plain: str, match: re.Match[str]) -> str | None:
    """The year told behind a month or feast; None where the number counts what stands behind it: "During Ramadan, 1400 people were killed"."""
    year = said(match, "year")
    if year is None or match[0].rstrip().endswith(("AH", "A.H.", "H")):
        return year
    return year if _AFTER_YEAR.match(plain, match.end("year")) else None


def _feast(name: str) -> str:
    if name.startswith(("islamic", "hijri")):
        return "islamic new year"
    if name.startswith(("now", "naw", "new", "persian", "iranian")):
        return "nowruz"
    if name.startswith(("the ", "mawlid")):
        return "mawlid"
    return "ashura" if name.startswith("ash") else "arba" if name.startswith("arb") else "fitr" if "fitr" in name or name == "eid" else "adha"


def _month_of(word: str) -> tuple[Calendar, int]:
    if word.lower() in SOLAR_MONTHS:
        return "solar", SOLAR_MONTHS[word.lower()]
    return "lunar", next(number for pattern, number in LUNAR_MONTHS.items() if re.fullmatch(pattern, word, re.IGNORECASE))


def _direction(way: str | None) -> Direction | None:
    return "last" if way in ("last", "this past") else "next" if way in ("next", "the coming") else None


def _phrase(kind: str, plain: str, match: re.Match[str], hijri: HijriDate, **fields: object) -> DatePhrase:
    named = [match.end(group) for group in ("month", "feast", "day", "nth") if group in match.re.groupindex and match[group]]
    end = max(named) if hijri.year is None else match.end()
    return make_phrase(kind, plain, match.start(), end, hijri=hijri, **fields)  # type: ignore[arg-type]


_WAY = rf"(?:(?P<way>last|this{WS}past|this{WS}year's|this|next|the{WS}coming){WS})?"

_MONTH_WORDS = (
    *("ramad", "ramaz", "uharram", "oharram", "safar", "rabi", "jumada", "rajab", "aban", "shawwal", "shawal", "hijj", "qa", "zil"),
    *(f" {name}" for name in SOLAR_MONTHS if len(name) < 5),
    *(name for name in SOLAR_MONTHS if len(name) >= 5),
)
_FEAST_WORDS = ("eid", "ashura", "ashoura", "ashora", "arba", "nowr", "nawr", "newroz", "mawlid", "prophet", "islamic", "hijri", "persian", "iranian", "bayram")

RULES: tuple[Rule, ...] = (
    Rule(
        re.compile(rf"(?<![\w.,/-])(?:the{WS})?{_DAY}(?:{WS}|-)(?:day{WS})?(?:of{WS})?(?P<month>{_LUNAR}|{_SOLAR})(?!\w){_YEAR}", re.IGNORECASE),
        _build_day,
        _MONTH_WORDS,
    ),
    Rule(re.compile(rf"\b(?P<month>{_LUNAR}|{_PLAIN_SOLAR}){WS}{_DAY}(?![\w.:,]?\d)(?!\w){_YEAR}", re.IGNORECASE), _build_day, _MONTH_WORDS),
    Rule(re.compile(rf"\b{_NTH}(?P<month>{_LUNAR}|{_PLAIN_SOLAR})(?!\w){_YEAR}", re.IGNORECASE), _build_day, _MONTH_WORDS),
    Rule(re.compile(rf"\b{PART}?{_WAY}(?P<month>Muharram|Moharram|Ramadh?an|Ramazan|{_PLAIN_SOLAR})(?!\w){_YEAR}", re.IGNORECASE), _build_month, _MONTH_WORDS),
    Rule(re.compile(rf"(?<!-)\b(?:{_NTH})?(?:the{WS})?{_WAY}{_FEAST}(?![\w'](?!s\b)){_YEAR}", re.IGNORECASE), _build_feast, _FEAST_WORDS),
)
