"""What leaves the desk passes the bounds: strangers see the public profile and nothing else, persons may name one."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

import scenes
from desk.conftest import BASE
from waqai.desk import Desk, make_app
from waqai.desk.app import routes
from waqai.desk.doors import DOORS, is_door
from waqai.flow import now
from waqai.people import add_token
from waqai.store import Store

OPEN = list(DOORS)


def bearer(store: Store, *scopes: str) -> dict[str, str]:
    made = add_token("feed reader", store, scopes=list(scopes), by="person", at=now())
    return {"authorization": f"Bearer {made.secret}", "accept": "application/json"}


@pytest.fixture
def a_year_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.desk.doors.now", lambda: datetime(2022, 3, 9, 12, tzinfo=UTC))


def test_a_strangers_token_opens_lists_in_the_public_profile_and_nothing_else(stranger: TestClient, store: Store, a_year_later: None) -> None:
    token = bearer(store, "read")
    for route in routes():
        for method in route.methods:
            path = route.path.replace("{incident}", "i-escape").replace("{report:path}", "daily")
            answer = stranger.request(method, path, headers=token)
            if path in ("/healthz", "/start", "/login"):
                continue
            assert (answer.status_code == 200) == (path in DOORS and method == "GET"), (method, path, answer.status_code)
            if not is_door(path):  # a feed of an alert is one, where there is such an alert
                assert answer.status_code == 403 and "internal" in answer.json()["error"]


@pytest.mark.parametrize("path", OPEN)
def test_nothing_masked_is_in_what_a_stranger_is_given(stranger: TestClient, store: Store, path: str, a_year_later: None) -> None:
    answer = stranger.get(path, headers=bearer(store, "read"))
    assert answer.status_code == 200 and "i-escape" in answer.text
    for masked in ("Tel Salam", "Qalat", "36.85", "40.07", '"daily"', ",daily,", "herald,"):
        assert masked not in answer.text, masked
    named = stranger.get(path, params={"profile": "internal"}, headers=bearer(store, "read"))
    assert named.status_code == 403


@pytest.mark.parametrize("path", OPEN)
def test_a_fresh_escape_is_held_back_from_strangers_for_three_days(stranger: TestClient, store: Store, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    token = bearer(store, "read")
    ends = datetime(2021, 3, 6, tzinfo=UTC) + timedelta(hours=72)
    for at, is_there in ((ends - timedelta(seconds=1), False), (ends + timedelta(seconds=1), True)):
        monkeypatch.setattr("waqai.desk.doors.now", lambda at=at: at)
        assert ("i-escape" in stranger.get(path, headers=token).text) == is_there


def test_a_person_sees_lists_as_they_are_and_may_name_a_profile(inside: TestClient, a_year_later: None) -> None:
    whole = inside.get("/incidents.json").json()
    public = inside.get("/incidents.json", params={"profile": "public"}).json()
    assert whole["total"] == 4 and public["total"] is None
    escape = {name: next(one for one in listed["incidents"] if one["id"] == "i-escape") for name, listed in (("whole", whole), ("public", public))}
    assert {a["report"] for a in escape["whole"]["accounts"]} == {"daily", "herald"}
    assert all(a["report"].startswith("r-") for a in escape["public"]["accounts"])
    assert escape["public"]["where"]["lat"] == round(escape["whole"]["where"]["lat"], 1)
    (wounded,) = [f for f in escape["public"]["figures"] if f["measure"] == "wounded"]
    assert (wounded["low"], wounded["best"], wounded["high"], wounded["expr"]) == (1, None, 2, "<3")


def test_a_feed_is_public_where_no_profile_is_named(inside: TestClient, a_year_later: None) -> None:
    assert "Tel Salam" not in inside.get("/incidents.atom").text
    assert "Tel Salam" in inside.get("/incidents.atom", params={"profile": "internal"}).text


@pytest.mark.parametrize("asked", [{"words": "Qalat"}, {"actor": "Qalat"}])
def test_words_and_actors_are_no_questions_for_a_stranger(inside: TestClient, desk: Desk, store: Store, asked: dict[str, Any], a_year_later: None) -> None:
    """Whether something is found tells what is masked."""
    token = bearer(store, "read")
    for path in DOORS:
        assert inside.get(path, params=asked | {"profile": "public"}).status_code == 200
        with TestClient(make_app(desk), base_url=BASE) as stranger:
            assert stranger.get(path, params=asked, headers=token).status_code == 403


def test_a_stranger_asks_for_whole_months_as_some_happenings_are_told_so(stranger: TestClient, store: Store, a_year_later: None) -> None:
    token = bearer(store, "read")
    for since in ("2021-03-01", "2021-03-31"):
        assert "i-escape" in stranger.get("/incidents.json", params={"since": since, "until": since}, headers=token).text
    assert "i-escape" not in stranger.get("/incidents.json", params={"since": "2021-04-01"}, headers=token).text


def test_what_terms_forbid_to_pass_on_is_in_no_file(inside: TestClient, store: Store, a_year_later: None) -> None:
    store.add_report(replace(scenes.report_of("lake"), id="as mailed", terms="not for redistribution"))  # the same text, come in once more
    for path in ("/incidents.csv", "/incidents.geojson"):
        text = inside.get(path).text
        assert "i-meeting" not in text and "i-escape" in text
    assert "i-meeting" in inside.get("/incidents.json").text  # a page of the house as data, no file
    rows = list(csv.DictReader(io.StringIO(inside.get("/incidents.csv?profile=partner").text)))
    assert {row["id"] for row in rows} == {"i-escape", "i-caught"}


def test_what_a_door_gives_is_described(inside: TestClient) -> None:
    told = inside.get("/openapi.json").json()
    for path in DOORS:
        assert any(one["name"] == "profile" for one in told["paths"][path]["get"]["parameters"])
