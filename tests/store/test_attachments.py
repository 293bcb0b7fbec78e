"""Reports without an account beside incidents, on both engines: what is said of them holds, moves along, is undone and erased."""

from __future__ import annotations

import pytest

from factories import family_of, make_account, make_reading, make_report
from scenes import AT, fill, join
from waqai.core import NotPossible, ReaderStamp, Report, UnknownId
from waqai.flow import erase_report, judge_different, judge_same, undo_entry
from waqai.store import Store

ANA = {"because": "I know them", "by": "person:ana"}
QUIET = make_report("The mother of a man of Qalat spoke to reporters in Bahra and Tel Salam.", id="quiet", title="A mother of Qalat speaks")


def keep(store: Store, report: Report = QUIET) -> str:
    """The report with a reading that gives no account; its hash."""
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[]), family_of=family_of)
    return report.sha256


def attach(store: Store, incident: str = "i-escape", *, because: str = "shared words qalat, mother") -> int:
    right = store.get_incident(incident).accounts[0].account
    return store.attach(QUIET.sha256, incident, right=right, verdict="same", score=0.8, because=because, by="linker 1", at=AT).id


def test_an_attached_report_stands_beside_its_incident_and_vouches_for_nothing(store: Store) -> None:
    fill(store)
    keep(store)
    before = store.get_incident("i-escape")
    entry = attach(store)
    found = store.find_attachment("quiet")
    assert found is not None and (found.incident, found.report, found.score, found.entry) == ("i-escape", "quiet", 0.8, entry)
    assert store.find_attached("i-escape") == (found,) and store.find_attached("i-caught") == ()
    assert store.get_incident("i-escape") == before
    assert [hit.incidents for hit in store.search("mother")] == [("i-escape",)]
    assert store.rebuild().is_equal and store.verify().holds


def test_it_goes_along_where_the_accounts_of_its_incident_go(store: Store) -> None:
    fill(store)
    keep(store)
    attach(store, "i-caught")
    (caught,) = store.iter_cards(report="wire")
    join(store, caught, "i-escape")
    found = store.find_attachment("quiet")
    assert found is not None and found.incident == "i-escape"
    assert [one.report for one in store.find_attached("i-escape")] == ["quiet"]
    assert store.rebuild().is_equal


def test_a_report_that_gets_an_account_is_attached_no_more(store: Store) -> None:
    fill(store)
    sha256 = keep(store)
    attach(store)
    newer = ReaderStamp(name="factory", version="2", settings_hash="0" * 16)
    store.add_reading(make_reading(QUIET, accounts=[make_account(QUIET, stamp=newer)], stamp=newer), family_of=family_of)
    (card,) = store.iter_cards(report="quiet")
    join(store, card, "i-caught")
    assert store.find_attachment("quiet") is None and store.find_attached("i-escape") == ()
    assert store.find_uncoded() == () and sha256 not in store.find_uncoded(())


def test_uncoded_reports_of_this_run_come_first_then_older_ones_that_share_names(store: Store) -> None:
    fill(store)
    old = keep(store)
    store.add_run(at=AT, settings={}, versions={}, counts={"last_entry": store.last_entry(), "last_reading": store.last_reading()})
    assert store.find_uncoded() == ()
    new = keep(store, make_report("Nobody in Deir Nasr had anything to say.", id="mute"))
    bahra = make_report("Tel Salam and Bahra spoke of Qalat for days.", id="bahra", title="Talk of Qalat")
    store.add_report(bahra)
    store.add_reading(make_reading(bahra, accounts=[make_account(bahra)]), family_of=family_of)
    assert store.find_uncoded() == (new,)
    assert store.find_uncoded([bahra.sha256]) == (new, old)
    attach(store)
    assert store.find_uncoded([bahra.sha256]) == (new,)


def test_a_person_puts_a_report_beside_an_incident_tells_it_apart_and_takes_both_back(store: Store) -> None:
    fill(store)
    keep(store)
    put = judge_same("quiet", "i-caught", store, **ANA)
    assert [(one.report, one.before, one.after) for one in put.beside] == [("quiet", None, "i-caught")] and not put.moved
    with pytest.raises(NotPossible, match=f"put report 'quiet' beside incident i-caught already, in entry {put.entries[0].id}"):
        judge_same("quiet", "i-caught", store, **ANA)
    attach(store)
    assert store.find_attachment("quiet").incident == "i-caught"  # type: ignore[union-attr]
    taken = judge_different("i-caught", "quiet", store, **ANA)
    assert [(one.before, one.after) for one in taken.beside] == [("i-caught", None)]
    with pytest.raises(NotPossible, match="told report 'quiet' apart from incident i-caught"):
        judge_same("quiet", "i-caught", store, **ANA)
    with pytest.raises(NotPossible, match="told report 'quiet' apart from incident i-caught already"):
        judge_different("quiet", "i-caught", store, **ANA)
    undone = undo_entry(taken.entries[0].id, store, **ANA)
    assert [(one.before, one.after) for one in undone.beside] == [(None, "i-caught")]
    assert store.rebuild().is_equal and store.verify().holds


def test_a_report_without_an_account_is_held_against_incidents_only(store: Store) -> None:
    fill(store)
    keep(store)
    (daily,) = store.iter_cards(report="daily")
    with pytest.raises(NotPossible, match="nothing was coded, so it can only be held against an incident"):
        judge_same("quiet", daily.account.id, store, **ANA)
    with pytest.raises(UnknownId, match="no incident 'i-nowhere'"):
        judge_same("quiet", "i-nowhere", store, **ANA)


def test_what_a_person_told_apart_is_barred_wherever_that_incident_went(store: Store) -> None:
    fill(store)
    sha256 = keep(store)
    judge_different("quiet", "i-caught", store, **ANA)
    assert store.find_said_of_attachment(sha256).barred == {"i-caught"}
    judge_same("i-caught", "i-escape", store, **ANA)
    assert store.find_said_of_attachment(sha256).barred == {"i-escape"}


def test_an_erased_report_leaves_no_attachment_and_its_words_go_from_the_reasons_of_others(store: Store) -> None:
    fill(store)
    keep(store)
    number = attach(store, because="shared words zubaydah")
    erase_report("daily", store, because="asked for", by="person:ana")  # the account that it was held against
    assert store.find_attachment("quiet").because.startswith("it compared with a report that entry")  # type: ignore[union-attr]
    assert not any("zubaydah" in line for line in store.iter_dump(without=()))
    erase_report("quiet", store, because="asked for", by="person:ana")
    assert store.find_attached("i-escape") == () and store.rebuild().is_equal and store.verify().holds
    assert number in next(entry for entry in store.iter_log() if entry.kind == "erased" and entry.subject == QUIET.sha256).value["entries"]  # type: ignore[operator]


def test_an_attachment_to_an_incident_of_which_nothing_is_left_is_none(store: Store) -> None:
    fill(store)
    keep(store)
    attach(store, "i-caught")
    erase_report("wire", store, because="asked for", by="person:ana")
    assert store.find_attachment("quiet") is None and store.find_attached("i-caught") == ()
    assert store.find_uncoded() == (QUIET.sha256,)
