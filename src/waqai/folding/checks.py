"""What became of each field that a reader read, where a person looked: it stood, it was changed, or the reader had missed it. Rows to be summed.

account  that the report tells of such a happening, of that type: stood where a person accepted it and left the type, changed where he rejected it or gave
         another type
status, when, where, actor, count
         of accounts that were not rejected. What a person gave something else for was changed, also before the account is accepted; the rest stood once it is
missed   what a person added to an account: nothing was read there, so it has no probability

`p` is the reader's own, as it stood in the reading. Accounts that persons added were not read, and are not among these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, TypeAlias

from waqai.core import Account
from waqai.folding.incidents import Telling
from waqai.folding.reviews import Correction

Outcome: TypeAlias = Literal["stood", "changed", "missed"]
Check: TypeAlias = tuple[str, float | None, Outcome]


def check_rows(incident: str, tellings: Sequence[Telling]) -> list[dict[str, Any]]:
    """A row for each field that a person has said something of."""
    return [
        {"incident": incident, "account": telling.account.id, "place": place, "field": name, "p": p, "outcome": outcome}
        for telling in tellings
        for place, (name, p, outcome) in enumerate(iter_checks(telling))
    ]


def iter_checks(telling: Telling) -> Iterator[Check]:
    """(field, probability, what became of it) of an account as the reader read it."""
    machine, corrections = telling.machine, telling.corrections
    if machine is None or (telling.review is None and not corrections):
        return
    if telling.review == "rejected":
        yield "account", machine.p, "changed"
        return
    corrected, accepted = {str(one.entry.value["facet"]) for one in corrections}, telling.review == "accepted"
    yield from _outcome("account", machine.p, changed="type" in corrected, accepted=accepted)
    for name, read in (("status", machine.status), ("when", machine.when), ("where", machine.where)):
        if read is not None:
            yield from _outcome(name, read.p, changed=name in corrected, accepted=accepted)
        elif name in corrected:
            yield name, None, "missed"
    yield from _iter_several(machine, corrections, accepted=accepted)


def _iter_several(machine: Account, corrections: Iterable[Correction], *, accepted: bool) -> Iterator[Check]:
    """Of the fields that an account has several of."""
    replaced: dict[str, list[Any]] = {"actor": [], "count": []}
    for one in corrections:
        name = str(one.entry.value["facet"])
        if name in replaced and isinstance(one.was, tuple):
            replaced[name] += one.was
            if not one.was:
                yield name, None, "missed"
    for involved in machine.involved:
        yield from _outcome("actor", involved.p, changed=involved in replaced["actor"], accepted=accepted)
    for count in machine.counts:
        yield from _outcome("count", count.p, changed=count in replaced["count"], accepted=accepted)


def _outcome(name: str, p: float, *, changed: bool, accepted: bool) -> Iterator[Check]:
    if changed or accepted:
        yield name, p, "changed" if changed else "stood"
