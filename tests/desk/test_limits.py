"""More than is taken is refused while it comes in; who sends half a form keeps nobody waiting. Over a real socket where that matters."""

from __future__ import annotations

import json
import socket
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import date
from threading import Thread

import pytest
import uvicorn
from starlette.testclient import TestClient

from desk.attacks import taken_of
from desk.ground import Ground
from waqai.core import UnknownId
from waqai.desk import Desk, make_app
from waqai.desk.entrance import COOKIE
from waqai.gates.limits import MOST_SENT, MOST_UPLOADED, most_of
from waqai.gates.serving import bind
from waqai.operating.uploads import MOST_WAITING, MOST_WAITING_BYTES, Upload, Waiting

MB = 1_000_000
NOTE = {"incident": "i-escape", "words": "x"}


@pytest.mark.parametrize("path", ["/judge/note", "/login", "/queue/accept", "/leave", "/nowhere"])
def test_a_form_that_names_more_than_is_taken_is_not_looked_at(inside: TestClient, path: str) -> None:
    answer = inside.post(path, content=b"x", headers={"content-length": str(MOST_SENT + 1), "content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 413
    assert "1 MB" in answer.text


def test_the_largest_form_is_taken_and_one_byte_more_is_not(inside: TestClient) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    head = b"incident=i-escape&words=a&rest="
    assert inside.post("/judge/note", content=head + b"x" * (MOST_SENT - len(head)), headers=kind).status_code == 303
    assert inside.post("/judge/note", content=head + b"x" * (MOST_SENT - len(head) + 1), headers=kind).status_code == 413


def test_what_is_refused_half_way_is_told_as_a_page(inside: TestClient) -> None:
    parts = iter([b"incident=i-escape&words=", *[b"x" * 65_536] * 20])
    answer = inside.post("/judge/note", content=parts, headers={"content-type": "application/x-www-form-urlencoded"})
    assert (answer.status_code, answer.headers["content-type"]) == (413, "text/html; charset=utf-8")
    assert "1 MB" in answer.text and "waqai add" in answer.text


@pytest.mark.parametrize("headers", [{}, {"content-length": "10"}, {"content-length": str(10**9)}, {"content-length": "9" * 5000}, {"content-length": "-1"}])
@pytest.mark.parametrize(("path", "most"), [("/judge/note", MOST_SENT), ("/add", MOST_UPLOADED), ("/add/columns/x", MOST_SENT)])
def test_of_a_gigabyte_no_more_is_read_than_may_be_and_none_of_it_is_held(
    desk: Desk, inside: TestClient, path: str, most: int, headers: dict[str, str]
) -> None:
    tracemalloc.start()
    taken = taken_of(Ground(desk=desk), inside.cookies[COOKIE], headers, path=path, size=1000 * MB)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken <= most + 2 * 65_536
    assert peak < 12 * MB, f"{peak / MB:.0f} MB were held of {taken / MB:.0f} MB"


def test_more_fields_than_a_form_can_have_are_refused(inside: TestClient) -> None:
    answer = inside.post("/judge/note", data={**NOTE, **{f"f{n}": "" for n in range(1100)}})
    assert (answer.status_code, "1000" in answer.text) == (400, True)
    files = [("files", (f"{n}.txt", b"x", "text/plain")) for n in range(1100)]
    assert inside.post("/add", files=files).status_code == 400


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "application/x-www-form-urlencoded; x", "\xff"]
)
def test_a_body_of_another_kind_than_a_form_is_no_error_of_ours(inside: TestClient, kind: str) -> None:
    for content in (b"{", b"[" * 50_000, b"\xff\xfe\0", b"--\r\n\r\n--", b"&=&=;%%%"):
        answer = inside.post("/judge/note", content=content, headers={b"content-type": kind.encode("latin-1")})
        assert answer.status_code in (400, 404, 422), answer.text


def test_archives_of_reports_may_be_added_up_to_their_own_bound() -> None:
    assert most_of("/add") == MOST_UPLOADED > 50 * MOST_SENT
    assert [most_of(path) for path in ("/", "/add/", "/add/columns/k", "/addx", "/ADD")] == [MOST_SENT] * 5


def upload(size: int) -> list[Upload]:
    return [Upload(name="t.csv", content=bytes(size), publisher=None, published=date(2021, 3, 5))]


def test_files_that_wait_for_their_columns_are_bounded_by_number_and_by_size() -> None:
    waiting = Waiting()
    keys = [waiting.keep(upload(1)) for _ in range(MOST_WAITING + 1)]
    assert waiting.get(keys[1]) and waiting.get(keys[-1])
    with pytest.raises(UnknownId):
        waiting.get(keys[0])
    large = waiting.keep(upload(MOST_WAITING_BYTES))
    assert waiting.get(large)
    for key in keys:
        with pytest.raises(UnknownId):
            waiting.get(key)


