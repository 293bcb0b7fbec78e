"""Which account is the news of its report, which are parts of it, what else is told and why.

The reader's relations come first. Where it found none, the report's own shape decides: the headline, the order, and whether an account has a day and a
place of its own. A report has one main account unless it is a round-up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from waqai.core import Account, Card, LinkRole
from waqai.linking.headlines import is_of_many, is_of_prisons, is_of_siege, tells_of
from waqai.linking.spots import compare_facilities, compare_places
from waqai.linking.tellings import FIGHTS, SIEGE
from waqai.linking.words import score_held, stems, weight

CONTINUES = frozenset({"follows_up", "recaptures", "retaliates"})
_BREAKS = frozenset({"escape", "jailbreak"})
_STOCKS = frozenset({"detention"})
# Happenings that hold others: the blast, the clash and the killing at the gate are told as acts within them.
_FRAMES = frozenset({"jailbreak", "escape", "prison_riot"})
# Acts that answer to another one: told after it, they are its follow-ups and no parts of it.
_ANSWERS = frozenset({"recapture", "raid", "deployment", "restriction", "sentence", "statement", "meeting", "agreement", "aid", "policy", "sanction", "arrest"})
_LEAD = 300  # code points
_CONTEXT_FAMILIES = frozenset({"diplomacy", "policy_and_aid", "population"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRoles:
    """`roles` by account id. `main_of`: for each part, the account at the head of its telling, main or not. `because`: why each account has its role."""

    roles: Mapping[str, LinkRole]
    main_of: Mapping[str, str]
    because: Mapping[str, str]


def roles_of_report(cards: Sequence[Card]) -> dict[str, LinkRole]:
    """The role of each account of one report, by account id."""
    return dict(sort_report(cards).roles)


def sort_report(cards: Sequence[Card]) -> ReportRoles:
    """The roles with their reasons. Empty for no cards."""
    ordered = sorted(cards, key=lambda c: (c.order, c.account.id))
    if not ordered:
        return ReportRoles(roles={}, main_of={}, because={})
    by_id = {c.account.id: c for c in ordered}
    mains = _find_mains(ordered, by_id)
    roles: dict[str, LinkRole] = {m.account.id: "main" for m in mains}
    why = {m.account.id: "the news of the report" if len(mains) == 1 else "one of several news in a round-up" for m in mains}
    main_of: dict[str, str] = {}
    for card in (c for c in ordered if c.account.id not in roles):
        role, whole, reason = _place_beside(card, mains, by_id)
        roles[card.account.id], why[card.account.id] = role, reason
        if role == "part":
            main_of[card.account.id] = whole.account.id
    for card, head in _iter_told_with([c for c in ordered if roles[c.account.id] == "background"]):
        roles[card.account.id], why[card.account.id] = "part", f"told of the same days and place as {_name(head)}"
        main_of[card.account.id] = head.account.id
    return ReportRoles(roles=roles, main_of={part: _top(part, main_of) or mains[0].account.id for part in main_of}, because=why)


def _top(part: str, main_of: Mapping[str, str]) -> str | None:
    """The account at the head of a chain of parts; None when the chain bites its tail."""
    seen, here = {part}, part
    while here in main_of:
        here = main_of[here]
        if here in seen:
            return None
        seen.add(here)
    return here


# ---------------------------------------------------------------------------------------------- the main account


def _find_mains(cards: Sequence[Card], by_id: Mapping[str, Card]) -> tuple[Card, ...]:
    news = [c for c in cards if not c.account.background and _whole_of(c, by_id) is c] or [c for c in cards if not c.account.background] or list(cards)
    news = [c for c in news if _find_break(c, news) is None] or news
    if _is_round_up(cards, news):
        return _heads_of_round_up(news)
    return (max(news, key=lambda c: (round(score_news(c, cards), 6), -c.order, c.account.id)),)


def score_news(card: Card, cards: Sequence[Card]) -> float:
    """How much the account looks like its report's news, in [0, 1]: headline, order, what it has of its own, what others say of it."""
    account = card.account
    titled = stems(card.title)
    named = tells_of(account.type, card.title) or bool(stems(card.words) & titled)
    joined = sum(any(r.to == account.id and r.kind in ("part_of", *CONTINUES) for r in c.account.relations) for c in cards)
    continues = any(r.kind in CONTINUES for r in account.relations)
    parts = (
        0.25 * named,
        0.20 * (score_held(card.title, card.context) if card.title and card.context else 0.0),
        0.15 * (1 - min(card.order, 5) / 5),
        0.10 * (account.when is not None) + 0.10 * (account.where is not None),
        0.05 * min(len(account.counts), 2),
        0.10 * min(joined, 1),
        0.10 * _told_fresh(card),
        0.20 * (account.type in _FRAMES and is_of_prisons(card.title or card.lead[:200])),
        -0.15 * (continues and not named),
        -0.20 * ((card.family in _CONTEXT_FAMILIES and not named) or account.type in _STOCKS),
        -0.10 * (account.status.value in ("planned", "threatened", "pledged")),
    )
    return max(0.0, min(1.0, 0.1 + sum(parts)))


