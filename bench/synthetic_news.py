"""Made-up news in any amount: happenings with reports that tell of them, each already read. Equal seeds give equal news.

What matters for finding and linking is drawn with the skew of the world: few countries and towns hold most happenings, few types, names and publishers are
most of what is told, most happenings have one report and a few have dozens, and a tenth of the reports leave out the day or the place. Places are the shipped
gazetteer's, actors the register's, words those of the demo corpus by their frequency. The texts are nonsense; their words are spread as in news.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random

from bench.figures import ROOT
from waqai.codebook import load_actors, load_codebook

COUNTRIES = re.findall(r"\w+", "SY UA NG IQ AF YE ML BF SD CD SO MM PK MX CO HT ET LY PS IL LB NE TD CM MZ KE PH IN TR EG CF SS BI UG RW DZ TN JO IR SA")
TOWNS_EACH = 300
TYPES: dict[str, int] = {  # of a thousand happenings
    **{"clash": 160, "air_strike": 130, "shelling": 110, "attack_on_civilians": 110, "bombing": 90, "protest": 80, "arrest": 60, "abduction": 40, "raid": 35},
    **{"statement": 30, "meeting": 20, "crowd_violence": 20, "detention": 15, "sentence": 15, "release": 12, "displacement": 12, "deployment": 10},
    **{"interdiction": 10, "escape": 8, "aid": 8, "prison_riot": 6, "recapture": 5, "execution": 5, "agreement": 5, "jailbreak": 4},
}
FACILITIES = ("prison", "hospital", "market", "camp", "airport", "police station", "court", "oil field")
PUBLISHERS = tuple(f"{place} {kind}" for kind in ("Times", "News", "Herald", "Observer", "Agency") for place in ("North", "Gulf", "River", "City", "Coast"))
FIRST_DAY, DAYS = date(2012, 1, 1), 3_900
_SYLLABLES = re.findall(r"\w+", "al ab ar ba da di fa ga ha ja ka la ma na qa ra sa sha ta wa ya za mu su ru li no te ki be")


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place of the gazetteer."""

    place_id: str
    name: str
    admin1: str | None
    country: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What took place, and how many reports tell of it. `people` and `topics` are words that they share."""

    number: int
    type: str
    day: date
    town: Town
    facility: str | None
    initiator: tuple[str, str | None]
    target: tuple[str, str | None]
    killed: int
    people: tuple[str, ...]
    topics: tuple[str, ...]
    reports: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """Things to draw from, the first ones more often."""

    things: Sequence[object]
    sums: Sequence[float]

    def draw(self, random: Random) -> object:
        return random.choices(self.things, cum_weights=self.sums)[0]


def by_rank(things: Sequence[object], *, steep: float) -> Drawn:
    """The r-th thing with a weight of r ** -steep (Zipf)."""
    return Drawn(things, list(accumulate((rank + 1) ** -steep for rank in range(len(things)))))


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All that happenings are drawn from."""

    countries: Drawn
    towns: dict[str, Drawn]
    actors: dict[str, Drawn]
    types: Drawn
    words: Sequence[str]  # every word of the corpus as often as it stands there
    families: dict[str, str]


@cache
def load_world() -> World:
    """The world, from the shipped gazetteer, the actor register and the corpus."""
    towns = {country: _towns(country) for country in COUNTRIES}
    names = [(actor.name, actor.id) for actor in load_actors().actors.values()]
    codebook = load_codebook()
    return World(
        countries=by_rank([country for country in COUNTRIES if towns[country]], steep=1.0),
        towns={country: by_rank(some, steep=0.9) for country, some in towns.items() if some},
        actors={country: by_rank(Random(country).sample(names, 40), steep=1.1) for country in COUNTRIES},
        types=Drawn(list(TYPES), list(accumulate(TYPES.values()))),
        words=[word for text in _corpus_texts() for word in re.findall(r"[^\W\d_]+", text)],
        families={type_: codebook.get_type(type_).family for type_ in TYPES},
    )


def make_happening(number: int, *, of: int, seed: int) -> Happening:
    """The happening of this number of so many, in order of days."""
    world, random = load_world(), Random(f"{seed}/{number}")
    country = str(world.countries.draw(random))
    town = world.towns[country].draw(random)
    assert isinstance(town, Town)
    initiator, target = (world.actors[country].draw(random) for _ in range(2))
    facility = f"{town.name} {random.choice(FACILITIES)}" if random.random() < 0.2 else None
    return Happening(
        number=number,
        type=str(world.types.draw(random)),
        day=FIRST_DAY + timedelta(days=number * DAYS // of + random.randrange(3)),
        town=town,
        facility=facility,
        initiator=_known_or_not(initiator, random),
        target=_known_or_not(target, random),
        killed=min(400, int(random.paretovariate(0.9))),
        people=tuple(_person(random) for _ in range(3)),
        topics=tuple(random.choices(world.words, k=12)),
        reports=_draw_reports(random),
    )


def _draw_reports(random: Random) -> int:
    """How many reports tell of a happening: one of 88 %, two of 8 %, three to five of 3.5 %, up to thirty of the rest."""
    drawn = random.random()
    return 1 if drawn < 0.88 else 2 if drawn < 0.96 else random.randint(3, 5) if drawn < 0.995 else random.randint(6, 30)


def draw_words(random: Random, how_many: int) -> list[str]:
    """Words of the corpus, as often as they stand there."""
    return random.choices(load_world().words, k=how_many)


def _known_or_not(actor: object, random: Random) -> tuple[str, str | None]:
    assert isinstance(actor, tuple)
    return (actor[0], actor[1] if random.random() < 0.8 else None)


def _person(random: Random) -> str:
    """Somebody's name; its last part ends in "ov", by which `synthetic_copies` knows it."""
    first, last = ("".join(random.choices(_SYLLABLES, k=random.randint(2, 4))).capitalize() for _ in range(2))
    return f"{first} {last}ov"


@cache
def _gazetteer() -> sqlite3.Connection:
    from waqai.places import Gazetteer

    return sqlite3.connect(Gazetteer.open().path)


def _towns(country: str) -> list[Town]:
    rows = _gazetteer().execute(
        "SELECT p.id, p.name, a.name, p.lat / 1e4, p.lon / 1e4 FROM place p LEFT JOIN place a ON a.id = p.admin1"
        " WHERE p.kind = 'town' AND p.countries = ? ORDER BY p.population DESC, p.id LIMIT ?",
        (country, TOWNS_EACH),
    )
    return [Town(f"geonames:{number}", name, admin1, country, lat, lon) for number, name, admin1, lat, lon in rows]


def _corpus_texts() -> list[str]:
    lines = (ROOT / "data" / "corpus" / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines if line]
