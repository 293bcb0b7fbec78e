"""From looks to templates of the GTT form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scripts.training.muc4.entities import Offer, find_aliases, find_offers, group_offers
from scripts.training.muc4.learning import SecondModel
from scripts.training.muc4.looks import ALL_ROLES, Look
from scripts.training.muc4.seen import Seen, incident_numbers, offer_numbers
from scripts.training.muc4.sources import ROLES, TYPES

Record = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From which probability an incident is written, and a phrase into it. `more`: a text whose likeliest incident passes needs less for it than for others."""

    incident: float = 0.4
    roles: Mapping[str, float]


DEFAULT = Thresholds(roles=dict.fromkeys(ALL_ROLES, 0.3))


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident of a text: its fillers of each role, likeliest first."""

    type: str
    p: float
    fillers: Mapping[str, tuple[tuple[Offer, float], ...]]

    def record(self) -> Record:
        """As the GTT form has it."""
        return {"incident_type": self.type, **{role: [[offer.key] for offer, _ in self.fillers[role]] for role in ROLES}}


def weigh_incidents(look: Look, seen: Seen, model: SecondModel, *, least: float = 0.1) -> list[Incident]:
    """The incidents that the text may tell of, with all phrases that may fill them."""
    chances = model.incidents.probabilities(incident_numbers(look, seen))
    found = [(type, float(p)) for type, p in zip(TYPES, chances, strict=True) if p >= least]
    offers = {role: find_offers(look, role) for role in ALL_ROLES} if found else {}
    return [Incident(type=type, p=p, fillers={role: _weigh(look, seen, type, offers[role], model, role) for role in ALL_ROLES}) for type, p in found]


def _weigh(look: Look, seen: Seen, type: str, offers: list[Offer], model: SecondModel, role: str) -> tuple[tuple[Offer, float], ...]:
    if not offers:
        return ()
    chances = model.roles[role].probabilities(offer_numbers(look, seen, type, offers))
    return tuple(sorted(((o, float(p)) for o, p in zip(offers, chances, strict=True)), key=lambda one: -one[1]))


def choose_incidents(look: Look, weighed: list[Incident], *, thresholds: Thresholds) -> list[Incident]:
    """The incidents that are likely enough, each with one phrase for each entity that is."""
    aliases = find_aliases(look)
    chosen = []
    for incident in weighed:
        if incident.p >= thresholds.incident:
            fillers = {role: [one for one in weighed_role if one[1] >= thresholds.roles[role]] for role, weighed_role in incident.fillers.items()}
            grouped = {role: tuple(group_offers(some, aliases=aliases)) for role, some in fillers.items()}
            chosen.append(Incident(type=incident.type, p=incident.p, fillers=grouped))
    return chosen
