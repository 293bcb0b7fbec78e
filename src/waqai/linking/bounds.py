"""How well a telling could fit an incident at most, from what is known of its accounts before anybody reads their reports.

The score of a pair is the logistic of a sum. Days, kinds, places, figures are known from outlines, and how alike the words are at most from the imprints;
whatever is not known counts as if it spoke for the pair as far as it can. So no incident is passed over that could have been joined, and
none that would have been named as the nearest.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple, get_args

from waqai.core import Day, Outline, Where
from waqai.linking.compare import FIGURE_STATES, Numbered, are_far_apart, count_equal, find_nearest
from waqai.linking.days import Dated, TimeState, compare_dated, dates_of, days_between
from waqai.linking.evidence import HELD_KNOTS, KIND_KNOTS, name_press, share_out, weigh_sureness
from waqai.linking.imprints import Imprint, Likeness, bound_likeness, read_imprint
from waqai.linking.kinds import score_tellings_kinds
from waqai.linking.pairs import choose_table, load_weights
from waqai.linking.spots import Placed, PlaceState, are_one_house, compare_places, may_be_one_house, possible_places
from waqai.linking.tellings import Telling, are_of_custody, is_fight_for_prison
from waqai.linking.words import NAMES_MOST

_SLACK = 1e-6  # log-odds by which the sum of a bound may fall short, as it is added up in another order than that of the score
_ROUNDING = 1e-9  # what a mean may lose, likewise
NOBODY = -1.0
"""The bound of an incident that no other report tells of."""


LAST_STAGE = 1
"""Of `Bounds.bound`."""
KINDS_KEPT = 8_192
"""Pairs of two tellings' types whose weight is kept: after 48,000 reports there had been 18,000."""


class Teller(NamedTuple):
    """A report of an incident: the outlines of its accounts there, whether the incident is its news, its imprint, and how alike the words are at most."""

    outlines: tuple[Outline, ...]
    news: bool
    imprint: Imprint | None
    likeness: Likeness = Likeness(1.0, NAMES_MOST)


