"""Who comes in, and who does not."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from desk.forms import page_of, send
from waqai.desk import Desk, make_app
from waqai.desk.app import PAGES
from waqai.desk.entrance import COOKIE, OPEN
from waqai.flow import now
from waqai.people import ROLES, Act, Role, add_person, add_token, may, revoke_token
from waqai.schema.engine import label_of, make_engine
from waqai.store import Store


def routes() -> list[APIRoute]:
    """All that the desk answers to, without what is open to anybody."""
    return [route for page in PAGES for route in page.router.routes if isinstance(route, APIRoute) and route.path not in OPEN]


def filled(path: str) -> str:
    return path.replace("{report:path}", "daily").replace("{incident}", "i-escape").replace("{alert}", "al-1")


def act_of(route: APIRoute) -> Act | None:
    """What a route's guard asks for."""
    return next((act for one in route.dependant.dependencies if (act := getattr(one.call, "act", None))), None)


def test_a_start_token_lets_one_browser_in_once(desk: Desk, stranger: TestClient) -> None:
    token = desk.mint_start_token()
    first = stranger.get("/start", params={"token": token})
    assert (first.status_code, first.headers["location"]) == (303, "/")
    assert stranger.get("/").status_code == 200
    other = TestClient(make_app(desk), base_url="http://127.0.0.1", follow_redirects=False)
    assert other.get("/start", params={"token": token}).status_code == 403
    assert other.get("/").status_code == 401


def test_the_cookie_is_for_this_site_and_no_script_and_secure_only_behind_https(desk: Desk) -> None:
    for scheme, secure in (("http", False), ("https", True)):
        client = TestClient(make_app(desk), base_url=f"{scheme}://127.0.0.1", follow_redirects=False)
        cookie = client.get("/start", params={"token": desk.mint_start_token()}).headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie
        assert ("secure" in cookie) == secure


@pytest.mark.parametrize("token", ["", "x", "0" * 43, "%ff", "a" * 5000])
def test_a_guessed_token_opens_nothing(desk: Desk, stranger: TestClient, token: str) -> None:
    desk.mint_start_token()
    assert stranger.get(f"/start?token={token}").status_code == 403
    assert stranger.get("/").status_code == 401


@pytest.fixture
def persons(store: Store) -> Store:
    """The store with one person of each role, whose password is the role three times over."""
    for role in ROLES:
        add_person(f"a {role}", store, role=role, password=role * 3 + "!", by="person", at=now())
    return store


def come_in(client: TestClient, role: str) -> Any:
    return client.post("/login", data={"name": f"a {role}", "password": role * 3 + "!"})


def test_a_person_comes_in_by_name_and_password_and_signs(stranger: TestClient, persons: Store) -> None:
    assert "/login" in stranger.get("/", headers={"accept": "text/html"}).text
    assert come_in(stranger, "coder").status_code == 303
    page = page_of(stranger.get("/reports/daily", headers={"accept": "text/html"}))
    send(stranger, page, "#a1 form.verdict", press=("verdict", "accepted"))
    assert list(persons.iter_log())[-1].by == "person:a coder"


