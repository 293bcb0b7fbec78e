"""Who comes in, and who does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from waqai.desk import Desk, make_app
from waqai.desk.app import PAGES
from waqai.desk.door import COOKIE, Door
from waqai.desk.entrance import OPEN
from waqai.flow import now


def test_a_start_token_lets_one_browser_in_once(desk: Desk, stranger: TestClient) -> None:
    token = desk.door.mint(at=now())
    first = stranger.get("/start", params={"token": token})
    assert (first.status_code, first.headers["location"]) == (303, "/")
    assert stranger.get("/").status_code == 200
    other = TestClient(make_app(desk), base_url="http://127.0.0.1", follow_redirects=False)
    assert other.get("/start", params={"token": token}).status_code == 403
    assert other.get("/").status_code == 401


def test_the_cookie_is_for_this_site_and_no_script_and_secure_only_behind_https(desk: Desk) -> None:
    for scheme, secure in (("http", False), ("https", True)):
        client = TestClient(make_app(desk), base_url=f"{scheme}://127.0.0.1", follow_redirects=False)
        cookie = client.get("/start", params={"token": desk.door.mint(at=now())}).headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie
        assert ("secure" in cookie) == secure


@pytest.mark.parametrize("token", ["", "x", "0" * 43, "\ud800"])
def test_a_guessed_token_opens_nothing(desk: Desk, token: str) -> None:
    desk.door.mint(at=now())
    assert desk.door.enter(token, by="person", at=now()) is None


def test_a_token_and_a_session_grow_old() -> None:
    door, at = Door(), now()
    assert door.enter(door.mint(at=at), by="person", at=at + timedelta(hours=25)) is None
    secret = door.enter(door.mint(at=at), by="person", at=at)
    assert secret is not None
    assert door.find(secret, at=at + timedelta(hours=11)) is not None
    assert door.find(secret, at=at + timedelta(hours=24)) is None


def test_nothing_is_open_without_a_session_but_what_must_be(desk: Desk, stranger: TestClient) -> None:
    walked = 0
    for route in (route for page in PAGES for route in page.router.routes if isinstance(route, APIRoute) and route.path not in OPEN):
        for method in route.methods:
            walked += 1
            path = route.path.replace("{report:path}", "daily").replace("{incident}", "i-escape")
            stranger.cookies.set(COOKIE, "guessed")
            answer = stranger.request(method, path)
            assert answer.status_code == 401, (method, route.path)
            assert "Qalat" not in answer.text
    assert walked > 5
    assert stranger.get("/openapi.json").status_code == 401


def test_who_is_turned_away_is_told_what_helps(stranger: TestClient) -> None:
    assert "waqai desk" in stranger.get("/", headers={"accept": "text/html"}).text
    assert "waqai desk" in stranger.get("/").json()["error"]


def test_leaving_ends_the_session_for_good(inside: TestClient) -> None:
    cookie = inside.cookies[COOKIE]
    inside.post("/leave")
    inside.cookies.set(COOKIE, cookie)
    assert inside.get("/").status_code == 401
