"""Which incidents something may be about: for a person who says so. The comparison is the linker's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from waqai.core import Card, Entry, Verdict
from waqai.flow.attaching import is_uncoded
from waqai.flow.judging import find_side
from waqai.flow.picture import LEAD
from waqai.linking import Telling, fit_incident, gather_tellings, make_story, make_telling, rank_nearest, rank_stories, sort_report
from waqai.reviewing import find_judged
from waqai.store import Store

MOST = 10
"""Incidents that are handed to a person."""
HEADS = 3
"""Accounts of an incident that are compared: more say little more, and each is compared with all that is near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearby:
    """An incident with how well it fits, in [0, 1], and why. `verdict`: what was said of the two before, in `entry` by `by`, and `why`; None: nothing."""

    incident: str
    score: float
    because: str
    verdict: Verdict | None = None
    entry: int | None = None
    by: str | None = None
    why: str = ""


def rank_incidents(name: str, store: Store, *, most: int = MOST) -> tuple[Nearby, ...]:
    """The incidents that an account, or a report in which nothing was coded, may tell of: without its own, best first, at most so many.

    Those that it was told apart from, or that somebody or the linker was unsure of, are among them and marked so. Raises UnknownId.
    """
    if is_uncoded(name, store):
        return _rank_for_report(name, store, most=most)
    card, own = find_side(name, store).head, store.find_incident_of(name)
    telling, judged = _telling_of(card, store), {i: entry for i, entry in find_judged(store, name).items() if i != own}
    known = [(incident, members) for incident, members in store.find_unread_candidates(telling.lead) if incident != own]
    named = (fit_incident(telling, incident, store.find_cards_of(incident)) for incident in judged)
    fits = {fit.incident: fit for fit in named if fit is not None}
    fits |= {fit.incident: fit for fit in rank_nearest(telling, [pair for pair in known if pair[0] not in judged], most=max(0, most - len(fits)))}
    return tuple(_nearby(fit.incident, fit.score, fit.because, judged) for fit in sorted(fits.values(), key=lambda fit: fit.rank)[:most])


def rank_merges(incident: str, store: Store, *, most: int = MOST) -> tuple[Nearby, ...]:
    """The incidents that may be the same happening as this one, by what its first main accounts of different reports fit: best first. Raises UnknownId."""
    told = store.get_incident(incident)
    standing = [one for one in told.accounts if one.review != "rejected"]
    heads: dict[str, str] = {}
    for one in [one for one in standing if one.role == "main"] or standing:
        heads.setdefault(one.report, one.account)
    best: dict[str, Nearby] = {}
    for head in list(heads.values())[:HEADS]:
        for near in rank_incidents(head, store, most=most):
            best[near.incident] = max(best.get(near.incident, near), near, key=lambda one: one.score)
    return tuple(sorted((near for near in best.values() if near.incident != told.id), key=lambda near: (-near.score, near.incident))[:most])


def _rank_for_report(name: str, store: Store, *, most: int) -> tuple[Nearby, ...]:
    report, beside = store.get_report(name), store.find_attachment(name)
    story, said = make_story(report), store.find_said_of_attachment(report.sha256)
    alike = dict(store.find_told_alike(f"{story.title}\n{story.body[:LEAD]}", without=report.sha256))
    alike |= {incident: store.find_cards_of(incident) for incident in said.barred - alike.keys()}
    fits = rank_stories(story, [pair for pair in alike.items() if beside is None or pair[0] != beside.incident], most=most)
    return tuple(Nearby(incident=f.incident, score=f.score, because=f.because, verdict="different" if f.incident in said.barred else None) for f in fits)


def _telling_of(card: Card, store: Store) -> Telling:
    """The account with its parts, as the linker would compare it; a part by itself."""
    cards: Sequence[Card] = tuple(store.iter_cards(report=card.account.report))
    tellings = gather_tellings(cards, sort_report(cards))
    return next((telling for telling in tellings if telling.cards[0].account.id == card.account.id), make_telling(card))


def _nearby(incident: str, score: float, because: str, judged: Mapping[str, Entry]) -> Nearby:
    entry = judged.get(incident)
    if entry is None:
        return Nearby(incident=incident, score=score, because=because)
    verdict: Verdict = "different" if entry.value["verdict"] == "different" else "unsure"
    return Nearby(incident=incident, score=score, because=because, verdict=verdict, entry=entry.id, by=entry.by, why=entry.because)
