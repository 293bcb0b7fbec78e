"""What a program reads of the desk's interface."""

from __future__ import annotations

from starlette.testclient import TestClient

from desk.test_entrance import act_of
from waqai.desk.app import described, routes
from waqai.flow import now
from waqai.openapi.describing import kind_of
from waqai.people import add_token
from waqai.store import Store


def test_lists_and_acts_are_described_and_pages_are_not(inside: TestClient) -> None:
    told = inside.get("/openapi.json").json()
    assert told == described()
    assert {"/incidents.json", "/incidents.csv", "/incidents.geojson", "/incidents.atom", "/queue.json", "/healthz", "/review/suggest"} <= set(told["paths"])
    assert {"/review/verdict", "/review/correct", "/judge/merge", "/judge/note", "/add"} <= set(told["paths"])
    assert not {"/", "/incidents", "/queue", "/login", "/start"} & set(told["paths"])


def test_each_operation_says_what_it_gives_who_may_and_how_it_refuses() -> None:
    for route in routes():
        for method in route.methods:
            if kind_of(route) == "pages":
                continue
            operation = described()["paths"][route.path_format][method.lower()]
            assert operation["tags"] == [kind_of(route)] and operation["description"]
            assert {"400", "401", "403", "404", "409", "413", "422"} <= set(operation["responses"])
            assert "200" in operation["responses"] or "303" in operation["responses"]
            act = act_of(route)
            assert act is None or f"scope {act}" in operation["description"]


def test_an_error_has_the_shape_that_is_described(inside: TestClient) -> None:
    inside.headers["accept"] = "application/json"
    for path in ("/incidents.json?size=x", "/incidents.json?after=x", "/incidents.json?since=x", "/reports/none"):
        assert set(inside.get(path).json()) == {"error"}
    assert described()["components"]["schemas"]["Refused"]["required"] == ["error"]


def test_a_program_acts_with_a_token_as_it_is_described(stranger: TestClient, store: Store) -> None:
    secret = add_token("notes", store, scopes=["read", "internal", "note"], by="person", at=now()).secret
    bearer = {"authorization": f"Bearer {secret}"}
    answer = stranger.post("/judge/note", data={"incident": "i-escape", "words": "from a program"}, headers=bearer)
    assert (answer.status_code, answer.headers["location"]) == (303, "/incidents/i-escape")
    assert stranger.post("/judge/lock", data={"incident": "i-escape", "seen": "0"}, headers=bearer).json()["error"]