def _told_fresh(card: Card) -> int:
    """1: of the week before publication, -2: older than three weeks (told as context, or as what the news continues), 0 between or unknown."""
    if card.latest is None or card.published is None:
        return 0
    days = (card.published - card.latest).days
    return 1 if days <= 7 else 0 if days <= 21 else -2


def _whole_of(card: Card, by_id: Mapping[str, Card]) -> Card:
    """The account that this one is in the end part of; itself when of none. News is no part of what is told as context.

    Where a reader's parts run in a circle, the first of the circle stands for the whole.
    """
    path = [card]
    while True:
        here = path[-1]
        above = next((by_id[r.to] for r in here.account.relations if r.kind == "part_of" and r.to in by_id and r.to != here.account.id), None)
        if above is None or (above.account.background and not here.account.background):
            return here
        if above in path:
            return min(path[path.index(above) :], key=lambda c: (c.order, c.account.id))
        path.append(above)


def _find_break(card: Card, others: Sequence[Card]) -> Card | None:
    """The break whose figure this recapture is: told beside it, without a day or place of its own. The one it is related to comes first."""
    if card.account.type != "recapture":
        return None
    breaks = [c for c in others if c.account.type in _BREAKS and not _has_own_day(card, c) and not _has_own_place(card, c)]
    return min(breaks, key=lambda c: (not _continues(card.account, c.account), c.account.background, c.order), default=None)


def _is_round_up(cards: Sequence[Card], news: Sequence[Card]) -> bool:
    """Headed as one; or three unrelated acts and more in as many places, half of the news at least, and no headline that points to one of them."""
    heads = _heads_of_round_up(news)
    if len(heads) < 2:
        return False
    if is_of_many(cards[0].title):
        return True
    return len(heads) >= 3 and 2 * len(heads) >= len(news) and sum(_is_headlined(h) for h in heads) != 1


def _is_headlined(card: Card) -> bool:
    """Whether the headline names the account's place or facility."""
    names = [*card.names_in("facility"), *([card.where.name] if card.where else [])]
    return bool(frozenset(s for n in names for s in stems(n) if weight(s) >= 0.5) & stems(card.title))


def _heads_of_round_up(news: Sequence[Card]) -> tuple[Card, ...]:
    """Accounts with a point on the map, unrelated to each other and apart in place."""
    heads: list[Card] = []
    for card in news:
        apart = all(_has_own_place(card, h) for h in heads)
        linked = any(r.kind in (*CONTINUES, "part_of") for r in card.account.relations)
        if _is_placed(card) and apart and not linked and card.family not in _CONTEXT_FAMILIES and card.account.type not in _STOCKS:
            heads.append(card)
    return tuple(heads)


# ---------------------------------------------------------------------------------------------- beside it


def _place_beside(card: Card, mains: Sequence[Card], by_id: Mapping[str, Card]) -> tuple[LinkRole, Card, str]:
    """(role, the account it stands to, why)."""
    whole = _whole_of(card, by_id)
    if whole is not card:
        return "part", whole, f"told as part of {_name(whole)}"
    broken = _find_break(card, [m for m in mains if m is not card]) or _find_break(card, [c for c in by_id.values() if _continues(card.account, c.account)])
    if broken is not None:
        head = _whole_of(broken, by_id)
        return "part", broken if head is card else head, f"figures of {_name(broken)}, without a day or place of their own"
    for main in mains:
        if _is_of_siege(card, main):
            how = "of one siege with" if _has_own_day(card, main) else "told of the same days as"
            return "part", main, f"{how} {_name(main)}"
    for main in mains:
        if _continues(card.account, main.account):
            return "follow_up", main, f"follows {_name(main)}"
        if _continues(main.account, card.account):
            return "follow_up", main, f"followed by {_name(main)}"
    return _place_by_shape(card, mains)


