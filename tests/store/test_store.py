from __future__ import annotations

import base64
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import scenes
from factories import STAMP, family_of, make_account, make_claim, make_reading, make_report, make_where
from scenes import AT, add, fill, join, open_by, reading_of, report_of
from waqai.core import Account, Notice, PlaceCandidate, ReaderStamp, StoreError, UnknownId, from_plain, to_plain
from waqai.store import Filters, Store, open_store

NEWER = replace(STAMP, version="2")


def test_a_report_comes_back_as_it_went_in(store: Store) -> None:
    report = make_report(
        "﻿ \x00 \ud800 \ue000 a\r\n", title="\x00", fetched_at=datetime(2021, 3, 8, 9, 30, tzinfo=UTC), terms="CC BY 4.0", text_origin="restated"
    )
    assert store.add_report(report).outcome == "new"
    assert store.find_report("r1") == store.find_report(report.sha256) == report


def test_a_report_whose_hash_is_not_that_of_its_text_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="not that of its text"):
        store.add_report(replace(make_report(), text="other words"))


def test_a_text_that_comes_in_again_is_known_and_its_way_is_noted(store: Store) -> None:
    store.add_report(report_of("daily"))
    again = store.add_report(replace(report_of("daily"), id="copy", publisher="The Echo"))
    assert (again.outcome, again.new_arrival, again.report.id) == ("known", True, "daily")
    assert [a.publisher for a in store.get_arrivals("daily")] == ["The Echo", "The Daily"]
    assert store.find_report("copy") == report_of("daily")


def test_another_text_under_a_taken_id_gets_a_suffix_and_so_does_its_reading(store: Store) -> None:
    first, second, third = (make_report(f"text {n}", id="stdin") for n in range(3))
    ids = [store.add_report(report).report.id for report in (first, second, third)]
    assert ids == ["stdin", "stdin-2", "stdin-3"]
    store.add_reading(make_reading(second, accounts=[make_account(second)]), family_of=family_of)
    assert [card.account.report for card in store.iter_cards(report="stdin-2")] == ["stdin-2"]


def test_a_reading_comes_back_as_it_went_in(store: Store) -> None:
    reading = replace(reading_of("herald"), notices=(Notice(record="herald", stage="reading", reason="no day"),))
    store.add_report(report_of("herald"))
    assert store.add_reading(reading, family_of=family_of)
    assert store.find_reading("herald") == reading
    assert store.get_account(reading.accounts[1].id) == reading.accounts[1]


def test_a_place_comes_back_with_its_gazetteer_and_candidates_and_one_of_an_older_waqai_without(store: Store) -> None:
    rival = PlaceCandidate(place_id="test:other", name="Tel Salam", country="IQ", admin1=None, p=0.2)
    report = make_report()
    account = make_account(report, where=make_where(gazetteer="2026-10 1a2b3c4d", candidates=(rival,)))
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[account]), family_of=family_of)
    assert store.get_account(account.id) == account
    plain = to_plain(account)
    plain["where"] = {key: value for key, value in plain["where"].items() if key not in ("gazetteer", "candidates")}
    older = from_plain(Account, plain)
    assert older.where == make_where()


def test_the_same_reader_reads_a_text_once(store: Store) -> None:
    add(store, "daily")
    assert not store.add_reading(reading_of("daily"), family_of=family_of)
    assert store.has_reading(report_of("daily").sha256, reader=STAMP)
    assert not store.has_reading(report_of("daily").sha256, reader=NEWER)


def test_a_reading_of_an_unknown_report_is_refused(store: Store) -> None:
    with pytest.raises(UnknownId, match="add the report first"):
        store.add_reading(reading_of("daily"), family_of=family_of)


def test_two_accounts_of_one_id_in_a_reading_are_refused(store: Store) -> None:
    report = make_report()
    store.add_report(report)
    with pytest.raises(StoreError, match="two accounts"):
        store.add_reading(make_reading(report, accounts=[make_account(report), make_account(report)]), family_of=family_of)


def test_a_persons_reading_outranks_a_machines_newer_one(store: Store) -> None:
    report = report_of("daily")
    add(store, "daily")
    for stamp in (ReaderStamp(name="person:ana", version="1", settings_hash=""), NEWER):
        store.add_reading(make_reading(report, stamp=stamp, accounts=[make_account(report, type="jailbreak", stamp=stamp)]), family_of=family_of)
    found = store.find_reading("daily")
    assert found is not None
    assert found.reader.name == "person:ana"


