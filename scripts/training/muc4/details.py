"""The slots of the official form that no phrase fills: date, location, stage, effect on people and their number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from bench.muc4_scoring import Filler, Template, read_location
from scripts.training.fit import Table, fit_kind
from scripts.training.muc4.days import day_features, find_days, same_days
from scripts.training.muc4.entities import Offer, find_offers
from scripts.training.muc4.filling import Incident
from scripts.training.muc4.gates import chances, fit_gates
from scripts.training.muc4.humans import UNTOLD, effect_features, find_number, iter_named, quantities_of, stage_features
from scripts.training.muc4.looks import Look
from scripts.training.muc4.mentions import Words, normalise
from scripts.training.muc4.sources import DESCRIBED, TYPES, types_of
from scripts.training.muc4.split import ANCHORS
from scripts.training.muc4.spots import Atlas, Spot, country_features, find_spots, learn_atlas, spot_features
from scripts.training.muc4.texts import filler_values
from waqai.learned.linear import LinearModel

STAGES = ("ACCOMPLISHED", "ATTEMPTED", "THREATENED")
EFFECTS = ("DEATH", "INJURY", "NO INJURY OR DEATH", "NO INJURY", "REGAINED FREEDOM")
_FAR, _BESIDE = 0.4, 0.7
"""What a sentence away from an incident's targets counts, and one beside them."""
_DECISIONS = ("days", "countries", "places", "effects", "stages")


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailModel:
    """A linear model for each of `days`, `countries` and `places` (yes or no), `effects` and `stages` (which)."""

    days: LinearModel
    countries: LinearModel
    places: LinearModel
    effects: LinearModel
    stages: LinearModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From which probability a place is written, and an effect."""

    place: float = 0.45
    effect: float = 0.4


class DetailLessons:
    """Labelled candidates of all decisions, from looks at texts with their keys."""

    def __init__(self, looks: Sequence[Look], atlas: Atlas, *, words: Words) -> None:
        self._rows: dict[str, list[tuple[list[str], Any, int]]] = {name: [] for name in _DECISIONS}
        for i, look in enumerate(looks):
            for type in TYPES:
                for key in look.parsed.document.full_keys:
                    if type in _types(key):
                        self._add(focus_look(look, type, _coded_offers(look, key)), type, [key], i, atlas, words)
        self._tables = {name: Table([row[0] for row in rows]) for name, rows in self._rows.items()}
        self._texts = {name: np.array([row[2] for row in rows]) for name, rows in self._rows.items()}

    def _add(self, look: Look, type: str, keys: Sequence[Mapping[str, Any]], text: int, atlas: Atlas, words: Words) -> None:
        dates = [value for key in keys for value in filler_values(key, "incident_date")]
        offers = find_days(look)
        for offer in offers:
            self._rows["days"].append((day_features(look, type, offer, offers), any(same_days(offer.value, date) for date in dates), text))
        told = [read_location(value) for key in keys for value in filler_values(key, "incident_location")]
        spots = find_spots(look, atlas)
        for country in countries_of(spots):
            self._rows["countries"].append((country_features(look, type, country, spots, atlas), any(country == c for c, _ in told), text))
        for spot in spots:
            if told and spot.name in atlas.kinds:
                features = spot_features(look, type, spot, spots, country=told[0][0], atlas=atlas)
                self._rows["places"].append((features, any(spot.name in places for _, places in told), text))
        stages = [value for key in keys for value in filler_values(key, "incident_stage") if value in STAGES]
        if stages:
            self._rows["stages"].append((stage_features(look, type, lexicon=words.lexicon), stages[0], text))
        for features, effect in _iter_effects(look, type, keys, words):
            self._rows["effects"].append((features, effect, text))

    def fit(self, texts: np.ndarray) -> DetailModel:
        """The models learned from these texts, by their numbers."""
        return DetailModel(
            days=self._gate("days", texts),
            countries=self._gate("countries", texts),
            places=self._gate("places", texts),
            effects=self._kind("effects", texts),
            stages=self._kind("stages", texts),
        )

    def _gate(self, name: str, texts: np.ndarray) -> LinearModel:
        answers = np.array([bool(row[1]) for row in self._rows[name]])
        return fit_gates(self._tables[name], {name: answers}, where=self._where(name, texts), strength=3.0, weight=np.ones(len(answers)))

    def _kind(self, name: str, texts: np.ndarray) -> LinearModel:
        labels = np.array([str(row[1]) for row in self._rows[name]])
        return fit_kind(self._tables[name], labels, where=self._where(name, texts), strength=0.1, weight=np.ones(len(labels)))

    def _where(self, name: str, texts: np.ndarray) -> np.ndarray:
        return np.flatnonzero(np.isin(self._texts[name], texts))


def focus_look(look: Look, type: str, offers: Sequence[Offer]) -> Look:
    """The look with the sentences of this type told most where the targets stand, and beside them; as it is where there are none."""
    if not offers:
        return look
    near = np.full(len(look.parsed.sentences), _FAR, np.float32)
    for offer in offers:
        number = look.parsed.sentence_of[offer.mention(look).head]
        near[max(0, number - 1) : number + 2] = np.maximum(near[max(0, number - 1) : number + 2], _BESIDE)
        near[number] = 1.0
    sentences = look.sentences.copy()
    sentences[:, TYPES.index(type)] *= near
    return replace(look, sentences=sentences)


def _coded_offers(look: Look, key: Mapping[str, Any]) -> list[Offer]:
    """The targets of the key that the text offers."""
    phrases = {normalise(v) for slot in ("hum_tgt_name", "hum_tgt_desc", "phys_tgt_id") for v in filler_values(key, slot)}
    return [offer for role in ANCHORS for offer in find_offers(look, role) if offer.key in phrases]


def _types(key: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(name for value in filler_values(key, "incident_type") for name in types_of(value))


def _iter_effects(look: Look, type: str, keys: Sequence[Mapping[str, Any]], words: Words) -> Iterator[tuple[list[str], str]]:
    """The coded human targets that the text offers, with what befell them."""
    effects: dict[str, str] = {}
    for key in keys:
        for phrase in (normalise(v) for slot in ("hum_tgt_name", "hum_tgt_desc") for v in filler_values(key, slot)):
            effects.setdefault(phrase, UNTOLD)
        for filler in key.get("hum_tgt_effect", ()):
            value = next((v for v in filler["value"] if v in EFFECTS), UNTOLD)
            effects.update({normalise(phrase): value for phrase in filler.get("of", ()) if phrase})
    for role in ("Victim", DESCRIBED):
        for offer in find_offers(look, role):
            if offer.key in effects:
                yield effect_features(look, type, offer, words=words), effects[offer.key]


def countries_of(spots: Sequence[Spot]) -> list[str]:
    """The countries that the text speaks of, in order."""
    return list(dict.fromkeys(spot.country for spot in spots if spot.country))


def learn_places(looks: Sequence[Look], *, kinds: Mapping[str, str], countries: Sequence[str]) -> Atlas:
    """See `learn_atlas`."""
    return learn_atlas(looks, kinds=kinds, countries=countries)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFiller:
    """Fills the official form: the models, the places and the words that they need."""

    model: DetailModel
    atlas: Atlas
    words: Words
    limits: Limits = Limits()

    def template(self, look: Look, incident: Incident) -> Template:
        """The five slots of one incident."""
        look = focus_look(look, incident.type, [offer for role in ANCHORS for offer, _ in incident.fillers[role]])
        location = self.location(look, incident.type)
        humans = list(iter_named(incident.fillers["Victim"], incident.fillers[DESCRIBED]))
        quantities = quantities_of(look, lexicon=self.words.lexicon) if humans else ()
        numbers = [Filler(values=(find_number(look, o, quantities=quantities, named=named),), of=(o.key,)) for o, named in humans]
        effects = [(self.effect(look, incident.type, offer), offer) for offer, _ in humans]
        slots = {
            "date": self.date(look, incident.type),
            "location": (Filler(values=(location,)),) if location else (),
            "stage": (Filler(values=(self.stage(look, incident.type),)),),
            "effect": tuple(Filler(values=(effect,), of=(offer.key,)) for effect, offer in effects if effect != UNTOLD),
            "number": tuple(numbers),
        }
        return Template(types=frozenset((incident.type,)), slots=slots)

    def date(self, look: Look, type: str) -> tuple[Filler, ...]:
        """The likeliest date."""
        offers = find_days(look)
        if not offers:
            return ()
        ranked = chances(self.model.days, [day_features(look, type, offer, offers) for offer in offers])[:, 0]
        return (Filler(values=(offers[int(ranked.argmax())].value,)),)

    def location(self, look: Look, type: str) -> str:
        """The likeliest country with the places that are likely enough; "" where no country is spoken of."""
        spots = find_spots(look, self.atlas)
        countries = countries_of(spots)
        if not countries:
            return ""
        ranked = chances(self.model.countries, [country_features(look, type, c, spots, self.atlas) for c in countries])[:, 0]
        country = countries[int(ranked.argmax())]
        known = [spot for spot in spots if spot.name in self.atlas.kinds]
        likely = chances(self.model.places, [spot_features(look, type, s, spots, country=country, atlas=self.atlas) for s in known])
        places = [spot.name for spot, p in zip(known, likely, strict=True) if float(p[0]) >= self.limits.place]
        return ": ".join((country, *places))

    def stage(self, look: Look, type: str) -> str:
        """The likeliest stage of execution."""
        row = self.model.stages.probabilities([stage_features(look, type, lexicon=self.words.lexicon)])[0]
        return self.model.stages.labels[int(row.argmax())]

    def effect(self, look: Look, type: str, offer: Any) -> str:
        """The likeliest effect that is likely enough; UNTOLD otherwise."""
        labels = self.model.effects.labels
        row = self.model.effects.probabilities([effect_features(look, type, offer, words=self.words)])[0]
        best = max((i for i, label in enumerate(labels) if label != UNTOLD), key=lambda i: float(row[i]))
        return labels[best] if float(row[best]) >= self.limits.effect else UNTOLD
