"""Words with a capital, in rows: what may be a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from waqai.core import Span

PARTICLES = frozenset(
    "al el ul ur ud ad an ar as ash at az bin bint ibn abu abd umm ould uld de da di del della der den du dos van von la le y e".split()  # noqa: SIM905
)
_SHORT = frozenset("dr mr mrs ms prof lt col gen brig maj capt sgt cpl insp supt dig st jr sr adm rev hon pres gov sen rep cmdr".split())  # noqa: SIM905
"""After these, as after a single letter, a full stop ends no sentence."""
_TOKEN = re.compile(r"(?<![^\W_])(?>[^\W\d_]+(?:[.'’ʼ‘`-]+[^\W\d_]+)*)(?!\d)")
_BETWEEN = re.compile(r"[^\S\n]+|[^\S\n]*\n[^\S\n]*")
_AFTER_SHORT = re.compile(r"\.[^\S\n]*")
_END = re.compile(r"(?:^|[.!?:;…\n]|[\"“”«»‘'()\[\]/•–—-]|\d)\s*$")
_PART = re.compile(r"[-'’ʼ‘`]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands; `low` is its form for comparison, without a possessive; `is_capital`: a part of it begins with a capital,
    or with a letter of a script that has none."""

    text: str
    start: int
    end: int
    low: str
    is_capital: bool

    @property
    def is_possessive(self) -> bool:
        return self.text.endswith(("'s", "’s", "ʼs", "'", "’"))


Run = Sequence[Word]


def iter_words(words: str) -> Iterator[Word]:
    """The words made of letters, in order.

    >>> [word.low for word in iter_words("Abd-Rabbu’s 12 men")]
    ['abd-rabbu', 'men']
    """
    return map(_word, _TOKEN.finditer(words))


def iter_capitals(words: str) -> Iterator[Word]:
    """The words with a capital, in order."""
    return (_word(found) for found in _TOKEN.finditer(words) if not is_small(found[0]))


def iter_runs(words: str) -> Iterator[tuple[Word, ...]]:
    """Words with a capital in a row, particles between them included; a full stop ends a row, but behind "Dr", "Gen" and initials.

    >>> [[word.text for word in run] for run in iter_runs("He met Dr. A. B. Karim. Omar al-Din of Iraq")]
    [['He'], ['Dr', 'A', 'B', 'Karim'], ['Omar', 'al-Din'], ['Iraq']]
    """
    run: list[Word] = []
    for found in _TOKEN.finditer(words):
        text = found[0]
        small = is_small(text)
        if small and not (run and text in PARTICLES):
            yield from _ended(run)
            run = []
            continue
        if run and not _is_joined(words[run[-1].end : found.start()], run[-1]):
            yield from _ended(run)
            run = []
        if run or not small:
            run.append(_word(found))
    yield from _ended(run)


def begins_sentence(words: str, at: int) -> bool:
    """Whether any word would have its capital there."""
    return _END.search(words, max(0, at - 6), at) is not None if at > 6 else _END.search(words[:at]) is not None


def is_small(words: str) -> bool:
    """Whether no letter of these words could begin a name: all are small ones. Letters of a script without capitals could.

    >>> [is_small(word) for word in ("şêrko", "12 men", "Karim", "أحمد", "men of 王")]
    [True, True, False, False, False]
    """
    return words.islower() and (words.isascii() or not any(letter.isalpha() and not letter.islower() for letter in words))


def span_of(run: Run) -> Span:
    """Where the run stands."""
    return Span(run[0].start, run[-1].end)


def _word(found: re.Match[str]) -> Word:
    text = found[0]
    if text.isalpha():
        return Word(text, found.start(), found.end(), text.casefold(), not text[0].islower())
    low = text.casefold().replace("’", "'").replace("ʼ", "'").removesuffix("'s").rstrip("'")
    return Word(text, found.start(), found.end(), low, any(part != "" and not part[0].islower() for part in _PART.split(text)))


def _is_joined(between: str, last: Word) -> bool:
    if _BETWEEN.fullmatch(between):
        return True
    return (len(last.text) == 1 or last.low in _SHORT) and _AFTER_SHORT.fullmatch(between) is not None


def _ended(run: list[Word]) -> Iterator[tuple[Word, ...]]:
    while run and not run[-1].is_capital:
        run = run[:-1]
    if run:
        yield tuple(run)
