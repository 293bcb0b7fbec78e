"""Which incidents an account may belong to: few enough to compare one by one, loose enough to miss none.

An incident is a candidate when one of its accounts is near in days, place and kind of happening; or bears the same facility or actor name (a facility
without limit of days: follow-ups come late); or, where a day or a place is missing on our side, shares two of our rarest words. The best `LIMIT` by these
signs are handed on.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import sqlalchemy as sa

from waqai.core import Account, Card, LinkRole, Report, from_plain, make_card
from waqai.folding import ROLE_ORDER
from waqai.store import index, tables
from waqai.store.facts import LONGEST_WINDOW, days_to_look_in, names_of, shift_day
from waqai.store.words import Term, fold_words

IncidentCards = tuple[str, tuple[Card, ...]]
"""An incident's id and the cards of its accounts, those of role main first, then part, follow_up, background."""

WINDOW_DAYS = 14
"""Reports of one incident that name other days differ by less; a day taken from an announcement can be late by about as much. Wider costs time only."""
NEAR_KM = 100.0
LIMIT = 60
"""Candidates handed on; the true one is among the first few, since the signs are added up."""
CARDS_EACH = 40
RAREST = 5
WORDS_TRIED = 12
TOO_MANY = 1000
_NAME = re.compile(r"(?<=[\w,;’'”] )([^\W\d_a-z][\w’'-]*)")
_FORCE = ("combat", "remote_violence", "violence_on_civilians", "unrest", "security_ops", "custody_entry", "custody_inside", "custody_exit", "population")
_WORDS = ("diplomacy", "policy_and_aid", "armed_group", "population")
GROUPS = (frozenset(_FORCE), frozenset(_WORDS))
"""Families that reports tell of one happening in: an attack on a prison is combat to one and custody to another."""


def find_candidates(connection: sa.Connection, card: Card) -> list[str]:
    """Ids of the incidents to compare with, most promising first."""
    scores: Counter[str] = Counter()
    scores.update(_near(connection, card))
    scores.update(_same_names(connection, card))
    if card.where is None or days_to_look_in(card.account, published=card.published) == (None, None):
        scores.update(_shared_words(connection, card))
    return [incident for incident, _ in sorted(scores.items(), key=lambda kv: (-kv[1], kv[0]))[:LIMIT]]


def compatible_families(family: str) -> frozenset[str]:
    """Families in which another report may tell the same happening.

    >>> "combat" in compatible_families("custody_exit"), "combat" in compatible_families("diplomacy")
    (True, False)
    """
    return frozenset({family}).union(*(group for group in GROUPS if family in group))


def load_cards(connection: sa.Connection, where: sa.ColumnElement[bool]) -> dict[str, Card]:
    """Cards of the accounts that the condition picks, by account id, in order of report id and place in the report."""
    accounts, reports = tables.accounts.c, tables.reports.c
    chosen = sa.select(
        accounts.plain, accounts.family, accounts.place_in_report, reports.sha256, reports.id, reports.title, reports.publisher, reports.published, reports.text
    )
    joined = tables.accounts.join(tables.reports, reports.sha256 == accounts.report_sha256)
    rows = connection.execute(chosen.select_from(joined).where(where).order_by(reports.id, accounts.place_in_report)).mappings()
    cards = map(_card, rows)
    return {card.account.id: card for card in cards}


def _card(row: Any) -> Card:
    report = Report(**{name: row[name] for name in ("id", "sha256", "text", "title", "publisher", "published")})
    return make_card(report, from_plain(Account, row["plain"]), family=row["family"], order=row["place_in_report"])


def rank_members(members: Iterable[tuple[str, str, LinkRole]]) -> dict[str, list[tuple[str, LinkRole]]]:
    """For each incident the accounts to compare with their roles, of (incident, account, role): by role, the first CARDS_EACH."""
    found: dict[str, list[tuple[int, str]]] = {}
    for incident, account, role in members:
        found.setdefault(incident, []).append((ROLE_ORDER.index(role), account))
    return {incident: [(account, ROLE_ORDER[n]) for n, account in sorted(ranked)[:CARDS_EACH]] for incident, ranked in found.items()}


def _near(connection: sa.Connection, card: Card) -> dict[str, int]:
    """By days, place and kind of happening: the same country in the window; the same place or within NEAR_KM also where a day is missing on a side."""
    accounts = tables.accounts.c
    timed, untimed = _in_time(card, accounts.near_from)
    in_place, in_country = _in_place(card), _in_country(card)
    same_kind = _points(accounts.family == card.family, 1) + _points(accounts.type == card.account.type, 2)
    score = same_kind + _points(in_place, 4) + _points(in_country, 1) + _points(timed, 2)
    found: dict[str, int] = {}
    for condition in (sa.and_(timed, in_country), sa.and_(in_place, sa.or_(timed, untimed))):  # two questions, each with an index of its own
        for incident, points in _scored(connection, score, sa.and_(condition, _compatible(card))).items():
            found[incident] = max(points, found.get(incident, 0))
    return found


