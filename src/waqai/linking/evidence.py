"""A pair's features as named pieces of evidence, each with how much of it there is: what the weights of `weights.json` are for.

The same names serve the pair score and the fit of the weights (scripts/train_linker.py), so that what was fitted is what is weighed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from waqai.linking.compare import Features

KIND_KNOTS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
HELD_KNOTS = (0.05, 0.15, 0.525)
"""Between two knots evidence is shared out, so that a weight is a line through points."""
PRESS_STEPS = (0, 1, 3, 7, 14, 45, 120)
"""Days between two publications, up to which a step reaches."""
_SURE_PLACE = (0.2, 0.7)


class Evidence(NamedTuple):
    """`kind` groups what a person reads as one reason; `name` has the weight; `value` is how much there is of it, mostly 1."""

    kind: str
    name: str
    value: float


def iter_evidence(features: Features) -> Iterator[Evidence]:
    """What there is, in the order in which a person reads the reasons."""
    f = features
    yield Evidence("facility", f"facility {f.facility}", 1.0)
    yield Evidence("place", f"place {f.place}", weigh_sureness(f.place_p) if f.place in ("far", "other country") else 1.0)
    yield Evidence("time", f"time {f.time}", 1.0)
    if f.weekday is not None:
        yield Evidence("weekday", f"weekday {'same' if f.weekday else 'other'}", 1.0)
    if f.month_day is not None:
        yield Evidence("month day", f"month day {'same' if f.month_day else 'other'}", 1.0)
    yield from (Evidence("kinds", f"kinds {knot:g}", share) for knot, share in share_out(f.kinds, KIND_KNOTS))
    if f.means is not None:
        yield Evidence("means", f"means {'same' if f.means else 'other'}", 1.0)
    yield Evidence("equal", "figures equal", float(min(2, len(f.equal))))
    yield Evidence("equal", "figures telling", float(min(1, len(f.telling))))
    yield Evidence("figures", f"figures {f.figures}", 1.0)
    yield Evidence("figures", "figures fivefold", float(f.far_apart))
    yield Evidence("figures", "figures flights", float(f.flights_apart))
    yield Evidence("actors", "actors", float(min(2, len(f.actors))))
    yield from _iter_words(f)
    yield Evidence("again", "again", float(f.again))


def _iter_words(f: Features) -> Iterator[Evidence]:
    if f.both_news:
        yield from iter_wording(press=f.press, text=f.text, title=f.title, names=f.names)
    else:
        yield from (Evidence("words", f"held {knot:g}", share) for knot, share in share_out(f.text, HELD_KNOTS))


def iter_wording(*, press: int | None, text: float, title: float, names: float) -> Iterator[Evidence]:
    """What the words of two reports say, and the days between their publications, whether or not anything was coded in them."""
    yield Evidence("press", name_press(press), 1.0)
    yield Evidence("words", "text", text)
    yield Evidence("words", "text root", math.sqrt(text))
    yield Evidence("words", "title", title)
    yield Evidence("names", "names", names)


@lru_cache(maxsize=1024)
def name_press(days: int | None) -> str:
    """The piece of evidence that so many days between two publications are.

    >>> name_press(2), name_press(500), name_press(None)
    ('press 3', 'press later', 'press unknown')
    """
    return f"press {'unknown' if days is None else next((step for step in PRESS_STEPS if days <= step), 'later')}"


@lru_cache(maxsize=1024)
def share_out(value: float, knots: tuple[float, ...]) -> tuple[tuple[float, float], ...]:
    """The knots around the value with their shares, which sum to 1; beyond the last knot on a side, all of it.

    >>> share_out(0.25, (0.0, 1.0)), share_out(2.0, (0.0, 1.0))
    (((0.0, 0.75), (1.0, 0.25)), ((1.0, 1.0),))
    """
    if value <= knots[0] or value >= knots[-1]:
        return (((knots[0] if value <= knots[0] else knots[-1]), 1.0),)
    left, right = next((a, b) for a, b in pairwise(knots) if a <= value < b)
    part = (value - left) / (right - left)
    return (left, 1 - part), (right, part)


def weigh_sureness(p: float) -> float:
    """In [0, 1]: distance speaks against a pair only as far as both places are sure: not at all at p = .2, in full from p = .7."""
    low, high = _SURE_PLACE
    return max(0.0, min(1.0, (p - low) / (high - low)))
