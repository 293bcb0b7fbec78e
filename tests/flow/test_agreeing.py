from __future__ import annotations

from dataclasses import replace

import pytest

from factories import family_of, make_account
from scenes import AT, add, report_of
from waqai.core import NotAllowed
from waqai.flow import Store, compare_codings, measure_coders
from waqai.people import Visitor, hand_in, open_coding, save_draft

ANA, BO = (Visitor(name=name, role="coder", person=name) for name in ("ana", "bo"))
CY = Visitor(name="cy", role="reviewer", person="cy")


def code(store: Store, visitor: Visitor, report: str, *types: str) -> None:
    draft = open_coding(report, store, visitor=visitor, at=AT).draft
    accounts = tuple(make_account(report_of(report), type=type) for type in types)
    save_draft(replace(draft, accounts=accounts), store, visitor=visitor, revision=0, at=AT)
    hand_in(report, store, visitor=visitor, revision=1, at=AT)


@pytest.fixture
def coded(store: Store) -> Store:
    """Two reports coded by two people: of one they say the same, of the other not."""
    for report, types in (("daily", ("escape", "escape")), ("wire", ("recapture", "arrest"))):
        add(store, report)
        for visitor, type in zip((ANA, BO), types, strict=True):
            code(store, visitor, report, type)
    return store


def test_two_codings_stand_side_by_side_with_their_agreement(coded: Store) -> None:
    found = compare_codings("wire", coded, visitor=CY, family_of=family_of)
    assert [coding.coder for coding in found.codings] == ["person:ana", "person:bo"]
    assert [{coder: account.type for coder, account in unit.items()} for unit in found.happenings] == [{"person:ana": "recapture", "person:bo": "arrest"}]
    assert [(f.agreed, f.n) for f in found.agreement.fields if f.field == "type"] == [(0, 1)]


def test_all_double_coded_reports_are_measured_together(coded: Store) -> None:
    found = measure_coders(coded, visitor=CY, family_of=family_of)
    (types,) = (f for f in found.fields if f.field == "type")
    assert (found.reports, found.happenings, types.n, types.agreed, types.kappa) == (2, 2, 2, 0.5, pytest.approx(1 / 3))


def test_who_may_not_see_them_compares_nothing(coded: Store) -> None:
    with pytest.raises(NotAllowed):
        compare_codings("wire", coded, visitor=Visitor(name="di", role="coder", person="di"), family_of=family_of)
    with pytest.raises(NotAllowed):
        measure_coders(coded, visitor=ANA, family_of=family_of)
