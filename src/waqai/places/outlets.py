"""Where a publisher is at home: a local paper's Paris is the one down the road.

Two signs, neither of them a label: the names of places that the publisher's reports use, which lie close together only around its home, and town or state
names inside its own name or domain ("dallasnews.com", "The Kansas City Star").
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from waqai.places.common import is_common_word
from waqai.places.gazetteer import Gazetteer
from waqai.places.names import fold
from waqai.places.place import Place, distance_km

CELL = 1.0  # degrees; with its eight neighbours a day's round of a local reporter
_PAPER = re.compile(
    r"^(?:the|daily|online|my|go|weekly|chronicle|thedaily)+|(?:news|times|online|herald|press|post|tribune|gazette|journal|mail|star|today|review|chronicle"
    r"|record|observer|talk|daily|paper|sun|citizen|telegram|telegraph|examiner|register|sentinel|dispatch|world|leader|argus|echo|courier|independent|local|live"
    r"|standard|bulletin|reporter|banner|beacon|union|advocate|republic|free)+$"
)
_MOST_CANDIDATES = 60
LEAST_VOTES = 0.6  # of the best cell: one name that few places bear
_LARGE = 5.5  # log10 of people: of a state that gives its name to towns
_SHADOWED = 0.4
_STATE, _COUNTRY, _DOMAIN = 3.0, 1.0, 2.0
_NEAR_CELLS = tuple((i, j) for i in (-1, 0, 1) for j in (-1, 0, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The surroundings of a publisher: a point, its country and first-order area, and how sure they are, in [0, 1]."""

    lat: float
    lon: float
    country: str | None
    admin1_id: str | None
    p: float


def find_home(names: Iterable[Iterable[str]], gazetteer: Gazetteer, *, outlet: str = "") -> Home | None:
    """The home of a publisher from the place names of its reports (one set of names a report) and its own name or domain; None when they agree on none.

    A name votes once a report for every cell of one degree that holds a place of that name, the more the fewer such places there are; states and countries
    vote for the cells that lie in them. One report alone halves how sure the home is.
    """
    reports = [frozenset(report) for report in names]
    counts = Counter(name for report in reports for name in report)
    votes, towns = _votes(counts, gazetteer)
    for place, weight in _named_by(outlet, gazetteer):
        _add(votes, towns, place, f"outlet {place.name}", weight)
    if not votes:
        return None
    areas = _area_votes(counts, gazetteer)
    code = _country_of_domain(outlet)
    scores = {cell: _score(cell, votes, towns, areas, code) for cell in votes}
    best = max(sorted(scores), key=lambda cell: scores[cell])
    if scores[best] < LEAST_VOTES:
        return None
    far = max((score for cell, score in scores.items() if max(abs(cell[0] - best[0]), abs(cell[1] - best[1])) > 3), default=0.0)
    return _home(best, votes, towns, p=max(0.0, 1.0 - far / scores[best]) * (1.0 - 0.5 / len(reports)) if reports else 0.0)


Cell = tuple[int, int]
Votes = dict[Cell, dict[str, float]]
Towns = dict[Cell, dict[str, tuple[float, Place]]]


def _votes(counts: Mapping[str, int], gazetteer: Gazetteer) -> tuple[Votes, Towns]:
    votes: Votes = defaultdict(dict)
    towns: Towns = defaultdict(dict)
    for name, count in sorted(counts.items()):
        named = gazetteer.named(name)
        places = [p for p in named if p.kind in ("town", "admin2") and p.lat is not None]
        if not places or len(places) > _MOST_CANDIDATES or any(p.match == "demonym" for p in named):
            continue
        shadowed = any(p.kind in ("country", "admin1") and p.weight >= _LARGE for p in named)  # "Ontario", a town in California too
        for place in places:
            _add(votes, towns, place, name, (_SHADOWED if shadowed else 1.0) * count**0.5 / (1.0 + 0.5 * math.log(len(places))))
    return votes, towns


def _add(votes: Votes, towns: Towns, place: Place, name: str, weight: float) -> None:
    cell = (math.floor((place.lat or 0.0) / CELL), math.floor((place.lon or 0.0) / CELL))
    votes[cell][name] = max(weight, votes[cell].get(name, 0.0))
    if name not in towns[cell] or place.weight > towns[cell][name][1].weight:
        towns[cell][name] = (weight, place)


