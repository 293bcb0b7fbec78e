from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

import scenes
from releases.conftest import Make
from waqai.codebook import load_codebook
from waqai.core import NotPossible
from waqai.flow import Gazetteer, correct_account, judge_same, review_account, undo_entry
from waqai.releases import Diff, compare_releases, open_release
from waqai.store import Filters, Store

AT = datetime(2021, 4, 1, tzinfo=UTC)


def no_gazetteer() -> Gazetteer:
    raise AssertionError("only a place is looked up")


def compare(release: Make, **later: object) -> Diff:
    earlier = open_release(release("earlier").folder) if not later.pop("made", False) else None
    assert earlier is not None
    return compare_releases(earlier, open_release(release("later", **later).folder))


def account_of(store: Store, report: str) -> str:
    return next(iter(store.iter_cards(report=report))).account.id


def test_of_a_store_that_did_not_change_nothing_is_told(release: Make) -> None:
    found = compare(release)
    assert (found.new, found.changed, found.withdrawn, found.marks) == ((), (), (), ())


def test_a_correction_is_told_with_old_and_new_and_its_entry(release: Make, store: Store) -> None:
    earlier = open_release(release("earlier").folder)
    for report in ("daily", "herald"):
        correct_account(account_of(store, report), "when", "2021-03-04", store, because="", by="person:ana", codebook=load_codebook(), gazetteer=no_gazetteer)
    last = store.last_entry()
    found = compare_releases(earlier, open_release(release("later").folder))
    (change,) = found.changed
    assert change.incident == "i-escape"
    assert change.values["earliest"] == ("2021-03-05", "2021-03-04") and change.values["latest"] == ("2021-03-05", "2021-03-04")
    assert [(entry.number, entry.kind) for entry in change.entries] == [(last - 1, "corrected"), (last, "corrected")]


def test_an_undone_correction_is_told_by_both_entries(release: Make, store: Store) -> None:
    entry = correct_account(
        account_of(store, "wire"), "when", "2021-03-09", store, because="", by="person:ana", codebook=load_codebook(), gazetteer=no_gazetteer
    )
    number = store.last_entry()
    earlier = open_release(release("earlier").folder)
    undo_entry(number, store, because="", by="person:ana")
    found = compare_releases(earlier, open_release(release("later").folder))
    (change,) = found.changed
    assert entry and change.incident == "i-caught" and change.values["earliest"] == ("2021-03-09", "2021-03-10")
    assert [one.kind for one in change.entries] == ["undone"]


def test_figures_that_came_and_went_are_told(release: Make, store: Store) -> None:
    earlier = open_release(release("earlier").folder)
    review_account(account_of(store, "daily"), "rejected", store, because="", by="person:ana")
    found = compare_releases(earlier, open_release(release("later").folder))
    (change,) = found.changed
    assert change.figures == ("- escaped prisoners: 12 prisoners (12–12), The Observatory in daily",)
    assert change.values["reports"] == ("2", "1") and [one.kind for one in change.entries] == ["rejected"]


def test_a_merged_incident_is_withdrawn_and_leads_on(release: Make, store: Store) -> None:
    earlier = open_release(release("earlier").folder)
    judge_same("i-caught", "i-escape", store, because="one story", by="person:ana")
    found = compare_releases(earlier, open_release(release("later").folder))
    gone, kept = sorted(("i-caught", "i-escape"), key=lambda one: one in {change.incident for change in found.changed})
    (withdrawn,) = found.withdrawn
    assert (withdrawn.incident, withdrawn.now, withdrawn.gone) == (gone, kept, True)


def test_a_new_incident_is_told_and_one_that_is_filtered_out_is_withdrawn_but_not_gone(release: Make, store: Store) -> None:
    earlier = open_release(release("earlier", filters=Filters(type=("escape", "aid"))).folder)
    later = open_release(release("later", filters=Filters(type=("escape", "meeting"))).folder)
    found = compare_releases(earlier, later)
    assert found.new == ("i-meeting",) and [(one.incident, one.gone) for one in found.withdrawn] == [("i-aid", False)]


def test_an_erased_report_takes_its_incident_with_it(release: Make, store: Store) -> None:
    earlier = open_release(release("earlier").folder)
    store.erase_report("wire", because="asked to", by="person:ana", at=AT)
    found = compare_releases(earlier, open_release(release("later").folder))
    assert [(one.incident, one.now, one.gone) for one in found.withdrawn] == [("i-caught", "", True)]


def test_a_mark_on_a_publisher_is_told_as_one_that_may_have_changed_many(release: Make, store: Store) -> None:
    earlier = open_release(release("earlier").folder)
    store.mark_voice("The Herald", unreliable=True, because="invents", by="person:ana", at=AT)
    found = compare_releases(earlier, open_release(release("later").folder))
    assert [(one.number, one.kind) for one in found.marks] == [(store.last_entry(), "marked_unreliable")]
    assert {change.incident for change in found.changed} == {"i-escape"} and found.changed[0].entries == ()


def test_releases_of_two_profiles_are_not_compared(release: Make) -> None:
    with pytest.raises(NotPossible, match="internal and public"):
        compare_releases(open_release(release("one").folder), open_release(release("two", profile="public").folder))
    assert date(2021, 3, 5) == scenes.MARCH_5
