"""Accounts that persons added because no reader found them, or because one account told of two happenings.

An entry `added` holds the whole account (`told`) and its anchor; `split_from` names the account that it was part of. An added account stands beside whatever
reader reads the report, until its entry is undone. What is said of it holds for it alone: it does not pass to an account of other readings that overlaps its
words, nor does what is said of those pass to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waqai.core import Entry
from waqai.folding.seats import Home, undone_numbers


@dataclass(frozen=True, slots=True)
class Additions:
    """The accounts that persons ever added to a report, each with its entry; those of the entries that `standing` names are there today."""

    entries: dict[str, int]
    standing: frozenset[int]

    def home_of(self, account: str) -> str | None:
        """The account itself while it stands."""
        return account if self.entries[account] in self.standing else None


def fold_additions(entries: Iterable[Entry]) -> Additions:
    """What follows from the entries on one report."""
    listed = tuple(entries)
    added, undone = [entry for entry in listed if entry.kind == "added" and entry.value], undone_numbers(listed)
    return Additions({entry.subject: entry.id for entry in added}, frozenset(entry.id for entry in added if entry.id not in undone))


def find_replaced(added: Home, *, beside: Sequence[Home], newer: Sequence[Home]) -> str | None:
    """The account of a `newer` reading in whose place the added one stands: the one on its words, while the accounts that it was added `beside` take theirs.

    Who shares most of what the two stand on together takes first, each one.

    >>> from waqai.core import Span
    >>> one, two = (Home(account=n, family="custody_exit", evidence=Span(*at)) for n, at in (("one", (0, 90)), ("two", (40, 90))))
    >>> find_replaced(two, beside=[one], newer=[Home(account="a", family="custody_exit", evidence=Span(0, 85))]) is None
    True
    >>> find_replaced(two, beside=[one], newer=[Home(account=n, family="custody_exit", evidence=Span(*at)) for n, at in (("a", (0, 38)), ("b", (45, 90)))])
    'b'
    """
    known = (*beside, added)
    pairs = [
        (_likeness(old, new), old.account, new.account) for old in known for new in newer if old.family == new.family and old.evidence.overlaps(new.evidence)
    ]
    taken: dict[str, str] = {}
    for _, old, new in sorted(pairs, key=lambda pair: (-pair[0], pair[1] != added.account, pair[1:])):
        if old not in taken and new not in taken.values():
            taken[old] = new
    return taken.get(added.account)


def _likeness(one: Home, other: Home) -> float:
    """In (0, 1]: the words that two accounts share, of all that they stand on."""
    first, second = sorted((one.evidence, other.evidence))
    return (min(first.end, second.end) - second.start) / (max(first.end, second.end) - first.start)
