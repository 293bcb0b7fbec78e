"""Records as FollowTheMoney entities (schemata of followthemoney 4), one on each line.

An incident is an Event; its place an Address; each body of the register that takes part an Organization, or a PublicBody where it is of a state or of states; a
report an Article, tied to the Event by a Documentation. Groups without a name of their own ("prisoners") are in the Event's description. There is no Person:
what leaves does not say who is one. An id is made from ours alone, so the same thing has the same id in every file. Bodies stand once in a file, a report once
with every incident that it tells of, as fragments that FollowTheMoney's tools join by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from waqai.bounds import Cleared, ClearedReport
from waqai.codebook import Actor
from waqai.core import Where, short_hash
from waqai.export.crossing import WHY
from waqai.export.shapes import Dropped, Making
from waqai.export.words import compose_notes, reports_of

Entity: TypeAlias = dict[str, Any]
PUBLIC_KINDS = frozenset({"state", "state_force", "security_body", "authority", "un_body", "intergovernmental"})
STATUSES = frozenset({"occurred", "ongoing", "attempted", "foiled"})
_NOT_THERE = frozenset({"affiliation"})
"""Roles of bodies that somebody who takes part belongs to, and that take no part themselves."""
_WEB = ("http://", "https://")


class FtmLines:
    """The entities of each incident: its place and bodies, the Event, its reports. What did not come about has no home: an Event is a fact."""

    name = "ftm"
    needs_accounts = True

    def __init__(self, making: Making) -> None:
        self._register = making.register
        self._told: set[str] = set()

    def iter_objects(self, cleared: Cleared) -> Iterator[Mapping[str, Any] | Dropped]:
        incident = cleared.incident
        if incident.status not in STATUSES:
            yield Dropped(WHY["status"], f"an Event is no home for what is {incident.status}")
            return
        place = None if incident.where is None else _address(incident.where, incident.id)
        bodies = self._bodies(cleared)
        reports = reports_of(cleared.accounts)
        yield from [place] if place else []
        for actor in bodies.values():
            if actor.id not in self._told:
                self._told.add(actor.id)
                yield _body(actor)
        yield _event(cleared, place, bodies.values(), reports)
        for report in reports:
            yield _article(report)
            yield _documentation(report, incident.id)

    def _bodies(self, cleared: Cleared) -> dict[str, Actor]:
        told = (one for account in cleared.accounts if account.review != "rejected" for one in account.involved)
        named = {one.actor_id for one in told if one.actor_id and one.modality is None and one.role not in _NOT_THERE}
        return {found: self._register.actors[found] for found in sorted(named & self._register.actors.keys())}


def event_id(incident: str) -> str:
    """The id of an incident's Event.

    >>> event_id("i1") == event_id("i1") != event_id("i2")
    True
    """
    return _id("event", incident)


def _id(kind: str, of: str) -> str:
    """FollowTheMoney's ids hold letters, digits, dots and hyphens; ours may hold more, so they are hashed."""
    return f"waqai-{kind}-{short_hash('ftm', kind, of, length=20)}"


def _entity(id: str, schema: str, properties: Mapping[str, Iterable[str | None]]) -> Entity:
    """Empty properties are left out."""
    kept = {name: [value for value in values if value] for name, values in properties.items()}
    return {"id": id, "schema": schema, "properties": {name: list(dict.fromkeys(values)) for name, values in kept.items() if values}}


def _event(cleared: Cleared, place: Entity | None, bodies: Iterable[Actor], reports: Sequence[ClearedReport]) -> Entity:
    incident = cleared.incident
    when, where = incident.when, incident.where
    days = (when.earliest.isoformat(), when.latest.isoformat()) if when else (None, None)
    type_ = incident.type.replace("_", " ")
    called = ", ".join(part for part in (type_, where.name if where else None, _span(*days)) if part)
    return _entity(
        event_id(incident.id),
        "Event",
        {
            "name": [called],
            "summary": [f"{type_}, {incident.status}; {incident.grade}: {incident.grade_because}"],
            "description": [compose_notes(cleared, reports)],
            "startDate": [days[0]],
            "endDate": [days[1]],
            "location": [where.name if where else None],
            "country": [_country(where.country) if where else None],
            "addressEntity": [place["id"] if place else None],
            "involved": [_id("actor", actor.id) for actor in bodies],
            "proof": [_id("report", report.id) for report in reports],
            "recordId": [incident.id],
        },
    )


def _span(first: str | None, last: str | None) -> str | None:
    return first if first == last or first is None else f"{first} to {last}"


def _address(where: Where, incident: str) -> Entity | None:
    full = ", ".join(part for part in dict.fromkeys((where.name, where.admin2, where.admin1)) if part)
    if not full:
        return None
    areas: dict[str, list[str | None]] = {"full": [full], "region": [where.admin2], "state": [where.admin1], "country": [_country(where.country)]}
    return _entity(
        _id("place", where.place_id or f"{incident} {full}"), "Address", areas | {"latitude": [_degrees(where.lat)], "longitude": [_degrees(where.lon)]}
    )


def _degrees(value: float | None) -> str | None:
    return None if value is None else f"{value:g}"


def _country(alpha2: str | None) -> str | None:
    return None if alpha2 is None else alpha2.lower()


def _body(actor: Actor) -> Entity:
    schema = "PublicBody" if actor.kind in PUBLIC_KINDS else "Organization"
    names: dict[str, list[str | None]] = {"name": [actor.name], "alias": [*actor.aliases], "country": [_country(actor.country)], "wikidataId": [actor.wikidata]}
    return _entity(_id("actor", actor.id), schema, names)


def _article(report: ClearedReport) -> Entity:
    day = report.published.isoformat() if report.published else None
    web = report.url if report.url and report.url.startswith(_WEB) else None
    properties = {"title": [report.title], "publisher": [report.publisher], "publishedAt": [day], "sourceUrl": [web]}
    return _entity(_id("report", report.id), "Article", properties)


def _documentation(report: ClearedReport, incident: str) -> Entity:
    id = _id("documentation", f"{report.id} {incident}")
    return _entity(id, "Documentation", {"document": [_id("report", report.id)], "entity": [event_id(incident)], "role": ["reports"]})
