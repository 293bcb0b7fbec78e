"""Put the accounts of a report on the map.

Only mentions whose role is `event_place`, with the `containing_area`s around them, say where an account happened; where a speaker sits, where an army comes
from or where men are expected to go says nothing of it. A transfer or release takes its origin. The code of precision says what the words said: a point for a
town or what is near it, no point for a province or a country.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from waqai.core import Account, PlaceMention, Report, Span, Where
from waqai.places.considered import keep_candidates
from waqai.places.gazetteer import Gazetteer
from waqai.places.names import fold
from waqai.places.place import FINENESS
from waqai.places.precision import P1, P2, P5, P7, has_point, precision_of, radius_km
from waqai.places.sense import Sense, Senses
from waqai.places.unplaced import NO_NAME, OF_THE_REPORT, UNPLACED_P, where_of_unknown
from waqai.places.words_beside import words_around

_FROM_ORIGIN = frozenset({"transfer", "release", "repatriation", "prisoner_exchange"})
_JOINT = re.compile(r"[\s,]*(?:(?:and|or|as well as|plus|&)\s+)?(?:(?:in|at|near|from|to|the|both)\s+)*[\s,]*")
_PARTS = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|or|&)\s+(?:in\s+)?|\s+as well as\s+(?:in\s+)?")
_TOLD_BESIDE = 0.25  # how likely a place told as background is the happening's, where what was taken for it is no name ("North" of "North and East Syria")
_RURAL = ("countryside", "rural")


class Resolver:
    """`core.PlaceResolver` over a gazetteer.

    Without a state of its own: one resolver serves many threads and reports.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer, self._stamp = gazetteer, gazetteer.stamp

    def resolve_accounts(self, report: Report, accounts: tuple[Account, ...]) -> tuple[Account, ...]:
        """The same accounts in the same order, each with `where` filled from its place mentions, None where it has none that says where."""
        senses = Senses(self._gazetteer, report, accounts)
        return tuple(replace(account, where=self._stamped(_where_of(report.text, account, senses))) for account in accounts)

    def _stamped(self, where: Where | None) -> Where | None:
        """The place with the gazetteer that was looked into; for words that are no name ("the northwest"), with nothing around them, none was."""
        return where if where is None or where.rule in (NO_NAME, NO_NAME + OF_THE_REPORT) else replace(where, gazetteer=self._stamp)


def _where_of(text: str, account: Account, senses: Senses) -> Where | None:
    mentions = _coding_mentions(account)
    if not mentions:
        return None
    together = _named_together(text, mentions, senses)
    if together is not None:
        return together
    chosen = min(mentions, key=lambda m: (_fineness(senses.resolve(m)), -m.p, abs(m.phrase.start - account.evidence.start)))
    parts = _split_list(chosen, senses)
    if parts:
        return _list_where(chosen.name, chosen.phrase, [senses.resolve_name(part) for part in parts], chosen, senses)
    return _one_where(text, account, chosen, senses)


def _coding_mentions(account: Account) -> list[PlaceMention]:
    """The mentions that say where the account happened: event places, else what contains them, else the origin of people who were moved."""
    for role in ("event_place", "containing_area", "origin"):
        found = [m for m in account.place_mentions if m.role == role]
        if found and (role != "origin" or account.type in _FROM_ORIGIN):
            return found
    return []


def _fineness(sense: Sense) -> int:
    return FINENESS[sense.place.kind] if sense.place is not None else 1


def _one_where(text: str, account: Account, mention: PlaceMention, senses: Senses) -> Where:
    sense = senses.resolve(mention)
    if sense.place is None:
        beside = [m for m in account.place_mentions if m.role == "background"]
        named = max((m for m in beside if m.p >= _TOLD_BESIDE and _is_fine(senses.resolve(m))), key=lambda m: m.p, default=None)
        if sense.because == NO_NAME and named is not None:
            return _one_where(text, account, named, senses)
        return where_of_unknown(mention, sense, senses, beside=beside)
    place = sense.place
    level, words = senses.calling.coded_level(mention), words_around(mention, text)
    relation = senses.calling.relation(mention, place)
    precision, because = precision_of(place, level=level, relation=relation, words=words), sense.because
    if level == "facility" and place.kind == "town":
        because += "; facility placed at its town"
    if precision == P1 and place.kind == "town" and _is_rural(account):
        precision, because = P2, because + "; countryside"
    country = place.country
    if senses.calling.is_foreign_border(mention, place) and (own := senses.country_most_named) not in (None, country):
        country, because = own, because + "; the side of the report's country"
    pointed = has_point(precision)
    return Where(
        name=mention.name,
        place_id=place.id if country == place.country else None,
        lat=place.lat if pointed else None,
        lon=place.lon if pointed else None,
        radius_km=radius_km(place, precision),
        precision=precision,
        admin1=place.name if place.kind == "admin1" else place.admin1,
        admin2=place.name if place.kind == "admin2" else place.admin2,
        country=country,
        phrase=mention.phrase,
        p=round(mention.p * sense.p, 3),
        rule=because,
        said_by=mention.said_by,
        candidates=keep_candidates(place, round(mention.p * sense.p, 3), sense.ranked),
    )