def test_unknown_names_are_said(store: Store) -> None:
    for ask in (store.get_report, store.get_claims, store.get_account, store.get_incident, store.get_arrivals, store.find_near_copies):
        with pytest.raises(UnknownId, match="nowhere"):
            ask("nowhere")


def test_claims_of_a_report_are_those_of_its_current_reading(store: Store) -> None:
    report = report_of("daily")
    add(store, "daily")
    newer = make_claim(report, cue="said", stance="confirms", stamp=NEWER)
    store.add_reading(make_reading(report, claims=[newer], stamp=NEWER), family_of=family_of)
    assert store.get_claims("daily") == (newer,)


def test_near_copies_are_noted_once_and_found_from_both_sides(store: Store) -> None:
    one, other = report_of("daily"), report_of("herald")
    store.add_report(one)
    store.add_report(other)
    store.add_near_copy(other.sha256, one.sha256, similarity=0.8)
    store.add_near_copy(one.sha256, other.sha256, similarity=0.9)
    assert store.find_near_copies("daily") == (("herald", 0.8),)
    assert store.find_near_copies("herald") == (("daily", 0.8),)


def test_signatures_are_kept_by_text(store: Store) -> None:
    report = report_of("daily")
    store.add_report(report)
    store.add_signature(report.sha256, b"\x00\xff")
    store.add_signature(report.sha256, b"other")
    assert list(store.iter_signatures()) == [(report.sha256, b"\x00\xff")]


def test_the_same_intake_twice_changes_nothing(store: Store) -> None:
    fill(store)
    before = list(store.iter_dump())
    with store.transaction():
        for name in scenes.TEXTS:
            assert store.add_report(report_of(name)).outcome == "known"
            assert not store.add_reading(reading_of(name), family_of=family_of)
            assert list(store.iter_unlinked_cards(report=name)) == []
    store.add_run(at=AT, settings={}, versions={}, counts={"known": 4})
    assert list(store.iter_dump()) == before
    assert any('"table":"runs"' in line for line in store.iter_dump(without=()))


def test_both_engines_hold_the_same_rows(new_address: Callable[[str], str]) -> None:
    dumps = []
    for engine in ("sqlite", "postgresql"):
        with open_store(new_address(engine)) as store:
            fill(store)
            dumps.append(list(store.iter_dump(without=("runs", "log", "log_payloads"))))  # the log is salted
    assert dumps[0] == dumps[1]


def test_rebuilt_views_are_the_views_that_were_there(store: Store) -> None:
    fill(store)
    before = list(store.iter_dump(without=()))
    store.rebuild()
    assert list(store.iter_dump(without=())) == before


def test_views_folded_by_other_rules_are_folded_again_on_opening(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(address) as store:
        fill(store)
    monkeypatch.setattr("waqai.store.views.RULES", "other")
    said: list[tuple[str, int, int]] = []
    with open_store(address, told=lambda stage, done, of: said.append((stage, done, of))) as store:
        assert '{"name":"view_rules","table":"notes","value":"other"}' in list(store.iter_dump())
        assert len(list(store.iter_incidents())) == 4
        reports = store.counts().reports
    stages = [stage for stage, done, _ in said if done == 0]
    assert stages == ["words of reports", "accounts", "incidents"] and all(0 <= done < of for _, done, of in said)
    assert [done for stage, done, of in said if stage == stages[0]] == list(range(reports))
    said.clear()
    open_store(address, told=lambda stage, done, of: said.append((stage, done, of))).close()
    assert said == []  # up to date


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError), store.transaction():
        fill(store)
        raise RuntimeError("power cut")
    assert store.counts().reports == store.counts().incidents == store.counts().entries == 0


def test_an_inner_transaction_that_fails_is_undone_alone(store: Store) -> None:
    with store.transaction():
        add(store, "daily")
        (card,) = store.iter_cards(report="daily")
        open_by(store, card, "i-escape")
        with pytest.raises(RuntimeError), store.transaction():
            add(store, "herald")
            store.find_candidates(card)  # folds seats inside what is then undone
            raise RuntimeError("poison")
    assert store.counts().reports == 1
    assert [i.id for i in store.iter_incidents()] == ["i-escape"]


def test_what_a_transaction_wrote_is_seen_inside_it_and_not_beside_it(store: Store) -> None:
    seen: list[int] = []
    with store.transaction():
        fill(store)
        assert len(list(store.iter_incidents())) == 4
        other = threading.Thread(target=lambda: seen.append(store.counts().incidents))
        other.start()
        other.join()
    assert seen == [0]
    assert store.counts().incidents == 4