def _same_names(connection: sa.Connection, card: Card) -> dict[str, int]:
    """By facility name at any time, by the name of an actor in the window, by that of a place (which may be in no gazetteer) also where a day is missing."""
    ours = names_of(card.account)
    names = tables.account_names.c
    timed, untimed = _in_time(card, names.near_from)
    facilities, places = ([name for role, name, _ in ours if role == wanted] for wanted in ("facility", "place"))
    actors = [name for role, name, _ in ours if role not in ("facility", "place")]
    questions = (
        (facilities, sa.and_(names.name.in_(facilities), names.role == "facility"), 5),
        (places, sa.and_(names.name.in_(places), names.role == "place", sa.or_(timed, untimed), _compatible(card)), 3),
        (actors, sa.and_(names.name.in_(actors), names.role.not_in(("facility", "place")), timed), 1),
        (ids := [actor for _, _, actor in ours if actor], sa.and_(names.actor_id.in_(ids), timed), 1),
    )
    joined = tables.account_names.join(tables.accounts, tables.accounts.c.id == names.account)
    found: Counter[str] = Counter()
    for asked, condition, points in questions:
        if asked:
            found.update(_scored(connection, sa.literal(points), condition, joined=joined))
    return found


def _shared_words(connection: sa.Connection, card: Card) -> dict[str, int]:
    """Incidents of reports that hold two of the card's rarest words: a point for the first such pair, one more for each further pair up to four."""
    members, search = tables.members.c, tables.search.c
    joined = tables.search.join(tables.members, members.report_sha256 == search.report_sha256)
    ours = sa.and_(members.account.is_not(None), members.report_sha256 != card.anchor.report_sha256)
    found: Counter[str] = Counter()
    for pair in combinations(_rarest_words(connection, card), 2):
        both = index.matches([Term((word,)) for word in pair], postgresql=_is_postgresql(connection))
        chosen = sa.select(members.incident).select_from(joined).where(both, ours).distinct().order_by(members.incident)
        found.update(connection.scalars(chosen.limit(LIMIT)))
    return {incident: 1 + min(pairs, 4) for incident, pairs in found.items()}


def _rarest_words(connection: sa.Connection, card: Card) -> list[str]:
    """Of the names in headline and lead (without capitals: of their words) those that the fewest other texts hold, but at least one."""
    counted = [(_texts_with(connection, word), word) for word in telling_words(f"{card.title}\n{card.lead}")[:WORDS_TRIED]]
    return [word for texts, word in sorted(counted) if 1 < texts <= TOO_MANY][:RAREST]


def telling_words(text: str) -> list[str]:
    """Folded words worth looking for, in order: those with a capital that do not open a sentence; where there are few, those of four letters or more.

    >>> telling_words("Guards fled. The men of Tel Salam saw Qalat burn, said Ali")
    ['tel', 'salam', 'qalat', 'ali']
    """
    names = [w for found in _NAME.finditer(text) for w in fold_words(found[1]).split()]
    some = names if len(set(names)) >= 4 else [*names, *(w for w in fold_words(text).split() if len(w) >= 4)]
    return [word for word in dict.fromkeys(some) if len(word) >= 3]


def _texts_with(connection: sa.Connection, word: str) -> int:
    """How many rows of the index hold the word (our own report's among them), counted up to TOO_MANY + 1."""
    found = sa.select(tables.search.c.id).where(index.matches([Term((word,))], postgresql=_is_postgresql(connection))).limit(TOO_MANY + 1).subquery()
    return connection.scalar(sa.select(sa.func.count()).select_from(found)) or 0


def _scored(
    connection: sa.Connection, score: sa.ColumnElement[int], condition: sa.ColumnElement[bool], *, joined: sa.FromClause = tables.accounts
) -> dict[str, int]:
    """The best incidents under a condition on their accounts, each with the points of its best account."""
    members = tables.members.c
    best = sa.func.max(score).label("best")
    chosen = sa.select(members.incident, best).select_from(joined.join(tables.members, members.account == tables.accounts.c.id)).where(condition)
    return {row.incident: row.best for row in connection.execute(chosen.group_by(members.incident).order_by(best.desc(), members.incident).limit(LIMIT))}


def _points(condition: sa.ColumnElement[bool], points: int) -> sa.ColumnElement[int]:
    return sa.case((condition, points), else_=0)


def _in_time(card: Card, near_from: sa.Column[Any]) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """SQL: (near in days, a day is missing on either side). `near_from` is the column to ask: no window is longer than LONGEST_WINDOW."""
    first, last = days_to_look_in(card.account, published=card.published)
    if first is None or last is None:
        return sa.false(), sa.true()
    begins = near_from.between(shift_day(first, -WINDOW_DAYS - LONGEST_WINDOW), shift_day(last, WINDOW_DAYS))
    return sa.and_(begins, tables.accounts.c.near_to >= shift_day(first, -WINDOW_DAYS)), near_from.is_(None)


def _in_place(card: Card) -> sa.ColumnElement[bool]:
    """SQL: the same place, or within some NEAR_KM (a box of degrees around the point)."""
    where, accounts = card.where, tables.accounts.c
    if where is None:
        return sa.false()
    same = accounts.place_id == where.place_id if where.place_id else sa.false()
    if where.lat is None or where.lon is None:
        return same
    dlat = NEAR_KM / 111.0
    dlon = min(180.0, dlat / max(0.01, math.cos(math.radians(where.lat))))
    in_box = (accounts.lat.between(where.lat - dlat, where.lat + dlat), accounts.lon.between(where.lon - dlon, where.lon + dlon))
    return sa.or_(same, sa.and_(*in_box))


def _in_country(card: Card) -> sa.ColumnElement[bool]:
    """SQL: the same country, or one of the two names none."""
    country = card.where.country if card.where else None
    return sa.true() if country is None else tables.accounts.c.near_country.in_((country, ""))


def _compatible(card: Card) -> sa.ColumnElement[bool]:
    """SQL: a family in which another report may tell the card's happening."""
    return tables.accounts.c.family.in_(sorted(compatible_families(card.family)))


def _is_postgresql(connection: sa.Connection) -> bool:
    return connection.dialect.name == "postgresql"
