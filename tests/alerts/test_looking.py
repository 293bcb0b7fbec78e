"""What is news to an alert: found by few looks, told once, and never what its profile holds back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

import scenes
from alerted import AT, HOUR, MEANS, begin, catch, go_on, run, watch
from factories import family_of, make_account, make_count, make_reading, make_report, make_when, make_where
from waqai.alerts import Alert, Item, get_alert, load_items, pause_alert
from waqai.alerts.looking import look, note_looked
from waqai.codebook import load_codebook
from waqai.flow import correct_account, erase_report, judge_same, review_account, tag_incident, undo_entry
from waqai.schema import alerts as tables
from waqai.schema import tables as store_tables
from waqai.store import Filters, Store

ONLY_NEW: Any = ("new",)


def told(alert: Alert, store: Store, *, at: datetime = AT) -> list[Item]:
    """All news, the oldest first."""
    return list(load_items(get_alert(alert.id, store), store, MEANS, at=at, desk="", newest=False))


def titles(alert: Alert, store: Store) -> list[str]:
    return [one.title for one in told(alert, store)]


def test_what_passes_when_it_is_made_is_known_and_from_the_start_it_is_news(each: Store) -> None:
    begin(each)
    quiet, loud = watch(each), watch(each, name="loud", from_start=True)
    assert (run(quiet, each).news, run(loud, each).news) == (0, 1)
    assert titles(loud, each) == ["new: escape, Hasakah, SY (near), 2021-03-05"]
    assert (run(quiet, each).news, run(loud, each).news) == (0, 0)


def test_a_new_incident_is_told_with_the_filter_that_found_it_and_one_that_does_not_pass_is_not(store: Store) -> None:
    alert = watch(store)
    run(alert, store)
    begin(store)
    catch(store)
    assert run(alert, store).news == 1
    (item,) = told(alert, store)
    assert (item.incident, item.kinds, item.matches) == ("i-escape", ("new",), "type=escape, country=SY")
    assert item.lines[0] == "escaped: 12" and item.lines[-1] == "told by The Daily"
    assert "matches type=escape, country=SY" in item.summary


def test_a_changed_figure_is_told_with_the_report_that_brought_it(each: Store) -> None:
    begin(each)
    alert = watch(each)
    run(alert, each)
    go_on(each)
    assert run(alert, each).news == 1
    (item,) = told(alert, each)
    assert item.title.startswith("changed: escape") and item.kinds[0] == "figures"
    assert any("escaped: 12 → " in line and "because The Herald says 15" in line for line in item.lines), item.lines


def test_what_changed_before_the_first_look_is_where_it_begins(store: Store) -> None:
    """Nobody knows what stood there when it was made: only that it was there."""
    begin(store)
    alert = watch(store)
    go_on(store)
    assert run(alert, store).news == 0


def test_only_what_changed_is_looked_at(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(store)
    catch(store)
    alert = watch(store, filters=Filters())
    looked: list[list[str]] = []
    real = Store.load_records
    monkeypatch.setattr(Store, "load_records", lambda self, ids, **how: looked.append(list(ids)) or real(self, ids, **how))
    run(alert, store)
    run(alert, store)
    go_on(store)
    run(alert, store)
    assert looked == [["i-caught", "i-escape"], ["i-escape"]]


def test_a_store_in_which_nothing_changed_since_it_was_laid_out_is_not_looked_through_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(store)
    with store.writing() as connection:
        connection.execute(store_tables.changes.delete())
    alert = watch(store, from_start=True)
    assert run(alert, store).news == 1
    monkeypatch.setattr(Store, "load_records", lambda *_args, **_how: pytest.fail("it was looked at again"))
    assert run(alert, store).news == 0


def test_a_known_incident_that_is_gone_is_told_by_its_id(store: Store) -> None:
    begin(store)
    catch(store)
    alert = watch(store, filters=Filters())
    run(alert, store)
    judge_same("i-caught", "i-escape", store, because="one story", by="person:ana")
    run(alert, store)
    assert [one.title for one in told(alert, store) if "withdrawn" in one.kinds] == ["withdrawn: i-caught"]


def test_a_fresh_happening_waits_for_72_hours_and_is_told_as_new_then(each: Store) -> None:
    fresh, free = datetime(2021, 3, 8, 23, 59, tzinfo=UTC), datetime(2021, 3, 9, 0, 0, tzinfo=UTC)
    alert = watch(each, at=datetime(2021, 3, 5, tzinfo=UTC))
    begin(each)
    assert run(alert, each, at=fresh).news == 0
    go_on(each)
    assert run(alert, each, at=fresh).news == 0
    assert run(alert, each, at=free).news == 1
    (item,) = told(alert, each)
    assert item.kinds == ("new",)


def test_what_was_held_back_when_the_alert_was_made_is_told_when_it_comes_free(store: Store) -> None:
    begin(store)
    alert = watch(store)
    assert run(alert, store, at=datetime(2021, 3, 6, tzinfo=UTC)).news == 0
    assert run(alert, store).news == 1


def test_what_was_told_and_is_held_back_for_a_while_is_told_by_what_changed_meanwhile(store: Store) -> None:
    begin(store)
    alert = watch(store, from_start=True)
    run(alert, store)
    go_on(store)
    assert run(alert, store, at=datetime(2021, 3, 6, tzinfo=UTC)).news == 0
    assert run(alert, store).news == 1 and told(alert, store)[-1].kinds[0] == "figures"


def test_a_fresh_happening_is_told_at_once_inside_the_house(store: Store) -> None:
    alert = watch(store, profile="internal")
    begin(store)
    assert run(alert, store, at=datetime(2021, 3, 6, tzinfo=UTC)).news == 1


def test_news_of_what_is_held_back_by_now_is_not_handed_out(store: Store) -> None:
    begin(store)
    alert = watch(store, from_start=True)
    run(alert, store)
    assert told(alert, store, at=datetime(2021, 3, 6, tzinfo=UTC)) == []


def test_a_merged_incident_is_withdrawn_with_what_holds_it_now_and_comes_back_when_that_is_undone(store: Store) -> None:
    begin(store)
    alert = watch(store, filters=Filters(country=("SY",)))
    catch(store)
    assert run(alert, store).news == 1
    merged = judge_same("i-caught", "i-escape", store, because="one story", by="person:ana")
    run(alert, store)
    gone = next(one for one in told(alert, store) if "withdrawn" in one.kinds)
    assert gone.incident == "i-caught" and gone.title.startswith("withdrawn: recapture, Hasakah") and gone.lines == ("what it told is held by i-escape now",)
    assert gone.address.endswith("i-escape") and not [one for one in told(alert, store) if one.incident == "i-caught" and "new" in one.kinds]
    undo_entry(merged.entries[0].id, store, because="two stories", by="person:ana")
    run(alert, store)
    assert [one.kinds for one in told(alert, store) if one.incident == "i-caught"] == [("new",), ("withdrawn",), ("new",)], "it is there again"


def test_a_rejected_incident_is_withdrawn_and_new_again_when_that_is_undone(store: Store) -> None:
    alert = watch(store, kinds=ONLY_NEW)
    begin(store)
    run(alert, store)
    (linked,) = store.get_incident("i-escape").accounts
    change = review_account(linked.account, "rejected", store, because="made up", by="person:ana")
    assert run(alert, store).news == 1
    assert told(alert, store)[-1].kinds == ("withdrawn",) and told(alert, store)[-1].lines[0].startswith("rejected: ")
    undo_entry(change.entries[0].id, store, because="true after all", by="person:ana")
    assert run(alert, store).news == 1 and told(alert, store)[-1].kinds == ("new",)


def test_an_incident_that_passes_no_more_is_withdrawn_and_still_on_record(each: Store) -> None:
    begin(each)
    alert = watch(each, filters=Filters(tag=("north",)))
    run(alert, each)
    entry = tag_incident("i-escape", "north", each, by="person:ana")
    assert run(alert, each).news == 1, "a tag changes no incident, and is seen all the same"
    undo_entry(entry.id, each, because="south", by="person:ana")
    assert run(alert, each).news == 1
    (_new, gone) = told(alert, each)
    assert gone.lines == ("it is still on record, and passes the filter no more",) and gone.address.endswith("i-escape")


def test_an_erased_report_takes_what_was_told_of_it_and_its_incident_is_withdrawn_without_a_word_of_it(each: Store) -> None:
    begin(each)
    alert = watch(each, from_start=True)
    run(alert, each)
    erase_report("daily", each, because="asked for", by="person:ana")
    assert told(alert, each) == []
    with each.reading() as connection:
        kept = str([tuple(row) for table in (tables.news, tables.known) for row in connection.execute(sa.select(table))])
    assert "Hasakah" not in kept and "Daily" not in kept
    assert run(alert, each).news == 1
    (gone,) = told(alert, each)
    assert (gone.title, gone.lines, gone.number) == ("withdrawn: i-escape", ("the store holds it no more",), 2)


def test_an_incident_of_which_one_report_was_erased_begins_anew_with_what_it_says_now(each: Store) -> None:
    begin(each)
    alert = watch(each, from_start=True)
    go_on(each)
    run(alert, each)
    erase_report("herald", each, because="asked for", by="person:ana")
    assert run(alert, each).news == 0 and told(alert, each) == []
    go_on_with_another(each)
    assert run(alert, each).news == 1 and told(alert, each)[-1].lines[0].startswith("escaped: 12 →")


def go_on_with_another(store: Store) -> None:
    report = make_report("Up to 30 prisoners escaped from Qalat prison on 5 March 2021.", id="post", publisher="The Post")
    count = make_count(30, report=report, words="Up to 30 prisoners")
    account = make_account(report, when=make_when(scenes.MARCH_5), where=make_where(), counts=[count])
    with store.transaction():
        store.add_report(report)
        store.add_reading(make_reading(report, accounts=[account]), family_of=family_of)
        (card,) = store.iter_cards(report="post")
        scenes.join(store, card, "i-escape")


def test_a_planned_release_that_comes_about_is_told_as_an_expectation(store: Store) -> None:
    report = make_report("The court plans to free prisoners in Tel Salam.", id="plan")
    account = make_account(report, type="release", status="planned", words="plans to free prisoners", when=make_when(scenes.MARCH_5), where=make_where())
    with store.transaction():
        store.add_report(report)
        store.add_reading(make_reading(report, accounts=[account]), family_of=family_of)
        (card,) = store.iter_cards(report="plan")
        scenes.open_by(store, card, "i-free")
    alert = watch(store, filters=Filters(), kinds=("expectation",))
    run(alert, store)
    tools: Any = {"codebook": load_codebook(), "gazetteer": lambda: None}
    correct_account(card.account.id, "status", "occurred", store, words="plans", because="they were freed", by="person:ana", **tools)
    assert run(alert, store).news == 1
    assert told(alert, store)[0].lines == ("expected: planned → occurred",)


def test_a_rebuild_is_no_news(store: Store) -> None:
    begin(store)
    alert = watch(store, from_start=True)
    run(alert, store)
    store.rebuild()
    assert run(alert, store).news == 0


def test_a_report_that_may_not_be_passed_on_is_not_told(store: Store) -> None:
    report = make_report("Nine prisoners escaped in Tel Salam on 5 March 2021.", id="kept", terms="ACLED: not to be redistributed")
    account = make_account(report, words="Nine prisoners escaped", when=make_when(scenes.MARCH_5), where=make_where())
    alert = watch(store, profile="internal")
    with store.transaction():
        store.add_report(report)
        store.add_reading(make_reading(report, accounts=[account]), family_of=family_of)
        (card,) = store.iter_cards(report="kept")
        scenes.open_by(store, card, "i-kept")
    assert run(alert, store).news == 0


def test_two_looks_at_once_write_down_the_same_news_once(each: Store) -> None:
    alert = watch(each)
    begin(each)
    one, other = (look(alert, each, MEANS, at=AT) for _ in range(2))
    assert (note_looked(alert, one, each, at=AT), note_looked(alert, other, each, at=AT)) == (1, 0)
    assert len(told(alert, each)) == 1


def test_while_it_is_paused_nothing_is_looked_at_and_afterwards_all_is_told(store: Store) -> None:
    alert = watch(store)
    looked = look(alert, store, MEANS, at=AT)
    pause_alert(alert.id, store, at=AT)
    assert note_looked(alert, looked, store, at=AT) == 0 and run(alert, store).news == 0
    begin(store)
    pause_alert(alert.id, store, at=None)
    assert run(alert, store, at=AT + HOUR).news == 1
