"""Numbers in a report that count people, strikes or money: how many, how firmly, of whom.

Conventions of gold format 1 (gold/CODING.md, "Counts"): "about n" is n give or take 10 %, "nearly n" 0.9 n to n, "at least n" has no upper end, "up to n" starts
at 0, and vague words have fixed bounds (ontology, `counts.vague`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from waqai.core import Span
from waqai.reading.phrases import char_span, head_noun

_UNITS = {
    w: i
    for i, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {w: 10 * i for i, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)}
_SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "dozen": 12,
    "bn": 1_000_000_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "k": 1000,
}
_VAGUE = {
    "couple": (2, 2),
    "several": (3, 9),
    "few": (3, 9),
    "tens": (20, 99),
    "dozens": (24, 99),
    "scores": (40, 99),
    "hundreds": (200, 999),
    "thousands": (2000, 9999),
}
_AT_LEAST = (
    "at least",
    "more than",
    "over",
    "no fewer than",
    "not less than",
    "no less than",
    "not fewer than",
    "upwards of",
    "above",
    "in excess of",
    "a minimum of",
)
_APPROX = ("about", "around", "some", "approximately", "roughly", "an estimated", "estimated", "circa", "close to", "or so")
_NEARLY = ("nearly", "almost", "just under")
_AT_MOST = ("up to", "as many as", "at most", "fewer than", "less than", "under", "no more than", "not more than")
_MODIFIERS = {
    **dict.fromkeys(_AT_LEAST, "at_least"),
    **dict.fromkeys(_APPROX, "approx"),
    **dict.fromkeys(_NEARLY, "nearly"),
    **dict.fromkeys(_AT_MOST, "at_most"),
}
_BEFORE = re.compile(
    r"(?:^|[\s(\"'])(" + "|".join(sorted((re.escape(m) for m in _MODIFIERS), key=len, reverse=True)) + r")\s+(?:the |a |another )?$", re.IGNORECASE
)
_NOT_PEOPLE = {"year", "month", "week", "day", "hour", "minute", "second", "km", "kilometer", "kilometre", "mile", "metre", "meter", "percent", "per", "%", "degree", "ton", "tonne", "kg", "gram", "kilogram", "litre", "barrel",
               "time", "century", "decade", "page", "seat", "point", "vehicle", "car", "truck", "house", "home", "village", "town", "province", "district", "country", "state", "weapon", "rifle", "gun", "bomb",
               "room", "cell", "building", "shop", "fence", "door", "window", "group", "organization", "camp", "prison", "jail", "front", "phase", "side", "way", "part", "thing", "reason",
               "a.m.", "p.m.", "am", "pm", "o'clock", "foot", "inch", "kalashnikov", "motorcycle", "bus", "tank", "goat", "cattle", "cow", "sheep", "million", "stage", "case", "article", "resolution", "block", "wing",
               "site", "location", "place", "area", "region", "checkpoint", "base", "post", "raid", "attack", "clash", "incident", "operation", "round", "charge", "count", "flight", "plane", "aircraft", "dollar"}  # fmt: skip
_STRIKES = {"strike", "airstrike", "raid", "rocket", "shell", "missile", "mortar", "bombardment"}
_PEOPLE_ALONE = {"people", "person", "man", "woman", "child"}
_MONEY = re.compile(
    r"(US\$|USD|\$|€|£|EUR|GBP)\s?(\d[\d,]*(?:\.\d+)?)\s*(million|billion|thousand|bn|mn|m|k)?\b|\b(\d[\d,]*(?:\.\d+)?)\s*(million|billion|thousand)?\s+(US dollars|dollars|euros|pounds)\b",
    re.IGNORECASE,
)
_CURRENCY = {
    "us$": "USD",
    "usd": "USD",
    "$": "USD",
    "us dollars": "USD",
    "dollars": "USD",
    "€": "EUR",
    "eur": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "pounds": "GBP",
}
_INTEGER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_RANGE = re.compile(r"(\d[\d,]*)\s?(?:-|to|and)\s?(\d[\d,]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number as printed. `head` is the noun that it counts or the number itself; `phrase` runs from the modifier to the noun; `best` is the number, None for vague words."""

    low: float
    high: float | None
    best: float | None
    kind: str
    phrase: Span
    head: Token
    noun: str | None
    unit: str | None = None