def test_counts_say_what_is_there(store: Store) -> None:
    fill(store)
    counts = store.counts()
    assert (counts.reports, counts.readings, counts.accounts, counts.incidents, counts.entries, counts.homeless) == (4, 4, 6, 4, 6, 0)


def test_cards_come_by_report_id_and_place_in_the_report(store: Store) -> None:
    fill(store)
    assert [(card.account.report, card.order) for card in store.iter_cards()] == [
        ("daily", 0),
        ("herald", 0),
        ("herald", 1),
        ("lake", 0),
        ("lake", 1),
        ("wire", 0),
    ]
    (card,) = store.iter_cards(report="daily")
    assert (card.title, card.lead, card.family, card.publisher) == ("News of the daily", scenes.TEXTS["daily"], "custody_exit", "The Daily")


def test_a_lead_is_600_code_points_however_they_are_stored(store: Store) -> None:
    report = make_report("\ue000" * 700)
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[make_account(report)]), family_of=family_of)
    assert [card.lead for card in store.iter_cards()] == ["\ue000" * 600]


def test_a_card_holds_the_sentence_of_words_far_down_in_the_text(store: Store) -> None:
    report = make_report("All was calm in the town.\n\n" * 60 + "On Monday nine men dug their way out.")
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[make_account(report, words="dug")]), family_of=family_of)
    assert [(card.words, card.context) for card in store.iter_cards()] == [("dug", "On Monday nine men dug their way out.")]


def test_unlinked_cards_are_those_that_sit_nowhere(store: Store) -> None:
    fill(store)
    (caught,) = store.iter_cards(report="wire")
    join(store, caught, "i-caught", verdict="different")
    assert list(store.iter_unlinked_cards()) == [caught]


def test_an_account_moves_when_a_later_judgement_says_so_and_moves_back_when_that_is_undone(store: Store) -> None:
    fill(store)
    (caught,) = store.iter_cards(report="wire")
    entry = join(store, caught, "i-escape", role="follow_up")
    assert store.find_incident_of(caught.account.id) == "i-escape"
    assert [(a.report, a.role) for a in store.get_incident("i-escape").accounts][-1] == ("wire", "follow_up")
    store.undo(entry, because="a recapture is its own incident", by="person:ana", at=AT)
    assert store.find_incident_of(caught.account.id) == "i-caught"
    assert len(store.get_incident("i-escape").accounts) == 3


def test_an_incident_whose_accounts_moved_on_leads_to_where_they_are(store: Store) -> None:
    fill(store)
    (caught,) = store.iter_cards(report="wire")
    join(store, caught, "i-escape", role="follow_up")
    assert store.get_incident("i-caught").id == "i-escape"
    assert "i-caught" not in {i.id for i in store.iter_incidents()}


def test_an_unsure_judgement_moves_nothing(store: Store) -> None:
    fill(store)
    (caught,) = store.iter_cards(report="wire")
    join(store, caught, "i-escape", verdict="unsure")
    assert store.find_incident_of(caught.account.id) == "i-caught"


def test_judgements_pass_to_the_accounts_of_a_newer_reading_that_stand_on_the_same_words(store: Store) -> None:
    fill(store)
    report = report_of("herald")
    words = "15 inmates broke free from the jail of Qalat"
    newer = make_account(report, type="jailbreak", words=words, stamp=NEWER)
    store.add_reading(make_reading(report, accounts=[newer], stamp=NEWER), family_of=family_of)
    assert store.find_incident_of(newer.id) == "i-escape"
    assert {a.account for a in store.get_incident("i-escape").accounts if a.report == "herald"} == {newer.id}
    (homeless,) = store.find_homeless()  # the clash, which the newer reading does not tell
    assert homeless.value["role"] == "part"
    assert store.counts().homeless == 1


