"""Where quoted words stand in a report: as they are, or with other white space, quotation marks and dashes; always with the report's own offsets."""

from __future__ import annotations

from collections.abc import Iterator

from waqai.core import Span

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")  # soft hyphen, zero-width signs, marks of direction


class Quotes:
    """The words of one text. Letters count as they stand: neither case nor spelling is forgiven.

    >>> quotes = Quotes("He said: \u201cTwelve\\n  men fled\u201d.")
    >>> quotes.find('"Twelve men')
    Span(start=9, end=22)
    >>> quotes.find("welve men") is None and quotes.find("Thirteen men") is None
    True
    """

    __slots__ = ("_offsets", "_plain", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._plain, self._offsets = _folded(text)

    def find(self, words: str, *, near: int | None = None, within: Span | None = None, outside: Span | None = None) -> Span | None:
        """The words where they stand first, or nearest to the offset `near`; inside `within` and clear of `outside`, where these are given. None: nowhere."""
        found = [span for span in self.iter_all(words) if (within is None or within.covers(span)) and (outside is None or not outside.overlaps(span))]
        return min(found, key=lambda span: _gap(span, near), default=None) if near is not None else next(iter(found), None)

    def iter_all(self, words: str) -> Iterator[Span]:
        """Every place where the words stand whole: no part of a longer word or number."""
        sought = _folded(words)[0].strip()
        at = self._plain.find(sought) if sought else -1
        while at >= 0:
            if self._is_whole(at, at + len(sought)):
                yield Span(self._offsets[at], self._offsets[at + len(sought) - 1] + 1)
            at = self._plain.find(sought, at + 1)

    def _is_whole(self, start: int, end: int) -> bool:
        return not (_goes_on(self._plain[max(0, start - 2) : start][::-1], self._plain[start]) or _goes_on(self._plain[end : end + 2], self._plain[end - 1]))


def _goes_on(beyond: str, edge: str) -> bool:
    """Whether a word or number that ends in `edge` goes on in the two signs beyond it.

    >>> _goes_on("s", "n"), _goes_on(" s", "n"), _goes_on(",0", "5"), _goes_on(", ", "5")
    (True, False, True, False)
    """
    if not beyond or not edge.isalnum():
        return False
    return beyond[0].isalnum() or (edge.isdigit() and beyond[0] in ".," and beyond[1:].isdigit())


def _folded(text: str) -> tuple[str, list[int]]:
    """The text with plain quotation marks and single spaces, and the offset that each sign of it had."""
    signs: list[str] = []
    offsets: list[int] = []
    for offset, sign in enumerate(text):
        if sign in _UNSEEN:
            continue
        plain = " " if sign.isspace() else sign.translate(_FOLDED)
        if plain == " " and signs and signs[-1] == " ":
            continue
        signs.append(plain)
        offsets.append(offset)
    return "".join(signs), offsets


def _gap(span: Span, offset: int) -> int:
    """Characters between a span and an offset, 0 inside it."""
    return max(span.start - offset, offset - span.end, 0)
