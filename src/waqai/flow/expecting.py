"""Claims about what is to come, from a store to its register of expectations: drafts with the days that their words name, registering, resolving, scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from waqai.codebook import load_actors, load_codebook
from waqai.codebook.grade import COMMITTING
from waqai.codebook.strength import load_strength
from waqai.core import Claim, Entry, NotPossible, Report, Span, UnknownId, UnresolvedDate
from waqai.dating import TextClock, find_date_phrases, resolve_phrase
from waqai.expectations import (
    Answerable,
    BaseRate,
    Draft,
    Frozen,
    Means,
    Period,
    Registered,
    Scores,
    Told,
    draft_claim,
    draft_words,
    families_in,
    find_report_of,
    find_route,
    find_within,
    get_registered,
    list_registered,
    look_for_references,
    measure_base,
    register,
    resolve,
    score_all,
)
from waqai.flow.clock import now
from waqai.flow.correcting import find_all_words
from waqai.flow.settings import Settings
from waqai.patterns.testable import NotTestable
from waqai.store import Store


@lru_cache(maxsize=4)
def _load_means(extra: str, strength: str) -> Means:
    codebook, own = load_codebook(Path(extra) if extra else None), Path(strength) if strength else None
    return Means(table=load_strength(own), codebook=codebook, actors=load_actors(Path(extra) if extra else None))


def expecting_means(settings: Settings) -> Means:
    """What drafts are made with. Raises CodebookError for a file of one's own that cannot be read."""
    return _load_means(settings.codebook.extra, settings.codebook.strength)


def iter_drafts(report: str, store: Store, means: Means) -> Iterator[Draft]:
    """A draft of each claim of the report's current reading that looks ahead, or speaks of what happens again and again, or after a day. Raises UnknownId."""
    found = store.get_report(report)
    for claim in store.get_claims(report):
        if claim.stance in COMMITTING or _asks_of_many(claim, found, means):
            yield draft_of(claim, found, store, means)


def draft_of(claim: Claim, report: Report, store: Store, means: Means) -> Draft:
    """The draft of one claim."""
    told = _told(report, store, claim)
    return draft_claim(claim, report, told, period=find_period(report, claim.content), means=means)


def draft_named(report: str, words: str, store: Store, means: Means, *, route: str | None = None) -> Draft:
    """The draft of the claim that these words stand in, else of the words themselves, in the report's own voice. Raises UnknownId, NotPossible."""
    found = store.get_report(report)
    span = find_all_words(words, found.text)[0]
    claim = next((one for one in store.get_claims(report) if one.content.covers(span) or span.covers(one.content)), None)
    if claim is not None and route is None:
        return draft_of(claim, found, store, means)
    told = _told(found, store, claim)
    return draft_words(span, found, told, period=find_period(found, span), means=means, claim=claim, route=route)  # type: ignore[arg-type]


def find_draft(claim: str, store: Store, means: Means) -> Draft:
    """The draft of the claim of this id, as a current reading has it. Raises UnknownId."""
    report = find_report_of(claim, store)
    one = next((one for one in store.get_claims(report) if one.id == claim), None) if report else None
    if report is None or one is None:
        raise UnknownId(f"no claim {claim!r} in a current reading of store {store.address}; `waqai expectations list` lists those that look ahead")
    return draft_of(one, store.get_report(report), store, means)


def find_period(report: Report, span: Span) -> Period | None:
    """The first days to come that the words name, by the report's day of publication; None where they name none."""
    words = span.of(report.text)
    if report.published is None:
        return None
    if (within := find_within(words, issued=report.published)) is not None:
        return within
    if not find_date_phrases(words):
        return None
    phrases = find_date_phrases(report.text)
    clock = TextClock(report.text, published=report.published, phrases=phrases)
    for phrase in phrases:
        if not span.covers(phrase.span):
            continue
        try:
            days = resolve_phrase(phrase, clock=clock, future=True)
        except UnresolvedDate:
            continue
        last = days.earliest - timedelta(days=1) if phrase.bearing == "before" else days.latest
        if last > report.published:
            until = phrase.bearing in ("by", "before", "until")
            return Period(first=days.earliest, last=last, words=" ".join(phrase.span.of(report.text).split()), until=until)
    return None


def register_expectation(draft: Draft, store: Store, *, accept_late: bool = False, because: str = "", by: str) -> Registered:
    """Keep the draft as an entry, frozen. Raises NotPossible, see `register`."""
    at = now()
    return register(draft, store, today=at.date(), accept_late=accept_late, because=because, by=by, at=at)


def look_at_expectation(named: str, store: Store, means: Means) -> Registered:
    """The entry of this id with what its rule proposes today. Raises UnknownId."""
    return get_registered(named, store, codebook=means.codebook, today=now().date())


def look_at_register(store: Store, means: Means, *, reports: Sequence[str] | None = None) -> tuple[Registered, ...]:
    """All entries likewise, or those on these reports (by hash), the last registered first."""
    return list_registered(store, codebook=means.codebook, today=now().date(), reports=reports)


def resolve_expectation(named: str, outcome: str, store: Store, means: Means, *, incidents: Sequence[str] = (), because: str = "", by: str) -> Entry:
    """Log a person's outcome: what the rule proposes, or another with a reason. `outcome` "": as the rule proposes. Raises UnknownId and NotPossible."""
    with store.transaction():
        one = look_at_expectation(named, store, means)
        if one.proposal is None and one.withdrawn is None and one.frozen.rule.route == "event":
            raise NotPossible(f"the rule of {named} proposes nothing")
        return resolve(one, outcome or (one.proposal.outcome if one.proposal else ""), store, incidents=incidents, because=because, by=by, at=now())


def answer_question(one: Registered, store: Store) -> Answerable | NotTestable:
    """What the record has for an entry of the routes "rate" and "event_study"."""
    with store.reading(incidents=True) as connection:
        return look_for_references(connection, one.frozen.rule)


def score_register(store: Store, means: Means, *, entries: Sequence[Registered] | None = None) -> Scores:
    """The scores of the register, base rates from the record of today."""
    looked = look_at_register(store, means) if entries is None else entries
    with store.reading(incidents=True) as connection:

        def base_of(frozen: Frozen) -> BaseRate:
            return measure_base(connection, frozen.rule, issued=frozen.issued, families=families_in(frozen.rule, means.codebook)[0])

        return score_all(looked, base_of=base_of, key_of=lambda name: means.actors.find_actor(name) or " ".join(name.casefold().split()))


# -- inside


def _asks_of_many(claim: Claim, report: Report, means: Means) -> bool:
    return claim.stance == "assesses" and find_route(claim.content.of(report.text), means.table, looks_ahead=False) != "event"


def _told(report: Report, store: Store, claim: Claim | None) -> Told:
    """What the report tells beside the claim: the accounts that the claim is on, and country and type of its main incident where there is one."""
    linked: Sequence[Any] = store.find_linked_cards(report.id)
    accounts = tuple(card.account for card in linked if claim is not None and card.account.id in claim.accounts)
    main = [card.account for card in linked if card.role == "main"]
    countries = {account.where.country for account in main if account.where is not None and account.where.country}
    types = tuple(dict.fromkeys(account.type for account in main))
    return Told(accounts=accounts, country=countries.pop() if len(countries) == 1 else None, types=types[:1] if len(types) == 1 else ())
