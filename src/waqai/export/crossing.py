"""The code that a scheme has for a record, or why it has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from waqai.bounds import ClearedAccount, ClearedCount, ClearedIncident
from waqai.codebook import Code, Codebook, crosswalk
from waqai.codebook import Dropped as NoCode
from waqai.core import AttrValue
from waqai.export.shapes import Dropped

WHY: Mapping[str, str] = {
    "no_home": "the scheme has nothing for this type",
    "status": "the scheme does not record what has this status",
    "excluded": "a rule of the crosswalk leaves it out",
    "undecided": "the reports say too little to choose a code",
}
NO_DAY, NO_PLACE = "no day is known", "no place is known that the scheme has a code for"


def code_of_incident(target: str, incident: ClearedIncident, accounts: Sequence[ClearedAccount], codebook: Codebook) -> Code | Dropped:
    """The code for the record's type, by what most of the accounts say of each attribute."""
    counts = _least(count for account in accounts for count in account.counts)
    return _cross(target, codebook, type=incident.type, status=incident.status, attrs=merge_attrs(accounts), counts=counts)


def code_of_account(target: str, account: ClearedAccount, codebook: Codebook) -> Code | Dropped:
    """The code for one report's telling."""
    return _cross(target, codebook, type=account.type, status=account.status, attrs=account.attrs, counts=_least(account.counts))


def merge_attrs(accounts: Iterable[ClearedAccount]) -> dict[str, AttrValue]:
    """Each attribute with the value that most accounts give it; of equals the one that was said first."""
    said: dict[str, Counter[AttrValue]] = {}
    for account in accounts:
        for name, value in account.attrs.items():
            said.setdefault(name, Counter())[value] += 1
    return {name: values.most_common(1)[0][0] for name, values in said.items()}


def _cross(target: str, codebook: Codebook, *, type: str, status: str, attrs: Mapping[str, AttrValue], counts: Mapping[str, float]) -> Code | Dropped:
    found = crosswalk(target, codebook, type=type, attrs=attrs, status=status, counts=counts)
    return Dropped(WHY[found.reason], found.detail) if isinstance(found, NoCode) else found


def _least(counts: Iterable[ClearedCount]) -> dict[str, float]:
    """The highest low of each measure: whether anybody was killed or wounded."""
    least: dict[str, float] = {}
    for count in counts:
        if count.unit is None:
            least[count.measure] = max(count.low, least.get(count.measure, 0.0))
    return least
