"""How the accounts of one report stand to each other: which is the news and which background, what follows up what, and their keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from waqai.codebook.lexicon import TypeSets
from waqai.core import Account, Day, Relation, When

_LONG_PAST = timedelta(days=21)  # an act so long before the report is told as background
_BEFORE_NEWS = timedelta(days=7)  # and so is one so long before the news
_OLD_NEWS = timedelta(days=365)  # news so old is no news: the report looks back
_AHEAD = frozenset(("planned", "pledged", "threatened"))


def with_standing(accounts: Sequence[Account], *, published: Day | None, types: TypeSets) -> tuple[Account, ...]:
    """The accounts with their background flags, keys and relations, which can only be told once all of them are known."""
    news = _find_news(accounts, published, types)
    marked = [replace(a, background=_is_background(a, news, published, types)) for a in accounts]
    keyed = _with_keys(marked)
    main = next((a for a in keyed if news is not None and a.id == news.id), None)
    return tuple(replace(a, relations=_relations(a, main, types)) if main is not None and a is not main else a for a in keyed)


def _find_news(accounts: Sequence[Account], published: Day | None, types: TypeSets) -> Account | None:
    """The report's news: its first account that is neither context nor long past, else its first."""
    today = published or _last_day(accounts)
    recent = [a for a in accounts if a.when is None or today is None or today - a.when.latest <= _LONG_PAST]
    first = accounts[0] if accounts else None
    return next((a for a in recent if a.type not in types.context and a.type != "detention"), first)


def _last_day(accounts: Sequence[Account]) -> Day | None:
    """The last day on which something happened, by what is dated closely enough."""
    happened = [a.when for a in accounts if a.when is not None and a.status.value in ("occurred", "ongoing")]
    return max((when.latest for when in happened if when.latest - when.earliest < _LONG_PAST), default=None)


def _is_background(account: Account, news: Account | None, published: Day | None, types: TypeSets) -> bool:
    if account.type == "detention":
        return True
    if account is news:
        return account.when is not None and published is not None and published - account.when.latest > _OLD_NEWS
    if account.when is not None and account.status.value not in _AHEAD and _is_past(account.when, news, published):
        return True
    return account.type in types.politics and news is not None and news.type not in types.context


def _is_past(when: When, news: Account | None, published: Day | None) -> bool:
    if published is not None and published - when.latest > _LONG_PAST:
        return True
    return news is not None and news.when is not None and news.when.earliest - when.latest > _BEFORE_NEWS


def _with_keys(accounts: Sequence[Account]) -> list[Account]:
    """Each with a key of its place and type, unique in the report: "ghweran-escape", "ghweran-escape-2"."""
    keyed: list[Account] = []
    used: set[str] = set()
    for account in accounts:
        key = stem = _stem(account)
        n = 2
        while key in used:
            key, n = f"{stem}-{n}", n + 1
        used.add(key)
        keyed.append(replace(account, key=key))
    return keyed


def _stem(account: Account) -> str:
    place = next((m.name for m in account.place_mentions if m.role == "event_place"), "")
    return re.sub(r"[^a-z0-9]+", "-", f"{place} {account.type}".lower()).strip("-")


def _relations(account: Account, main: Account, types: TypeSets) -> tuple[Relation, ...]:
    """What an account is to the news, if anything."""
    if account.type == "recapture" and main.type in types.breaks:
        return (Relation(to=main.id, kind="recaptures", p=0.8, rule="recapture beside a break"),)
    if account.background:
        return (Relation(to=main.id, kind="context_of", p=0.5, rule="background of the news"),)
    if account.type in types.follow_ups and account.evidence.start > main.evidence.start:
        return (Relation(to=main.id, kind="follows_up", p=0.4, rule="later act beside the news"),)
    return ()
