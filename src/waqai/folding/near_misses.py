"""Near misses: where the linker was not sure whether an account tells of an incident, and no person has said so since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from waqai.core import Entry
from waqai.folding.seats import is_by_person, undone_numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """The account perhaps tells of this incident (as it was named then); `right` is the account there that it was compared with."""

    account: str
    incident: str
    right: str
    score: float
    because: str
    entry: int


def find_near_misses(entries: Sequence[Entry], *, homes: Mapping[str, str | None]) -> tuple[NearMiss, ...]:
    """What a machine is unsure of in the entries on one report, each account and incident once, the latest that stands, in order of the log.

    What a person judged since, were it "unsure" too, waits no longer; nor does an incident that the account was put into since.
    """
    undone = undone_numbers(entries)
    found: dict[tuple[str, str], NearMiss] = {}
    for entry in entries:
        account = homes.get(entry.subject) if entry.kind == "judgement" and entry.value and entry.id not in undone else None
        if account is None:
            continue
        pair = (account, str(entry.value["incident"]))
        found.pop(pair, None)
        if entry.value["verdict"] == "unsure" and not is_by_person(entry.by):
            right, score = str(entry.value["right"]), float(str(entry.value["score"]))
            found[pair] = NearMiss(account=account, incident=pair[1], right=right, score=score, because=entry.because, entry=entry.id)
    return tuple(found.values())
