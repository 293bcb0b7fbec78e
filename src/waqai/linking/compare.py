"""Two tellings side by side: days, place, facility, types, figures, actors, words, and what speaks against them.

Every function looks at two tellings and gives a named state, which `pairs` weighs. Nothing here decides. Figures are compared, never required to agree:
4, 12, 0 and "several" escapees were told of one prison riot.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeAlias, get_args

from waqai.core import Count
from waqai.linking.days import TimeState, compare_month_days, compare_times, compare_weekdays, find_press_gap, likens
from waqai.linking.kinds import score_tellings_kinds
from waqai.linking.spots import FacilityState, PlaceState, compare_facilities, compare_places
from waqai.linking.tellings import Telling
from waqai.linking.words import score_cosine, score_held, score_shared_names

FigureState: TypeAlias = Literal["close", "near", "apart", "far", "none"]
FLIGHTS = 8
"""How many times as many got away in one break as in another, where both cannot be one; first counts and last ones lie nearer."""
FIGURE_STATES: tuple[FigureState, ...] = get_args(FigureState)


class Numbered(Protocol):
    """A figure by what it counts and the number as printed."""

    @property
    def measure(self) -> str: ...
    @property
    def best(self) -> float | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """How two tellings stand to each other.

    `days`, `press` (days between the publications) and `km` are None where they cannot be told; `place_p` is the probability of the less sure of the two
    places. `kinds`, `text`, `title` lie in [0, 1], `names` in [0, 3]. `equal` and `apart` are figures as a person reads them ("384 escaped", "25 against 37
    escaped"), `telling` those of `equal` that chance hardly repeats, `figures` how the nearest numbers for a measure stand that are not equal.
    `flights_apart`: as `are_flights_apart`; those who got away are counted once, while the dead are counted for days. `means`: whether people got out by
    the same means, None where a side tells none. `custody`: both tell of a break or a riot in custody, which are rare beside attacks and arrests.
    `again`: one side speaks of a repetition, or likens the other's day to its own.
    `weekday`, `month_day`: whether the weekdays, the days without a year that the two name agree; None where a side names none or days settle it.
    """

    time: TimeState
    days: int | None
    press: int | None
    weekday: bool | None
    month_day: bool | None
    place: PlaceState
    km: float | None
    place_p: float
    facility: FacilityState
    kinds: float
    equal: tuple[str, ...]
    telling: tuple[str, ...]
    apart: tuple[str, ...]
    figures: FigureState
    far_apart: bool
    flights_apart: bool
    actors: tuple[str, ...]
    text: float
    title: float
    names: float
    means: bool | None
    both_news: bool
    custody: bool
    again: bool


def compare_tellings(a: Telling, b: Telling) -> Features:
    """The features of a pair; the same for (b, a)."""
    facets, both_news = compare_facets(a, b), a.news and b.news
    return replace(
        facets,
        weekday=compare_weekdays(a, b) if both_news else None,
        month_day=compare_month_days(a, b) if both_news else None,
        means=a.means == b.means if a.means and b.means else None,
        text=score_text(a, b),
        title=score_cosine(a.lead.title, b.lead.title) if both_news else 0.0,
        names=score_shared_names(a.text, b.text) if both_news else 0.0,
        again=(facets.time not in ("same day", "days apart") and a.repeats != b.repeats) or likens(a, b) or likens(b, a),
    )


def compare_facets(a: Telling, b: Telling) -> Features:
    """What can be compared without the words of the reports; these count as unlike, and as saying nothing of weekdays or a repetition."""
    time, days = compare_times(a, b)
    place, km = compare_places(a.lead.where, b.lead.where)
    equal, telling, apart = compare_figures(a.lead.account.counts, b.lead.account.counts)
    both_news = a.news and b.news
    return Features(
        time=time,
        days=days,
        press=find_press_gap(a, b) if both_news else None,
        weekday=None,
        month_day=None,
        place=place,
        km=km,
        place_p=min((t.lead.where.p for t in (a, b) if t.lead.where), default=1.0),
        facility=compare_facilities(a.lead, b.lead, tokens=(a.facility, b.facility), houses=(a.houses, b.houses)),
        kinds=score_tellings_kinds(a.kinds, b.kinds),
        equal=equal,
        telling=telling,
        apart=apart,
        figures=find_nearest(a.lead.account.counts, b.lead.account.counts),
        far_apart=are_far_apart(a.lead.account.counts, b.lead.account.counts),
        flights_apart=are_flights_apart(a.lead.account.counts, b.lead.account.counts),
        actors=find_shared_actors(a, b),
        text=0.0,
        title=0.0,
        names=0.0,
        means=None,
        both_news=both_news,
        custody=a.of_custody and b.of_custody,
        again=False,
    )


def compare_figures(a: tuple[Count, ...], b: tuple[Count, ...]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """(equal, those of them that chance hardly repeats, apart), each as a person reads it."""
    equal, apart = list[tuple[str, float]](), list[str]()
    for measure in sorted({c.measure for c in a} & {c.measure for c in b}):
        left, right = ([c for c in counts if c.measure == measure] for counts in (a, b))
        same = sorted({c.best for c in left if c.best} & {c.best for c in right if c.best})
        equal += [(measure, n) for n in same]
        if not same and not any(_meet(c, d) for c in left for d in right):
            apart.append(f"{_printed(left[0])} against {_printed(right[0])} {measure}")
    printed = {pair: f"{pair[1]:g} {pair[0]}" for pair in equal}
    return tuple(printed.values()), tuple(printed[pair] for pair in _find_telling(equal)), tuple(apart)


def count_equal(a: Iterable[Numbered], b: Iterable[Numbered]) -> tuple[int, int]:
    """How many figures `compare_figures` finds equal, and how many of them telling."""
    same = {(c.measure, c.best) for c in a if c.best} & {(c.measure, c.best) for c in b if c.best}
    return len(same), len(_find_telling([(measure, n) for measure, n in same if n is not None]))


def _find_telling(equal: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """Those of equal figures that chance hardly repeats: 384, or 6 and 2 together; not 1, 50 or 6 alone."""
    several = [(measure, n) for measure, n in equal if n >= 2]
    return several if len(several) >= 2 else [(measure, n) for measure, n in equal if n >= 20 and n % 10]


def are_far_apart(a: Sequence[Numbered], b: Sequence[Numbered]) -> bool:
    """Whether for some measure all numbers of one side are five times those of the other or more, the small ones being ten at least.

    Denials and first counts (0, 4, 12) are too small to speak against anything.
    """
    for measure in {c.measure for c in a} & {c.measure for c in b}:
        left, right = ([c.best for c in counts if c.measure == measure and c.best and c.best >= 10] for counts in (a, b))
        if left and right and (max(left) * 5 <= min(right) or max(right) * 5 <= min(left)):
            return True
    return False


def are_flights_apart(a: Sequence[Numbered], b: Sequence[Numbered]) -> bool:
    """Whether the most that got away by one side are FLIGHTS times those by the other or more, the fewer being ten at least."""
    left, right = (max((c.best for c in counts if c.measure == "escaped" and c.best), default=0.0) for counts in (a, b))
    return min(left, right) >= 10 and max(left, right) >= FLIGHTS * min(left, right)


def find_nearest(a: Sequence[Numbered], b: Sequence[Numbered]) -> FigureState:
    """How the nearest two different numbers for one measure stand: within 15 % (close), 60 % (near), less than fivefold (apart), or farther."""
    ratios = []
    for measure in {c.measure for c in a} & {c.measure for c in b}:
        left, right = ([c.best for c in counts if c.measure == measure and c.best and c.best > 0] for counts in (a, b))
        if left and right:
            ratios.append(min(max(x, y) / min(x, y) for x in left for y in right))
    if not ratios or min(ratios) == 1:
        return "none"
    return "close" if min(ratios) <= 1.15 else "near" if min(ratios) <= 1.6 else "apart" if min(ratios) < 5 else "far"


def _meet(a: Count, b: Count) -> bool:
    return a.low <= (b.high if b.high is not None else math.inf) and b.low <= (a.high if a.high is not None else math.inf)


def _printed(count: Count) -> str:
    if count.best is not None:
        return f"{count.best:g}"
    return f"{count.low:g} or more" if count.high is None else f"{count.low:g} to {count.high:g}"


def find_shared_actors(a: Telling, b: Telling) -> tuple[str, ...]:
    """Names of those who take part in both, by the register's id, else by a name that few reports use."""
    ids = {i.actor_id: i.name for i in a.lead.account.involved if i.actor_id}
    by_id = [ids[i.actor_id] for i in b.lead.account.involved if i.actor_id in ids and i.actor_id]
    return tuple(sorted(dict.fromkeys([*by_id, *(a.actors & b.actors)])))


def score_text(a: Telling, b: Telling) -> float:
    """Likeness of the words that speak of the two, in [0, 1]: cosine of title and lead, or how much of the one sentence the other text holds."""
    if a.news and b.news:
        return score_cosine(a.text, b.text)
    if not a.news and not b.news:
        return max(score_held(a.text, b.text), score_held(b.text, a.text))
    told, news = (b, a) if a.news else (a, b)
    return score_held(told.text, news.text)
