"""A made-up record for the expectations register: claims that look ahead, and what came, day by day, in reports of two papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from factories import family_of, make_account, make_claim, make_involved, make_reading, make_report, make_when, make_where
from waqai.codebook import load_actors, load_codebook
from waqai.codebook.strength import load_strength
from waqai.core import Claim, Report
from waqai.expectations import Draft, Means, Registered, Told, draft_claim, find_within, get_registered, register, resolve
from waqai.store import Store

ISSUED = date(2021, 6, 1)
AT = datetime(2021, 6, 1, 12, tzinfo=UTC)
BY = "person:ana"
MEANS = Means(table=load_strength(), codebook=load_codebook(), actors=load_actors())
PAPERS = ("The Daily", "The Herald")


def day(after: int) -> date:
    """So many days after the claims were made."""
    return ISSUED + timedelta(days=after)


def happen(
    store: Store,
    id: str,
    *,
    on: date,
    until: date | None = None,
    type: str = "clash",
    country: str = "SY",
    admin1: str | None = "Hasakah",
    status: str = "occurred",
    actor: str | None = None,
    published: date | None = None,
    paper: str = PAPERS[0],
) -> str:
    """An incident that one report tells; its id."""
    involved = [make_involved("initiator", actor, actor_id=actor)] if actor else []
    report = make_report(f"{paper} {id}: something took place.", id=f"r-{id}", published=published or until or on, publisher=paper)
    where = make_where(country=country, admin1=admin1, place_id=f"test:{country}-{admin1}")
    account = make_account(report, type=type, status=status, when=make_when(on, until), where=where, involved=involved)
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[account]), family_of=family_of)
    (card,) = store.iter_cards(report=report.id)
    store.open_incident(f"i-{id}", account=card.account.id, anchor=card.anchor, role="main", because="new", by="linker 1", at=AT)
    return f"i-{id}"


def cover(store: Store, *, first: int = 1, days: int = 10, type: str = "clash", country: str = "SY") -> None:
    """What makes the record cover those days: a report a day, by two papers in turn, in another province; the first two of what was planned and never came,
    the others of protests."""
    with store.transaction():
        for n in range(first, first + days):
            kind, status = (type, "planned") if n < first + 2 else ("protest", "occurred")
            happen(store, f"cover-{country}-{n}", on=day(n), type=kind, country=country, admin1="Homs", status=status, paper=PAPERS[n % 2])


def say(
    store: Store, words: str, *, id: str = "claim", stance: str = "expects", speaker: str = "police", published: date | None = ISSUED
) -> tuple[Claim, Report]:
    """A claim of these words in a report of its own."""
    report = make_report(f"{id}: {speaker} said: {words}.", id=id, published=published, publisher="The Lake")
    claim = make_claim(report, speaker=speaker, cue="said", content=words, stance=stance)
    store.add_report(report)
    store.add_reading(make_reading(report, claims=[claim]), family_of=family_of)
    return claim, report


def draft(store: Store, words: str, *, told: Told = Told(), **said: Any) -> Draft:  # noqa: B008  frozen
    """What the words come to."""
    claim, report = say(store, words, **said)
    period = find_within(words, issued=report.published) if report.published else None
    return draft_claim(claim, report, told, period=period, means=MEANS)


def enter(store: Store, words: str, *, today: date = ISSUED, late: bool = False, **said: Any) -> Registered:
    """The words registered."""
    return register(draft(store, words, **said), store, today=today, accept_late=late, because="", by=BY, at=AT)


def look(store: Store, one: Registered, *, on: date) -> Registered:
    """The entry as it stands on that day."""
    return get_registered(one.id, store, codebook=MEANS.codebook, today=on)


def settle(store: Store, one: Registered, *, on: date, outcome: str = "", incidents: tuple[str, ...] = (), because: str = "") -> Registered:
    """The entry resolved on that day, as its rule proposes unless an outcome is named."""
    looked = look(store, one, on=on)
    assert looked.proposal is not None
    resolve(looked, outcome or looked.proposal.outcome, store, incidents=incidents, because=because, by=BY, at=AT)
    return look(store, one, on=on)


def public(claim: Draft, speaker: str) -> Draft:
    """As if a body of that name had said it."""
    return replace(claim, speaker=speaker, speaker_kind="public")
