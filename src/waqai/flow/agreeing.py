"""Codings that were made blind, side by side, and how far they agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from waqai.analysis import Agreement, Unit, align_accounts, measure_agreement
from waqai.people import Coding, Visitor, get_codings, iter_double_coded
from waqai.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """The codings of a report that were handed in, the happenings they tell of with each coder's account, and how far they agree."""

    codings: tuple[Coding, ...]
    happenings: tuple[Unit, ...]
    agreement: Agreement


def compare_codings(report: str, store: Store, *, visitor: Visitor, family_of: Callable[[str], str]) -> SideBySide:
    """The codings of one report, for somebody who may see them. Raises as `people.get_codings`."""
    codings = get_codings(report, store, visitor=visitor)
    accounts = {coding.coder: coding.draft.accounts for coding in codings}
    happenings = align_accounts(accounts, family_of=family_of)
    return SideBySide(codings=codings, happenings=happenings, agreement=measure_agreement([accounts], family_of=family_of))


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleCoded:
    """A report of which two codings or more were handed in: how many, and how far they agree."""

    report: str
    coders: int
    agreement: Agreement


def list_double_coded(store: Store, *, visitor: Visitor, family_of: Callable[[str], str]) -> tuple[DoubleCoded, ...]:
    """The reports that `measure_coders` measures, by id, for a reviewer. Raises NotAllowed."""
    found = []
    for codings in iter_double_coded(store, visitor=visitor):
        accounts = {coder: draft.accounts for coder, draft in codings.items()}
        report = next(iter(codings.values())).report
        found.append(DoubleCoded(report=report, coders=len(codings), agreement=measure_agreement([accounts], family_of=family_of)))
    return tuple(sorted(found, key=lambda one: one.report))


def measure_coders(store: Store, *, visitor: Visitor, family_of: Callable[[str], str]) -> Agreement:
    """Agreement over all reports of which two codings were handed in, for a reviewer. Raises NotAllowed."""
    coded = [{coder: draft.accounts for coder, draft in codings.items()} for codings in iter_double_coded(store, visitor=visitor)]
    return measure_agreement(coded, family_of=family_of)