def parse_number(words: str) -> float | None:
    """The value of digits or number words, None when it is neither.

    >>> parse_number("twenty-five"), parse_number("1,300"), parse_number("1.3 million"), parse_number("three hundred and four")
    (25, 1300, 1300000.0, 304)
    >>> parse_number("many") is None
    True
    """
    total, current, seen = 0.0, 0.0, False
    for word in re.findall(r"\d[\d,]*(?:\.\d+)?|[a-z]+", words.lower().replace("-", " ")):
        if word[0].isdigit():
            current += float(word.replace(",", ""))
        elif word in _UNITS or word in _TENS:
            current += _UNITS.get(word, 0) + _TENS.get(word, 0)
        elif word in _SCALES:
            scale = _SCALES[word]
            current = (current or 1) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
        elif word in ("a", "an") and not seen:
            current = 0.0
        elif word != "and":
            return None
        seen = True
    value = total + current
    if not seen:
        return None
    return value if "." in words else int(value)


def find_quantities(doc: Doc) -> tuple[Quantity, ...]:
    """Every number of the report that can count people, strikes or money, in order."""
    money = tuple(_find_money(doc))
    taken = {i for q in money for i in range(q.phrase.start, q.phrase.end)}
    people = [q for q in (*_find_numbers(doc), *_find_vague(doc)) if q.phrase.start not in taken and q.phrase.end - 1 not in taken]
    return tuple(sorted((*money, *people), key=lambda q: q.phrase))


def _find_money(doc: Doc) -> Iterator[Quantity]:
    for match in _MONEY.finditer(doc.text):
        sign, amount, scale = (match[1], match[2], match[3]) if match[1] else (match[6], match[4], match[5])
        value = float(amount.replace(",", "")) * _SCALES.get((scale or "").lower(), 1)
        value = round(value, 2)
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span is None:
            continue
        low, high, kind, start = _bounded(doc.text, match.start(), value)
        yield Quantity(low=low, high=high, best=value, kind=kind, phrase=Span(start, match.end()), head=span.root, noun=None, unit=_CURRENCY[sign.lower()])


def _find_numbers(doc: Doc) -> Iterator[Quantity]:
    i = 0
    while i < len(doc):
        end = _number_end(doc, i)
        if end is None:
            i += 1
            continue
        quantity = _quantity(doc, i, end)
        if quantity is not None:
            yield quantity
        i = end


def _number_end(doc: Doc, start: int) -> int | None:
    """Index after the last token of the number that starts here, or None."""
    token = doc[start]
    word = token.lower_
    if not (
        _INTEGER.fullmatch(token.text)
        or re.fullmatch(r"\d+\.\d+", token.text)
        or word in _UNITS
        or word in _TENS
        or (word in ("hundred", "thousand", "dozen", "million") and start and doc[start - 1].lower_ == "a")
    ):
        return None
    if token.ent_type_ in ("DATE", "TIME", "PERCENT", "ORDINAL", "MONEY") and not (
        token.ent_type_ == "DATE" and token.dep_ == "nummod" and token.head.lemma_ in _PEOPLE_ALONE
    ):
        return None
    end = start + 1
    while end < len(doc):
        following = doc[end].lower_
        if (
            following in _SCALES
            or following in _UNITS
            or following in _TENS
            or (following == "-" and end + 1 < len(doc) and doc[end + 1].lower_ in _UNITS and doc[end - 1].lower_ in _TENS)
            or (
                following == "and"
                and doc[end - 1].lower_ == "hundred"
                and end + 1 < len(doc)
                and (doc[end + 1].lower_ in _UNITS or doc[end + 1].lower_ in _TENS)
            )
        ):
            if following in _UNITS and not (doc[end - 1].lower_ in _TENS or doc[end - 1].lower_ in ("hundred", "thousand", "and", "-")):
                break
            end += 1
        else:
            break
    return end


