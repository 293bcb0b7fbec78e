"""Two tellings side by side: days, place, facility, types, figures, actors, words, and what speaks against them.

Every function looks at two tellings and gives a named state, which `pairs` weighs. Nothing here decides. Figures are compared, never required to agree:
4, 12, 0 and "several" escapees were told of one prison riot.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, TypeAlias

from waqai.core import Card, Count, Where
from waqai.linking.kinds import score_tellings_kinds
from waqai.linking.tellings import Telling
from waqai.linking.words import find_shared, fold, name_tokens, score_cosine, score_held, skeleton, weight

TimeState: TypeAlias = Literal[
    "same day",
    "days apart",
    "a week apart",
    "a fortnight apart",
    "weeks apart",
    "months apart",
    "same period",
    "after press",
    "fresh",
    "late",
    "stale",
    "unknown",
]
PlaceState: TypeAlias = Literal["same place", "near", "within", "same region", "same country", "far", "other country", "unknown"]
FacilityState: TypeAlias = Literal["same", "different", "unknown"]

GENERIC = frozenset(
    [
        "prison",
        "prisons",
        "jail",
        "jails",
        "gaol",
        "camp",
        "facility",
        "centre",
        "center",
        "central",
        "main",
        "general",
        "local",
        "old",
        "new",
        "big",
        "large",
        "building",
        "compound",
        "complex",
        "city",
        "town",
        "village",
        "district",
        "province",
        "governorate",
        "security",
        "military",
        "police",
        "court",
        "headquarters",
        "base",
        "checkpoint",
        "detention",
        "correctional",
        "custodial",
        "high",
        "maximum",
        "penitentiary",
        "prisoners",
        "site",
        "school",
    ]
)
_HOUSE = re.compile(r"\b(prison|jail|gaol|camp|detention|penitentiary|correctional|custodial|court|headquarters|base|checkpoint|crossing)\w*", re.I)
_ACT = r"(riot|revolt|mutin|uprising|unrest|escap|break|broke|jailbreak|attack|strike|raid|flee|fled|clash)"
_AGAIN = re.compile(
    rf"\b{_ACT}\w*( \w+)? again\b|\bagain {_ACT}|\b(second|third|fourth) (\w+ ){{0,3}}({_ACT}|time\b|in \w+ (weeks|months))"
    rf"|\b(another|renewed|fresh|new) (\w+ )?{_ACT}",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """How two tellings stand to each other.

    `days` and `km` are None where they cannot be told, `kinds` and `text` lie in [0, 1]. `equal` and `apart` are figures as a person reads them
    ("384 escaped", "25 against 37 escaped"), `telling` those of `equal` that chance hardly repeats. `far_apart`: every number that the two give for a
    measure differs fivefold or more. `again`: one side speaks of a repetition.
    """

    time: TimeState
    days: int | None
    place: PlaceState
    km: float | None
    facility: FacilityState
    kinds: float
    equal: tuple[str, ...]
    telling: tuple[str, ...]
    apart: tuple[str, ...]
    far_apart: bool
    actors: tuple[str, ...]
    text: float
    both_news: bool
    words: tuple[str, ...]
    again: bool


def compare_tellings(a: Telling, b: Telling) -> Features:
    """The features of a pair; the same for (b, a)."""
    time, days = compare_times(a, b)
    place, km = compare_places(a.lead.where, b.lead.where)
    equal, telling, apart = compare_figures(a.lead.account.counts, b.lead.account.counts)
    return Features(
        time=time,
        days=days,
        place=place,
        km=km,
        facility=compare_facilities(a.lead, b.lead),
        kinds=score_tellings_kinds(a.kinds, b.kinds),
        equal=equal,
        telling=telling,
        apart=apart,
        far_apart=are_far_apart(a.lead.account.counts, b.lead.account.counts),
        actors=find_shared_actors(a.lead, b.lead),
        text=score_text(a, b),
        both_news=a.news and b.news,
        words=find_shared(a.text, b.text),
        again=speaks_of_repeat(a) != speaks_of_repeat(b),
    )


# ---------------------------------------------------------------------------------------------- time


def compare_times(a: Telling, b: Telling) -> tuple[TimeState, int | None]:
    """The state, and the days between the two intervals (0 when they meet).

    Where a side has no day, the days of publication say what they can: a report cannot tell of what came after it.
    """
    if a.lead.account.when and b.lead.account.when:
        return _compare_intervals(a.lead, b.lead)
    if a.lead.account.when or b.lead.account.when:
        return _compare_with_press(*((a, b) if a.lead.account.when else (b, a))), None
    if not (a.news and b.news and a.lead.published and b.lead.published):
        return "unknown", None
    return _lag_state(abs((a.lead.published - b.lead.published).days)), None


def _compare_intervals(a: Card, b: Card) -> tuple[TimeState, int]:
    assert a.earliest and a.latest and b.earliest and b.latest
    gap = max(0, (max(a.earliest, b.earliest) - min(a.latest, b.latest)).days)
    width = max((a.latest - a.earliest).days, (b.latest - b.earliest).days)
    if gap <= 1:
        return ("same day" if width <= 2 else "same period"), gap
    if width > 7:  # a vague interval that still misses the other
        return ("weeks apart" if gap <= 31 else "months apart"), gap
    steps: tuple[tuple[int, TimeState], ...] = ((3, "days apart"), (7, "a week apart"), (14, "a fortnight apart"), (45, "weeks apart"))
    return next((state for most, state in steps if gap <= most), "months apart"), gap


def _compare_with_press(dated: Telling, undated: Telling) -> TimeState:
    day, last, press = dated.lead.earliest, dated.lead.latest, undated.lead.published
    if day is None or last is None or press is None:
        return "unknown"
    if day > press + timedelta(days=1):
        return "after press"
    return _lag_state((press - last).days) if undated.news else "unknown"


def _lag_state(days: int) -> TimeState:
    """Most reports on a happening come within a week: 90 % within 13 days in a stream of 5,438 reports on shootings."""
    return "fresh" if days <= 7 else "late" if days <= 45 else "stale"


# ---------------------------------------------------------------------------------------------- place


def compare_places(a: Where | None, b: Where | None) -> tuple[PlaceState, float | None]:
    """The state, and the kilometres between two places where both are points."""
    if a is None or b is None:
        return "unknown", None
    if a.place_id and a.place_id == b.place_id:
        return ("same country" if a.precision.startswith(("P6", "P7")) else "same region" if a.precision.startswith("P4") else "same place"), 0.0
    if a.country and b.country and a.country != b.country:
        return "other country", None
    km = km_between(a, b)
    if km is not None and _is_point(a) and _is_point(b):
        return _point_state(km), km
    if _holds(a, b) or _holds(b, a):
        return "within", None
    if not (a.place_id and b.place_id) and _same_name(a.name, b.name):
        return "same place", None
    if a.admin1 and b.admin1:
        return ("same region" if _same_name(a.admin1, b.admin1) else "far"), None
    return ("same country" if a.country and a.country == b.country else "unknown"), None


def km_between(a: Where, b: Where) -> float | None:
    """Great-circle distance, None without coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    x1, x2, dy = math.radians(a.lat), math.radians(b.lat), math.radians(b.lon - a.lon)
    h = math.sin((x2 - x1) / 2) ** 2 + math.cos(x1) * math.cos(x2) * math.sin(dy / 2) ** 2
    return round(2 * 6371 * math.asin(math.sqrt(min(1.0, h))), 1)


