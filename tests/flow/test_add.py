"""Adding reports to a store: all of them kept, each linked, and a second time changes nothing."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from factories import make_report
from waqai.core import Report
from waqai.flow import Chain, Filters, Store, add_reports, demo_corpus, iter_incoming, load_settings, now, open_named_store

FIRST = "Twelve prisoners escaped from a jail in Raqqa, Syria, on Monday, the Observatory said.\n\nGuards were searching the city."
SECOND = "Fifteen prisoners broke out of the jail in Raqqa, Syria, on Monday, local officials said.\n\nThey are still at large."


pytestmark = pytest.mark.usefixtures("fixed_clock")


def dump(store: Store) -> list[str]:
    return list(store.iter_dump())


def content(store: Store) -> list[object]:
    """What two stores can share: all rows but the log's, whose salts are drawn anew, and what the log says."""
    said = [(e.kind, e.subject, e.value, e.because, e.by) for e in store.iter_log()]
    return [*store.iter_dump(without=("runs", "log", "log_payloads")), *said]


def test_two_reports_of_one_escape_become_one_incident_with_both_figures(chain: Chain, store: Store) -> None:
    summary = add_reports([make_report(FIRST, id="a"), make_report(SECOND, id="b", publisher="Other")], chain, store)
    (escape,) = store.iter_incidents(Filters(type=("escape",)))
    assert {a.report for a in escape.accounts} == {"a", "b"} and summary.reports_new == 2
    assert {f.best: f.speaker for f in escape.figures if f.measure == "escaped"} == {12: "the Observatory", 15: "local officials"}


def test_the_same_intake_again_changes_nothing(chain: Chain, store: Store) -> None:
    reports = [make_report(FIRST, id="a"), make_report(SECOND, id="b")]
    add_reports(reports, chain, store)
    before = dump(store)
    again = add_reports(reports, chain, store)
    assert dump(store) == before and again.reports_new == 0 and again.reports_known == 2


def test_the_same_text_from_two_publishers_is_one_report_with_two_arrivals(chain: Chain, store: Store) -> None:
    add_reports([make_report(FIRST, id="a", publisher="Daily"), make_report(FIRST, id="b", publisher="Weekly")], chain, store)
    assert store.counts().reports == 1 and {a.publisher for a in store.get_arrivals("a")} == {"Daily", "Weekly"}


def test_a_near_copy_is_kept_and_linked(chain: Chain, store: Store) -> None:
    long = " ".join(f"{FIRST} Paragraph {i} tells of the search in the fields and of the men's families, who wait for word." for i in range(6))
    summary = add_reports([make_report(long, id="a"), make_report(long + " An editor added this sentence.", id="b")], chain, store)
    assert [(one, other) for one, other, _ in summary.near_copies] == [("b", "a")] and store.counts().reports == 2


def test_a_day_of_publication_that_is_yet_to_come_is_said(chain: Chain, store: Store) -> None:
    today = now().date()
    days = {"far": today + timedelta(days=2), "east": today + timedelta(days=1), "now": today}
    reports = [make_report(f"{FIRST} {name}", id=name, published=day) for name, day in days.items()]
    summary = add_reports(reports, chain, store)
    assert [n.record for n in summary.notices if "yet to come" in n.reason] == ["far"]
    assert not [n for n in add_reports(reports, chain, store).notices if "yet to come" in n.reason]


def test_a_report_in_another_language_is_kept_and_said(chain: Chain, store: Store) -> None:
    german = make_report("Aus dem Gefängnis der Stadt sind am Montag zwölf Häftlinge entkommen, wie die Beobachtungsstelle mitteilte. " * 3, id="de")
    summary = add_reports([german], chain, store)
    assert store.find_report("de") is not None and any("English" in n.reason for n in summary.notices)


def test_nothing_downstream_sees_the_corpus_answers(chain: Chain, tmp_path: Path) -> None:
    """Lines with shuffled answer fields give the same store as lines without any."""
    with demo_corpus() as path:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()[:6]]
    shuffled = [{**row, "incident_keys": [rows[-1 - i]["id"]], "role": {rows[-1 - i]["id"]: "main"}} for i, row in enumerate(rows)]
    dumps = []
    for name, lines in (("plain", rows), ("shuffled", shuffled)):
        file = tmp_path / f"{name}.jsonl"
        file.write_text("".join(json.dumps(line) + "\n" for line in lines))
        with open_named_store(str(tmp_path / f"{name}.sqlite"), must_exist=False) as opened:
            add_reports(iter_incoming([file], settings=load_settings()), chain, opened)
            dumps.append(content(opened))
    assert dumps[0] == dumps[1]


def test_reports_are_stored_in_the_same_way_whatever_the_batch(chain: Chain, tmp_path: Path) -> None:
    reports = [make_report(f"{FIRST} The jail held {i + 20} men.", id=f"r{i}") for i in range(40)]
    dumps = []
    for name, parts in (("whole", [reports]), ("pieces", [reports[:3], reports[3:35], reports[35:]])):
        with open_named_store(str(tmp_path / f"{name}.sqlite"), must_exist=False) as opened:
            for part in parts:
                add_reports(list[Report](part), chain, opened)
            dumps.append(content(opened))
    assert dumps[0] == dumps[1]