def _quantity(doc: Doc, start: int, end: int) -> Quantity | None:
    words = doc[start:end].text
    value = parse_number(words)
    if value is None or _is_other_number(doc, start, end, value):
        return None
    counted = _counted_noun(doc[end - 1]) or _next_noun(doc, end)
    noun = head_noun(counted) if counted is not None else None
    if noun is not None and noun.lemma_.lower() in _NOT_PEOPLE and noun.lemma_.lower() not in _STRIKES:
        return None
    low, high, kind, begin = _bounded(doc.text, doc[start].idx, value)
    low, high, kind, begin = _as_range(doc, start, end, (low, high, kind, begin))
    last = noun if noun is not None and noun.i >= end and noun.i - end <= 6 else doc[end - 1]
    return Quantity(
        low=low,
        high=high,
        best=None if kind == "range" else value,
        kind=kind,
        phrase=Span(begin, last.idx + len(last)),
        head=counted if counted is not None else doc[end - 1],
        noun=noun.text if noun is not None else None,
    )


def _bounded(text: str, start: int, value: float) -> tuple[float, float | None, str, int]:
    """(low, high, kind, start of the phrase) of a number with the modifier before it."""
    before = _BEFORE.search(text[max(0, start - 30) : start])
    if before is None:
        return value, value, "exact", start
    kind = _MODIFIERS[before[1].lower()]
    begin = max(0, start - 30) + before.start(1)
    if kind == "at_least":
        return value, None, kind, begin
    if kind == "at_most":
        return 0, value, kind, begin
    if kind == "nearly":
        return _round(0.9 * value), value, "approx", begin
    return _round(0.9 * value), _round(1.1 * value), kind, begin


def _round(value: float) -> float:
    return int(value) if value == int(value) else round(value, 2)


def _as_range(doc: Doc, start: int, end: int, bounds: tuple[float, float | None, str, int]) -> tuple[float, float | None, str, int]:
    """ "between 10 and 15", "10 to 15", "10-15" read from their second number: the first is told by its own quantity otherwise."""
    text = doc.text
    first = doc[start].idx
    match = re.search(r"(?:between |from )?(\d[\d,]*|[a-z]+)\s?(?:to|and|-|or)\s?$", text[max(0, first - 28) : first], re.IGNORECASE)
    if match is None:
        return bounds
    lower = parse_number(match[1])
    joined = match[0].lower()
    upper = parse_number(doc[start:end].text)
    if lower is None or upper is None or lower >= upper or ("and" in joined.split() and not joined.startswith("between")):
        return bounds
    return lower, upper, "range", max(0, first - 28) + match.start()


