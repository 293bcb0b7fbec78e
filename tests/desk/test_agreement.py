"""How far coders agree, on pages and as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import asdict

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from desk.forms import page_of, text_of
from scenes import TEXTS
from waqai.codebook import load_codebook
from waqai.core import Span
from waqai.desk import Desk
from waqai.desk.agreement_pages import name_field
from waqai.flow import code_account, code_field, find_words, measure_coders, now
from waqai.people import Visitor, add_person, hand_in, open_coding
from waqai.store import Store

CODEBOOK = load_codebook()
Fields = Mapping[str, tuple[str, str]]
"""Value and words by facet."""


def code(store: Store, desk: Desk, coder: str, report: str, *accounts: tuple[str, str, Fields]) -> None:
    """The coder hands in these accounts: words, type, fields."""
    visitor = Visitor(name=coder, role="coder", person=coder)
    coding = open_coding(report, store, visitor=visitor, at=now())
    given = {"codebook": CODEBOOK, "visitor": visitor}
    for words, type, fields in accounts:
        near = find_words(words, TEXTS[report], near=Span(0, 1))
        coding = code_account(report, near, type, store, status="occurred", revision=coding.revision, **given)  # type: ignore[arg-type]
        for facet, (value, said) in fields.items():
            span = find_words(said, TEXTS[report], near=near)
            key, checked = coding.draft.accounts[-1].key, given | {"gazetteer": lambda: desk.gazetteer, "revision": coding.revision}
            coding = code_field(report, key, facet, value, store, span=span, **checked)  # type: ignore[arg-type]
    hand_in(report, store, visitor=visitor, revision=coding.revision, at=now())


@pytest.fixture
def coded(store: Store, desk: Desk) -> Store:
    """Two reports by two coders, a third by one of them."""
    day, later = ("2021-03-05", "5 March 2021"), ("2021-03-08", "Monday")
    number, group = ("escaped=12", "12 prisoners"), ("facility=Qalat prison", "Qalat prison")
    code(store, desk, "carla", "daily", ("12 prisoners escaped", "escape", {"when": day, "count": number, "actor": group}))
    code(store, desk, "dieter", "daily", ("prisoners escaped from Qalat", "jailbreak", {"when": later, "count": number}))
    code(store, desk, "carla", "wire", ("caught near the river", "recapture", {}))
    code(store, desk, "dieter", "wire", ("were caught", "recapture", {}), ("fled Qalat prison", "escape", {"actor": group}))
    code(store, desk, "carla", "lake")
    return store


def test_page_and_files_have_the_figures_of_measure_coders(inside: TestClient, coded: Store) -> None:
    measured = measure_coders(coded, visitor=Visitor(name="ana", role="admin"), family_of=CODEBOOK.family_of)
    told = inside.get("/agreement.json").json()
    assert [{name: one[name] for name in one if name != "compared"} for one in told["fields"]] == [
        asdict(one) | {"because": list(one.because)} for one in measured.fields
    ]
    assert (told["reports"], told["happenings"], told["seen_by_all"], told["coders"]) == (2, 3, 2, 2)
    rows = list(csv.DictReader(io.StringIO(inside.get("/agreement.csv").text)))
    assert [(row["field"], row["n"], row["kappa"] or None) for row in rows] == [
        (one.field, str(one.n), None if one.kappa is None else str(one.kappa)) for one in measured.fields
    ]
    shown = page_of(inside.get("/agreement"))
    assert [(one.text or "").strip() for one in shown.cssselect(".agreement th[scope=row]")] == [name_field(one.field) for one in measured.fields]
    assert text_of(shown, ".agreement td:nth-child(2)") == [str(one.n) for one in measured.fields]


def test_each_field_has_its_figures_and_what_is_compared_or_why_there_is_none(inside: TestClient, coded: Store) -> None:
    told = text_of(page_of(inside.get("/agreement")), ".agreement")[0]
    assert "the earliest day; none told is a value of its own" in told
    assert "kappa, alpha: what no coder coded is not counted, so chance has no measure" in told
    assert "kappa: all gave one and the same value, as chance would" in told  # the status
    fields = {one["field"]: one for one in inside.get("/agreement.json").json()["fields"]}
    assert (fields["type"]["n"], fields["type"]["agreed"], fields["existence"]["agreed"]) == (2, 0.5, pytest.approx(2 / 3))
    assert (fields["status"]["kappa"], fields["day"]["given"], fields["day"]["agreed_given"]) == (None, 1, 0.0)
    assert all(one["compared"] for one in fields.values())


def test_reports_are_listed_that_two_have_handed_in_and_nobody_is_named(inside: TestClient, coded: Store) -> None:
    page = page_of(inside.get("/agreement"))
    assert [one.get("href") for one in page.cssselect("[aria-labelledby=reports] a")] == ["/agreement/daily", "/agreement/wire"]
    assert inside.get("/agreement.json").json()["compared"][1] == {"report": "wire", "coders": 2, "happenings": 2}
    for address in ("/agreement", "/agreement.json", "/agreement.csv"):
        assert not [name for name in ("carla", "dieter") if name in inside.get(address).text]


def test_side_by_side_shows_where_two_coders_differ_and_what_they_tell_alike(inside: TestClient, coded: Store) -> None:
    page = page_of(inside.get("/agreement/daily"))
    assert text_of(page, "#h1 thead th") == ["field", "carla", "dieter"]
    told = {row.cssselect("th")[0].text_content(): text_of(row, "td") for row in page.cssselect("#h1 tr")[1:]}
    assert told == {
        "type": ["escape12 prisoners escaped", "jailbreakprisoners escaped from Qalat"],
        "day": ["2021-03-055 March 2021", "2021-03-08Monday"],
        "role: facility": ["Qalat prisonQalat prison", "none"],
    }
    assert text_of(page, "#h1 .said") == ["told alike: status occurred · count: escaped 12"]
    assert [one.text_content() for one in page.cssselect("#text mark")] == ["12 ", "prisoners escaped", " from Qalat"]


def test_what_one_coder_alone_has_is_told_whole(inside: TestClient, coded: Store) -> None:
    page = page_of(inside.get("/agreement/wire"))
    assert text_of(page, "#h1 h2") == ["1/2 escape"]
    assert text_of(page, "#h1 tr.existence td") == ["not coded", "codedfled Qalat prison"]
    assert "role: facility" in text_of(page, "#h1 th[scope=row]")
    assert text_of(page, "#h2 td") == ["They differ in nothing that is compared."]


def test_where_nothing_is_compared_the_page_says_what_brings_it(inside: TestClient) -> None:
    assert "Two persons who code the same report blind bring this" in inside.get("/agreement").text
    assert inside.get("/agreement.json").json()["reports"] == 0


def test_a_coder_compares_what_he_handed_in_and_nothing_else(stranger: TestClient, coded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.people.passwords.HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    for name in ("carla", "emil"):
        add_person(name, coded, role="coder", password="a long word to come in", by="person", at=now())
    codes = {}
    for name in ("carla", "emil"):
        stranger.post("/login", data={"name": name, "password": "a long word to come in"})
        codes[name] = [
            stranger.get(address).status_code for address in ("/agreement", "/agreement.json", "/agreement.csv", "/agreement/daily", "/agreement/nobody")
        ]
        if name == "carla":
            assert "Nobody else has handed in" in stranger.get("/agreement/lake").text
    assert codes == {"carla": [403, 403, 403, 200, 404], "emil": [403, 403, 403, 403, 404]}
