"""Which incidents an account may belong to: few enough to compare one by one, loose enough to miss none.

An incident is a candidate when one of its accounts is near in days, place and kind of happening; or bears the same facility or actor name (a facility
without limit of days: follow-ups come late); or shares two of our rarest words: for what is told as news, and where a day or a place is missing on our side or
too many are near. Each question gives the nearest rows only, so that a town with ten thousand incidents is asked as fast as a village. The best `LIMIT` by
these signs are handed on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import combinations, islice
from operator import itemgetter
from typing import Any, TypeVar

import sqlalchemy as sa

from waqai.core import Account, Card, LinkRole, Outline, Report, from_plain, make_card
from waqai.folding import ROLE_ORDER
from waqai.folding.words import fold_words
from waqai.indexes import index, near
from waqai.indexes.near import LONGEST_WINDOW, WINDOW_DAYS, Window
from waqai.indexes.signs import cells_around, number_of
from waqai.schema import tables
from waqai.schema.columns import ExactText
from waqai.schema.prepared import Rows, ask
from waqai.store.facts import current_reading, days_to_look_in, names_of, shift_day

Row = TypeVar("Row")
IncidentCards = tuple[str, tuple[Card, ...]]
"""An incident's id and the cards of its accounts, those of role main first, then part, follow_up, background."""

NEAR_KM = 100.0
LIMIT = 30
"""Candidates handed on; comparing one costs more than finding them all. Of made-up second reports in a store of 100,000 the true one is the first in 93 of
100 and among the first 16 in 98; the demo corpus links as with 60, while with 20 it links worse (`python -m bench.store_links`)."""
CARDS_EACH = 36
"""Accounts of an incident that are compared, its news first. With 12, news of ten reports leaves no room for parts, and so for the days of a siege."""
REPORTS_EACH = 12
"""Reports that these accounts are of: each is compared by itself, and takes a millisecond."""
NEAREST, BEARERS = 150, 40
"""Rows that a question on days and place, and one on a name, gives at most."""
RAREST = 8
WORDS_TRIED = 24
"""Names tried, and of them the rarest that are looked for in pairs. With half as many the demo corpus misses reports whose place was read wrongly."""
MOST_PAIRS = 8
"""Pairs of shared names that count: four names give six. With four pairs, reports of months later lose against look-alikes of the same week."""
TOO_MANY, FEW = 300, 20
_NAME = re.compile(r"(?<=[\w,;’'”] )([^\W\d_a-z][\w’'-]*)")
_A, _M = tables.accounts.c, tables.members.c
_MEMBERS = sa.select(_M.incident, _M.account, _M.role, _M.report_sha256).where(
    _M.incident.in_(sa.bindparam("incidents", expanding=True)), _M.account.is_not(None)
)
_S = tables.search.c
_INCIDENTS_OF_ROWS = (
    sa.select(_M.incident, _S.id)
    .select_from(tables.search.join(tables.members, _M.report_sha256 == _S.report_sha256))
    .where(_S.id.in_(sa.bindparam("rows", expanding=True)), _M.account.is_not(None), _M.report_sha256 != sa.bindparam("own"))
)
_O = tables.outlines.c
_OUTLINE = (
    *(sa.type_coerce(_O[name], sa.Text).label(name) for name in ("incident", "account")),
    _O.rank,
    *(sa.type_coerce(_O[name], sa.Text).label(name) for name in ("report_sha256",)),
    _O.place_in_report,
    *(sa.type_coerce(_O[name], sa.Text).label(name) for name in ("type", "family")),
    *(_O[name] for name in ("earliest", "latest", "place_id", "precision", "country", "lat", "lon")),
    sa.type_coerce(_O.told, ExactText).label("told"),
    _O.imprint,
)
_OF_REPORT = ("id", "sha256", "text", "title", "publisher", "published")
_FORCE = ("combat", "remote_violence", "violence_on_civilians", "unrest", "security_ops", "custody_entry", "custody_inside", "custody_exit", "population")
_WORDS = ("diplomacy", "policy_and_aid", "armed_group", "population")
GROUPS = (frozenset(_FORCE), frozenset(_WORDS))
"""Families that reports tell of one happening in: an attack on a prison is combat to one and custody to another."""


def find_candidates(connection: sa.Connection, card: Card, *, common: set[str] | None = None) -> list[str]:
    """Ids of the incidents to compare with, most promising first. `common` grows by words that too many texts hold, which need not be looked for again."""
    window = Window(*map(number_of, days_to_look_in(card.account, published=card.published)))
    signs, closest = Counter[str](), dict[str, float]()
    for points, rows in _iter_near(connection, card, window):
        for incident, family, type_, day_from, day_to in rows:
            apart = near.distance(window, day_from, day_to)
            signs[incident] = max(signs.get(incident, 0), points + _points(card, family, type_, apart))
            closest[incident] = min(closest.get(incident, 999.0), 999.0 if apart is None else apart)
    for points, rows in _iter_named(connection, card, window):
        signs.update(dict.fromkeys([row.incident for row in rows], points))
    if not card.account.background or card.where is None or window.is_open or len(signs) > NEAREST:
        signs.update(find_told_alike(connection, f"{card.title}\n{card.lead}", without=card.anchor.report_sha256, common=common))
    return sorted(signs, key=lambda incident: (-signs[incident], closest.get(incident, 999.0), incident))[:LIMIT]