def _is_fine(sense: Sense) -> bool:
    """Whether it is a place that happenings are placed at, no country or province."""
    return sense.place is not None and sense.place.kind in ("town", "facility", "admin2")


def _is_rural(account: Account) -> bool:
    """True when the words put the event into the countryside of an area around its place."""
    return any(m.role == "containing_area" and m.relation in _RURAL for m in account.place_mentions)


def _named_together(text: str, mentions: Sequence[PlaceMention], senses: Senses) -> Where | None:
    """One place made of several that stand side by side ("Guayaquil and Esmeraldas", "Syria and Iraq"); None when the first stands alone."""
    ordered = sorted((m for m in mentions if m.role == "event_place"), key=lambda m: m.phrase.start)
    for at, first in enumerate(ordered):
        chain = [first]
        for mention in ordered[at + 1 :]:
            gap = text[chain[-1].phrase.end : mention.phrase.start]
            if mention.phrase.start >= chain[-1].phrase.end and gap.strip() and _JOINT.fullmatch(gap):
                chain.append(mention)
        resolved = [senses.resolve(m) for m in chain]
        if len(chain) > 1 and not _nested(resolved):
            phrase = Span(chain[0].phrase.start, chain[-1].phrase.end)
            return _list_where(" ".join(phrase.of(text).split()), phrase, resolved, first, senses)
    return None


def _nested(senses: Sequence[Sense]) -> bool:
    """True when one of the places lies in another ("Koton, Borno"), or all are one place told twice."""
    places = [s.place for s in senses if s.place is not None]
    if len({p.id for p in places}) < 2 and len(places) == len(senses):
        return True
    return any(
        a is not b and (b.id in (a.admin1_id, a.admin2_id) or (b.kind == "country" and a.kind != "country" and b.country == a.country))
        for a in places
        for b in places
    )


def _split_list(mention: PlaceMention, senses: Senses) -> list[str]:
    """The parts of a name that is a list and that the gazetteer does not hold as a whole; empty for one place."""
    parts = [part for part in _PARTS.split(mention.name) if part]
    if len(parts) < 2:
        return []
    whole = senses.resolve(mention).place
    return [] if whole is not None and fold(mention.name) else parts


def _list_where(name: str, phrase: Span, resolved: Sequence[Sense], mention: PlaceMention, senses: Senses) -> Where:
    countries = _countries_of_list(resolved, senses)
    code = next(iter(countries)) if len(countries) == 1 else None
    places = [sense.place for sense in resolved if sense.place is not None and sense.place.country == code]
    admin1s = {place.name if place.kind == "admin1" else place.admin1 for place in places}
    p = min((sense.p for sense in resolved if sense.place is not None), default=UNPLACED_P)
    return Where(
        name=name,
        place_id=None,
        lat=None,
        lon=None,
        radius_km=None,
        precision=P7 if len(countries) > 1 else P5,
        admin1=next(iter(admin1s)) if code and len(admin1s) == 1 else None,
        admin2=None,
        country=code,
        phrase=phrase,
        p=round(mention.p * p, 3),
        rule=f"{len(resolved)} places named together",
        said_by=mention.said_by,
    )


def _countries_of_list(resolved: Sequence[Sense], senses: Senses) -> set[str]:
    """The countries that a list lies in. Countries named as such all count; towns count for the one country that most of them are sure to be in."""
    named = {code for s in resolved if s.place is not None and s.place.kind in ("country", "region") for code in s.place.countries}
    if named:
        return named
    votes: dict[str, float] = {}
    for sense in resolved:
        if sense.place is not None and sense.place.country is not None:
            votes[sense.place.country] = votes.get(sense.place.country, 0.0) + sense.p
    if votes:
        sure = {s.place.country for s in resolved if s.place is not None and s.place.country is not None and s.p >= 0.8}
        return sure if len(sure) > 1 and all(s.p >= 0.8 for s in resolved) else {max(sorted(votes), key=lambda code: votes[code])}
    code, _ = senses.main_country
    return {code} if code else set()
