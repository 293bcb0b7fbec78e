from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from factories import make_account, make_claim, make_reading, make_report, make_when, make_where
from imports.tables import ACLED, UCDP
from taking.conftest import Bring
from waqai.codebook import load_codebook
from waqai.core import Report
from waqai.flow import Chain, Store, Summary, erase_report, judge_different
from waqai.flow.add import close_run, link_accounts
from waqai.flow.picture import Picture

FAMILY_OF = load_codebook().family_of


def incidents_of(store: Store) -> list[str]:
    return [incident.id for incident in store.iter_incidents()]


def add_news(store: Store, taker: Chain, *, id: str = "news", publisher: str = "The Daily", speaker: str | None = None, killed: int = 5) -> Report:
    """A report of our own that tells of what the row tells, linked."""
    text = f"Fighters of the Islamic State and guards exchanged fire in Tel Salam on 18 June 2023, {id} writes. {killed} were killed, {speaker or 'it'} said."
    report = make_report(text, id=id, publisher=publisher, published=date(2023, 6, 19))
    account = make_account(
        report,
        words="exchanged fire",
        type="clash",
        when=make_when(date(2023, 6, 18)),
        where=make_where(lat=36.5, lon=40.5, country="SY"),
    )
    reading = make_reading(report, accounts=[account])
    if speaker is not None:
        claim = make_claim(report, speaker=speaker, accounts=[account.id])
        reading = replace(reading, claims=(claim,), accounts=(replace(account, said_by=claim.id),))
    with store.transaction():
        store.add_report(report)
        store.add_reading(reading, family_of=FAMILY_OF)
        link_accounts(report, store, Summary())
    close_run(taker, store, Summary(), None)
    return report


def test_a_row_becomes_a_report_of_its_dataset_and_an_incident(bring: Bring, store: Store) -> None:
    brought = bring([UCDP])
    assert (brought.batch, brought.counts.fates["new"], brought.summary.opened) == ("import-1", 1, 1)
    report, (incident,) = store.get_report("ucdp-ged:700001"), store.iter_incidents()
    assert (report.publisher, report.text_origin, report.terms) == ("UCDP GED", "composed", "CC BY 4.0, to be cited as UCDP asks")
    assert (incident.type, incident.grade, incident.speakers) == ("clash", "weak", 1)
    assert {(f.low, f.high, f.best, f.speaker) for f in incident.figures if f.of_whom is None} == {(3, 7, 5, "the army")}


def test_the_same_file_again_changes_nothing(bring: Bring, store: Store) -> None:
    bring([UCDP])
    before = list(store.iter_dump())
    again = bring([UCDP])
    assert (again.batch, again.counts.fates["same"]) == (None, 1)
    assert list(store.iter_dump()) == before


def test_a_changed_row_takes_the_place_of_the_older_one_in_its_incident(bring: Bring, store: Store) -> None:
    bring([UCDP])
    before = incidents_of(store)
    brought = bring([UCDP | {"best": "6", "high": "9"}])
    (incident,) = store.iter_incidents()
    assert (brought.batch, brought.counts.fates["changed"], [incident.id]) == ("import-2", 1, before)
    assert [figure.best for figure in incident.figures if figure.of_whom is None] == [6]
    assert [one.report for one in incident.accounts] == ["ucdp-ged:700001-2"]
    assert store.get_report("ucdp-ged:700001").text != store.get_report("ucdp-ged:700001-2").text, "the older text stays"


def test_a_row_that_the_newer_file_lacks_stays_unless_the_file_is_the_whole(bring: Bring, store: Store) -> None:
    bring([UCDP, UCDP | {"id": "2"}])
    part = bring([UCDP])
    assert (part.counts.missing, part.taken_out, len(incidents_of(store))) == (1, 0, 2)
    whole = bring([UCDP], whole=True)
    assert (whole.taken_out, len(incidents_of(store)), whole.batch) == (1, 1, "import-2")
    assert store.find_report("ucdp-ged:2") is not None and not store.find_tombstone("ucdp-ged:2"), "taken out, not erased"


def test_a_row_with_an_error_is_not_taken_out_by_a_whole_file(bring: Bring, store: Store) -> None:
    bring([UCDP, UCDP | {"id": "2"}])
    brought = bring([UCDP, UCDP | {"id": "2", "best": "lots"}], whole=True)
    assert (brought.taken_out, brought.counts.errors.total(), len(incidents_of(store))) == (0, 1, 2)


def test_a_row_that_was_taken_out_comes_in_again_with_the_same_words(bring: Bring, store: Store) -> None:
    bring([UCDP, UCDP | {"id": "2"}])
    before = incidents_of(store)
    bring([UCDP], whole=True)
    brought = bring([UCDP, UCDP | {"id": "2"}])
    assert (brought.counts.fates["new"], incidents_of(store)) == (1, before)


def test_two_rows_of_a_dataset_never_share_an_incident(bring: Bring, store: Store) -> None:
    bring([UCDP, UCDP | {"id": "2", "source_headline": "Fighting near Tel Salam again"}])
    assert len(incidents_of(store)) == 2


