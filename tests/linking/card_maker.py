"""Cards from a few words: each is one account of a report in our own words, spans and all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from waqai.core import Account, Card, Count, Involvement, Relation, Report, Span, Status, When, Where, make_card, text_sha256
from waqai.linking import Link, Move, link_report, refit_report

FAMILIES = {
    "escape": "custody_exit",
    "jailbreak": "custody_exit",
    "release": "custody_exit",
    "prison_riot": "custody_inside",
    "recapture": "custody_entry",
    "arrest": "custody_entry",
    "detention": "custody_entry",
    "raid": "security_ops",
    "clash": "combat",
    "territory_change": "combat",
    "surrender": "armed_group",
    "suicide_attack": "remote_violence",
    "bombing": "remote_violence",
    "shelling": "remote_violence",
    "attack_on_civilians": "violence_on_civilians",
    "meeting": "diplomacy",
}
HASAKAH = {"name": "Hasakah", "lat": 36.50, "lon": 40.75, "admin1": "Hasakah", "country": "SY", "precision": "P1_point"}
RAS_AL_AIN = {"name": "Ras al-Ain", "lat": 36.85, "lon": 40.07, "admin1": "Hasakah", "country": "SY", "precision": "P1_point"}
RAQQA = {"name": "Raqqa", "lat": 35.95, "lon": 39.01, "admin1": "Raqqa", "country": "SY", "precision": "P1_point"}


def make_report(text: str, *, title: str = "", published: str | None = None) -> Report:
    return Report(id=text_sha256(text)[:6], text=text, sha256=text_sha256(text), title=title, publisher="The Paper", published=_day(published))


def tell(
    report: Report,
    type: str,
    words: str,
    *,
    order: int = 0,
    day: str | tuple[str, str] | None = None,
    place: dict[str, object] | None = None,
    facility: str | None = None,
    counts: Sequence[tuple[str, float]] = (),
    relations: Sequence[tuple[str, Card]] = (),
    background: bool = False,
    status: str = "occurred",
    initiator: str | None = None,
) -> Card:
    """The card of an account whose evidence is `words`, which must stand in the report."""
    start = report.text.index(words)
    span = Span(start, start + len(words))
    first, last = (day, day) if isinstance(day, str) or day is None else day
    when = When(earliest=_must(first), latest=_must(last), basis="explicit", phrase=span, p=0.9, rule="made") if first else None
    where = Where(**({"place_id": None, "radius_km": 5.0, "admin2": None, "phrase": span, "p": 0.9, "rule": "made"} | place)) if place else None
    involved = [Involvement(role=role, name=name, phrase=span, p=0.9, rule="made") for role, name in (("facility", facility), ("initiator", initiator)) if name]
    account = Account(
        id=f"a-{report.id}-{order}",
        key=f"k{order}",
        report=report.id,
        type=type,
        status=Status(value=status, phrase=span, p=0.9, rule="made"),
        evidence=span,
        p=0.9,
        rule="made",
        when=when,
        where=where,
        involved=tuple(involved),
        counts=tuple(make_count(measure, n, span=span) for measure, n in counts),
        relations=tuple(Relation(to=card.account.id, kind=kind, p=0.9, rule="made") for kind, card in relations),
        background=background,
    )
    return make_card(report, account, family=FAMILIES[type], order=order)


def make_count(measure: str, n: float, *, span: Span | None = None) -> Count:
    return Count(measure=measure, of_whom=None, low=n, high=n, best=n, kind="exact", phrase=span or Span(0, 1), p=0.9, rule="made")


class Desk:
    """Incidents in memory: what the store is to the linker."""

    def __init__(self) -> None:
        self.incidents: dict[str, list[Card]] = {}
        self.links: list[Link] = []

    def settle(self, *reports: Sequence[Card]) -> tuple[Move, ...]:
        """Second thoughts on these reports, made and handed back."""
        moves: list[Move] = []
        for cards in reports:
            seats = {c.account.id: i for i, members in self.incidents.items() for c in members}
            for move in refit_report(cards, seats, candidates=lambda _: [(i, tuple(members)) for i, members in self.incidents.items() if members]).moves:
                gone = [c for c in self.incidents[move.source] if c.account.id in move.accounts]
                self.incidents[move.source] = [c for c in self.incidents[move.source] if c not in gone]
                self.incidents[move.target] += gone
                moves.append(move)
        return tuple(moves)

    def add(self, *cards: Card) -> tuple[Link, ...]:
        links = link_report(cards, candidates=lambda _: [(i, tuple(members)) for i, members in self.incidents.items()])
        by_id = {c.account.id: c for c in cards}
        for link in links:
            self.incidents.setdefault(link.incident, []).append(replace(by_id[link.account], role=link.role))
        self.links += links
        return links


def days_later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _must(day: str | None) -> date:
    assert day is not None
    return date.fromisoformat(day)


def _day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
