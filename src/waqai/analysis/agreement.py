"""How far coders who coded the same reports agree, field by field: share of equal values, Cohen's kappa, Krippendorff's alpha.

Accounts are aligned first (see `alignment`); what one coder coded and another did not is a difference of `existence`, and counts in no other field.

What a field's value is:

    any account     of a report: whether anything was coded in it
    existence       of a happening: whether a coder coded it. Nobody lists what all left out, so that chance has no measure: no coefficient
    type, status    as coded
    day             the earliest; none told is a value of its own, and left out of the interval
    place           the gazetteer's id, else the name
    role ROLE       the set of who was named in that role; nobody is a value of its own
    count MEASURE   the largest number of that measure (as printed, else the lower end); none is a value of its own, and left out of the ratio
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from waqai.analysis.alignment import Unit, align_accounts
from waqai.analysis.coefficients import Level, cohen_kappa, krippendorff_alpha, percent_agreement
from waqai.core import Account, Where

NONE = "none"
"""The value of a field that a coder left empty."""
_ARTICLE = re.compile(r"^(?:the|an?)\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAgreement:
    """Agreement on one field over `n` units that two coders or more coded; in `given` of them at least one gave a value.

    `agreed`: share of equal pairs, among all and among those with a value. `kappa` is for two coders only; `alpha` nominal; `scaled` alpha over the numbers
    alone, at `level`. What is None is not defined, and `because` says why.
    """

    field: str
    n: int
    given: int
    agreed: float | None
    agreed_given: float | None
    kappa: float | None = None
    alpha: float | None = None
    level: Level | None = None
    scaled: float | None = None
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What was compared: coders by name, how many reports two of them or more coded, how many happenings they saw and how many all saw, and each field."""

    coders: tuple[str, ...]
    reports: int
    happenings: int
    seen_by_all: int
    fields: tuple[FieldAgreement, ...]


def measure_agreement(codings: Sequence[Mapping[str, Sequence[Account]]], *, family_of: Callable[[str], str]) -> Agreement:
    """Agreement over reports, each with the accounts of each coder who coded it (none is a coding, too); reports of a single coder are left out.

    `family_of` gives the family of a type.
    """
    compared = [report for report in codings if len(report) > 1]
    coders = tuple(sorted({coder for report in compared for coder in report}))
    seen = [(tuple(sorted(report)), unit) for report in compared for unit in align_accounts(report, family_of=family_of)]
    shared = [unit for _, unit in seen if len(unit) > 1]
    fields = [_any_account(compared, coders), _existence(seen)]
    fields += [_measure(name, [_values(unit, coders, take) for unit in shared], level=level) for name, level, take in _fields_of(shared)]
    return Agreement(
        coders=coders,
        reports=len(compared),
        happenings=len(seen),
        seen_by_all=sum(len(unit) == len(readers) for readers, unit in seen),
        fields=tuple(fields),
    )


def iter_differing(unit: Unit) -> Iterator[str]:
    """The fields of one happening in which its coders' accounts differ, by the names and with the values of `measure_agreement`."""
    for name, _level, take in _fields_of([unit]):
        if len({take(account) for account in unit.values()}) > 1:
            yield name


_Take = Callable[[Account], Hashable]


def _fields_of(units: Iterable[Unit]) -> list[tuple[str, Level | None, _Take]]:
    """The fields that somebody filled, each with the level of its numbers and what takes its value from an account."""
    accounts = [account for unit in units for account in unit.values()]
    roles = sorted({involved.role for account in accounts for involved in account.involved})
    measures = sorted({count.measure for account in accounts for count in account.counts})
    fields: list[tuple[str, Level | None, _Take]] = [
        ("type", None, lambda account: account.type),
        ("status", None, lambda account: account.status.value),
        ("day", "interval", lambda account: account.when.earliest.toordinal() if account.when else NONE),
        ("place", None, lambda account: _place(account.where)),
    ]
    fields += [(f"role {role}", None, lambda account, role=role: _named(account, role)) for role in roles]  # type: ignore[misc]
    fields += [(f"count {measure}", "ratio", lambda account, measure=measure: _number(account, measure)) for measure in measures]  # type: ignore[misc]
    return fields


def _values(unit: Unit, coders: Sequence[str], take: _Take) -> list[Hashable | None]:
    return [take(unit[coder]) if coder in unit else None for coder in coders]


def _measure(name: str, units: Sequence[Sequence[Any]], *, level: Level | None) -> FieldAgreement:
    given = [unit for unit in units if any(value not in (None, NONE) for value in unit)]
    numbers = [[None if value == NONE else value for value in unit] for unit in units]
    tried = {
        "kappa": _or_why("kappa", units, _kappa),
        "alpha": _or_why("alpha", units, krippendorff_alpha),
        "scaled": _or_why(f"alpha ({level})", numbers, lambda them: krippendorff_alpha(them, level=level)) if level else None,
    }
    told = {what: value for what, value in tried.items() if isinstance(value, float)}
    because = tuple(value for value in tried.values() if isinstance(value, str))
    agreed, agreed_given = percent_agreement(units), percent_agreement(given)
    return FieldAgreement(field=name, n=len(units), given=len(given), agreed=agreed, agreed_given=agreed_given, level=level, because=because, **told)


def _or_why(what: str, units: Sequence[Sequence[Any]], measure: Callable[[Sequence[Sequence[Any]]], float | None]) -> float | str:
    """The coefficient, or why it is not defined."""
    paired = sum(1 for unit in units if sum(value is not None for value in unit) > 1)
    if what == "kappa" and any(len(unit) > 2 for unit in units):
        return "kappa is for two coders: see alpha"
    if paired < 2:
        return f"{what}: two units that two coders gave a value for are the least, and there {'is' if paired == 1 else 'are'} {paired}"
    found = measure(units)
    return f"{what}: all gave one and the same value, as chance would" if found is None else found


def _kappa(units: Sequence[Sequence[Any]]) -> float | None:
    return cohen_kappa([(left, right) for left, right in units])


def _any_account(reports: Sequence[Mapping[str, Sequence[Account]]], coders: Sequence[str]) -> FieldAgreement:
    units = [[None if coder not in report else "something" if report[coder] else NONE for coder in coders] for report in reports]
    return _measure("any account", units, level=None)


def _existence(seen: Sequence[tuple[Sequence[str], Unit]]) -> FieldAgreement:
    """Over the pairs of coders of whom one at least coded the happening."""
    pairs = [(one in unit, other in unit) for readers, unit in seen for one, other in combinations(readers, 2) if one in unit or other in unit]
    agreed = percent_agreement(pairs)
    because = ("kappa, alpha: what no coder coded is not counted, so chance has no measure",)
    return FieldAgreement(field="existence", n=len(seen), given=len(seen), agreed=agreed, agreed_given=agreed, because=because)


def _place(where: Where | None) -> str:
    return NONE if where is None else where.place_id or _fold(where.name)


def _named(account: Account, role: str) -> Hashable:
    named = frozenset(involved.actor_id or _fold(involved.name) for involved in account.involved if involved.role == role)
    return named or NONE


def _number(account: Account, measure: str) -> float | str:
    numbers = [count.low if count.best is None else count.best for count in account.counts if count.measure == measure]
    return max(numbers) if numbers else NONE


def _fold(name: str) -> str:
    """
    >>> _fold("The  Military Police")
    'military police'
    """
    return _ARTICLE.sub("", " ".join(name.casefold().split()))
