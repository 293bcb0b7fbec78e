from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from factories import make_account
from people.conftest import AT
from scenes import TEXTS, add, fill, report_of
from waqai.core import Account, NotAllowed, NotPossible, Reading, Span, UnknownId
from waqai.people import (
    Coding,
    Visitor,
    find_coding,
    get_codings,
    hand_in,
    iter_double_coded,
    list_progress,
    open_coding,
    save_draft,
)
from waqai.store import Store

ANA, BO = (Visitor(name=name, role="coder", person=name) for name in ("ana", "bo"))
CY, DI = (Visitor(name=name, role="reviewer", person=name) for name in ("cy", "di"))
VIEWER = Visitor(name="vi", role="viewer", person="vi")
LATER = AT + timedelta(hours=1)


@pytest.fixture
def kept(store: Store) -> Store:
    """A store with the report `daily`, whose machine reading tells of one escape."""
    add(store, "daily")
    return store


def accounts(type: str = "escape") -> tuple[Account, ...]:
    return (make_account(report_of("daily"), type=type, words="12 prisoners escaped"),)


def code(store: Store, visitor: Visitor, *, type: str = "escape", report: str = "daily") -> Coding:
    """Open, save and hand in a coding of one account."""
    opened = open_coding(report, store, visitor=visitor, at=AT)
    saved = save_draft(replace(opened.draft, accounts=accounts(type)), store, visitor=visitor, revision=0, at=AT)
    return hand_in(report, store, visitor=visitor, revision=saved.revision, at=LATER)


def test_a_coding_starts_empty(kept: Store) -> None:
    opened = open_coding("daily", kept, visitor=ANA, at=AT)
    assert (opened.draft.accounts, opened.draft.claims, opened.draft.reader.name) == ((), (), "person:ana")
    assert (opened.coder, opened.state, opened.revision, opened.started_from, opened.opened_at) == ("person:ana", "draft", 0, "nothing", AT)


def test_a_coding_starts_from_the_machine_s_where_the_coder_says_so(kept: Store) -> None:
    machine = kept.find_reading("daily")
    opened = open_coding("daily", kept, visitor=ANA, at=AT, started_from="reading")
    assert machine is not None and (opened.draft.accounts, opened.draft.claims) == (machine.accounts, machine.claims)
    assert (opened.started_from, opened.draft.reader.name) == ("reading", "person:ana")
    kept.add_report(report_of("wire"))
    with pytest.raises(NotPossible, match="no reading to start from"):
        open_coding("wire", kept, visitor=ANA, at=AT, started_from="reading")


def test_a_coding_that_is_there_is_opened_again_as_it_is(kept: Store) -> None:
    opened = open_coding("daily", kept, visitor=ANA, at=AT)
    saved = save_draft(replace(opened.draft, accounts=accounts()), kept, visitor=ANA, revision=0, at=LATER)
    assert open_coding("daily", kept, visitor=ANA, at=LATER, started_from="reading") == saved == find_coding("daily", kept, visitor=ANA)
    assert (saved.revision, saved.at, saved.opened_at) == (1, LATER, AT)


def test_a_draft_comes_back_as_it_was(kept: Store) -> None:
    opened = open_coding("daily", kept, visitor=ANA, at=AT)
    machine = kept.find_reading("daily")
    assert machine is not None
    save_draft(replace(machine, accounts=machine.accounts), kept, visitor=ANA, revision=0, at=AT)
    found = find_coding("daily", kept, visitor=ANA)
    assert found is not None and (found.draft.accounts, found.draft.claims, found.draft.reader) == (machine.accounts, machine.claims, opened.draft.reader)


def test_who_may_not_code_opens_nothing(kept: Store) -> None:
    with pytest.raises(NotAllowed, match="a viewer may not code"):
        open_coding("daily", kept, visitor=VIEWER, at=AT)
    with pytest.raises(UnknownId, match="no report 'none'"):
        open_coding("none", kept, visitor=ANA, at=AT)
    with pytest.raises(UnknownId, match="open one first"):
        save_draft(Reading(report="daily", report_sha256=report_of("daily").sha256, reader=code(kept, BO).draft.reader), kept, visitor=ANA, revision=0, at=AT)
    assert [p.coder for p in list_progress("daily", kept)] == ["person:bo"]


def test_what_another_window_saved_is_not_overwritten(kept: Store) -> None:
    opened = open_coding("daily", kept, visitor=ANA, at=AT)
    first = replace(opened.draft, accounts=accounts())
    save_draft(first, kept, visitor=ANA, revision=0, at=AT)
    with pytest.raises(NotPossible, match="another window"):
        save_draft(opened.draft, kept, visitor=ANA, revision=0, at=LATER)
    with pytest.raises(NotPossible, match="another window"):
        hand_in("daily", kept, visitor=ANA, revision=0, at=LATER)
    found = find_coding("daily", kept, visitor=ANA)
    assert found is not None and found.draft.accounts == first.accounts and found.state == "draft"


