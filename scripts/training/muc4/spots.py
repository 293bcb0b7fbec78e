"""The location of an incident: its country, and which of the places that the text names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bench.muc4_scoring import read_location
from scripts.training.muc4.entities import sentence_chances
from scripts.training.muc4.looks import Look
from scripts.training.muc4.texts import filler_values
from waqai.parsing.word_sets import word_set

_PEOPLE = {
    "SALVADORAN": "EL SALVADOR",
    "SALVADORANS": "EL SALVADOR",
    "GUATEMALAN": "GUATEMALA",
    "HONDURAN": "HONDURAS",
    "ARGENTINE": "ARGENTINA",
    "BOLIVIAN": "BOLIVIA",
    "CHILEAN": "CHILE",
    "COLOMBIAN": "COLOMBIA",
    "ECUADORAN": "ECUADOR",
    "ECUADORIAN": "ECUADOR",
    "PERUVIAN": "PERU",
    "NICARAGUAN": "NICARAGUA",
    "PANAMANIAN": "PANAMA",
    "VENEZUELAN": "VENEZUELA",
    "MEXICAN": "MEXICO",
    "SPANISH": "SPAIN",
    "CUBAN": "CUBA",
    "FARABUNDO MARTI": "EL SALVADOR",
    "FMLN": "EL SALVADOR",
    "SHINING PATH": "PERU",
    "ELN": "COLOMBIA",
    "FARC": "COLOMBIA",
    "EXTRADITABLES": "COLOMBIA",
}
_LONGEST_NAME = 6
_KIND_WORDS = word_set("department province city town municipality neighborhood village district farm region river airport highway capital zone state")


@dataclass(frozen=True, slots=True, kw_only=True)
class Atlas:
    """`kinds` of known places; `within`: a place to its country; `home`: the place of a dateline to the country that its reports tell of."""

    kinds: Mapping[str, str]
    within: Mapping[str, str]
    countries: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A name as the templates write it; `at` the tokens at which it stands, -1 for the dateline; `country` what it says of the country."""

    name: str
    at: tuple[int, ...]
    country: str


def learn_atlas(looks: Sequence[Look], *, kinds: Mapping[str, str], countries: Sequence[str]) -> Atlas:
    """The places of the official list and those of the keys, with the country that the keys put each in."""
    votes: dict[str, Counter[str]] = {}
    known = dict(kinds)
    for look in looks:
        for value in (v for key in look.parsed.document.full_keys for v in filler_values(key, "incident_location")):
            country, places = read_location(value)
            for place in places:
                votes.setdefault(place, Counter())[country] += 1
            for name, kind in re.findall(r"([A-Z0-9][A-Z0-9 .'-]*?) \(([A-Z ]+)\)", value):
                known.setdefault(name, kind)
    within = {place: seen.most_common(1)[0][0] for place, seen in votes.items()}
    return Atlas(kinds={name: kind for name, kind in known.items() if name not in countries}, within=within, countries=frozenset(countries))


def find_spots(look: Look, atlas: Atlas) -> list[Spot]:
    """The places and countries that the text and its dateline name, the longest names first at each word."""
    doc = look.parsed.doc
    found: dict[str, list[int]] = {}
    for name in _in_dateline(look, atlas):
        found.setdefault(name, []).append(-1)
    i = 0
    while i < len(doc):
        name, size = _name_at([t.text.upper() for t in doc[i : i + _LONGEST_NAME]], atlas)
        if name and (doc[i].text[:1].isupper() or name in _PEOPLE):
            found.setdefault(name, []).append(i)
        i += size
    return [Spot(name=name, at=tuple(at), country=_country_of(name, atlas)) for name, at in found.items()]


def _in_dateline(look: Look, atlas: Atlas) -> Iterator[str]:
    for name in re.split(r"[()]", look.parsed.document.place.upper()):
        if name.strip() in atlas.kinds or name.strip() in atlas.countries:
            yield name.strip()


def _name_at(words: Sequence[str], atlas: Atlas) -> tuple[str, int]:
    for size in range(len(words), 0, -1):
        name = " ".join(words[:size])
        if name in atlas.kinds or name in atlas.countries or name in _PEOPLE:
            return name, size
    return "", 1