def test_a_row_joins_the_incident_that_our_report_tells_of(bring: Bring, store: Store, taker: Chain) -> None:
    add_news(store, taker)
    brought = bring([UCDP, UCDP | {"id": "2"}])
    assert (brought.summary.opened, brought.summary.joined) == (1, 1)
    sizes = sorted(len(incident.accounts) for incident in store.iter_incidents())
    assert sizes == [1, 2], "one row of two that are alike"


def test_a_coarser_row_does_not_change_what_our_reports_say_it_was(bring: Bring, store: Store, taker: Chain) -> None:
    add_news(store, taker)
    seats = {report: store.find_seats(store.get_report(report).sha256) for report in ("news",)}
    bring([UCDP | {"type_of_violence": "3", "side_b": "Civilians"}])
    bring([ACLED], "acled", publisher="ACLED")
    bring([ACLED | {"sub_event_type": "Attack"}], "acled", publisher="Desk A")
    types = {incident.type for incident in store.iter_incidents() if "news" in {one.report for one in incident.accounts}}
    assert types == {"clash"}
    assert {report: store.find_seats(store.get_report(report).sha256) for report in seats} == seats, "and no report of ours moved"


def test_bringing_rows_in_gives_no_report_second_thoughts(bring: Bring, store: Store, taker: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    add_news(store, taker)
    thought_of: list[str] = []
    monkeypatch.setattr("waqai.flow.picture.Picture.refit", lambda self, sha256: thought_of.append(sha256))
    assert bring([UCDP]).summary.joined == 1
    assert thought_of == []


def test_incidents_of_two_rows_of_a_dataset_are_never_made_one(bring: Bring, store: Store, taker: Chain) -> None:
    bring([UCDP, UCDP | {"id": "2"}])
    one, other = incidents_of(store)
    assert Picture(store, lambda cards, store: {}).fit(one, other) is None
    bring([UCDP], publisher="Desk A")
    shared = next(i for i in store.iter_incidents() if len(i.accounts) == 2)
    assert Picture(store, lambda cards, store: {}).fit(*sorted({one, other})) is None and shared.id in (one, other)


def test_later_reports_do_not_make_one_of_two_rows(bring: Bring, store: Store, taker: Chain) -> None:
    bring([UCDP, UCDP | {"id": "2"}])
    add_news(store, taker)
    add_news(store, taker, id="other", publisher="The Weekly")
    rows = [[one.report for one in incident.accounts if one.report.startswith("ucdp-ged:")] for incident in store.iter_incidents()]
    assert sorted(map(len, rows)) == [1, 1]


@pytest.mark.parametrize(
    ("speaker", "source", "voices"),
    [
        ("the army", "the army", 1),  # the row rests on whom our report quotes
        ("the army", "villagers", 2),
        ("the army", "the army;villagers;The Daily", 2),  # the dataset is one voice, whoever it lists
    ],
)
def test_a_row_counts_as_the_one_whom_it_rests_on(speaker: str, source: str, voices: int, bring: Bring, store: Store, taker: Chain) -> None:
    add_news(store, taker, speaker=speaker)
    bring([UCDP | {"source_original": source}])
    (incident,) = store.iter_incidents()
    assert incident.speakers == voices, incident.grade_because


def test_a_place_without_a_point_is_looked_up_in_the_gazetteer(bring: Bring, store: Store) -> None:
    own = {"id": "1", "type": "escape", "earliest": "2023-06-18", "place": "Raqqa", "country": "Syria"}
    bring([own], "csv", publisher="Partners")
    (incident,) = store.iter_incidents()
    assert incident.where is not None and incident.where.country == "SY" and incident.where.lat is not None


def test_a_row_that_was_erased_stays_out(bring: Bring, store: Store) -> None:
    bring([UCDP])
    erase_report("ucdp-ged:700001", store, because="asked", by="person:ana")
    again = bring([UCDP])
    assert (again.counts.fates["erased"], again.batch, incidents_of(store)) == (1, None, [])


def test_what_a_person_said_of_a_row_stands(bring: Bring, store: Store, taker: Chain) -> None:
    news = add_news(store, taker)
    bring([UCDP])
    (incident,) = store.iter_incidents()
    row = next(one.account for one in incident.accounts if one.report != news.id)
    judge_different(row, incident.id, store, because="another day", by="person:ana")
    bring([UCDP | {"id": "2"}, UCDP])
    assert all(len({one.report for one in incident.accounts} & {news.id, "ucdp-ged:700001"}) < 2 for incident in store.iter_incidents())


def test_a_store_with_imports_verifies_and_folds_again_to_the_same(bring: Bring, store: Store) -> None:
    bring([UCDP, UCDP | {"id": "2"}])
    bring([UCDP | {"best": "6"}], whole=True)
    bring([ACLED], "acled", publisher="ACLED")
    assert store.verify().holds and store.rebuild().is_equal