def test_a_span_outside_of_the_text_is_refused(kept: Store) -> None:
    opened = open_coding("daily", kept, visitor=ANA, at=AT)
    (account,) = accounts()
    beyond = replace(account, status=replace(account.status, phrase=Span(0, len(TEXTS["daily"]) + 1)))
    with pytest.raises(NotPossible, match=f"whose text has {len(TEXTS['daily'])}"):
        save_draft(replace(opened.draft, accounts=(beyond,)), kept, visitor=ANA, revision=0, at=AT)


def test_what_was_handed_in_stays_as_it_is(kept: Store) -> None:
    done = code(kept, ANA)
    assert (done.state, done.at, done.revision) == ("handed_in", LATER, 1)
    for change in (
        lambda: save_draft(done.draft, kept, visitor=ANA, revision=1, at=LATER),
        lambda: hand_in("daily", kept, visitor=ANA, revision=1, at=LATER),
    ):
        with pytest.raises(NotPossible, match="was handed in on 2026-03-09"):
            change()


def test_nobody_sees_another_s_coding_before_handing_in_his_own(kept: Store) -> None:
    code(kept, ANA), code(kept, DI)
    for visitor, opens, why in ((BO, False, "a coder may not judge"), (BO, True, "your own coding"), (VIEWER, False, "a viewer may not")):
        if opens:
            open_coding("daily", kept, visitor=visitor, at=AT)
        with pytest.raises(NotAllowed, match=why):
            get_codings("daily", kept, visitor=visitor)
    assert find_coding("daily", kept, visitor=BO).draft.accounts == ()  # type: ignore[union-attr]
    hand_in("daily", kept, visitor=BO, revision=0, at=LATER)
    assert [c.coder for c in get_codings("daily", kept, visitor=BO)] == ["person:ana", "person:bo", "person:di"]


def test_a_reviewer_with_a_coding_of_his_own_open_sees_none(kept: Store) -> None:
    open_coding("daily", kept, visitor=CY, at=AT)
    code(kept, ANA), code(kept, BO)
    with pytest.raises(NotAllowed, match="your own coding of report daily is not handed in"):
        get_codings("daily", kept, visitor=CY)
    assert list(iter_double_coded(kept, visitor=CY)) == []
    assert len(list(iter_double_coded(kept, visitor=DI))) == 1


def test_a_reviewer_sees_both_once_both_are_handed_in(kept: Store) -> None:
    code(kept, ANA)
    open_coding("daily", kept, visitor=BO, at=AT)
    with pytest.raises(NotAllowed, match="1 of 2 codings are handed in"):
        get_codings("daily", kept, visitor=CY)
    hand_in("daily", kept, visitor=BO, revision=0, at=LATER)
    assert [(c.coder, len(c.draft.accounts)) for c in get_codings("daily", kept, visitor=CY)] == [("person:ana", 1), ("person:bo", 0)]


def test_a_draft_is_shown_to_nobody_else_not_even_beside_two_that_were_handed_in(kept: Store) -> None:
    open_coding("daily", kept, visitor=DI, at=AT)
    code(kept, ANA), code(kept, BO)
    for visitor in (ANA, CY):
        assert [c.coder for c in get_codings("daily", kept, visitor=visitor)] == ["person:ana", "person:bo"]
    (double,) = iter_double_coded(kept, visitor=CY)
    assert list(double) == ["person:ana", "person:bo"]


def test_who_may_have_seen_both_does_not_code_it_as_a_third(kept: Store) -> None:
    code(kept, ANA), code(kept, BO)
    with pytest.raises(NotPossible, match="yours would not be blind"):
        open_coding("daily", kept, visitor=CY, at=LATER)
    open_coding("daily", kept, visitor=Visitor(name="el", role="coder", person="el"), at=LATER)


def test_how_far_a_report_is_coded_is_told_without_what_was_coded(kept: Store) -> None:
    code(kept, BO)
    open_coding("daily", kept, visitor=ANA, at=AT)
    assert [(p.coder, p.state, p.at) for p in list_progress("daily", kept)] == [("person:ana", "draft", AT), ("person:bo", "handed_in", LATER)]


def test_only_reports_coded_twice_are_compared_and_only_by_a_reviewer(store: Store) -> None:
    fill(store)
    code(store, ANA), code(store, BO)
    for visitor in (ANA,):
        open_coding("wire", store, visitor=visitor, at=AT)
        hand_in("wire", store, visitor=visitor, revision=0, at=AT)
    assert [{c: r.report for c, r in double.items()} for double in iter_double_coded(store, visitor=CY)] == [{"person:ana": "daily", "person:bo": "daily"}]
    with pytest.raises(NotAllowed, match="may not judge"):
        list(iter_double_coded(store, visitor=ANA))


def test_codings_change_nothing_of_the_record(store: Store) -> None:
    fill(store)
    before = list(store.iter_dump(without=()))
    code(store, ANA, type="release"), code(store, BO)
    assert list(store.iter_dump(without=())) == before and store.rebuild().is_equal


def test_an_erasure_takes_the_codings_of_the_report(store: Store) -> None:
    fill(store)
    code(store, ANA)
    store.erase_report("daily", because="asked for", by="person:cy", at=AT)
    store.scrub()
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM codings").scalar() == 0
    with pytest.raises(UnknownId):
        find_coding("daily", store, visitor=ANA)
