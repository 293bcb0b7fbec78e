"""An account laid out for comparison: what the linker looks at, and what the store can find it by."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

from waqai.core.nouns import Account, Anchor, Day, LinkRole, Report, Span, Where

_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])|\n\s*\n")
BODY = 2000
"""Code points of a text that are compared: on crime news 2,000 link better than 600 or 5,000 (docs/decisions/0033-evidence-that-is-weighed.md)."""
_REACH = 400  # code points to each side of the evidence, where no sentence ends before


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One account with what its report says of itself. `title`, `lead` (the first 600 characters of the text) and `body` (the first 2,000) serve comparison.

    `order` is the account's place among the accounts of its report, 0 first. `words` are those of the evidence, `context` is the sentence around it.
    `role` is the account's in the incident that it was loaded from; None for one that sits in none yet.
    """

    account: Account
    family: str
    anchor: Anchor
    publisher: str | None
    published: Day | None
    title: str
    lead: str
    order: int
    words: str = ""
    context: str = ""
    body: str = ""
    role: LinkRole | None = None

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


class Outline(NamedTuple):
    """What is known of an account in a seat before it is read: enough to say how well it could fit at most.

    The columns are the account's; `precision` None: it names no place. `told` is JSON: name, admin1, admin2 and p of its place (or null), measure and best
    number of each figure, the names in it. `imprint` is what the linker made of its report's words, None where it made nothing.
    """

    account: str
    role: LinkRole
    report_sha256: str
    order: int
    type: str
    family: str
    earliest: Day | None
    latest: Day | None
    place_id: str | None
    precision: str | None
    country: str | None
    lat: float | None
    lon: float | None
    told: str
    imprint: bytes | None


class Unread(Sequence[Card]):
    """Cards that are loaded when somebody first looks at one; what stands in their `outlines` is known before."""

    def __init__(self, outlines: Sequence[Outline], load: Callable[[], tuple[Card, ...]]) -> None:
        self.outlines, self._load = outlines, load
        self._cards: tuple[Card, ...] | None = None

    def __len__(self) -> int:
        return len(self.outlines)

    @overload
    def __getitem__(self, place: int) -> Card: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Card]: ...

    def __getitem__(self, place: int | slice) -> Card | Sequence[Card]:
        if self._cards is None:
            self._cards = self._load()
        return self._cards[place]


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
        words=account.evidence.of(report.text),
        context=sentence_around(report.text, account.evidence),
        body=report.text[:BODY],
    )


def sentence_around(text: str, span: Span) -> str:
    """The sentence that holds the span, at most 400 code points to each side of it.

    >>> sentence_around("All was calm. On Jan. 20 gunmen stormed the jail. Nobody fled.", Span(31, 38))
    'On Jan. 20 gunmen stormed the jail.'
    """
    return find_sentence(text, span).of(text).strip()


def find_sentence(text: str, span: Span) -> Span:
    """Where the sentence stands that holds the span, with the blanks behind it, at most 400 code points to each side of it.

    >>> find_sentence("All was calm. Gunmen stormed the jail. Nobody fled.", Span(21, 28))
    Span(start=14, end=39)
    """
    before, after = text[max(0, span.start - _REACH) : span.start], text[span.end : span.end + _REACH]
    starts = [found.end() for found in _SENTENCE_END.finditer(before + text[span.start : span.start + 2]) if found.end() <= len(before)]
    end = _SENTENCE_END.search(after)
    return Span(span.start - len(before) + (starts[-1] if starts else 0), span.end + (end.end() if end else len(after)))