def test_a_wrong_password_is_refused_and_tries_are_slowed(stranger: TestClient, persons: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAQAI_NOW", now().isoformat())  # however slow the machine is, no wait is over
    codes = [stranger.post("/login", data={"name": "a coder", "password": f"guess {n} guess"}).status_code for n in range(12)]
    assert codes[0] == 403 and codes[-1] == 429
    assert come_in(stranger, "coder").status_code == 429  # the right one, too, has to wait
    assert stranger.get("/").status_code == 401


@pytest.mark.parametrize("next", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_coming_in_leads_to_no_other_site(stranger: TestClient, desk: Desk, persons: Store, next: str) -> None:
    asked = {"next": next, "url": next, "redirect": next}
    assert stranger.get("/start", params={"token": desk.mint_start_token(), **asked}).headers["location"] == "/"
    assert stranger.post("/login", params=asked, data={"name": "a viewer", "password": "viewer" * 3 + "!", **asked}).headers["location"] == "/"


@pytest.mark.parametrize("role", ROLES)
def test_every_act_is_for_those_whose_role_reaches(stranger: TestClient, persons: Store, role: Role) -> None:
    come_in(stranger, role)
    walked = 0
    for route in routes():
        act = act_of(route)
        for method in route.methods - {"GET"}:
            assert act is not None, f"{method} {route.path} says not who may"
            walked += 1
            if not may(role, act):
                answer = stranger.request(method, filled(route.path), data={})
                assert answer.status_code in (403, 422), (route.path, answer.status_code)
                assert answer.status_code == 403 or act == "read", f"{route.path} looked at what was sent before it looked at who sent it"
    assert walked > 4


def test_a_viewer_changes_nothing_and_a_coder_undoes_only_what_is_his(stranger: TestClient, persons: Store) -> None:
    come_in(stranger, "coder")
    entry = {"report": "daily", "entry": "1", "seen": str(persons.last_entry())}
    assert stranger.post("/review/undo", data=entry).status_code == 403  # the machine's
    come_in(stranger, "viewer")
    said = {"report": "daily", "account": "a-x", "verdict": "accepted", "seen": "0"}
    assert stranger.post("/review/verdict", data=said).status_code == 403


def test_a_programs_token_lets_in_with_its_scopes_until_it_is_revoked(stranger: TestClient, store: Store) -> None:
    made = add_token("feed reader", store, scopes=["read", "internal"], by="person", at=now())
    bearer = {"authorization": f"Bearer {made.secret}"}
    assert stranger.get("/reports/daily", headers=bearer).status_code == 200
    assert stranger.post("/review/undo", data={"report": "daily", "entry": "1", "seen": "0"}, headers=bearer).status_code == 403
    assert stranger.get("/", headers={"authorization": f"Bearer {made.secret}x"}).status_code == 401
    revoke_token(made.token.id, store, by="person", at=now())
    assert stranger.get("/reports/daily", headers=bearer).status_code == 401


def test_nothing_is_open_without_a_session_but_what_must_be(desk: Desk, stranger: TestClient) -> None:
    walked = 0
    stranger.cookies.set(COOKIE, "guessed")
    for route in routes():
        for method in route.methods:
            walked += 1
            answer = stranger.request(method, filled(route.path))
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


@pytest.fixture
def cut_off(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk's database is away."""
    address = "postgresql://ngo:geheim@127.0.0.1:1/archive"
    monkeypatch.setattr(desk.store, "_engine", make_engine(address, wait_seconds=1))
    monkeypatch.setattr(desk.store, "address", label_of(address))
    logger = logging.getLogger("waqai")
    for name, value in (("disabled", False), ("propagate", True), ("level", logging.INFO)):  # whatever the tests before this one have left
        monkeypatch.setattr(logger, name, value)
    monkeypatch.setattr(logger, "_cache", {})
    monkeypatch.setattr(logging.root.manager, "disable", logging.NOTSET)


@pytest.mark.usefixtures("cut_off")
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/start?token=x"), ("POST", "/login"), ("GET", "/"), ("GET", "/incidents"), ("GET", "/health"), ("GET", "/ready"), ("GET", "/metrics")],
)
def test_a_stranger_is_not_told_where_a_database_is_that_does_not_answer(
    method: str, path: str, accept: str, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    headers = {"accept": accept, "cookie": f"{COOKIE}=x", "origin": "http://127.0.0.1"}
    client = TestClient(make_app(desk), base_url="http://127.0.0.1", follow_redirects=False, raise_server_exceptions=False)
    answer = client.request(method, path, headers=headers, data={"name": "ana", "password": "p"} if method == "POST" else None)
    said = answer.text + str(answer.headers)
    assert [word for word in ("127.0.0.1", "ngo", "archive", "port 1", "geheim", "postgresql") if word in said] == []
    if path.startswith(("/start", "/login")) or path in ("/", "/incidents"):
        assert answer.status_code == 503 and "Try again in a minute" in said
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert ("<h1>" in said) is (accept == "text/html")
    if path.startswith(("/start", "/login")):
        assert [record.msg for record in caplog.records if record.name == "waqai"] == ["the store does not answer"]


def test_a_token_for_what_is_public_is_not_told_where_the_store_is(desk: Desk, persons: Store, stranger: TestClient) -> None:
    for scopes, told in ((["read"], False), (["read", "internal"], True)):
        token = add_token(" ".join(scopes), persons, scopes=scopes, by="person", at=now())
        answer = stranger.get("/alerts/none.json", headers={"authorization": f"Bearer {token.secret}"})
        assert answer.status_code == 404 and "no alert 'none'" in answer.text and (desk.store.address in answer.text) is told