def _country_of(name: str, atlas: Atlas) -> str:
    return name if name in atlas.countries else _PEOPLE.get(name) or atlas.within.get(name, "")


def country_features(look: Look, type: str, country: str, spots: Sequence[Spot], atlas: Atlas) -> list[str]:
    """What speaks for and against the country as that of the incident."""
    tells = sentence_chances(look, type)
    own = [s for s in spots if s.country == country]
    features = [f"country={country}"]
    total = sum(len(s.at) for s in spots if s.country)
    share = sum(len(s.at) for s in own) / max(1, total)
    features += [f"share={int(share * 6)}", f"only={share == 1}", f"most={share == max(_shares(spots).values())}"]
    for spot in own:
        way = "country" if spot.name == country else "people" if spot.name in _PEOPLE else "place"
        for at in spot.at:
            if at < 0:
                features += ["dateline", f"dateline by {way}", f"dateline={country}"]
            else:
                number = look.parsed.sentence_of[at]
                features += [f"{way}", f"{way}/tells={int(float(tells[number]) * 6)}", f"first/{number == 0}/{way}"]
    best = max((float(tells[look.parsed.sentence_of[a]]) for s in own for a in s.at if a >= 0), default=0.0)
    rival = max((float(tells[look.parsed.sentence_of[a]]) for s in spots if s.country and s.country != country for a in s.at if a >= 0), default=0.0)
    return sorted({*features, f"nearer={best > rival}", f"nearest={best >= rival}/{int(best * 4)}"})


def _shares(spots: Sequence[Spot]) -> dict[str, float]:
    shares: Counter[str] = Counter()
    for spot in spots:
        if spot.country:
            shares[spot.country] += len(spot.at)
    total = max(1, sum(shares.values()))
    return {country: n / total for country, n in shares.items()} or {"": 0.0}


def spot_features(look: Look, type: str, spot: Spot, spots: Sequence[Spot], *, country: str, atlas: Atlas) -> list[str]:
    """What speaks for and against the place as one of the incident's."""
    doc, tells = look.parsed.doc, sentence_chances(look, type)
    kind = atlas.kinds.get(spot.name, "")
    places = [a for s in spots if s.name in atlas.kinds for a in s.at if a >= 0]
    features = {f"kind={kind}", f"name={spot.name}", f"times={min(3, len(spot.at))}", f"fits={spot.country == country if spot.country else 'unknown'}"}
    best = max((float(tells[look.parsed.sentence_of[a]]) for a in spot.at if a >= 0), default=0.0)
    top = max((float(tells[look.parsed.sentence_of[a]]) for a in places), default=0.0)
    features |= {f"best={int(best * 8)}", f"is top={best == top and best > 0}", f"top={int(top * 5)}", f"places={min(6, len(places))}"}
    for at in spot.at:
        if at < 0:
            capital = any(t.lower_ == "capital" and doc[max(0, t.i - 1)].lower_ in ("this", "the") for t in doc)
            features |= {"dateline", f"dateline/capital={capital}", f"dateline/places={min(3, len(places))}", f"dateline/{kind}"}
            continue
        number = look.parsed.sentence_of[at]
        after = doc[at + len(spot.name.split()) :][:2]
        before = [t.lower_ for t in doc[max(0, at - 3) : at]]
        features |= {
            f"before={before[-1] if before else '^'}",
            f"two={' '.join(before[-2:])}",
            f"in={(before or [''])[-1]}/tells={int(float(tells[number]) * 4)}",
        }
        features |= {f"after={t.lower_}" for t in after[:1]} | {f"called={t.lower_}" for t in after if t.lower_ in _KIND_WORDS}
        features |= {f"rank={min(4, int((tells > tells[number]).sum()))}", f"sentence={min(4, number)}", f"governor={doc[at].head.lemma_.lower()}"}
        features |= {
            f"label={doc[at].ent_type_}",
            f"under={doc[at].head.head.lemma_.lower()}",
            f"from best={int(np.clip(number - int(tells.argmax()), -2, 2))}",
        }
        features |= {f"beside={atlas.kinds.get(s.name, 'country')}" for s in spots for a in s.at if a >= 0 and 0 < abs(a - at) < 8}
    return sorted(features)
