"""What the log holds of requests: how each was answered, and nothing that was asked, read or shown."""

from __future__ import annotations

import io
import json
import logging
from typing import Any

import pytest
from starlette.testclient import TestClient

from waqai.desk import Desk
from waqai.desk.app import routes
from waqai.flow import now
from waqai.operating import requests
from waqai.people import add_person, add_token
from waqai.store import Store

PERSON, WORDS = "Zubaida", "the beekeeper of Qalat"


def told(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_a_request_is_one_line_with_the_pattern_of_its_address(client: TestClient, desk: Desk, lines: io.StringIO) -> None:
    answer = client.get("/start", params={"token": desk.mint_start_token()})
    client.get("/incidents/i-escape")
    first, second = told(lines)
    assert {name: value for name, value in first.items() if name not in ("ms", "request")} == {
        "time": "2026-03-09T12:00:00Z",
        "level": "info",
        "event": "request",
        "method": "GET",
        "route": "/start",
        "status": 303,
        "who": "stranger",
    }
    assert first["request"] == answer.headers["x-request-id"] != second["request"] and first["ms"] >= 0
    assert (second["route"], second["status"], second["who"]) == ("/incidents/{incident}", 200, "admin")


def test_whatever_is_asked_no_id_word_name_address_or_secret_is_in_a_line(client: TestClient, desk: Desk, scene: Store, lines: io.StringIO) -> None:
    """Every route of the desk, with values of the store in its address, words in its query, secrets in its headers."""
    add_person(PERSON, scene, role="viewer", password="correct horse battery", by="person", at=now())
    secret = add_token("a feed reader of Zubaida", scene, scopes=["read", "internal"], by="person", at=now(), person=PERSON).secret
    start = desk.mint_start_token()
    client.get("/start", params={"token": start})
    sent = {"x-forwarded-for": "198.51.100.77", "referer": f"http://127.0.0.1:8765/incidents?words={WORDS}", "user-agent": "Mozilla/Zubaida"}
    for route in routes():
        path = route.path
        values = dict.fromkeys(("id", "name", "run", "key", "alert", "coding", "incident", "report", "ending", "format", "expectation"), f"i-escape-{WORDS}")
        for name in route.param_convertors:
            path = path.replace(f"{{{name}}}", values.get(name, f"{PERSON} i-escape"))
        for method in route.methods - {"HEAD"}:
            client.request(method, path, params={"words": WORDS, "actor": PERSON}, headers=sent)
    client.get(f"/incidents/i-escape?words={WORDS}", headers=sent | {"authorization": f"Bearer {secret}"})
    client.get(f"/nowhere/{PERSON}", params={"q": WORDS})
    client.get(f"/static/{PERSON}.js")
    client.request("BREW", "/")
    text = lines.getvalue()
    assert len(told(lines)) > 90
    for word in (
        *WORDS.split()[1::2],
        "beekeeper",
        "Qalat",
        PERSON,
        "zubaida",
        "i-escape",
        "198.51",
        "127.0.0.1",
        "Mozilla",
        secret,
        secret[:12],
        start,
        "waqai_session",
        "BREW",
    ):
        assert word not in text, word
    assert {one["who"] for one in told(lines)} == {"admin", "stranger", "viewer by token"}
    assert {one["route"] for one in told(lines)} - {route.path for route in routes()} == {"none", "/static"}


@pytest.mark.parametrize("known", [True, False])
def test_an_error_is_told_by_kind_and_place_and_without_its_message(
    client: TestClient, desk: Desk, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    client.get("/start", params={"token": desk.mint_start_token()})

    def fails(*_: object, **__: object) -> None:
        try:
            raise KeyError(WORDS)
        except KeyError as error:
            raise (ValueError if known else type("Odd", (Exception,), {}))(f"cannot find {WORDS}") from error

    monkeypatch.setattr("waqai.desk.start_pages.render", fails)
    answer = client.get("/")
    last = told(lines)[-1]
    assert answer.status_code == 500 and answer.headers["x-request-id"] == last["request"]
    assert (last["level"], last["status"], last["route"]) == ("error", 500, "/")
    assert last["error"].endswith("ValueError" if known else "Odd") and "KeyError, which became" in " ".join(last["places"])
    assert last["places"][-1].startswith("operating/test_requests.py:") and last["places"][-1].endswith(" in fails")
    assert any(place.startswith("waqai/desk/start_pages.py:") for place in last["places"])
    assert "beekeeper" not in lines.getvalue() and not any(place.startswith("/") for place in last["places"])


def test_what_other_libraries_log_is_told_by_its_place_alone(lines: io.StringIO) -> None:
    logging.getLogger("somebody.else").warning(f"fetched http://example.org/?q={WORDS} %s", PERSON)
    logging.getLogger("uvicorn.error").error("Exception in ASGI application\n", exc_info=ValueError(WORDS))
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request received from %s", "198.51.100.77")
    one, other = told(lines)
    assert one["logger"] == "somebody.else" and one["place"].startswith("operating/test_requests.py:")
    assert other["event"] == "Invalid HTTP request received from %s"
    assert not any(word in lines.getvalue() for word in ("beekeeper", PERSON, "198.51", "example.org"))


def test_what_is_asked_every_few_seconds_is_for_debugging_only(client: TestClient, lines: io.StringIO) -> None:
    for path in requests.OFTEN[:3]:
        client.get(path)
    assert [(one["level"], one["route"]) for one in told(lines)] == [("debug", path) for path in requests.OFTEN[:3]]
