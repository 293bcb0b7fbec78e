"""/health, /ready and /metrics: to whom they answer, and with what."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from anyio.to_thread import current_default_thread_limiter
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from operating.conftest import BASE, HERE
from waqai.core import StoreError
from waqai.desk import Desk, make_app, make_reach
from waqai.flow import now
from waqai.gates.reach import Reach
from waqai.operating import counts, probes
from waqai.operating.requests import Watched
from waqai.people import add_person, add_token
from waqai.schema import attempts, feeds
from waqai.schema.migrations import HEAD
from waqai.store import Store

FAR = ("198.51.100.7", 40_000)
NAME = "desk.example"


def asking(desk: Desk, *, reach: Reach | None = None, client: tuple[str, int] = FAR) -> TestClient:
    return TestClient(Watched(make_app(desk, reach=reach or make_reach())), base_url=BASE, client=client, raise_server_exceptions=False)


def values_of(text: str) -> dict[str, float]:
    """By name and labels."""
    return {
        sample.name + "".join(f" {k}={v}" for k, v in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.mark.parametrize(("path", "said"), [("/health", "ok\n"), ("/ready", "ready\n")])
def test_a_stranger_is_told_one_word_and_no_cache_keeps_it(desk: Desk, path: str, said: str) -> None:
    client = asking(desk)
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (200, said)
    assert answer.headers["cache-control"] == "no-store" and "set-cookie" not in answer.headers
    head = client.head(path)
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(said)))
    refused = client.post(path)
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD")
    assert client.get(path, headers={"host": "evil.example"}).status_code == 400
    assert path not in client.get("/openapi.json").text


def test_it_lives_while_its_store_does_not_and_is_not_ready(desk: Desk, scene: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_store: Store) -> str | None:
        raise StoreError("store /home/ana/secret.sqlite: the file cannot be opened")

    monkeypatch.setattr(probes, "find_fault", gone)
    client = asking(desk)
    assert client.get("/health").status_code == 200
    answer = client.get("/ready")
    assert (answer.status_code, answer.text) == (503, "not ready: store\n")


def test_a_store_that_hangs_is_waited_for_one_second_and_takes_no_more_than_two_threads(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    release, at_work = threading.Event(), []

    def hangs(_store: Store) -> str | None:
        at_work.append(1)
        release.wait(20)
        return None

    monkeypatch.setattr(probes, "find_fault", hangs)
    monkeypatch.setattr(probes, "PATIENCE_S", 0.2)
    with asking(desk) as client:
        began = time.monotonic()
        answers = [client.get("/ready") for _ in range(4)]
        assert [one.status_code for one in answers] == [503] * 4 and time.monotonic() - began < 5
        assert len(at_work) == 2 and client.get("/health").status_code == 200
        release.set()


@pytest.mark.parametrize("schema", ["0001", "9999"])
def test_a_store_of_another_schema_is_not_ready(desk: Desk, scene: Store, schema: str) -> None:
    with scene.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :schema"), {"schema": schema})
    assert asking(desk).get("/ready").text == "not ready: schema\n"


def test_it_answers_while_all_turns_of_pages_are_taken(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.gates.turns.AT_ONCE", 0)
    assert [asking(desk).get(path).status_code for path in ("/health", "/ready")] == [200, 200]


def test_metrics_count_what_was_asked_and_what_the_store_holds(client: TestClient, desk: Desk, scene: Store) -> None:
    before = values_of(client.get("/metrics").text)
    client.get("/start", params={"token": desk.mint_start_token()})
    for _ in range(3):
        client.get("/incidents/i-escape")
    client.get("/incidents/i-nothing-there")
    answer = client.get("/metrics")
    after = values_of(answer.text)

    def more(name: str) -> float:
        return after[name] - before.get(name, 0)

    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert more("waqai_requests_total method=GET route=/incidents/{incident} status=2xx") == 3
    assert more("waqai_requests_total method=GET route=/incidents/{incident} status=4xx") == 1
    assert more("waqai_request_seconds_count route=/incidents/{incident} status=2xx") == 3
    assert more("waqai_request_seconds_bucket le=60.0 route=/incidents/{incident} status=2xx") == 3
    assert after["waqai_requests_at_work"] == 1
    held = scene.counts()
    assert (after["waqai_reports"], after["waqai_incidents"]) == (held.reports, held.incidents)
    assert after["waqai_store_bytes"] > 100_000 and after["waqai_desk_runs stage=waits"] == 0
    assert after[f"waqai_info schema={HEAD} version=0.1.0 wanted_schema={HEAD}"] == 1
    assert not re.search(r"i-escape|Qalat|ana\b", answer.text)


def test_the_store_is_counted_once_in_some_seconds(client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = []
    monkeypatch.setattr(counts, "_count", lambda _connection, **_: counted.append(1) or [])
    for _ in range(3):
        assert client.get("/metrics").status_code == 200
    assert len(counted) == 1
    monkeypatch.setattr(counts, "KEPT_S", 0.0)
    client.get("/metrics")
    assert len(counted) == 2


def test_a_store_that_hangs_while_it_is_counted_is_waited_for_with_none_of_the_pages_threads(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    monkeypatch.setattr(counts, "_count", lambda _connection, **_: release.wait(20) and [])
    monkeypatch.setattr(probes, "COUNTING_S", 0.2)
    began = time.monotonic()
    answers = [client.get("/metrics") for _ in range(3)]
    assert [(one.status_code, one.text) for one in answers] == [(503, "the store does not answer\n")] * 3 and time.monotonic() - began < 10
    assert client.portal is not None
    assert client.portal.call(lambda: current_default_thread_limiter().borrowed_tokens) == 0
    release.set()


def test_a_store_that_fails_is_not_told_as_a_token_that_is_wrong(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_args: object, **_said: object) -> None:
        raise StoreError("gone")

    monkeypatch.setattr(probes, "find_bearer", gone)
    answer = asking(desk).get("/metrics", headers={"authorization": "Bearer some"})
    assert (answer.status_code, answer.text) == (503, "the store does not answer\n")


def test_from_elsewhere_metrics_want_a_token_with_their_scope(desk: Desk, scene: Store) -> None:
    add_person("bo", scene, role="viewer", password="correct horse battery", by="person", at=now())
    client = asking(desk)
    secrets = {scope: add_token(f"for {scope}", scene, scopes=[scope], by="person", at=now(), person="bo").secret for scope in ("read", "internal", "metrics")}
    asked = {scope: client.get("/metrics", headers={"authorization": f"Bearer {secret}"}) for scope, secret in secrets.items()}
    assert {scope: answer.status_code for scope, answer in asked.items()} == {"read": 403, "internal": 403, "metrics": 200}
    assert "waqai_reports" in asked["metrics"].text and "waqai_" not in asked["read"].text
    none = client.get("/metrics")
    assert none.status_code == 401 and "waqai_reports" not in none.text and none.headers["www-authenticate"] == "Bearer"
    assert client.get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/incidents.json", headers={"authorization": f"Bearer {secrets['metrics']}"}).status_code == 401  # it opens nothing else


@pytest.fixture(params=["named", "unknown"])
def behind(request: pytest.FixtureRequest, desk: Desk) -> Iterator[TestClient]:
    """Somebody far away, whose request a proxy on this machine passes on: one that the desk knows of, one that it does not."""
    reach = make_reach(names=[NAME], proxy="127.0.0.1") if request.param == "named" else make_reach(names=[NAME])
    with asking(desk, reach=reach, client=HERE) as client:
        client.headers |= {"host": NAME} | ({"x-forwarded-for": "198.51.100.7"} if request.param == "unknown" else {})
        yield client


def test_who_comes_through_a_proxy_on_this_machine_is_no_program_of_it(behind: TestClient) -> None:
    assert behind.get("/metrics").status_code == 401


def test_what_waits_is_counted_as_its_tables_have_it(client: TestClient, scene: Store) -> None:
    at = now()
    one = {"kind": "feed", "every_s": 60, "made_by": "person", "made_at": at, "failures": 0}
    due, paused, later = (at - timedelta(hours=1), None), (at - timedelta(hours=1), at), (at + timedelta(hours=1), None)
    feed_rows = [
        one | {"id": f"f-{n}", "key": f"{n}", "name": f"{n}", "address": f"{n}", "next_look": next_look, "paused_at": paused_at, "failures": n}
        for n, (next_look, paused_at) in enumerate((due, paused, later))
    ]
    tried = {"reader": "rules", "version": "1", "settings_hash": "x", "attempts": 3, "worker": "w", "at": at}
    with scene.writing() as connection:
        connection.execute(feeds.feeds.insert(), feed_rows)
        connection.execute(attempts.attempts.insert(), [tried | {"report_sha256": state, "state": state} for state in ("working", "quarantined", "waiting")])
    found = values_of(client.get("/metrics").text)
    assert [found[f"waqai_{name}"] for name in ("feeds", "feeds_due", "feeds_failing", "quarantined")] == [3, 1, 2, 1]
