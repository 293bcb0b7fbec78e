"""Whether two tellings lie at one place: by the gazetteer's ids and points, and by the names of prisons, camps and courts."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, Protocol, TypeAlias

from waqai.core import Card
from waqai.linking.words import fold, name_tokens, skeleton, weight

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
        "medium",
        "minimum",
        "penitentiary",
        "prisoners",
        "site",
        "school",
    ]
)
_POSSESSIVE = re.compile(r"['’]s\b")
_RARE = 0.65  # weight of a word that tells a house from others: "Afghan" and "American" are told of many
_HOUSE = re.compile(r"\b(prison|jail|gaol|camp|detention|penitentiary|correctional|custodial|court|headquarters|base|checkpoint|crossing)\w*", re.I)


class Pinned(Protocol):
    """A place by what a map knows of it: of a `Where`, or of the account in whose row it stands."""

    @property
    def place_id(self) -> str | None: ...
    @property
    def precision(self) -> str | None: ...
    @property
    def country(self) -> str | None: ...
    @property
    def lat(self) -> float | None: ...
    @property
    def lon(self) -> float | None: ...


class Placed(Pinned, Protocol):
    """A place with all that is compared of it: a `Where`, or what an outline tells."""

    @property
    def name(self) -> str: ...
    @property
    def precision(self) -> str: ...
    @property
    def admin1(self) -> str | None: ...
    @property
    def admin2(self) -> str | None: ...
    @property
    def p(self) -> float: ...


def compare_places(a: Placed | None, b: Placed | None) -> tuple[PlaceState, float | None]:
    """The state, and the kilometres between two places where both are points."""
    if a is None or b is None:
        return "unknown", None
    if (settled := _compare_pins(a, b)) is not None:
        return settled
    if _holds(a, b) or _holds(b, a):
        return "within", None
    if not (a.place_id and b.place_id) and _same_name(a.name, b.name):
        return "same place", None
    if a.admin1 and b.admin1:
        return ("same region" if _same_name(a.admin1, b.admin1) else "far"), None
    return ("same country" if a.country and a.country == b.country else "unknown"), None


_UNSETTLED: tuple[PlaceState, ...] = ("within", "same place", "same region", "far", "same country", "unknown")


def possible_places(a: Pinned | None, b: Pinned | None) -> tuple[PlaceState, ...]:
    """The states of which `compare_places` finds one, where the names of places and regions are not known."""
    if a is None or b is None:
        return ("unknown",)
    settled = _compare_pins(a, b)
    return _UNSETTLED if settled is None else settled[:1]


def _compare_pins(a: Pinned, b: Pinned) -> tuple[PlaceState, float | None] | None:
    """What ids, countries and points settle."""
    if a.place_id and a.place_id == b.place_id:
        wide = (a.precision or "")[:2]
        return ("same country" if wide in ("P6", "P7") else "same region" if wide == "P4" else "same place"), 0.0
    if a.country and b.country and a.country != b.country:
        return "other country", None
    km = km_between(a, b) if _is_point(a) and _is_point(b) else None
    return None if km is None else (_point_state(km), km)


def km_between(a: Pinned, b: Pinned) -> float | None:
    """Great-circle distance, None without coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    x1, x2, dy = math.radians(a.lat), math.radians(b.lat), math.radians(b.lon - a.lon)
    h = math.sin((x2 - x1) / 2) ** 2 + math.cos(x1) * math.cos(x2) * math.sin(dy / 2) ** 2
    return round(2 * 6371 * math.asin(math.sqrt(min(1.0, h))), 1)


def _is_point(where: Pinned) -> bool:
    return (where.precision or "").startswith(("P1", "P2", "P3"))


def _point_state(km: float) -> PlaceState:
    return "same place" if km <= 8 else "near" if km <= 35 else "same region" if km <= 90 else "far"


def _holds(area: Placed, inner: Placed) -> bool:
    """Whether the wider place is the province or district that the other lies in."""
    if area.precision.startswith("P4"):
        return bool(inner.admin1 and _same_name(area.admin1 or area.name, inner.admin1) and not inner.precision.startswith("P4"))
    return bool(area.precision.startswith("P3") and inner.admin2 and _same_name(area.admin2 or area.name, inner.admin2))


@lru_cache(maxsize=8192)
def _same_name(a: str, b: str) -> bool:
    return fold(a) == fold(b) or bool(name_tokens(a) and _skeletons(name_tokens(a)) == _skeletons(name_tokens(b)))


def _skeletons(tokens: frozenset[str]) -> frozenset[str]:
    return frozenset(t[0] + skeleton(t) for t in tokens)


def compare_facilities(
    a: Card, b: Card, *, tokens: tuple[frozenset[str], frozenset[str]] | None = None, houses: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
) -> FacilityState:
    """Whether the named prisons, camps, courts are one: by the gazetteer's id, else by what tells their names from others.

    `tokens`: the `facility_tokens` of the two, where they are known already. `houses`: ids of those where parts of the two took place.
    """
    if houses[0] & houses[1] or (a.where and b.where and are_one_house(a.where, b.where)):
        return "same"
    left, right = tokens or (facility_tokens(a), facility_tokens(b))
    if not left or not right:
        return "unknown"
    return "same" if _skeletons(left) & _skeletons(right) else "different"


def are_one_house(a: Placed, b: Placed) -> bool:
    """Whether the two are one place of the gazetteer, and that a prison, camp or court."""
    return bool(a.place_id and a.place_id == b.place_id and (is_house(a) or is_house(b)))


def is_house(where: Placed) -> bool:
    """Whether the place is a prison, a camp or a court, by its printed name or its id in the gazetteer."""
    return bool(_HOUSE.search(f"{where.name} {where.place_id}"))


def may_be_one_house(tokens: frozenset[str], names: Iterable[str]) -> bool:
    """Whether an account with these names can have a facility that is the same as the one of these `facility_tokens`.

    >>> may_be_one_house(frozenset({"ghweran"}), ["Ghwayran jail"]), may_be_one_house(frozenset({"ghweran"}), ["Kuje prison"])
    (True, False)
    """
    wanted = _skeletons(tokens)
    return bool(wanted) and any(wanted & _skeletons(name_tokens(_POSSESSIVE.sub("", name), without=GENERIC)) for name in names)


def facility_tokens(card: Card) -> frozenset[str]:
    """What tells the card's facilities from others: words of their names that are neither generic nor the name of their town, region or country."""
    houses = [*card.names_in("facility"), *(n for n in card.names_in("target", "origin") if _HOUSE.search(n))]
    houses += [m.name for m in card.account.place_mentions if _HOUSE.search(m.name) and m.role == "event_place"]
    where = card.where
    around = [where.admin1 or "", where.admin2 or "", "" if is_house(where) else where.name] if where else []
    around += [m.name for m in card.account.place_mentions if m.role != "background" and not _HOUSE.search(f"{m.name} {m.kind or ''}")]
    known = frozenset(t for name in around for t in name_tokens(name))
    spelled = _skeletons(known)
    plain = [_POSSESSIVE.sub("", name) for name in houses]
    tokens = frozenset(t for name in plain for t in name_tokens(name, without=GENERIC | known) if not t.isdigit() and _begins_name(name, t))
    return frozenset(t for t in tokens if weight(t) >= _RARE and not _skeletons(frozenset({t})) & spelled)


def _begins_name(name: str, token: str) -> bool:
    """Whether the token is written as a name in it: "Ghweran prison" has one, "a prison run by the militia" has none."""
    return any(fold(word).split()[-1:] == [token] or token in fold(word).split() for word in name.split() if any(c.isupper() for c in word))
