"""A report's text cut where evidence begins and ends, so that a page can mark it. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from waqai.core import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Words that say a field. `key` names the field on the page ("a1.when"), `kind` is what, when, where, who, how or says."""

    span: Span
    key: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text with the marks that it stands under, the narrowest first. `begins`: keys whose words begin here. `start` in code points."""

    text: str
    start: int
    marks: tuple[Mark, ...]
    begins: tuple[str, ...]

    @property
    def keys(self) -> str:
        return " ".join(mark.key for mark in self.marks)

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mark.kind for mark in self.marks))


def cut_text(text: str, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """The whole text, in order, in pieces within which the same marks hold.

    >>> [(p.text, p.keys) for p in cut_text("25 fled", [Mark(span=Span(0, 2), key="n", kind="how")])]
    [('25', 'n'), (' fled', '')]
    """
    listed = sorted(marks, key=lambda mark: (mark.span.end - mark.span.start, mark.span.start))
    cuts = sorted({0, len(text), *(edge for mark in listed for edge in (mark.span.start, min(mark.span.end, len(text))))})
    begun: set[str] = set()
    return tuple(_piece(text, start, end, listed, begun) for start, end in pairwise(cuts) if start < len(text))


def _piece(text: str, start: int, end: int, marks: Sequence[Mark], begun: set[str]) -> Piece:
    over = tuple(mark for mark in marks if mark.span.start <= start and end <= mark.span.end)
    begins = tuple(mark.key for mark in over if mark.key not in begun)
    begun |= set(begins)
    return Piece(text=text[start:end], start=start, marks=over, begins=begins)