def find_outlines(connection: sa.Connection, incidents: Sequence[str]) -> dict[str, tuple[Outline, ...]]:
    """The outlines of each of these incidents, in their order: of the accounts that `find_members` picks, and as it ranks them."""
    found: dict[str, list[Outline]] = {incident: [] for incident in incidents}
    asked = {f"incident{place}": incident for place, incident in enumerate(incidents)}
    many = 1 << max(0, len(asked) - 1).bit_length()
    nobody = {f"incident{place}": "" for place in range(len(asked), many)}
    for incident, account, rank, *rest in ask(connection, _outlines_of(many), asked | nobody):
        found[incident].append(Outline(account, ROLE_ORDER[rank], *rest))
    return {incident: tuple(_of_first_reports(outlines, lambda outline: outline.report_sha256)) for incident, outlines in found.items()}


@cache
def _outlines_of(many: int) -> sa.CompoundSelect[Any]:
    """The first accounts of so many incidents, each by a question of its own: of one that a thousand reports tell of, no more is read than is handed on."""
    asked = (_O.incident == sa.bindparam(f"incident{place}", type_=sa.Text) for place in range(many))
    some = (sa.select(*_OUTLINE).where(one).order_by(_O.rank, _O.account).limit(CARDS_EACH).subquery(f"some{n}") for n, one in enumerate(asked))
    return sa.union_all(*(sa.select(one) for one in some))


def compatible_families(family: str) -> frozenset[str]:
    """Families in which another report may tell the same happening.

    >>> "combat" in compatible_families("custody_exit"), "combat" in compatible_families("diplomacy")
    (True, False)
    """
    return frozenset({family}).union(*(group for group in GROUPS if family in group))


def load_cards(connection: sa.Connection, *, ids: Sequence[str] | None = None, reading: int | None = None) -> dict[str, Card]:
    """Cards of these accounts, of one reading's, or of all current ones; by account id, in order of report id and place in the report."""
    which, asked = ("ids", {"ids": ids}) if ids is not None else ("all", {}) if reading is None else ("reading", {"reading": reading})
    cards = map(_card, ask(connection, _cards(which), asked) if asked else connection.execute(_cards(which)))
    return {card.account.id: card for card in cards}


@cache
def _cards(which: str) -> sa.Select[Any]:
    reports = tables.reports.c
    chosen = sa.select(_A.plain, _A.family, _A.place_in_report, *(reports[name] for name in _OF_REPORT))
    joined = chosen.select_from(tables.accounts.join(tables.reports, reports.sha256 == _A.report_sha256)).order_by(reports.id, _A.place_in_report)
    if which == "ids":
        return joined.where(_A.id.in_(sa.bindparam("ids", expanding=True)))
    return joined.where(_A.reading_id == (sa.bindparam("reading") if which == "reading" else current_reading(_A.report_sha256)))


def _card(row: Any) -> Card:
    report = Report(**{name: getattr(row, name) for name in _OF_REPORT})
    return make_card(report, from_plain(Account, row.plain), family=row.family, order=row.place_in_report)


