"""Competing figures in words: why one does not count, low, best and high."""

from __future__ import annotations

from waqai.codebook import FigureRange, FigureStanding
from waqai.wording.catalogue import _
from waqai.wording.values import describe_number

MARKS: dict[FigureStanding, str] = {
    "counts": "",
    "revised": "revised later",
    "part": "part of a larger figure",
    "denied": "denied",
    "left_out": "left out: unreliable",
}


def describe_range(found: FigureRange) -> tuple[str, str, str]:
    """(low, best, high) as a person reads them: "–" where the rule gives none, "open" for a high without an end."""
    low, best = ("–" if n is None else describe_number(n) for n in (found.low, found.best))
    return low, best, "–" if found.low is None else _("open") if found.high is None else describe_number(found.high)


def shorten(speaker: str, *, width: int = 44) -> str:
    """A speaker's name without what stands behind its first comma or bracket, cut to `width`."""
    first = speaker.split(",")[0]
    first = first.split(" (")[0] if first.count("(") != first.count(")") else first
    return first if len(first) <= width else first[: width - 1] + "…"
