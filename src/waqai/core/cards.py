"""An account laid out for comparison: what the linker looks at, and what the store can find it by."""

from __future__ import annotations

from dataclasses import dataclass

from waqai.core.nouns import Account, Anchor, Day, Report, Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One account with what its report says of itself. `title` and `lead` (the first 600 characters of the text) serve text comparison.

    `order` is the account's place among the accounts of its report, 0 first.
    """

    account: Account
    family: str
    anchor: Anchor
    publisher: str | None
    published: Day | None
    title: str
    lead: str
    order: int

    @property
    def where(self) -> Where | None:
        return self.account.where

    @property
    def earliest(self) -> Day | None:
        return self.account.when.earliest if self.account.when else None

    @property
    def latest(self) -> Day | None:
        return self.account.when.latest if self.account.when else None

    def names_in(self, *roles: str) -> tuple[str, ...]:
        """Names of those involved in any of these roles, in order."""
        return tuple(i.name for i in self.account.involved if i.role in roles)


def make_card(report: Report, account: Account, *, family: str, order: int) -> Card:
    """The card of one account of this report."""
    return Card(
        account=account,
        family=family,
        anchor=Anchor(report_sha256=report.sha256, evidence=account.evidence, family=family),
        publisher=report.publisher,
        published=report.published,
        title=report.title or "",
        lead=report.text[:600],
        order=order,
    )
