"""Rows of capitals and what stands around them: days, short forms of bodies, lines that are written in capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from waqai.bounds.capitals import Run, Word, begins_sentence, span_of
from waqai.bounds.common import OPENING, is_common, is_date_word, is_known_word, is_sure_day
from waqai.core import Span

WITHHELD = "[name withheld]"
_THE = re.compile(r"\bthe\s+$", re.IGNORECASE)
_DATED_BEFORE = re.compile(
    r"(?:\b\d{1,2}(?:st|nd|rd|th)?(?: of)?"
    r"|\b(?:in|since|until|till|during|early|late|last|mid|end of|beginning of|middle of))[\s-]+$",
    re.I,
)
_DATED_AFTER = re.compile(r"^\.?,?\s+\d")
_OF = re.compile(r"\b(?P<head>[A-Z][\w-]*)\s+(?:of|for|on|and)\s+(?:the\s+)?$")
_LETTERS = re.compile(r"(?<=\bthe )[A-Z]{2,7}\b|(?<=\bThe )[A-Z]{2,7}\b|(?<=\()[A-Z]{2,7}(?=\))|\b[A-Z]{2,6}s\b")
_ALL_LARGE = re.compile(r"[^a-z\n]{20}")
_LARGE, _SMALL = re.compile("[A-Z]"), re.compile("[a-z]")
_LOUD = 0.7
"""Of a line's letters, from which on it is written in capitals."""


def bare_name(words: str, run: Run) -> str:
    return re.sub(r"['’]s?$", "", words[run[0].start : run[-1].end])


def is_beside(word: Word) -> bool:
    return len(word.low) > 3 and is_common(word.low) and not is_date_word(word.low)


def is_dated(word: Word, words: str) -> bool:
    if word.low.endswith("day") or (len(word.low) > 4 and word.low not in ("april", "august")):
        return True
    return _DATED_BEFORE.search(words[max(0, word.start - 20) : word.start]) is not None or _DATED_AFTER.match(words[word.end : word.end + 5]) is not None


def iter_letters(text: str) -> Iterator[str]:
    """Capitals that stand as the short form of a body or thing does: "the NPA", "(INA)", "IEDs"."""
    for found in _LETTERS.finditer(text):
        yield found[0].removesuffix("s")
        yield found[0]


def stands_for_a_thing(word: Word, words: str) -> bool:
    """Whether a common word with a capital within a sentence stands behind "the", or belongs to a body or office named before it ("Minister of Interior")."""
    before = words[max(0, word.start - 40) : word.start]
    of = _OF.search(before)
    return _THE.search(before) is not None or (of is not None and (is_known_word(of["head"].casefold()) or is_common(of["head"].casefold())))


def loud_lines(words: str) -> tuple[Span, ...]:
    """Lines that are written in capitals from one end to the other."""
    if _ALL_LARGE.search(words) is None:
        return ()
    found = []
    for line in re.finditer(r"[^\n]+", words):
        large, small = len(_LARGE.findall(line[0])), len(_SMALL.findall(line[0]))
        if large > 16 and large > _LOUD * (large + small):
            found.append(Span(*line.span()))
    return tuple(found)


def strip(run: Run, words: str) -> Run:
    """The run without the words that open a sentence, and days and months at its ends."""
    while run and (is_date_word(run[0].low) or (run[0].low in OPENING and begins_sentence(words, run[0].start)) or not run[0].is_capital):
        run = run[1:]
    while run and (is_date_word(run[-1].low) or not run[-1].is_capital):
        run = run[:-1]
    return run


def with_days(whole: Run, run: Run) -> Run:
    """The run with a day or month right beside it by which persons are called, too ("Sunday Okafor")."""
    first, last = whole.index(run[0]), whole.index(run[-1])
    while first > 0 and is_calling_day(whole[first - 1]):
        first -= 1
    while last + 1 < len(whole) and is_calling_day(whole[last + 1]):
        last += 1
    return whole[first : last + 1]


def is_calling_day(word: Word) -> bool:
    return is_date_word(word.low) and not is_sure_day(word.low)


def spans(left: Sequence[Word]) -> Iterator[Span]:
    names = list(left)
    while names and not names[-1].is_capital:
        names.pop()
    while names and not names[0].is_capital:
        names.pop(0)
    if names:
        yield span_of(names)


def cut(words: str, spans: Sequence[Span]) -> str:
    for span in reversed(spans):
        words = words[: span.start] + WITHHELD + words[span.end :]
    return words
