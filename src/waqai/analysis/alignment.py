"""Which accounts of several coders tell of one happening: of one family of types, on words that overlap, one to one.

Between two coders the pairing is the best there is: it has the largest sum of overlaps. A further coder's accounts are paired with what the ones before made,
in the order of their names, so that with three and more it is good, but need not be the best.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import TypeAlias

from waqai.core import Account, Span

Unit: TypeAlias = Mapping[str, Account]
"""One happening: the account of each coder who coded it, by coder."""
SAME_TYPE = 0.01
"""What one and the same type adds to the overlap: it decides between accounts on the same words."""


def align_accounts(codings: Mapping[str, Sequence[Account]], *, family_of: Callable[[str], str]) -> tuple[Unit, ...]:
    """The happenings of one report as its coders see them; each account is in exactly one. `family_of` gives the family of a type."""
    units: list[dict[str, Account]] = []
    for coder in sorted(codings):
        accounts = list(codings[coder])
        weights = [[_weight(unit, account, family_of=family_of) for account in accounts] for unit in units]
        taken = pair_best(weights)
        for row, column in taken.items():
            units[row][coder] = accounts[column]
        units += [{coder: account} for n, account in enumerate(accounts) if n not in taken.values()]
    return tuple(sorted(units, key=lambda unit: min(account.evidence.start for account in unit.values())))


def overlap(left: Span, right: Span) -> float:
    """The share of the words of either that are words of both, 0 to 1.

    >>> overlap(Span(0, 10), Span(5, 15)), overlap(Span(0, 5), Span(5, 9))
    (0.3333333333333333, 0.0)
    """
    both = max(0, min(left.end, right.end) - max(left.start, right.start))
    return both / (left.end - left.start + right.end - right.start - both)


def pair_best(weights: Sequence[Sequence[float]]) -> dict[int, int]:
    """Row to column, one to one, with the largest sum of weights; a weight of 0 is no pair.

    The Hungarian method by shortest augmenting paths (Kuhn 1955; Jonker and Volgenant 1987), O(n^3), on the square of the larger side.

    >>> pair_best([[0.9, 0.8], [0.8, 0.0]])
    {0: 1, 1: 0}
    """
    size = max(len(weights), max((len(row) for row in weights), default=0))
    cost = [[-(weights[r][c] if r < len(weights) and c < len(weights[r]) else 0.0) for c in range(size)] for r in range(size)]
    row_of = _assign(cost)
    pairs = {row: column for column, row in enumerate(row_of) if row < len(weights) and column < len(weights[row]) and weights[row][column] > 0}
    return dict(sorted(pairs.items()))


def _assign(cost: Sequence[Sequence[float]]) -> list[int]:
    """The row of each column of a square matrix, at the least cost."""
    size = len(cost)
    of_row, of_column = [0.0] * size, [0.0] * (size + 1)  # what each may charge: no pair costs less than both its sides
    row_of = [-1] * (size + 1)  # the last column is where a row waits that is being placed
    for row in range(size):
        row_of[size] = row
        column, came_from, slack, seen = size, [size] * (size + 1), [inf] * (size + 1), [False] * (size + 1)
        while row_of[column] != -1:
            seen[column] = True
            at = row_of[column]
            for other in range(size):
                reduced = cost[at][other] - of_row[at] - of_column[other]
                if not seen[other] and reduced < slack[other]:
                    slack[other], came_from[other] = reduced, column
            nearest = min((other for other in range(size) if not seen[other]), key=slack.__getitem__)
            step = slack[nearest]
            for other in range(size + 1):
                if seen[other]:
                    of_row[row_of[other]] += step
                    of_column[other] -= step
                else:
                    slack[other] -= step
            column = nearest
        while column != size:
            row_of[column] = row_of[came_from[column]]
            column = came_from[column]
    return row_of[:size]


def _weight(unit: Unit, account: Account, *, family_of: Callable[[str], str]) -> float:
    """The mean overlap with the accounts of a unit; 0 where one of them is of another family or stands elsewhere."""
    shared = [overlap(other.evidence, account.evidence) for other in unit.values()]
    if min(shared) == 0 or any(family_of(other.type) != family_of(account.type) for other in unit.values()):
        return 0.0
    return sum(shared) / len(shared) + SAME_TYPE * any(other.type == account.type for other in unit.values())