def _is_point(where: Where) -> bool:
    return where.precision.startswith(("P1", "P2", "P3"))


def _point_state(km: float) -> PlaceState:
    return "same place" if km <= 8 else "near" if km <= 35 else "same region" if km <= 90 else "far"


def _holds(area: Where, inner: Where) -> bool:
    """Whether the wider place is the province or district that the other lies in."""
    if area.precision.startswith("P4"):
        return bool(inner.admin1 and _same_name(area.admin1 or area.name, inner.admin1) and not inner.precision.startswith("P4"))
    return bool(area.precision.startswith("P3") and inner.admin2 and _same_name(area.admin2 or area.name, inner.admin2))


def _same_name(a: str, b: str) -> bool:
    return fold(a) == fold(b) or bool(name_tokens(a) and _skeletons(name_tokens(a)) == _skeletons(name_tokens(b)))


def _skeletons(tokens: frozenset[str]) -> frozenset[str]:
    return frozenset(t[0] + skeleton(t) for t in tokens)


def compare_facilities(a: Card, b: Card) -> FacilityState:
    """Whether the named prisons, camps, courts are one: by the gazetteer's id, else by what is left of their names without the town's."""
    if a.where and b.where and a.where.place_id and a.where.place_id == b.where.place_id and _HOUSE.search(a.where.name + " " + b.where.name):
        return "same"
    left, right = facility_tokens(a), facility_tokens(b)
    if not left or not right:
        return "unknown"
    return "same" if _skeletons(left) & _skeletons(right) else "different"