class Bounds:
    """For each incident, given by its outlines, numbers that the score of its `Fit` does not exceed. `only_told` is what such a fit counts of mentions."""

    def __init__(self, telling: Telling, incidents: Mapping[str, Sequence[Outline]], *, only_told: float) -> None:
        self._telling, self._only_told = telling, only_told
        self._own = dates_of(telling)
        self._tellers = {incident: _tellers_of(telling, outlines) for incident, outlines in incidents.items()}
        if telling.news:
            self._liken()
        self._begun: dict[tuple[str, int], tuple[_Limits, float]] = {}

    def _liken(self) -> None:
        """Fill in how alike the words are, of all at once."""
        imprints = [one.imprint for some in self._tellers.values() for one in some if one.imprint is not None]
        text, names = bound_likeness(self._telling.text, imprints)
        likeness = iter(map(Likeness, text.tolist(), names.tolist()))
        for incident, some in self._tellers.items():
            self._tellers[incident] = [one if one.imprint is None else one._replace(likeness=next(likeness)) for one in some]

    def bound(self, incident: str, *, stage: int) -> float:
        """By the columns of the outlines (stage 0), or by places, houses and figures as well (1)."""
        closer = (_bound_by_columns, _bound_by_facets)[stage]
        return self._join(incident, lambda one, imprint, place: closer(self._telling, one, *self._begin(incident, place, one, imprint)))

    def _begin(self, incident: str, place: int, one: Teller, imprint: Imprint) -> tuple[_Limits, float]:
        """What `_begin` says, which the second look needs again."""
        known = self._begun.get((incident, place))
        if known is None:
            known = self._begun[incident, place] = _begin(self._telling, self._own, one, imprint)
        return known

    def _join(self, incident: str, bound: Callable[[Teller, Imprint, int], float]) -> float:
        tellers = self._tellers[incident]
        if not tellers:
            return NOBODY
        scores = sorted((1.0 if one.imprint is None else bound(one, one.imprint, place) for place, one in enumerate(tellers)), reverse=True)
        alike = len({one.news for one in tellers}) == 1  # else a higher score can lower the mean of the better half, where mentions count for less
        best = scores[: (len(scores) + 1) // 2] if alike else scores[:1]
        doubt = self._only_told if self._telling.news and not tellers[0].news else 1.0
        return round(doubt * sum(best) / len(best) + _ROUNDING, 4)

    def size(self, incident: str) -> int:
        """How many reports a fit with the incident is the mean of."""
        return len(self._tellers[incident])


def _tellers_of(telling: Telling, outlines: Sequence[Outline]) -> list[Teller]:
    """As `fit_incident` has them: each other report; for news only those whose news the incident is, where there are such."""
    own, by_report = telling.lead.anchor.report_sha256, dict[str, list[Outline]]()
    for outline in outlines:
        if outline.report_sha256 != own:
            by_report.setdefault(outline.report_sha256, []).append(outline)
    news = {sha256: any(o.role == "main" for o in some) for sha256, some in by_report.items()}
    wanted = [sha256 for sha256 in by_report if news[sha256]] if telling.news else []
    return [Teller(tuple(by_report[sha256]), news[sha256], read_imprint(by_report[sha256][0].imprint)) for sha256 in wanted or by_report]


def _bound_by_columns(telling: Telling, other: Teller, limits: _Limits, known: float) -> float:
    places: list[Outline | None] = [o for o in other.outlines if o.precision is not None] or [None]
    own, ids = telling.lead.where, telling.houses | ({telling.lead.where.place_id} if telling.lead.where else set())
    nameless = not telling.facility and not any(place and place.place_id in ids for place in places)
    known += limits.no_facility if nameless else limits.facility
    return _logistic(known + max(limits.of_some_place(own, place) for place in places) + limits.figures)


def _bound_by_facets(telling: Telling, other: Teller, limits: _Limits, known: float) -> float:
    told, own = [_read_told(outline) for outline in other.outlines], telling.lead.where
    places = [one.place for one in told if one.place]
    nameless = not may_be_one_house(telling.facility, [name for one in told for name in one.names])
    nameless = nameless and not any(where.place_id in telling.houses or (own and are_one_house(own, where)) for where in places)
    known += max([limits.of_place(own, where) for where in places] or [limits.of_place(own, None)])
    known += limits.of_figures(telling.lead.account.counts, [figure for one in told for figure in one.figures])
    return _logistic(known + (limits.no_facility if nameless else limits.facility))


class _Place(NamedTuple):
    name: str
    admin1: str | None
    admin2: str | None
    p: float
    place_id: str | None
    precision: str
    country: str | None
    lat: float | None
    lon: float | None


class _Figure(NamedTuple):
    measure: str
    best: float | None


class _Told(NamedTuple):
    place: _Place | None
    figures: tuple[_Figure, ...]
    names: tuple[str, ...]


@lru_cache(maxsize=4096)
def _read_told(outline: Outline) -> _Told:
    """What the outline says of place, figures and names, as text is looked at again by the report's other tellings."""
    place, figures, names = json.loads(outline.told)
    pins = (outline.place_id, outline.precision or "", outline.country, outline.lat, outline.lon)
    return _Told(None if place is None else _Place._make((*place, *pins)), tuple(_Figure(*one) for one in figures), tuple(names))


def _begin(telling: Telling, own: Sequence[Dated], other: Teller, imprint: Imprint) -> tuple[_Limits, float]:
    """The limits that hold for the two, and what days, kinds, publication, words and actors add at most. `own`: each day that the telling tells."""
    both_news, frames, outlines = telling.news and other.news, imprint.frames if other.news else (), other.outlines
    told = tuple([(o.type, o.family) for o in outlines])
    heads = [o for o in outlines if o.role == "main"] or [o for o in outlines if o.role != "part"] or outlines
    custody = telling.of_custody and (are_of_custody((*told, *frames)) or any(is_fight_for_prison(o.type, o.place_id) for o in outlines))
    limits = _limits_of(choose_table(both_news=both_news, custody=custody))
    known = limits.start + limits.actors + _bound_time(own, other, imprint, limits)
    known += max([limits.of_kinds(telling.kinds, ((head.type, head.family), *told, *frames)) for head in heads])
    known += limits.weights.get(name_press(days_between(own[0].published, imprint.published)), 0.0) if both_news else 0.0
    dated = own[0].earliest is not None and None not in [o.earliest for o in outlines]
    return limits, known + limits.of_words(other.likeness, both_news=both_news, dated=dated)


def _bound_time(own: Sequence[Dated], other: Teller, imprint: Imprint, limits: _Limits) -> float:
    """Of the days that the other report names."""
    days: set[tuple[Day | None, Day | None]] = {(o.earliest, o.latest) for o in other.outlines if o.earliest} or {(None, None)}
    return max([limits.of_time(compare_dated(one, Dated(*some, imprint.published, other.news))[0]) for one in own for some in days])


def _logistic(sum_: float) -> float:
    """Rounded as a score is, so that of what comes to nothing no trace is left to be read for."""
    return round(1 / (1 + math.exp(-sum_ - _SLACK)), 4)


class _Limits:
    """What each kind of evidence can add at most, by one table of weights."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        def most(*names: str) -> float:
            return max(weights.get(name, 0.0) for name in names)

        def more(name: str) -> float:
            return max(0.0, weights.get(name, 0.0))

        self.weights, self.start = weights, weights["start"]
        self.no_facility = weights.get("facility unknown", 0.0)
        self.facility = most("facility same", "facility different", "facility unknown")
        self.actors, self.again = 2 * more("actors") + more("again"), more("again")
        equal = weights.get("figures none", 0.0) + 2 * more("figures equal") + more("figures telling")  # where figures are equal none is nearest
        self.figures = max(equal, most(*(f"figures {state}" for state in FIGURE_STATES))) + more("figures fivefold")
        self._means = max(0.0, most("means same", "means other"))
        self._weekday = max(0.0, most("weekday same", "weekday other")) + max(0.0, most("month day same", "month day other"))
        self._held = max(0.0, *(weights.get(f"held {knot:g}", 0.0) for knot in HELD_KNOTS))
        self._text, self._root, self._title, self._names = (more(name) for name in ("text", "text root", "title", "names"))
        self._of_time = {state: weights.get(f"time {state}", 0.0) for state in get_args(TimeState)}
        self._of_states: dict[tuple[PlaceState, ...], float] = {}
        self.of_kinds = lru_cache(maxsize=KINDS_KEPT)(self._of_kinds)

    def of_words(self, likeness: Likeness, *, both_news: bool, dated: bool) -> float:
        """Of all that the words of two reports can add: weekdays where not both name days; the whole of the text, or the sentence that mentions it."""
        if not both_news:
            return self._held
        weekday = 0.0 if dated else self._weekday
        return self._means + weekday + self._text * likeness.text + self._root * math.sqrt(likeness.text) + self._title + self._names * likeness.names

    def of_some_place(self, one: Where | None, other: Outline | None) -> float:
        """Of two places of which one is not known by name; how much distance speaks against them depends on how sure they are, and may be nothing."""
        states = possible_places(one, other)
        known = self._of_states.get(states)
        if known is None:
            unsure = 0.0 if "far" in states or "other country" in states else -math.inf
            known = self._of_states[states] = max(unsure, *(self.weights.get(f"place {state}", 0.0) for state in states))
        return known

    def of_time(self, state: TimeState) -> float:
        """Of two tellings that stand so in time."""
        return self._of_time[state]

    def of_place(self, one: Placed | None, other: Placed | None) -> float:
        """Of two places."""
        state, _ = compare_places(one, other)
        weight = self.weights.get(f"place {state}", 0.0)
        sure = weigh_sureness(min(one.p, other.p)) if state in ("far", "other country") and one and other else 1.0
        return weight * sure

    def of_figures(self, one: Sequence[Numbered], other: Sequence[Numbered]) -> float:
        """Of what the two count."""
        equal, telling = count_equal(one, other)
        sum_ = self.weights.get("figures equal", 0.0) * min(2, equal) + self.weights.get("figures telling", 0.0) * min(1, telling)
        far = self.weights.get("figures fivefold", 0.0) * are_far_apart(one, other)
        return sum_ + self.weights.get(f"figures {find_nearest(one, other)}", 0.0) + far

    def _of_kinds(self, one: tuple[tuple[str, str], ...], other: tuple[tuple[str, str], ...]) -> float:
        """Of two tellings' types; few meet often, and these are not worked out again."""
        shares = share_out(score_tellings_kinds(one, other), KIND_KNOTS)
        return sum(self.weights.get(f"kinds {knot:g}", 0.0) * share for knot, share in shares)


@cache
def _limits_of(table: str) -> _Limits:
    return _Limits(load_weights()[table])