def find_members(connection: sa.Connection, incidents: Sequence[str], *, most: int | None = CARDS_EACH) -> dict[str, list[tuple[str, LinkRole]]]:
    """For each of these incidents the accounts to compare, with their roles: by role, the first so many of so many reports; all with `most` None."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    for incident, account, role, sha256 in ask(connection, _MEMBERS, {"incidents": incidents}):
        found.setdefault(incident, []).append((ROLE_ORDER.index(role), account, sha256))
    picked = {incident: sorted(ranked)[:most] for incident, ranked in found.items()}
    if most is not None:
        picked = {incident: _of_first_reports(ranked, itemgetter(2)) for incident, ranked in picked.items()}
    return {incident: [(account, ROLE_ORDER[n]) for n, account, _ in ranked] for incident, ranked in picked.items()}


def _of_first_reports(accounts: Sequence[Row], report_of: Callable[[Row], str]) -> list[Row]:
    """Those of the first REPORTS_EACH reports that are among them."""
    first = frozenset(islice(dict.fromkeys(map(report_of, accounts)), REPORTS_EACH))
    return [account for account in accounts if report_of(account) in first]


def _points(card: Card, family: str, type_: str, apart: float | None) -> int:
    """For kind and days: one for the family, two for the type; two for days within the window, up to two more the nearer they are."""
    kind = int(family == card.family) + 2 * int(type_ == card.account.type)
    if apart is None or apart > WINDOW_DAYS + LONGEST_WINDOW / near.WIDTH_PER_DAY:
        return kind
    return kind + 2 + (apart <= 7) + (apart <= 2.5)


def _iter_near(connection: sa.Connection, card: Card, window: Window) -> Iterator[tuple[int, Rows]]:
    """(points for the place, seats): the same place, also where a day is missing on a side; within NEAR_KM and in the same country in the window."""
    families, where = compatible_families(card.family), card.where
    if where and where.place_id:
        yield 5, near.find_undated(connection, where.place_id, families=families, type_=card.account.type, most=BEARERS)
        if window.is_open:
            yield 5, near.find_latest(connection, where.place_id, families=families, until=card.latest or card.published, most=NEAREST)
        else:
            yield 5, near.find_near(connection, "place", where.place_id, families=families, window=window, most=NEAREST)
    if window.is_open:
        return
    if where and where.lat is not None and where.lon is not None:
        cells = cells_around(where.lat, where.lon, km=NEAR_KM)
        yield 4, near.find_near(connection, "cell", cells, families=families, window=window, most=NEAREST)
    country = where.country if where else None
    yield 1, near.find_near(connection, "country" if country else "anywhere", country, families=families, window=window, most=NEAREST)


def _iter_named(connection: sa.Connection, card: Card, window: Window) -> Iterator[tuple[int, Rows]]:
    """(points, seats) by facility name at any time, by the name of an actor in the window, by that of a place (it may be in no gazetteer) also undated."""
    first, last = days_to_look_in(card.account, published=card.published)
    around = last or card.published
    within = (shift_day(first, -WINDOW_DAYS - LONGEST_WINDOW), shift_day(last, WINDOW_DAYS)) if first and last else None
    for role, name, actor in names_of(card.account):
        if role == "facility":
            yield 5, near.find_named(connection, "facility", name, around=around, within=None, most=BEARERS)
        elif role == "place":
            bearers = near.find_named(connection, "place", name, around=around, within=within, most=BEARERS)
            yield 3, [row for row in _in_time(bearers, window, undated=True) if row.family in compatible_families(card.family)]
        elif within is not None:
            for kind, key in _actor_keys(name, actor):
                yield 1, _in_time(near.find_named(connection, kind, key, around=around, within=within, most=BEARERS), window, undated=False)


def _actor_keys(name: str, actor: str | None) -> tuple[tuple[near.Named, str], ...]:
    """The name, and the register's id where there is one: another report may have used another name, or one that the register lacks."""
    return (("actor", name),) if actor is None else (("actor", name), ("actor id", actor))


def _in_time(rows: Rows, window: Window, *, undated: bool) -> Rows:
    """Those that do not end before the window begins (all where it is open), and perhaps those without a day."""
    return [row for row in rows if (undated if row.day_to is None else window.first is None or row.day_to >= window.first - WINDOW_DAYS)]


def find_told_alike(connection: sa.Connection, words: str, *, without: str, common: set[str] | None = None) -> dict[str, int]:
    """Incidents of reports but this one that hold two of the rarest words: points for each such pair, and for words that few reports hold together."""
    together = find_rows_alike(connection, words, common=common)
    rare = 6 if len(together) <= FEW else 1
    found: dict[str, int] = {}
    some = list(together)[:NEAREST]
    for incident, row in ask(connection, _INCIDENTS_OF_ROWS, {"rows": some, "own": without}) if some else ():
        found[incident] = max(found.get(incident, 0), rare + min(together[row], MOST_PAIRS))
    return found


def find_rows_alike(connection: sa.Connection, words: str, *, common: set[str] | None = None) -> dict[int, int]:
    """Rows of the word index that hold two of these words' rarest, each with how many pairs, most first."""
    together: Counter[int] = Counter()
    for one, other in combinations(_rows_of_rarest_words(connection, words, set() if common is None else common), 2):
        together.update(one & other)
    return dict(sorted(together.items(), key=lambda kv: (-kv[1], kv[0])))


def _rows_of_rarest_words(connection: sa.Connection, text: str, common: set[str]) -> list[set[int]]:
    """Of the names in headline and lead (without capitals: of their words) those that the fewest other texts hold, but at least one: the rows that hold each.

    Our own report's row is among them.
    """
    words = [word for word in telling_words(text)[:WORDS_TRIED] if word not in common]
    counted = [(len(rows), word, rows) for word, rows in index.find_rows(connection, words, most=TOO_MANY + 1).items()]
    common.update(word for texts, word, _ in counted if texts > TOO_MANY)
    return [rows for texts, _, rows in sorted(counted, key=lambda one: one[:2]) if 1 < texts <= TOO_MANY][:RAREST]


def telling_words(text: str) -> list[str]:
    """Folded words worth looking for, in order: those with a capital that do not open a sentence; where there are few, those of four letters or more.

    >>> telling_words("Guards fled. The men of Tel Salam saw Qalat burn, said Ali")
    ['tel', 'salam', 'qalat', 'ali']
    """
    names = [w for found in _NAME.finditer(text) for w in fold_words(found[1]).split()]
    some = names if len(set(names)) >= 4 else [*names, *(w for w in fold_words(text).split() if len(w) >= 4)]
    return [word for word in dict.fromkeys(some) if len(word) >= 3]