def _is_of_siege(card: Card, main: Card) -> bool:
    """Whether one is the storm of a prison and the other the fight for it days later: no two happenings, though each has its day.

    Where not both have one, or a raid comes last, which may be a search, headline or first lines must speak of a siege or its end.
    """
    pair = {card.account.type, main.account.type}
    if not pair <= _FRAMES | FIGHTS or _has_own_place(card, main):
        return False
    twice = len(pair) == 1 and pair <= _FRAMES  # two escapes are two, but for one that is told of its night and its morning
    placed = compare_places(card.where, main.where)[0] != "unknown"
    if not (card.earliest and card.latest and main.earliest and main.latest):
        return placed and not twice and _is_told_of_siege(main)
    gap = (max(card.earliest, main.earliest) - min(card.latest, main.latest)).days
    last = main if card.earliest <= main.earliest else card
    fights = _is_told_of_siege(main) or bool(pair & _FRAMES and last.account.type != "raid")
    return fights and gap <= (SIEGE if placed and not twice else 1)


def _is_told_of_siege(main: Card) -> bool:
    words = f"{main.title}\n{main.lead[:_LEAD]}"
    return is_of_prisons(words) and is_of_siege(words)


def _iter_told_with(passing: Sequence[Card]) -> Iterator[tuple[Card, Card]]:
    """(account told beside the news, the one that it is told with) for those that the same words date, in one place: the blast, the riot, the flight."""
    heads: list[Card] = []
    for card in sorted(passing, key=lambda c: (c.account.type not in _FRAMES, c.order)):
        head = next((h for h in heads if _is_of_same_then(card, h)), None)
        if head is None:
            heads.append(card)
        else:
            yield card, head


def _is_of_same_then(card: Card, head: Card) -> bool:
    """Whether the same words date both, in one place; of people held there without a day, whether it was a break or a riot."""
    when, then = card.account.when, head.account.when
    same = when is not None and then is not None and when.phrase.overlaps(then.phrase)
    held = card.account.type in _STOCKS and when is None and head.account.type in _FRAMES
    placed = compare_places(card.where, head.where)[0] in ("same place", "within") and not _has_own_place(card, head)
    return placed and (same or held) and card.account.background


def _continues(later: Account, earlier: Account) -> bool:
    return any(r.to == earlier.id and r.kind in CONTINUES for r in later.relations)


def _place_by_shape(card: Card, mains: Sequence[Card]) -> tuple[LinkRole, Card, str]:
    main = min(mains, key=lambda m: (_has_own_place(card, m), _has_own_day(card, m), abs(m.order - card.order), m.order))
    own_day, own_place = _has_own_day(card, main), _has_own_place(card, main)
    if card.account.type in _STOCKS and not own_place and not _is_dated_apart(card, main):
        return "part", main, f"the people held where {_name(main)} took place"
    if card.account.background:
        return "background", main, "told as earlier context"
    if own_place or card.family in _CONTEXT_FAMILIES:
        return "background", main, f"told beside {_name(main)}, at another place" if own_place else f"told beside {_name(main)}"
    if own_day:
        later = _is_later(card, main)
        return ("follow_up" if later else "background"), main, f"told as {'later' if later else 'earlier'} than {_name(main)}"
    if card.account.type in _ANSWERS and main.account.type not in _ANSWERS:
        return "follow_up", main, f"answers {_name(main)}"
    return "part", main, f"same day and place as {_name(main)}, or none of its own"


def _has_own_day(card: Card, main: Card) -> bool:
    """Dated, and not on the days of the other (one day of grace)."""
    if not (card.earliest and card.latest and main.earliest and main.latest):
        return False
    return (card.earliest - main.latest).days > 1 or (main.earliest - card.latest).days > 1


def _is_dated_apart(card: Card, main: Card) -> bool:
    return card.account.background and _has_own_day(card, main) and not _is_later(card, main)


def _is_later(card: Card, main: Card) -> bool:
    return bool(card.earliest and main.latest and card.earliest > main.latest)


def _has_own_place(card: Card, main: Card) -> bool:
    """Placed elsewhere than the other; two points may be near each other and still two places."""
    if compare_facilities(card, main) == "different":
        return True
    state = compare_places(card.where, main.where)[0]
    return state in ("far", "other country") or (state in ("near", "same region") and _is_placed(card) and _is_placed(main))


def _is_placed(card: Card) -> bool:
    return card.where is not None and card.where.precision.startswith(("P1", "P2", "P3"))


def _name(card: Card) -> str:
    kind = card.account.type.replace("_", " ")
    return f"the {kind} at {card.where.name}" if card.where else f"the {kind}"