def facility_tokens(card: Card) -> frozenset[str]:
    """What tells the card's facilities from others: words of their names that are neither generic nor the name of their town, region or country."""
    houses = [*card.names_in("facility"), *(n for n in card.names_in("target", "origin") if _HOUSE.search(n))]
    houses += [m.name for m in card.account.place_mentions if _HOUSE.search(m.name) and m.role == "event_place"]
    where = card.where
    around = [where.admin1 or "", where.admin2 or "", "" if _HOUSE.search(where.name) else where.name] if where else []
    around += [m.name for m in card.account.place_mentions if not _HOUSE.search(f"{m.name} {m.kind or ''}")]
    known = frozenset(t for name in around for t in name_tokens(name))
    return frozenset(t for name in houses for t in name_tokens(name, without=GENERIC | known) if not t.isdigit() and _begins_name(name, t))


def _begins_name(name: str, token: str) -> bool:
    """Whether the token is written as a name in it: "Ghweran prison" has one, "a prison run by the militia" has none."""
    return any(fold(word).split()[-1:] == [token] or token in fold(word).split() for word in name.split() if any(c.isupper() for c in word))


# ---------------------------------------------------------------------------------------------- figures, actors, words


def compare_figures(a: tuple[Count, ...], b: tuple[Count, ...]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """(equal, those of them that chance hardly repeats, apart), each as a person reads it."""
    equal, telling, apart = [], [], []
    for measure in sorted({c.measure for c in a} & {c.measure for c in b}):
        left, right = ([c for c in counts if c.measure == measure] for counts in (a, b))
        same = sorted({c.best for c in left if c.best} & {c.best for c in right if c.best})
        equal += [f"{n:g} {measure}" for n in same]
        telling += [f"{n:g} {measure}" for n in same if n >= 20 and n % 10]
        if not same and not any(_meet(c, d) for c in left for d in right):
            apart.append(f"{_printed(left[0])} against {_printed(right[0])} {measure}")
    return tuple(equal), tuple(telling), tuple(apart)


def are_far_apart(a: tuple[Count, ...], b: tuple[Count, ...]) -> bool:
    """Whether for some measure all numbers of one side are five times those of the other or more, the small ones being ten at least.

    Denials and first counts (0, 4, 12) are too small to speak against anything.
    """
    for measure in {c.measure for c in a} & {c.measure for c in b}:
        left, right = ([c.best for c in counts if c.measure == measure and c.best and c.best >= 10] for counts in (a, b))
        if left and right and (max(left) * 5 <= min(right) or max(right) * 5 <= min(left)):
            return True
    return False


def _meet(a: Count, b: Count) -> bool:
    return a.low <= (b.high if b.high is not None else math.inf) and b.low <= (a.high if a.high is not None else math.inf)


def _printed(count: Count) -> str:
    if count.best is not None:
        return f"{count.best:g}"
    return f"{count.low:g} or more" if count.high is None else f"{count.low:g} to {count.high:g}"


def find_shared_actors(a: Card, b: Card) -> tuple[str, ...]:
    """Names of those who take part in both, by the register's id, else by a name that few reports use."""
    ids = {i.actor_id: i.name for i in a.account.involved if i.actor_id}
    by_id = [ids[i.actor_id] for i in b.account.involved if i.actor_id in ids and i.actor_id]
    left, right = ({fold(i.name) for i in c.account.involved if i.role != "facility"} for c in (a, b))
    by_name = [n for n in left & right if max((weight(t) for t in name_tokens(n)), default=0.0) >= 0.6]
    return tuple(sorted(dict.fromkeys([*by_id, *by_name])))


def score_text(a: Telling, b: Telling) -> float:
    """Likeness of the words that speak of the two, in [0, 1]: cosine of title and lead, or how much of the one sentence the other text holds."""
    if a.news and b.news:
        return score_cosine(a.text, b.text)
    if not a.news and not b.news:
        return max(score_held(a.text, b.text), score_held(b.text, a.text))
    told, news = (b, a) if a.news else (a, b)
    return score_held(told.text, news.text)


def speaks_of_repeat(telling: Telling) -> bool:
    """Whether title or sentence call it a second, another, a renewed one."""
    spoken = f"{telling.lead.title}. {telling.lead.context}" if telling.news else telling.lead.context
    return bool(_AGAIN.search(spoken))