# -- over a socket


@pytest.fixture
def server(desk: Desk) -> Iterator[tuple[str, int]]:
    """Where the desk is served, as `waqai desk` serves it."""
    with bind(0) as listening:
        config = uvicorn.Config(make_app(desk), log_level="critical", access_log=False, timeout_graceful_shutdown=1)
        running = uvicorn.Server(config)
        thread = Thread(target=running.run, kwargs={"sockets": [listening]})
        thread.start()
        while not running.started:
            time.sleep(0.01)
        yield listening.getsockname()
        running.should_exit = True
        thread.join(10)


def connect(server: tuple[str, int]) -> socket.socket:
    return socket.create_connection(server, timeout=10)


def ask(server: tuple[str, int], sent: bytes) -> bytes:
    """All that is answered to these bytes until the other side hangs up."""
    with connect(server) as line:
        line.sendall(sent)
        return read(line)


def read(line: socket.socket) -> bytes:
    """All that comes until the other side hangs up."""
    came = b""
    with suppress(ConnectionError):
        while part := line.recv(65_536):
            came += part
    return came


def head(method: str, path: str, *more: str) -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close", *more, "", ""]).encode()


def test_who_sends_half_a_form_keeps_nobody_waiting(desk: Desk, server: tuple[str, int]) -> None:
    """Two hundred of them: half a head, half a body, half of a chunk, and a body with a page."""
    halves = [
        b"POST /login HTTP/1.1\r\nHost: local",
        head("POST", "/login", "Content-Type: application/x-www-form-urlencoded", "Content-Length: 900000") + b"name=a",
        head("POST", "/login", "Content-Type: application/x-www-form-urlencoded", "Transfer-Encoding: chunked") + b"ffff\r\nname=a",
        head("GET", "/start", "Content-Length: 900000") + b"x",
    ]
    with ExitStack() as lines:
        for n in range(200):
            lines.enter_context(connect(server)).sendall(halves[n % len(halves)])
        began = time.monotonic()
        for _ in range(20):
            assert b'"status":"ok"' in ask(server, head("GET", "/healthz"))
            assert ask(server, head("GET", "/login", "Accept: text/html")).startswith(b"HTTP/1.1 200")
        assert time.monotonic() - began < 5


def test_a_stream_without_end_is_cut_off(server: tuple[str, int]) -> None:
    with connect(server) as line:
        line.sendall(head("POST", "/login", "Content-Type: application/x-www-form-urlencoded", "Transfer-Encoding: chunked"))
        sent = 0
        with pytest.raises(ConnectionError):
            while sent < 200 * MB:
                line.sendall(b"10000\r\n" + b"x" * 65_536 + b"\r\n")
                sent += 65_536
    assert sent < 20 * MB  # what lies in the buffers of both sides
    assert b'"status":"ok"' in ask(server, head("GET", "/healthz"))


@pytest.mark.parametrize(
    "sent",
    [
        head("GET", "/incidents?words=" + "x" * 200_000),
        head("GET", "/" + "a/" * 100_000),
        head("GET", "/healthz", "Cookie: " + "a=b; " * 50_000),
        head("GET", "/healthz", *(f"X-{n}: y" for n in range(20_000))),
        head("POST", "/login", "Content-Length: -1"),
        head("POST", "/login", "Content-Length: 5", "Content-Length: 7"),
        head("POST", "/login", "Content-Length: 5", "Transfer-Encoding: chunked", "Transfer-Encoding: x"),
        head("POST", "/login", "Transfer-Encoding: chunked") + b"zz\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost : localhost\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 30,
        b"\r\n" * 50_000,
    ],
    ids=lambda sent: repr(sent[:44]),
)
def test_a_request_that_is_none_or_too_large_is_refused(server: tuple[str, int], sent: bytes) -> None:
    answer = ask(server, sent)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 4"), answer[:80]
    assert b'"status":"ok"' in ask(server, head("GET", "/healthz"))


@pytest.mark.parametrize(
    "words", ["(" * 5000, '"' * 5001, "a " * 5000, "NEAR(" * 2000, "*" * 3000, "^" * 100, "a AND " * 1000, "{a b}:c", "\U0001f600" * 900, "%00"]
)
def test_any_words_may_be_looked_for(inside: TestClient, words: str) -> None:
    for path in ("/incidents", "/incidents.json", "/incidents.csv", "/publishers"):
        assert inside.get(f"{path}?words={words}").status_code in (200, 400, 409)


def test_a_filter_of_thousands_of_values_is_answered(inside: TestClient) -> None:
    query = "&".join(f"{name}=v{n}" for n in range(1200) for name in ("type", "country", "actor", "publisher"))
    answer = inside.get(f"/incidents.json?{query}")
    assert (answer.status_code, json.loads(answer.text)["incidents"]) == (200, [])
