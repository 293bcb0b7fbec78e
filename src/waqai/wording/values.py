"""Values in words, as a person would say them."""

from __future__ import annotations

from collections.abc import Iterable

from waqai.core import Account, Count, PlaceCandidate, Span, When, Where
from waqai.wording.catalogue import _

DOUBTFUL = 0.8
"""A place less probable than this is shown with what else its name could mean."""


def describe_when(when: When | None) -> str:
    if when is None:
        return _("day not told")
    days = when.earliest.isoformat() if when.earliest == when.latest else f"{when.earliest.isoformat()} … {when.latest.isoformat()}"
    return _("{days} (day of the announcement)").format(days=days) if when.basis == "announcement_date_as_proxy" else days


def describe_where(where: Where | None) -> str:
    if where is None:
        return _("place not told")
    parts = [where.name, *(p for p in (where.admin1, where.country) if p and p.lower() != where.name.lower())]
    about = {"P2": f" ({_('near')})", "P5": f" ({_('area')})"}.get(where.precision[:2], "")
    return ", ".join(parts) + about + (f" ({where.rule})" if where.is_no_match else "")


def describe_candidates(where: Where | None) -> str:
    """What else the name could mean, where the choice was doubtful or none was taken; empty where it was clear."""
    if where is None or not where.candidates:
        return ""
    first, *others = where.candidates
    if where.is_no_match:
        return _("not taken: {places}").format(places="; ".join(map(_candidate, where.candidates)))
    rivals = [f"{_candidate(one)} ({one.p:.2f})" for one in others if not _share_their_name(first, one)]
    return _("or: {places}").format(places="; ".join(rivals)) if rivals and first.p < DOUBTFUL else ""


def _candidate(one: PlaceCandidate) -> str:
    return ", ".join(part for part in (one.name, one.admin1, one.country) if part)


def _share_their_name(one: PlaceCandidate, other: PlaceCandidate) -> bool:
    """Whether one of the two is the province or district that the other is the seat of: no doubt about where."""
    return one.country == other.country and (other.name in (one.admin1, one.name) or one.name == other.admin1) and None in (one.admin1, other.admin1)


def describe_gazetteers(accounts: Iterable[Account]) -> str:
    """Which gazetteer these accounts' places come from; empty when none was looked into."""
    stamps = sorted({a.where.gazetteer for a in accounts if a.where is not None and a.where.gazetteer is not None})
    return _("places: gazetteer {stamps}; GeoNames data, CC BY 4.0").format(stamps=_(" and ").join(stamps)) if stamps else ""


def describe_count(count: Count) -> str:
    bounds = describe_bounds(count.low, count.high, count.best)
    if count.unit is not None:
        return f"{bounds} {count.unit}"
    return f"{bounds} {count.measure} ({count.of_whom})" if count.of_whom else f"{bounds} {count.measure}"


def describe_bounds(low: float, high: float | None, best: float | None) -> str:
    """A figure as a person would write it.

    >>> describe_bounds(25, 25, 25), describe_bounds(270, 330, 300), describe_bounds(24, 99, None), describe_bounds(20, None, 20), describe_bounds(0, 50, 50)
    ('25', '300 (270–330)', '24–99', '20 or more', 'up to 50')
    """
    if high is None:
        return _("{number} or more").format(number=describe_number(low))
    if low == high:
        return describe_number(low)
    if low == 0 and best == high:
        return _("up to {number}").format(number=describe_number(high))
    bounds = f"{describe_number(low)}–{describe_number(high)}"
    return f"{describe_number(best)} ({bounds})" if best is not None else bounds


def describe_number(value: float) -> str:
    """A number with thousands marked, and decimals only where there are any."""
    return f"{int(value):,}" if value == int(value) else f"{value:,.1f}"


def quote(text: str, span: Span, *, width: int = 90) -> str:
    """The words, on one line, cut in the middle when longer than `width`."""
    words = " ".join(span.of(text).split())
    return f"“{words if len(words) <= width else words[: width // 2 - 1] + ' … ' + words[-(width // 2 - 2) :]}”"
