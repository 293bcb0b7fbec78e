"""Accounts of one report to incidents: each telling joins the incident that it fits best, or opens one.

Average link: a telling is scored against one telling of each report in the incident, and the mean of the better half counts: one lucky pair joins nothing
large, one badly read member keeps nobody out. There are no connected components. Two tellings of one report never meet in one incident: the report tells
them apart, and so do we. Best fits are given first, so that the telling with the clearer day takes the incident that both would like.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TypeAlias

from waqai.core import Card, LinkRole, Verdict, short_hash
from waqai.linking.days import TimeState
from waqai.linking.pairs import PairScore, score_tellings
from waqai.linking.roles import ReportRoles, sort_report
from waqai.linking.tellings import Telling, make_telling, tellings_of

Candidates: TypeAlias = Callable[[Card], Sequence[tuple[str, tuple[Card, ...]]]]
Mint: TypeAlias = Callable[[Card], str]

# Tuned with the weights of `pairs` (see there): from .5 to .4 pair recall on the corpus rises by .02 to .05 and one look-alike more is merged. Raising JOIN
# splits incidents, lowering it merges them; between UNSURE and JOIN a person should look.
JOIN = 0.45
UNSURE = 0.25
_MET: frozenset[TimeState] = frozenset({"same day", "days apart", "same period"})
RETOLD = 0.3  # weight in the mean of a report that tells of the happening only beside its news


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """One telling against one incident: the mean score, and the pair that fits best."""

    telling: Telling
    incident: str
    score: float
    best: PairScore
    right: str
    size: int


def mint_incident_id(card: Card, *, again: int | None = None) -> str:
    """`i-` and 10 characters, from the words that opened the incident: the same intake gives the same ids. `again`: the same words open another one."""
    anchor = card.anchor
    more = () if again is None else (str(again),)
    return "i-" + short_hash(anchor.report_sha256, str(anchor.evidence.start), str(anchor.evidence.end), card.account.type, *more, length=10)


def link_report(
    cards: Sequence[Card], *, candidates: Candidates, mint: Mint = mint_incident_id, apart: Mapping[str, frozenset[str]] | None = None
) -> tuple[Link, ...]:
    """A link for each account of one report, in the order of the report.

    `candidates` gives (incident id, its members) that a card may belong to; cards of the report itself in them are left out. `apart`: the incidents that an
    account (by id) must not join, because a person said so. Raises ValueError when the
    cards are of several reports, or when `mint` gives one id for two incidents of the report.
    """
    if len({c.anchor.report_sha256 for c in cards}) > 1:
        raise ValueError(f"link_report takes the cards of one report, not of {len({c.anchor.report_sha256 for c in cards})}")
    report = sort_report(cards)
    tellings = _gather(cards, report)
    fits = {t.lead.account.id: _rank(t, _allowed(t, candidates(t.lead), apart or {})) for t in tellings}
    taken = _assign(fits)
    used = {fit.incident for fit in taken.values()}
    free = {account: [f for f in ranked if f.incident not in used] for account, ranked in fits.items()}  # what the report's other tellings left
    links = [link for t in tellings for link in _links_of(t, report, free[t.lead.account.id], taken.get(t.lead.account.id), mint)]
    _check_minted(links)
    order = {c.account.id: c.order for c in cards}
    return tuple(sorted(links, key=lambda link: (order[link.account], link.account)))


def _gather(cards: Sequence[Card], report: ReportRoles) -> tuple[Telling, ...]:
    """Main account with its parts, and each other account alone, in the order of the report."""
    heads = [c for c in sorted(cards, key=lambda c: (c.order, c.account.id)) if report.roles[c.account.id] != "part"]
    return tuple(_gather_one(h, cards, report) for h in heads)


def _gather_one(head: Card, cards: Sequence[Card], report: ReportRoles) -> Telling:
    """The telling of one head; the only news of a report may lie where the report's other news lies, if its own place is not told."""
    news = report.roles[head.account.id] == "main"
    parts = [c for c in cards if report.main_of.get(c.account.id) == head.account.id]
    alone = news and list(report.roles.values()).count("main") == 1
    return make_telling(head, parts=parts, news=news, beside=[c for c in cards if not c.account.background] if alone else ())


def _allowed(telling: Telling, candidates: Sequence[tuple[str, tuple[Card, ...]]], apart: Mapping[str, frozenset[str]]) -> list[tuple[str, tuple[Card, ...]]]:
    barred = frozenset().union(*(apart.get(card.account.id, frozenset()) for card in telling.cards))
    return [(incident, members) for incident, members in candidates if incident not in barred]


def _rank(telling: Telling, candidates: Sequence[tuple[str, tuple[Card, ...]]]) -> tuple[_Fit, ...]:
    """The incidents that the telling could join, best first."""
    fits = [fit for incident, members in candidates if (fit := _fit(telling, incident, members)) is not None]
    return tuple(sorted(fits, key=lambda f: (-f.score, -f.size, f.incident)))


def _fit(telling: Telling, incident: str, members: Sequence[Card]) -> _Fit | None:
    own = telling.lead.anchor.report_sha256
    others = tellings_of([c for c in members if c.anchor.report_sha256 != own])
    if not others:
        return None
    scored = [(score_tellings(telling, other), other) for other in others]
    best, right = max(scored, key=lambda pair: (pair[0].score, pair[1].lead.account.id))
    mean = _mean(scored)
    return _Fit(telling=telling, incident=incident, score=round(mean, 4), best=best, right=right.lead.account.id, size=len(others))


def _mean(scored: Sequence[tuple[PairScore, Telling]]) -> float:
    """Mean of the better half, the reports that only mention the happening counting for less."""
    best = sorted(((pair.score, 1.0 if telling.news else RETOLD) for pair, telling in scored), reverse=True)
    half = best[: (len(best) + 1) // 2]
    return fmean([score for score, _ in half], [weight for _, weight in half])


def _assign(fits: Mapping[str, Sequence[_Fit]]) -> dict[str, _Fit]:
    """Each telling's incident: those that meet in time first, then the best fits; an incident takes one telling of a report."""
    taken: dict[str, _Fit] = {}
    used: set[str] = set()
    for fit in sorted(
        (f for ranked in fits.values() for f in ranked), key=lambda f: (f.best.features.time not in _MET, -f.score, f.telling.lead.order, f.incident)
    ):
        account = fit.telling.lead.account.id
        if fit.score < JOIN or account in taken or fit.incident in used:
            continue
        taken[account] = fit
        used.add(fit.incident)
    return taken


def _links_of(telling: Telling, report: ReportRoles, ranked: Sequence[_Fit], fit: _Fit | None, mint: Mint) -> list[Link]:
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


def _join(telling: Telling, report: ReportRoles, fit: _Fit) -> Link:
    account = telling.lead.account.id
    many = f" (mean of {fit.size} reports)" if fit.size > 1 else ""
    return Link(
        account=account,
        incident=fit.incident,
        role=report.roles[account],
        opened=False,
        right=fit.right,
        nearest=fit.incident,
        score=fit.score,
        because=fit.best.because + many,
        verdict="same",
    )


def _open(telling: Telling, report: ReportRoles, near: _Fit | None, mint: Mint) -> Link:
    account = telling.lead.account.id
    unsure = near is not None and near.score >= UNSURE
    because = "no known incident comes near" if near is None else f"{'perhaps' if unsure else 'not'} the same as {near.incident}: {near.best.because}"
    return Link(
        account=account,
        incident=mint(telling.cards[0]),
        role=report.roles[account],
        opened=True,
        right=near.right if near else None,
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
