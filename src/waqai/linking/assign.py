"""Accounts of one report to incidents: each telling joins the incident that it fits best, or opens one.

Two tellings of one report never meet in one incident: the report tells them apart, and so do we. Best fits are given first, so that the telling with the
clearer day takes the incident that both would like.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from waqai.core import Card, LinkRole, Verdict, short_hash
from waqai.linking.days import MET
from waqai.linking.fits import JOIN, UNSURE, Fit, Prospects, rank_incidents
from waqai.linking.roles import ReportRoles, sort_report
from waqai.linking.tellings import Telling, make_telling

Mint: TypeAlias = Callable[[Card], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One account's place in an incident.

    `opened`: this account opened the incident. `right` is the account it was compared with (the best match; for a part, its main account), `nearest` the
    incident that one stands in. `verdict`: "same" when it joined, "unsure" when it nearly did (for a person to look at), "different" when nothing came near.
    """

    account: str
    incident: str
    role: LinkRole
    opened: bool
    right: str | None
    nearest: str | None
    score: float
    because: str
    verdict: Verdict


def mint_incident_id(card: Card, *, again: int | None = None) -> str:
    """`i-` and 10 characters, from the words that opened the incident: the same intake gives the same ids. `again`: the same words open another one."""
    anchor = card.anchor
    more = () if again is None else (str(again),)
    return "i-" + short_hash(anchor.report_sha256, str(anchor.evidence.start), str(anchor.evidence.end), card.account.type, *more, length=10)


def link_report(
    cards: Sequence[Card], *, candidates: Prospects, mint: Mint = mint_incident_id, apart: Mapping[str, frozenset[str]] | None = None
) -> tuple[Link, ...]:
    """A link for each account of one report, in the order of the report.

    `candidates` gives (incident id, its members) that a card may belong to; cards of the report itself in them are left out. `apart`: the incidents that an
    account (by id) must not join, because a person said so. Raises ValueError when the
    cards are of several reports, or when `mint` gives one id for two incidents of the report.
    """
    if len({c.anchor.report_sha256 for c in cards}) > 1:
        raise ValueError(f"link_report takes the cards of one report, not of {len({c.anchor.report_sha256 for c in cards})}")
    report = sort_report(cards)
    tellings = gather_tellings(cards, report)
    rivals = len(tellings) - 1
    fits = {t.lead.account.id: rank_incidents(t, _allowed(t, candidates(t.lead), apart or {}), rivals=rivals) for t in tellings}
    taken = _assign(fits)
    used = {fit.incident for fit in taken.values()}
    free = {account: [f for f in ranked if f.incident not in used] for account, ranked in fits.items()}  # what the report's other tellings left
    links = [link for t in tellings for link in _links_of(t, report, free[t.lead.account.id], taken.get(t.lead.account.id), mint)]
    _check_minted(links)
    order = {c.account.id: c.order for c in cards}
    return tuple(sorted(links, key=lambda link: (order[link.account], link.account)))


def gather_tellings(cards: Sequence[Card], report: ReportRoles) -> tuple[Telling, ...]:
    """The tellings of a report: main account with its parts, and each other account alone, in the order of the report."""
    heads = [c for c in sorted(cards, key=lambda c: (c.order, c.account.id)) if report.roles[c.account.id] != "part"]
    return tuple(_gather_one(h, cards, report) for h in heads)


def _gather_one(head: Card, cards: Sequence[Card], report: ReportRoles) -> Telling:
    """The telling of one head; the only news of a report may lie where the report's other news lies, if its own place is not told."""
    news = report.roles[head.account.id] == "main"
    parts = [c for c in cards if report.main_of.get(c.account.id) == head.account.id]
    alone = news and list(report.roles.values()).count("main") == 1
    return make_telling(head, parts=parts, news=news, beside=[c for c in cards if not c.account.background] if alone else ())


def _allowed(telling: Telling, candidates: Sequence[tuple[str, Sequence[Card]]], apart: Mapping[str, frozenset[str]]) -> list[tuple[str, Sequence[Card]]]:
    barred = frozenset().union(*(apart.get(card.account.id, frozenset()) for card in telling.cards))
    return [(incident, members) for incident, members in candidates if incident not in barred]


def _assign(fits: Mapping[str, Sequence[Fit]]) -> dict[str, Fit]:
    """Each telling's incident: those that meet in time first, then the best fits; an incident takes one telling of a report."""
    taken: dict[str, Fit] = {}
    used: set[str] = set()
    for fit in sorted(
        (f for ranked in fits.values() for f in ranked), key=lambda f: (f.best.features.time not in MET, -f.score, f.telling.lead.order, f.incident)
    ):
        account = fit.telling.lead.account.id
        if fit.score < JOIN or account in taken or fit.incident in used:
            continue
        taken[account] = fit
        used.add(fit.incident)
    return taken


def _links_of(telling: Telling, report: ReportRoles, ranked: Sequence[Fit], fit: Fit | None, mint: Mint) -> list[Link]:
    main = telling.lead.account.id
    head = _join(telling, report, fit) if fit else _open(telling, report, ranked[0] if ranked else None, mint)
    parts = (
        Link(
            account=card.account.id,
            incident=head.incident,
            role="part",
            opened=False,
            right=main,
            nearest=head.incident,
            score=1.0,
            because=report.because[card.account.id],
            verdict="same",
        )
        for card in telling.cards[1:]
    )
    return [head, *parts]


def _join(telling: Telling, report: ReportRoles, fit: Fit) -> Link:
    account = telling.lead.account.id
    many = f" (mean of {fit.size} reports)" if fit.size > 1 else ""
    return Link(
        account=account,
        incident=fit.incident,
        role=report.roles[account],
        opened=False,
        right=fit.right.lead.account.id,
        nearest=fit.incident,
        score=fit.score,
        because=fit.because + many,
        verdict="same",
    )


def _open(telling: Telling, report: ReportRoles, near: Fit | None, mint: Mint) -> Link:
    account = telling.lead.account.id
    unsure = near is not None and near.score >= UNSURE
    because = "no known incident comes near" if near is None else f"{'perhaps' if unsure else 'not'} the same as {near.incident}: {near.because}"
    return Link(
        account=account,
        incident=mint(telling.cards[0]),
        role=report.roles[account],
        opened=True,
        right=near.right.lead.account.id if near else None,
        nearest=near.incident if near else None,
        score=near.score if near else 0.0,
        because=because,
        verdict="unsure" if unsure else "different",
    )


def _check_minted(links: Sequence[Link]) -> None:
    opened = [link.incident for link in links if link.opened]
    twice = sorted({i for i in opened if opened.count(i) > 1})
    if twice:
        raise ValueError(f"one report opens two incidents under one id {twice[0]!r}: mint must tell accounts apart")
