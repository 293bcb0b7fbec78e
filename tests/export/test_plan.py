"""From a format's name to a whole file, from stores on both engines."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from exported import AT, Nowhere, make_bounds, make_making
from factories import family_of, make_account, make_reading, make_report
from scenes import AT as SCENE
from scenes import fill, open_by
from waqai.bounds import INTERNAL, PUBLIC, Bounds, Profile
from waqai.codebook import load_actors
from waqai.core import SettingsError
from waqai.export import About
from waqai.export.plan import make_plan, write_records
from waqai.export.registry import FILES, LINES
from waqai.store import Filters, Store

EVERY = (*FILES, LINES)


def _write(store: Store, format: str, *tables: str, bounds: Bounds | None = None, filters: Filters | None = None, **options: Any) -> tuple[bytes, About]:
    file = io.BytesIO()
    plan = make_plan(format, tables=tables, out="a", making=make_making())
    about = write_records(store, filters or Filters(), plan=plan, bounds=bounds or make_bounds(PUBLIC), file=file, told={}, **options)
    return file.getvalue(), about


def _ids(content: bytes) -> list[str]:
    return [row["id"] for row in csv.DictReader(io.StringIO(content.decode(), newline=""))]


@pytest.mark.parametrize("format", EVERY)
def test_the_same_store_gives_the_same_bytes_on_another_day(store: Store, format: str) -> None:
    fill(store)
    later = Bounds(PUBLIC, places=Nowhere(), actors=load_actors(), at=AT + timedelta(days=400))
    content, about = _write(store, format)
    assert content == _write(store, format, bounds=later)[0]
    assert about.tally.records == 4 and len(content) > 500


def test_incidents_come_in_the_order_of_their_ids_and_only_those_that_pass(store: Store) -> None:
    fill(store)
    assert _ids(_write(store, "csv")[0]) == ["i-aid", "i-caught", "i-escape", "i-meeting"]
    assert _ids(_write(store, "csv", filters=Filters(type=("escape", "aid")))[0]) == ["i-aid", "i-escape"]


def test_what_is_fresh_is_held_back_and_counted_in_the_public_profile_only(store: Store) -> None:
    fill(store)

    def bounds(profile: Profile) -> Bounds:
        return Bounds(profile, places=Nowhere(), actors=load_actors(), at=SCENE.replace(day=11))

    content, about = _write(store, "csv", bounds=bounds(PUBLIC))
    assert _ids(content) == ["i-aid", "i-escape", "i-meeting"] and about.tally.held_back == {"fresh": 1}
    assert _ids(_write(store, "csv", bounds=bounds(INTERNAL))[0]) == ["i-aid", "i-caught", "i-escape", "i-meeting"]


def test_a_report_whose_terms_forbid_it_is_in_no_file_and_the_terms_of_the_others_are_told(store: Store) -> None:
    fill(store)
    for id, terms in (("free", "CC BY 4.0"), ("kept", "no redistribution")):
        report = make_report(f"Some men fled {id} prison.", id=id, terms=terms, published=date(2021, 3, 8))
        store.add_report(report)
        store.add_reading(make_reading(report, accounts=[make_account(report)]), family_of=family_of)
        (card,) = store.iter_cards(report=id)
        open_by(store, card, f"i-{id}")
    for profile in (PUBLIC, INTERNAL):
        content, about = _write(store, "csv", bounds=make_bounds(profile))
        assert "i-free" in _ids(content) and "i-kept" not in _ids(content)
        assert about.terms == ("CC BY 4.0",) and about.tally.held_back == {"terms": 1}
    assert _write(store, "csv", filters=Filters(type=("aid",)))[1].terms == ()


def test_whoever_waits_hears_how_far_it_is(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)
    monkeypatch.setattr("waqai.export.plan.STEP", 2)
    heard: list[int] = []
    _write(store, "csv", step=heard.append)
    assert heard == [2, 2]
    assert store.count_incidents() == 4 and store.count_incidents(Filters(type=("escape",))) == 1


def test_accounts_are_loaded_only_where_they_are_written() -> None:
    making = make_making()
    assert [make_plan(one, tables=(), out="a", making=making).needs_accounts for one in ("csv", "parquet", "xlsx", "gpkg", "jsonl")] == [
        False,
        False,
        True,
        True,
        True,
    ]
    assert not make_plan("xlsx", tables=("figures",), out="a", making=making).needs_accounts


@pytest.mark.parametrize(
    ("format", "tables", "says"),
    [
        ("docx", (), "no format 'docx'"),
        ("csv", ("people",), "no table 'people'"),
        ("csv", ("incidents", "claims"), "csv holds one table, not 2; xlsx and gpkg hold several"),
        ("jsonl", ("claims",), "form of its own"),
        ("geojson", ("claims",), "claims has no places to draw"),
    ],
)
def test_a_plan_that_cannot_be_says_why(format: str, tables: tuple[str, ...], says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        make_plan(format, tables=tables, out="a", making=make_making())


def test_a_file_says_from_which_state_of_the_log_it_is(store: Store) -> None:
    fill(store)
    about = _write(store, "csv")[1]
    assert (about.last_entry, about.dated) == (store.last_entry(), SCENE)
    assert replace(about, dated=None).last_entry == 6
