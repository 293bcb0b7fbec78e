from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from desk.forms import page_of, text_of
from factories import STAMP, make_account
from scenes import AT, TEXTS, report_of
from waqai.engines.attempts import quarantine
from waqai.flow import now, review_account
from waqai.people import Visitor, add_person, hand_in, open_coding, save_draft
from waqai.store import Store

EFFORTS = ((2.0, 1), (4.0, 3), (9.0, 5))


@pytest.fixture
def reviewed(store: Store) -> Store:
    """Three accounts accepted, with what it took, one rejected; a status of another corrected."""
    cards = {name: list(store.iter_cards(report=name)) for name in ("daily", "herald", "wire", "lake")}
    accepted = (cards["daily"][0], cards["herald"][0], cards["wire"][0])
    for card, (seconds, keys) in zip(accepted, EFFORTS, strict=True):
        review_account(card.account.id, "accepted", store, because="", by="person:ana", effort={"seconds": seconds, "keys": keys, "clicks": 0})
    review_account(cards["lake"][0].account.id, "rejected", store, because="", by="person:ben")
    meant = {"facet": "status", "value": "planned", "anchor": cards["lake"][1].anchor}
    store.append(kind="corrected", subject=cards["lake"][1].account.id, value=meant, because="", by="person:ben", at=AT)
    return store


def test_verdicts_are_counted(inside: TestClient, reviewed: Store) -> None:
    told = dict(zip(text_of(page := page_of(inside.get("/quality")), ".sums dt"), text_of(page, ".sums dd"), strict=True))
    assert told == {"accepted": "3", "rejected": "1", "corrected, not yet accepted": "1", "added": "0", "not looked at": "1"}


def test_each_field_stood_or_was_changed_by_how_sure_the_reader_was(inside: TestClient, reviewed: Store) -> None:
    rows = {(row["field"], row["from"]): row for row in csv.DictReader(io.StringIO(inside.get("/quality.csv").text))}
    assert (rows["account", "0.8"]["reviewed"], rows["account", "0.8"]["stood"], rows["account", "0.8"]["share"]) == ("4", "3", "0.75")
    assert (rows["status", "0.9"]["reviewed"], rows["status", "0.9"]["stood"]) == ("4", "3")
    assert rows["count", ""]["missed"] == "0"


def test_the_chart_has_a_dot_for_each_band_of_the_table(inside: TestClient, reviewed: Store) -> None:
    page = page_of(inside.get("/quality"))
    assert len(page.cssselect(".calibration circle")) == len(page.cssselect(".sides table tr")) - 1 == 2


def test_effort_is_told_by_quartiles_and_never_by_person(inside: TestClient, reviewed: Store) -> None:
    seconds, *_ = inside.get("/quality.json").json()["effort"]
    assert seconds == {"measure": "seconds", "n": 3, "quartiles": [3.0, 4.0, 6.5]}
    for address in ("/quality.json", "/quality.csv", "/agreement.csv"):
        assert not [name for name in ("ana", "ben") if f"person:{name}" in inside.get(address).text or f'"{name}"' in inside.get(address).text]


def test_runs_are_told_with_their_versions(inside: TestClient, store: Store) -> None:
    store.add_run(at=AT, settings={}, versions={"reader": "coder 9", "linker": "linker 7"}, counts={"reports_new": 41, "notices": 3})
    page = page_of(inside.get("/quality"))
    assert "coder 9" in text_of(page, "#main")[0] and "linker 7" in text_of(page, ".terms dd")
    assert [cell.text_content() for cell in page.cssselect("[aria-label=Runs] td")][1:5] == ["41", "0", "0", "3"]


def test_reports_in_quarantine_are_counted(inside: TestClient, store: Store) -> None:
    assert "in quarantine" not in inside.get("/quality").text
    quarantine({"a" * 64: (3, "it crashed"), "b" * 64: (3, "it crashed")}, store, stamp=STAMP, at=AT)
    page = page_of(inside.get("/quality"))
    assert dict(zip(text_of(page, ".terms dt"), text_of(page, ".terms dd"), strict=True))["reports in quarantine"].startswith("2 ")


def test_where_there_is_nothing_yet_the_page_says_what_brings_it(inside: TestClient) -> None:
    told = inside.get("/quality").text
    for words in (
        "Reviewing reports brings this",
        "accept, reject or correct",
        "Nothing is measured yet",
        "has two codings",
        "No run is noted",
    ):
        assert words in told


def code(store: Store, report: str, *, coders: dict[str, str]) -> None:
    """Each coder hands in an account of that type, made blind."""
    for name, type in coders.items():
        visitor = Visitor(name=name, role="coder", person=name)
        opened = open_coding(report, store, visitor=visitor, at=AT)
        told = (make_account(report_of(report), type=type, words=TEXTS[report].split(" on ")[0]),)
        saved = save_draft(replace(opened.draft, accounts=told), store, visitor=visitor, revision=opened.revision, at=AT)
        hand_in(report, store, visitor=visitor, revision=saved.revision, at=AT)


def test_that_coders_can_be_compared_is_told_and_not_by_name(inside: TestClient, store: Store) -> None:
    code(store, "daily", coders={"carla": "escape", "dieter": "escape"})
    code(store, "wire", coders={"carla": "jailbreak", "dieter": "escape"})
    assert text_of(page_of(inside.get("/quality")), '#main a[href="/agreement"]') == ["agreement, field by field"]
    assert inside.get("/quality.json").json()["agreement"]["coders"] == 2
    assert "2 coders" in text_of(page_of(inside.get("/quality")), "#main")[0]
    for address in ("/quality", "/quality.json", "/quality.csv", "/agreement", "/agreement.json", "/agreement.csv"):
        assert not [name for name in ("carla", "dieter") if name in inside.get(address).text]


def test_a_coder_sees_no_agreement_and_is_told_who_does(stranger: TestClient, store: Store) -> None:
    add_person("a coder", store, role="coder", password="coder coder coder!", by="person", at=now())
    stranger.post("/login", data={"name": "a coder", "password": "coder coder coder!"})
    stranger.headers["accept"] = "text/html"
    assert "Only a reviewer" in stranger.get("/quality").text
    assert stranger.get("/quality.json").json()["agreement"] is None
    assert stranger.get("/agreement.csv").status_code == 403
