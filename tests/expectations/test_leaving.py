"""What may leave of the register: the bounds hold for it as for incidents."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from expecting import AT, BY, ISSUED, MEANS, day, draft, enter, happen, look, settle
from factories import family_of, make_claim, make_reading, make_report
from waqai.bounds import Bounds, get_profile
from waqai.expectations import ROW, Leaving, Told, clear_registered, draft_claim, list_registered, register, rows_as_text
from waqai.flow import Gazetteer, open_gazetteer, shipped_settings
from waqai.store import Store

MUCH_LATER = datetime(2022, 6, 1, tzinfo=UTC)


@cache
def places() -> Gazetteer:
    return open_gazetteer(shipped_settings())


def leave(store: Store, profile: str, *, at: datetime = MUCH_LATER) -> Leaving:
    bounds = Bounds(get_profile(profile), places=places(), actors=MEANS.actors, at=at, publishers=store.list_hosts())
    entries = list_registered(store, codebook=MEANS.codebook, today=at.date())
    return clear_registered(entries, store, bounds, codebook=MEANS.codebook, at=at)


def enter_from(store: Store, text: str, content: str, *, speaker: str, terms: str | None = None) -> str:
    report = make_report(text, id="talk with Jamil Haddad", published=ISSUED, publisher="The Lake", terms=terms)
    claim = make_claim(report, speaker=speaker, cue="said", content=content, stance="warns")
    store.add_report(report)
    store.add_reading(make_reading(report, claims=[claim]), family_of=family_of)
    made = draft_claim(claim, report, Told(), period=None, means=MEANS)
    return register(made, store, today=ISSUED, accept_late=False, because="a note of mine", by=BY, at=AT).id


TEXT = "Jamil Haddad, a shepherd, said an attack on Samir Khoury in Syria was likely, as his neighbours knew."
CONTENT = "an attack on Samir Khoury in Syria was likely"


def test_names_of_private_persons_leave_neither_as_speakers_nor_in_words(store: Store) -> None:
    enter_from(store, TEXT, CONTENT, speaker="Jamil Haddad")
    for profile in ("public", "partner"):
        (row,) = leave(store, profile).rows
        told = json.dumps(row)
        assert "Haddad" not in told and "Khoury" not in told and "ana" not in told and "a note of mine" not in told, profile
        assert "attack" in row["words"]
    (row,) = leave(store, "internal").rows
    assert (row["speaker"], row["words"]) == ("Jamil Haddad", CONTENT)


def test_what_is_about_fresh_custody_or_combat_is_held_back_for_three_days(store: Store) -> None:
    enter_from(store, TEXT, CONTENT, speaker="police")
    soon = datetime(2021, 6, 3, tzinfo=UTC)
    assert (len(leave(store, "public", at=soon).rows), leave(store, "public", at=soon).held_back) == (0, 1)
    assert len(leave(store, "public", at=soon + timedelta(days=3)).rows) == 1
    assert len(leave(store, "partner", at=soon).rows) == 1


@pytest.mark.parametrize("profile", ["public", "partner", "internal"])
def test_of_a_report_whose_terms_forbid_it_nothing_leaves(store: Store, profile: str) -> None:
    enter_from(store, TEXT, CONTENT, speaker="police", terms="no redistribution")
    assert (leave(store, profile).rows, leave(store, profile).held_back) == ((), 1)


def test_what_is_about_children_does_not_leave_in_public(store: Store) -> None:
    enter_from(store, "Police said an attack on children in Syria was likely.", "an attack on children in Syria was likely", speaker="Police")
    assert (leave(store, "public").rows, len(leave(store, "partner").rows)) == ((), 1)


def test_incidents_that_are_held_back_are_not_named_as_cited(store: Store) -> None:
    made = draft(store, "an attack in Syria is likely within 10 days", speaker="police")
    one = register(made, store, today=ISSUED, accept_late=False, because="", by=BY, at=AT)
    happen(store, "hit", on=day(5))
    settle(store, one, on=day(6))
    fresh = datetime(2021, 6, 7, tzinfo=UTC)
    assert look(store, one, on=day(6)).state == "yes"
    (row,) = leave(store, "public", at=fresh).rows
    assert [row[name] for name in ("state", "outcome", "proposed", "incidents", "notes")] == ["held back", None, None, [], []]
    assert [(row["state"], row["incidents"]) for row in leave(store, "public").rows] == [("yes", ["i-hit"])]


def test_that_something_came_about_is_not_told_by_what_the_rule_proposes_nor_by_doubts(store: Store) -> None:
    """One entry is open, one is resolved as not to be told; then there is an attack, of which nothing may be told for three days."""
    open_one = enter(store, "an attack in Syria is likely within 10 days")
    closed = enter(store, "attacks in Iraq are likely within 4 days", id="other")
    settle(store, closed, on=day(20), outcome="unresolvable")
    happen(store, "hit", on=day(5))
    happen(store, "late", on=day(4), country="IQ")
    assert (look(store, open_one, on=day(6)).proposal.outcome, look(store, closed, on=day(20)).state) == ("yes", "reopened")  # type: ignore[union-attr]
    rows = {row["id"]: row for row in leave(store, "public", at=datetime(2021, 6, 6, tzinfo=UTC)).rows}
    assert [rows[open_one.id][name] for name in ("state", "outcome", "proposed", "notes")] == ["open", None, None, []]
    assert [rows[closed.id][name] for name in ("state", "outcome", "proposed", "notes")] == ["unresolvable", "unresolvable", None, []]
    told = {row["id"]: row for row in leave(store, "public").rows}
    assert told[open_one.id]["proposed"] == "yes" and told[closed.id]["state"] == "reopened" and "i-late" in told[closed.id]["notes"][0]


def test_a_file_has_the_same_columns_in_each_form_and_no_cell_that_a_spreadsheet_runs(store: Store) -> None:
    enter_from(store, TEXT.replace("an attack", "=1+1 an attack"), "=1+1 " + CONTENT, speaker="police")
    rows = leave(store, "internal").rows
    (cells,) = csv.DictReader(io.StringIO(rows_as_text(rows, "csv")))
    assert tuple(cells) == ROW
    assert cells["words"].startswith("'=1+1")
    assert json.loads(rows_as_text(rows, "json"))[0]["words"].startswith("=1+1")
    assert json.loads(rows_as_text(rows, "jsonl"))["types"] == []
