"""What supports the values of one cleared record: the account or claim that holds each, its report and its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from waqai.bounds import Cleared, ClearedAccount, ClearedClaim, ClearedIncident, ClearedInvolvement, ClearedReport
from waqai.codebook import FigureStanding
from waqai.core import ActorNames, Figure
from waqai.dossier.sentences import Source, Value
from waqai.plots import sort_all_out
from waqai.wording import describe_bounds, describe_number

FEW = "<3"
NAMELESS = ("unattributed", "the report", "the text", "")


class Telling:
    """A record, with its figures sorted out, and the sources of all that it holds."""

    def __init__(self, record: Cleared, *, beside: Sequence[ClearedClaim] = (), actors: ActorNames | None = None) -> None:
        """`beside` are claims of its reports that tell of nothing coded."""
        self.record, self.beside, self._actors = record, tuple(beside), actors

    @property
    def incident(self) -> ClearedIncident:
        return self.record.incident

    @cached_property
    def accounts(self) -> tuple[ClearedAccount, ...]:
        """Those that count: main first, without rejected ones."""
        order = {"main": 0, "part": 1, "follow_up": 2, "background": 3}
        return tuple(sorted((one for one in self.record.accounts if one.review != "rejected"), key=lambda one: order[one.role]))

    @cached_property
    def claims(self) -> dict[str, ClearedClaim]:
        return {claim.id: claim for claim in (*self.record.claims, *self.beside)}

    @cached_property
    def reports(self) -> dict[str, ClearedReport]:
        return {account.report.id: account.report for account in self.accounts}

    @cached_property
    def standing(self) -> dict[Figure, FigureStanding]:
        """Whether each figure counts; in the order in which they were said."""
        told = sort_all_out(self.incident.figures, actors=self._actors)
        ordered = sorted(told, key=lambda f: (f.said_at is None, f.said_at.isoformat() if f.said_at else "", f.report, f.measure, -f.low, f.expr, f.speaker))
        return {figure: told[figure] for figure in ordered}

    def source_of(self, account: ClearedAccount, *words: str | None) -> Source:
        """The account, quoted with the claim that it stands in (else its evidence), and these words."""
        said = self.claims.get(account.said_by or "")
        quoted = said.words if said is not None else account.evidence
        return Source(record=account.id, report=account.report, words=tuple(dict.fromkeys(one for one in (quoted, *words) if one)))

    def source_of_claim(self, claim: ClearedClaim) -> Source:
        """The account that stands in the claim, else the claim itself: the words are the same."""
        here = [one for one in self.accounts if one.said_by == claim.id]
        return Source(record=here[0].id if here else claim.id, report=self.reports.get(claim.report), words=(claim.words,))

    def account_of(self, figure: Figure) -> ClearedAccount | None:
        """The account that a figure was read in."""
        here = [one for one in self.accounts if one.report.id == figure.report]
        fits = (
            a
            for a in here
            for c in a.counts
            if (c.measure, c.of_whom, c.low, c.best, c.high) == (figure.measure, figure.of_whom, figure.low, figure.best, figure.high)
        )
        return next(fits, here[0] if here else None)

    def sources_of(self, figure: Figure) -> tuple[Source, ...]:
        """What supports a figure; a person's correction has the incident alone behind it where no account holds it."""
        account = self.account_of(figure)
        return (self.source_of(account, figure.expr),) if account is not None else (Source(record=self.incident.id, worked_out="A figure that a person gave."),)

    def counted(self, figure: Figure) -> Value:
        """The figure as a number."""
        return Value(text=number_of(figure), sources=self.sources_of(figure))

    def involved(self, role: str) -> list[tuple[ClearedInvolvement, ClearedAccount]]:
        """Who is told in a role, each name once, in the order of the accounts; what is only expected is none."""
        found: dict[str, tuple[ClearedInvolvement, ClearedAccount]] = {}
        for account in self.accounts:
            for one in account.involved:
                if one.role == role and account.type == self.incident.type:
                    found.setdefault(one.actor_id or one.name.casefold(), (one, account))
        return list(found.values())

    def name(self, one: ClearedInvolvement, account: ClearedAccount, text: str | None = None) -> Value:
        """Somebody's name with what supports it."""
        shown = text or one.name
        unpaired = shown.count('"') % 2 or shown.count("“") != shown.count("”")
        return Value(text=re.sub('["“”]', "", shown) if unpaired else shown, sources=(self.source_of(account, one.words),))


def number_of(figure: Figure) -> str:
    """The number as printed; where only vague words are, its bounds."""
    if figure.expr == FEW:
        return "fewer than 3"
    if figure.best is not None:
        return f"at least {describe_number(figure.best)}" if figure.high is None else describe_number(figure.best)
    return describe_bounds(figure.low, figure.high, figure.best)
