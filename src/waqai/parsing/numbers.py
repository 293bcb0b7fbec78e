"""Digits and number words, and what they are worth."""

from __future__ import annotations

import re

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
UNITS = {word: value for value, word in enumerate(_UNITS.split())}
TENS = {word: 10 * value for value, word in enumerate(_TENS.split(), start=2)}
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "million": 1_000_000,
    "mn": 1_000_000,
    "m": 1_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
}
_INTEGER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_DECIMAL = re.compile(r"\d+\.\d+")
_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+")


def is_integer(word: str) -> bool:
    """
    >>> is_integer("1,300"), is_integer("1.5"), is_integer("six")
    (True, False, False)
    """
    return _INTEGER.fullmatch(word) is not None


def is_figure(word: str) -> bool:
    """Digits, with or without a fraction.

    >>> is_figure("1.5"), is_figure("6th")
    (True, False)
    """
    return is_integer(word) or _DECIMAL.fullmatch(word) is not None


def is_small_word(word: str) -> bool:
    """A number word below a hundred: "six", "forty"."""
    return word in UNITS or word in TENS


def parse_number(words: str) -> float | None:
    """The value of digits or number words, None when it is neither.

    >>> parse_number("twenty-five"), parse_number("1,300"), parse_number("1.3 million"), parse_number("three hundred and four")
    (25, 1300, 1300000.0, 304)
    >>> parse_number("half a million")
    500000
    >>> parse_number("many") is None
    True
    """
    found = _WORD.findall(words.lower().replace("-", " "))
    if found[:2] == ["half", "a"] and len(found) == 3 and found[2] in SCALES:
        return SCALES[found[2]] // 2
    total, current = 0.0, 0.0
    for i, word in enumerate(found):
        if word[0].isdigit():
            current += float(word.replace(",", ""))
        elif is_small_word(word):
            current += UNITS.get(word, 0) + TENS.get(word, 0)
        elif word in SCALES:
            current = (current or 1) * SCALES[word]
            if SCALES[word] >= 1000:
                total, current = total + current, 0.0
        elif word != "and" and not (word in ("a", "an") and i == 0):
            return None
    if not found or total + current == float("inf"):  # 400 digits are no number of anything
        return None
    return total + current if "." in words else int(total + current)
