"""Which host, which site, which headers: each test fails when its guard is taken out."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from waqai.gates.guard import CSP


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8765", "", "127.0.0.1@evil.example", "desk/..", "[::2]:8765"])
def test_the_desk_does_not_answer_under_another_name(stranger: TestClient, host: str) -> None:
    answer = stranger.get("/healthz", headers={"host": host})
    assert answer.status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST", "[::1]:8765"])
def test_the_desk_answers_under_the_names_of_this_machine(stranger: TestClient, host: str) -> None:
    assert stranger.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},  # another port or sub-domain of this machine
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8765"},  # the browser's own word goes before
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null"},  # a sandboxed frame, a file
    ],
)
def test_what_another_site_sends_changes_nothing(inside: TestClient, headers: dict[str, str]) -> None:
    answer = inside.post("/leave", headers=headers)
    assert answer.status_code == 403
    assert inside.get("/").status_code == 200  # still in


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://127.0.0.1:8765"}, {}])
def test_what_our_own_pages_and_programs_send_is_taken(inside: TestClient, headers: dict[str, str]) -> None:
    assert inside.post("/leave", headers=headers).status_code == 303


@pytest.mark.parametrize("path", ["/", "/healthz", "/reports/daily", "/reports/nobody", "/incidents/i-escape", "/start?token=x", "/static/desk.css"])
def test_every_answer_carries_the_policy(inside: TestClient, path: str) -> None:
    headers = inside.get(path).headers
    assert headers["content-security-policy"] == CSP
    assert headers["x-content-type-options"] == "nosniff"
    assert "unsafe" not in CSP and CSP.startswith("default-src 'self';")


def test_pages_are_kept_by_no_cache_and_our_own_files_by_their_hash(inside: TestClient) -> None:
    assert inside.get("/").headers["cache-control"] == "no-store"
    assert inside.get("/static/desk.css").headers["cache-control"] == "no-cache"
    assert "immutable" in inside.get("/static/desk.css?v=1").headers["cache-control"]
