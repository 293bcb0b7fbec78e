from __future__ import annotations

from datetime import timedelta

import pytest

from people.conftest import AT
from scenes import fill
from waqai.people import Coded, Visitor, hand_in, list_own, list_wanted, open_coding
from waqai.store import Store

ANA, BO, CY = (Visitor(name=name, role="coder", person=name) for name in ("ana", "bo", "cy"))
HOUR = timedelta(hours=1)


def begin(store: Store, visitor: Visitor, report: str, *, hours: int = 0) -> None:
    open_coding(report, store, visitor=visitor, at=AT + hours * HOUR)


def code(store: Store, visitor: Visitor, report: str, *, hours: int = 0) -> None:
    begin(store, visitor, report)
    hand_in(report, store, visitor=visitor, revision=0, at=AT + hours * HOUR)


@pytest.fixture
def coded(store: Store) -> Store:
    """Ana has handed in daily, lake and herald, and is at wire; bo has handed in daily and is at herald; cy is at daily."""
    fill(store)
    for hours, report in enumerate(("daily", "lake", "herald"), start=1):
        code(store, ANA, report, hours=hours)
    begin(store, ANA, "wire")
    code(store, BO, "daily", hours=9)
    begin(store, BO, "herald", hours=9)
    begin(store, CY, "daily", hours=9)
    return store


def told(found: tuple[Coded, ...]) -> list[tuple[str, str | None, int, int]]:
    return [(one.report, one.state, one.handed_in, one.at_work) for one in found]


def test_one_s_own_codings_are_listed_with_how_many_others_are_how_far(coded: Store) -> None:
    own = list_own(coded, visitor=ANA)
    assert told(own) == [("wire", "draft", 0, 0), ("herald", "handed_in", 0, 1), ("lake", "handed_in", 0, 0), ("daily", "handed_in", 1, 1)]
    assert (own[1].title, own[1].publisher, own[1].started_from, own[1].at) == ("News of the herald", "The Herald", "nothing", AT + 3 * HOUR)
    assert [one.is_shown for one in own] == [False, False, False, True]
    at_work = list_own(coded, visitor=CY)
    assert (told(at_work), at_work[0].is_shown) == ([("daily", "draft", 2, 0)], False)
    assert list_own(coded, visitor=Visitor(name="di", role="coder", person="di")) == ()


def test_a_second_coder_is_wanted_where_exactly_one_has_handed_in_the_longest_waiting_first(coded: Store) -> None:
    assert told(list_wanted(coded, visitor=CY)) == [("lake", None, 1, 0), ("herald", None, 1, 1)]
    assert told(list_wanted(coded, visitor=ANA)) == [("lake", "handed_in", 0, 0), ("herald", "handed_in", 0, 1)]
    hand_in("herald", coded, visitor=BO, revision=0, at=AT)
    assert [one.report for one in list_wanted(coded, visitor=CY)] == ["lake"]
