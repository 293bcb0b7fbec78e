from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from imports.tables import ACLED, OWN, POLECAT, UCDP, read_one
from waqai.codebook import load_actors
from waqai.core import ReaderStamp, Reading, Report, Span, to_plain
from waqai.imports import ForeignRow
from waqai.imports.composing import Origin, bring_back, compose_reading, compose_report, make_origin, stamp_of, take_out

ORIGIN = make_origin("Desk A", terms="CC BY 4.0")
STAMP = stamp_of(ORIGIN, "batch")


def compose(row: ForeignRow, *, origin: Origin = ORIGIN, stamp: ReaderStamp = STAMP) -> tuple[Report, Reading]:
    report = compose_report(row, origin)
    return report, compose_reading(row, report, origin, stamp=stamp, register=load_actors())


@pytest.mark.parametrize("cells", [ACLED | {"tags": "crowd size=about 50"}, UCDP, POLECAT, OWN | {"initiator": "ISIS; locals"}])
def test_every_facet_quotes_words_of_the_cell_that_said_it(cells: dict[str, str], tmp_path: Path) -> None:
    row = read_one(tmp_path, cells)
    report, reading = compose(row)
    (account,) = reading.accounts
    facets = [account.status, account.when, account.where, *account.place_mentions, *account.involved, *account.counts]
    for facet in facets:
        if facet is not None:
            words = facet.phrase.of(report.text)
            assert any(words in cell for cell in row.cells.values()), words
    assert all(f"{column}: {cell}" in report.text for column, cell in row.cells.items())


def test_the_account_says_what_the_row_says(tmp_path: Path) -> None:
    report, reading = compose(read_one(tmp_path, UCDP))
    (account,), (claim,) = reading.accounts, reading.claims
    assert (report.id, report.publisher, report.title, report.terms) == ("desk-a:700001", "Desk A", "Fighting near Tel Salam", "CC BY 4.0")
    assert account.evidence.of(report.text) == "Fighting near Tel Salam"
    assert next((one.role, one.name, one.actor_id) for one in account.involved) == ("initiator", "Syrian government", "state-sy")
    assert [(one.low, one.high, one.best, one.kind, one.of_whom) for one in account.counts] == [
        (3.0, 7.0, 5.0, "range", None),
        (2.0, 2.0, 2.0, "exact", "Government of Syria"),
        (1.0, 1.0, 1.0, "exact", "civilians"),
    ]
    assert (claim.speaker_name, claim.cue.of(report.text), claim.accounts, account.said_by) == ("the army", "source_original", (account.id,), claim.id)
    assert {one.said_by for one in account.counts} == {claim.id}


def test_several_sources_make_no_claim(tmp_path: Path) -> None:
    _, reading = compose(read_one(tmp_path, ACLED))
    assert (reading.claims, reading.accounts[0].said_by) == ((), None)


@pytest.mark.parametrize(
    ("name", "actor"), [("Islamic State (Iraq)", "islamic-state"), ("Civilians (Syria)", None), ("Military Forces of Nowhere (1999-)", None)]
)
def test_the_country_or_years_behind_a_name_are_not_who_it_is(name: str, actor: str | None, tmp_path: Path) -> None:
    _, reading = compose(read_one(tmp_path, ACLED | {"actor1": name}))
    found = reading.accounts[0].involved[0].actor_id
    assert (found is None) if actor is None else (found is not None and load_actors().actors[found].name == "Islamic State")


def test_a_cell_with_line_breaks_is_quoted_whole(tmp_path: Path) -> None:
    report, reading = compose(read_one(tmp_path, ACLED | {"notes": "One.\n\nTwo: three"}))
    assert reading.accounts[0].evidence.of(report.text) == "One.\n\nTwo: three"


def test_another_row_or_version_is_another_text(tmp_path: Path) -> None:
    texts = {compose_report(read_one(tmp_path, UCDP | change), ORIGIN).sha256 for change in ({}, {"id": "2"}, {"best": "6"})}
    assert len(texts) == 3


def test_known_datasets_bring_their_own_terms() -> None:
    assert make_origin("ACLED", terms="CC BY 4.0").terms == "ACLED terms of use: no redistribution"
    assert make_origin(" acled", terms="CC BY 4.0") == make_origin("ACLED"), "in other letters it is the same dataset"
    assert (make_origin("Desk A").terms, make_origin("Désk – A").short) == (None, "désk-a")


def test_a_row_that_is_taken_out_and_brought_back_says_the_same_under_ids_of_its_own(tmp_path: Path) -> None:
    report, reading = compose(read_one(tmp_path, UCDP))
    other = stamp_of(ORIGIN, "other")
    again = bring_back(reading, stamp=other)
    assert take_out(report, stamp=other).accounts == ()
    assert again.accounts[0].id != reading.accounts[0].id and again.claims[0].accounts == (again.accounts[0].id,)
    assert again == compose(read_one(tmp_path, UCDP), stamp=other)[1]


def test_spans_lie_in_the_text(tmp_path: Path) -> None:
    report, reading = compose(read_one(tmp_path, ACLED))

    def spans(value: object) -> list[Span]:
        if isinstance(value, Span):
            return [value]
        if dataclasses.is_dataclass(value):
            return [span for field in dataclasses.fields(value) for span in spans(getattr(value, field.name))]
        return [span for one in value for span in spans(one)] if isinstance(value, tuple) else []

    assert all(span.end <= len(report.text) for span in spans(reading))
    assert to_plain(reading)["report_sha256"] == report.sha256