def test_filters_keep_what_they_name(store: Store) -> None:
    fill(store)

    def ids(**filters: object) -> list[str]:
        return [i.id for i in store.iter_incidents(Filters(**filters))]  # type: ignore[arg-type]

    assert ids() == ["i-aid", "i-caught", "i-escape", "i-meeting"]
    assert ids(type=("escape",)) == ids(family=("custody_exit",)) == ["i-escape"]
    assert ids(type=("escape", "aid")) == ["i-aid", "i-escape"]
    assert ids(status=("pledged",)) == ["i-aid"]
    assert ids(country=("sa",)) == ids(admin1=("makkah",)) == ids(admin1=("SA/Makkah",)) == ids(admin1=("Makkah", "SY/Makkah")) == ["i-meeting"]
    assert ids(admin1=("SY/Makkah", "/Makkah")) == []
    assert ids(since=date(2021, 3, 5), until=date(2021, 3, 9)) == ["i-escape"]
    assert ids(actor=("the Qalat prison",)) == ["i-caught", "i-escape"]
    assert ids(publisher=("the herald",)) == ["i-escape"]
    assert ids(publisher=("the herald", "The Wire")) == ["i-caught", "i-escape"]
    assert ids(words="river") == ["i-caught"]
    assert ids(words="custody_exit") == ["i-escape"]  # a facet, in no text
    assert ids(words="?!") == []
    assert ids(grade=("weak",), type=("aid",)) == ["i-aid"]


def test_a_batch_border_loses_no_incident(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.store.find.BATCH", 2)
    fill(store)
    assert [i.id for i in store.iter_incidents()] == ["i-aid", "i-caught", "i-escape", "i-meeting"]


def test_a_search_finds_reports_by_all_words_newest_first_with_their_incidents(store: Store) -> None:
    fill(store)
    hits = store.search("qalat")
    assert [(h.report, h.incidents) for h in hits] == [("wire", ("i-caught",)), ("daily", ("i-escape",)), ("herald", ("i-escape",))]
    assert [span.of(hits[0].snippet) for span in hits[0].marks] == ["Qalat"]
    assert hits[0].span.of(scenes.TEXTS["wire"]) == hits[0].snippet
    assert [h.report for h in store.search("qalat river")] == ["wire"]
    assert [h.report for h in store.search('"prison in tel"')] == ["daily"]
    assert [h.report for h in store.search("inmat*")] == ["herald"]
    assert store.search('"in prison tel"') == store.search("nothing'); DROP TABLE log; --") == store.search(" ") == ()


def test_a_search_finds_reports_by_the_facets_of_their_incidents(store: Store) -> None:
    fill(store)
    assert [(h.report, h.by_text) for h in store.search("diplomacy")] == [("lake", False)]


def test_a_long_text_is_searched_to_its_end(store: Store) -> None:
    store.add_report(make_report(" ".join(f"word{n}" for n in range(60_000))))
    (hit,) = store.search("word59999")
    assert [mark.of(hit.snippet) for mark in hit.marks] == ["word59999"]


def test_facts_cannot_be_changed_or_deleted_behind_the_stores_back(store: Store) -> None:
    fill(store)
    changes = [
        f"UPDATE {table} SET {column} = 'x'" for table, column in (("reports", "text"), ("readings", "reader"), ("log", "kind"), ("log_payloads", "because"))
    ]
    for change in [*changes, "DELETE FROM accounts", "DELETE FROM log"]:
        with pytest.raises(sa.exc.DBAPIError), store._engine.begin() as connection:  # a person with a database tool
            connection.execute(sa.text(change))


def test_a_second_writer_waits_and_is_then_told_why(address: str) -> None:
    with open_store(address) as one, open_store(address, wait_seconds=0.2) as other, one.transaction():
        one.add_report(report_of("daily"))
        with pytest.raises(StoreError, match="another program is writing"):
            other.add_report(report_of("herald"))


def test_two_writers_in_turn_lose_nothing(address: str) -> None:
    def write(number: int) -> None:
        with open_store(address) as own:
            for n in range(10):
                own.add_report(make_report(f"text {number} {n}", id="same"))

    open_store(address).close()
    writers = [threading.Thread(target=write, args=(n,)) for n in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with open_store(address) as store:
        assert store.counts().reports == 30


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(st.characters(exclude_categories=())), min_size=1, max_size=4))
def test_any_text_comes_back_code_point_for_code_point(store: Store, texts: list[str]) -> None:
    with store.transaction():
        for text in texts:
            report = make_report(text, title=text, id=text)
            store.add_report(report)
            found = store.find_report(report.sha256)
            assert found is not None
            assert found.text == text


def test_the_newest_imprint_of_a_report_stands(store: Store) -> None:
    fill(store)
    for imprint in (b"first", b"then"):
        store.keep_imprint(store.get_report("daily").sha256, imprint)
    (kept,) = (line for line in store.iter_dump() if '"table":"imprints"' in line)
    assert base64.b64encode(b"then").decode() in kept
