from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from starlette.testclient import TestClient

from desk.forms import page_of, text_of
from factories import STAMP, family_of, make_claim, make_reading, make_report
from scenes import AT
from waqai.store import Store


def add(store: Store, id: str, *, day: date | None, stance: str = "warns", speaker: str = "police", stamp: str = "1") -> None:
    report = make_report(f"{id}: police warned that more would flee.", id=id, published=day)
    claim = make_claim(report, speaker=speaker, cue="warned", content="more would flee", stance=stance)
    store.add_report(report)
    store.add_reading(make_reading(report, claims=[claim], stamp=replace(STAMP, version=stamp)), family_of=family_of)


@pytest.fixture
def told(store: Store) -> Store:
    """Four claims, three of which look ahead."""
    add(store, "old", day=date(2021, 1, 1))
    add(store, "new", day=date(2021, 2, 1), stance="expects")
    add(store, "undated", day=None, stance="threatens")
    add(store, "said", day=date(2021, 3, 1), stance="reports")
    return store


def reports(client: TestClient, address: str) -> list[str]:
    return [one["report"] for one in client.get(address).json()["expectations"]]


def test_claims_that_look_ahead_are_listed_newest_report_first_and_are_open(inside: TestClient, told: Store) -> None:
    assert reports(inside, "/expectations.json") == ["new", "old", "undated"]
    page = page_of(inside.get("/expectations"))
    assert text_of(page, "h1") == ["3 claims about what is to come"]
    assert text_of(page, ".waiting li .badge") == ["open"] * 3
    assert text_of(page, ".waiting .from")[0] == "“more would flee”"


def test_pages_follow_each_other_without_gap_or_repeat(inside: TestClient, told: Store) -> None:
    found, address = [], "/expectations.json?size=1"
    while address:
        page = inside.get(address).json()
        found += [one["report"] for one in page["expectations"]]
        address = page["next"]
    assert found == ["new", "old", "undated"]


def test_they_are_narrowed_by_stance_and_by_a_country_that_the_report_tells_of(inside: TestClient, told: Store) -> None:
    assert reports(inside, "/expectations.json?stance=expects") == ["new"]
    assert reports(inside, "/expectations.json?country=sy") == []
    report = told.get_report("daily")
    claim = make_claim(report, cue="said", content="12 prisoners escaped", stance="plans")
    told.add_reading(make_reading(report, claims=[claim], stamp=replace(STAMP, version="2")), family_of=family_of)
    assert reports(inside, "/expectations.json?stance=plans") == ["daily"]


def test_only_the_current_reading_counts(inside: TestClient, told: Store) -> None:
    add(told, "new", day=date(2021, 2, 1), stance="reports", stamp="2")
    assert reports(inside, "/expectations.json") == ["old", "undated"]


def test_the_list_follows_the_store(inside: TestClient, told: Store) -> None:
    assert reports(inside, "/expectations.json") == ["new", "old", "undated"]
    add(told, "newest", day=date(2021, 4, 1))
    assert reports(inside, "/expectations.json") == ["newest", "new", "old", "undated"]
    told.erase_report("new", because="asked for", by="person:ana", at=AT)
    assert reports(inside, "/expectations.json") == ["newest", "old", "undated"]
    assert text_of(page_of(inside.get("/expectations")), "h1") == ["3 claims about what is to come"]


def test_a_country_follows_the_incident_that_the_report_tells_of(inside: TestClient, store: Store) -> None:
    report = store.get_report("wire")
    claim = make_claim(report, cue="said", content="Two men who fled Qalat prison were caught", stance="plans")
    (account,) = [card.account for card in store.iter_cards(report="wire")]
    newer = replace(STAMP, version="2")
    store.add_reading(make_reading(report, accounts=[replace(account, id="a-newer")], claims=[claim], stamp=newer), family_of=family_of)
    assert reports(inside, "/expectations.json?country=sy") == ["wire"]
    (card,) = store.iter_cards(report="wire")
    store.append(kind="corrected", subject=card.account.id, value={"facet": "where", "value": None, "anchor": card.anchor}, because="", by="person:ana", at=AT)
    assert reports(inside, "/expectations.json?country=sy") == []


def test_the_file_has_a_row_for_each(inside: TestClient, told: Store) -> None:
    rows = list(csv.DictReader(io.StringIO(inside.get("/expectations.csv").text)))
    assert [row["report"] for row in rows] == ["new", "old", "undated"]
    assert (rows[0]["stance"], rows[0]["speaker"], rows[0]["resolution"]) == ("expects", "police", "open")


@pytest.mark.parametrize("address", ["/expectations?stance=reports", "/expectations.json?after=x", "/expectations.csv?stance=zzz"])
def test_what_there_is_not_is_an_error_of_the_asker(inside: TestClient, address: str) -> None:
    assert inside.get(address).status_code == 400


def test_where_there_is_none_the_page_says_what_brings_them(inside: TestClient) -> None:
    assert "bring them" in inside.get("/expectations").text