def _score(cell: Cell, votes: Votes, towns: Towns, areas: Mapping[str, float], code: str | None) -> float:
    """What the names of a cell and, by half, of its neighbours say, with the votes of the area and the country that it lies in."""
    best: dict[str, float] = {}
    for i, j in _NEAR_CELLS:
        for name, weight in votes.get((cell[0] + i, cell[1] + j), {}).items():
            best[name] = max(best.get(name, 0.0), weight * (1.0 if i == j == 0 else 0.6))
    _, place = max(towns[cell].values(), key=lambda pair: (pair[0], pair[1].id))
    area = _STATE * areas.get(place.admin1_id or "", 0.0) + _COUNTRY * areas.get(place.country or "", 0.0)
    return sum(best.values()) + area + (_DOMAIN if code is not None and place.country == code else 0.0)


def _area_votes(counts: Mapping[str, int], gazetteer: Gazetteer) -> dict[str, float]:
    """The share of each state among the states named, and of each country among the countries."""
    votes: dict[str, dict[str, float]] = {"admin1": defaultdict(float), "country": defaultdict(float)}
    for name, count in counts.items():
        named = gazetteer.named(name)
        cities = {p.country for p in named if p.kind == "town" and p.match == "name" and p.weight >= _LARGE}  # Berlin is no state to live in
        areas = [p for p in named if (p.kind == "admin1" and p.weight >= _LARGE and p.country not in cities) or p.kind == "country"]
        if areas:
            place = max(areas, key=lambda p: (p.kind == "country" and p.match != "demonym", p.weight, p.id))
            votes[place.kind][place.id if place.kind == "admin1" else place.country or ""] += count**0.5
    return {key: vote / sum(kind.values()) for kind in votes.values() for key, vote in kind.items()}


def _home(cell: Cell, votes: Votes, towns: Towns, *, p: float) -> Home:
    around = [pair for i, j in _NEAR_CELLS for pair in towns.get((cell[0] + i, cell[1] + j), {}).values()]
    inside = list(towns[cell].values())
    total = sum(weight for weight, _ in inside)
    lat = sum(weight * (place.lat or 0.0) for weight, place in inside) / total
    lon = sum(weight * (place.lon or 0.0) for weight, place in inside) / total
    near = [(weight, place) for weight, place in around if distance_km((lat, lon), (place.lat or 0.0, place.lon or 0.0)) < 120]
    areas: dict[tuple[str | None, str | None], float] = defaultdict(float)
    for weight, place in near or inside:
        areas[place.country, place.admin1_id] += weight
    country, admin1 = max(sorted(areas, key=str), key=lambda key: areas[key])
    return Home(lat=lat, lon=lon, country=country, admin1_id=admin1, p=round(p, 3))


def _named_by(outlet: str, gazetteer: Gazetteer) -> list[tuple[Place, float]]:
    """Towns whose name stands in the publisher's name or domain, each with its vote."""
    found = []
    for name in outlet_names(outlet):
        places = [p for p in gazetteer.named(name) if p.kind == "town" and p.lat is not None]
        if 0 < len(places) <= _MOST_CANDIDATES and not is_common_word(fold(name)):
            found += [(place, 1.5 / (1.0 + math.log(len(places)))) for place in places]
    return found


def outlet_names(outlet: str) -> tuple[str, ...]:
    """What may be a place in a publisher's name or address.

    >>> outlet_names("http://www.dallasnews.com/city/story.html"), outlet_names("The Kansas City Star")
    (('dallas',), ('Kansas City Star', 'Kansas City', 'City Star', 'Kansas', 'City', 'Star'))
    """
    host = _host(outlet)
    if not host:
        words = [w for w in re.findall(r"[^\W\d_][\w'.\-]*", outlet) if w.lower() not in ("the", "of", "daily")]
        return tuple(" ".join(words[i : i + size]) for size in range(len(words), 0, -1) for i in range(len(words) - size + 1))
    labels = [label for label in host.split(".")[:-1] if label not in ("www", "com", "co", "org", "news", "chronicle")]
    bare = [_PAPER.sub("", piece) for label in labels for piece in label.split("-")]
    return tuple(dict.fromkeys(name for name in bare if len(name) >= 4))


def _host(outlet: str) -> str:
    """The host of an address or domain; "" for a name ("St. Louis Post-Dispatch")."""
    address = outlet.strip().lower()
    return "" if re.search(r"\s", address) or "." not in address else re.sub(r"^\w+://", "", address).split("/")[0]


def _country_of_domain(outlet: str) -> str | None:
    """The country of a domain that ends in one ("ahram.org.eg", "bbc.co.uk")."""
    end = _host(outlet).rpartition(".")[2]
    if len(end) != 2 or end in ("tv", "io", "me", "co", "fm", "to", "cc", "eu"):
        return None
    return "GB" if end == "uk" else end.upper()