def _is_other_number(doc: Doc, start: int, end: int, value: float) -> bool:
    """Years, ages, ordinals, times, list numbers, "one of the most", the first number of a range."""
    token, after = doc[start], doc[end] if end < len(doc) else None
    before = doc[start - 1].lower_ if start else ""
    if (
        token.like_num
        and re.fullmatch(r"(19|20)\d\d", token.text)
        and (before in ("in", "since", "of", "by", "until", "from", "early", "late", "mid", "to", "and", "-", ",") or token.dep_ in ("pobj", "npadvmod"))
        and not (after is not None and after.pos_ == "NOUN")
    ):
        return True
    if before in (
        "aged",
        "age",
        "#",
        "no.",
        "number",
        "unit",
        "article",
        "resolution",
        "phase",
        "day",
        "page",
        "-",
        "/",
        ":",
        "$",
        "route",
        "battalion",
        "sector",
        "g",
        "division",
    ):
        return before != "-" or not _closes_range(doc, start)
    if after is not None and (
        after.text in ("-", "/", ":", "%", "th", "st", "nd", "rd", "°") or after.lower_ in ("percent", "a.m.", "p.m.", "am", "pm", "km", "years", "year")
    ):
        return not (after.text == "-" and end + 1 < len(doc) and not _INTEGER.fullmatch(doc[end + 1].text) and "year" not in doc[end + 1].lower_)
    if (
        after is not None
        and after.lower_ in ("to", "and", "or")
        and end + 1 < len(doc)
        and _INTEGER.fullmatch(doc[end + 1].text)
        and _opens_range(doc, start, after)
    ):
        return True
    if token.lower_ == "one" and (
        token.dep_ not in ("nummod", "nsubj", "nsubjpass", "dobj", "pobj") or before in ("no", "any", "this", "that", "the", "each", "every", "another_")
    ):
        return True
    return token.ent_type_ in ("DATE", "TIME") and value < 32 and token.head.lemma_.lower() in _NOT_PEOPLE


def _opens_range(doc: Doc, start: int, joiner: Token) -> bool:
    return joiner.lower_ == "to" or (joiner.lower_ == "or") or (start > 0 and doc[start - 1].lower_ == "between")


def _closes_range(doc: Doc, start: int) -> bool:
    return start >= 2 and bool(_INTEGER.fullmatch(doc[start - 2].text))


def _counted_noun(number: Token) -> Token | None:
    """The noun that a number counts, or None where it stands alone ("six were killed")."""
    if number.dep_ in ("nummod", "compound", "quantmod") and number.head.pos_ in ("NOUN", "PROPN", "NUM"):
        head = number.head
        return _counted_noun(head) if head.pos_ == "NUM" and head.i != number.i else head
    for prep in number.children:
        if prep.dep_ == "prep" and prep.lower_ == "of":
            return number
    return None


def _next_noun(doc: Doc, end: int) -> Token | None:
    """The noun right behind a number that the parse left alone ("between 10 and 15 guards")."""
    for token in doc[end : end + 3]:
        if token.pos_ == "NOUN" and token.tag_ in ("NNS", "NN"):
            return token
        if token.pos_ not in ("ADJ", "PROPN"):
            return None
    return None


def _find_vague(doc: Doc) -> Iterator[Quantity]:
    """Dozens, several, a few, hundreds of: bounds of the codebook, no best value."""
    for token in doc:
        word = token.lower_
        if word not in _VAGUE or token.ent_type_ in ("DATE", "TIME") or (word == "few" and token.nbor(-1).lower_ != "a" if token.i else word == "few"):
            continue
        if word == "thousands" and token.i >= 2 and doc[token.i - 2].lower_ == "tens":
            continue
        low, high = _VAGUE[word]
        if word == "tens" and doc[token.i + 1 : token.i + 3].text.lower() == "of thousands":
            low, high = 20_000, 99_999
        if word == "hundreds" and doc[token.i + 1 : token.i + 3].text.lower() == "of thousands":
            low, high = 200_000, 999_999
        counted = token.head if token.dep_ in ("amod", "nummod", "advmod", "quantmod", "det") and token.head.pos_ in ("NOUN", "PROPN") else token
        noun = head_noun(counted)
        if noun is token and not any(t.dep_ == "prep" for t in token.children) and token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj"):
            continue
        if noun.lemma_.lower() in _NOT_PEOPLE and noun.lemma_.lower() not in _STRIKES:
            continue
        begin = token.nbor(-1) if word in ("few", "couple") and token.i and token.nbor(-1).lower_ == "a" else token
        last = noun if noun.i >= token.i and noun.i - token.i <= 8 else token
        yield Quantity(low=low, high=high, best=None, kind="vague", phrase=char_span(begin, last), head=counted, noun=noun.text if noun is not token else None)
