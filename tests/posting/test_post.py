"""A reply comes within its time and size from the address that was checked, or it is a failure with a name."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from flow.model.scripted import Behaviour, breaks_off, drips_body, drips_headers, floods, never_answers, says, sends, serving
from waqai.posting.address import HostAddress
from waqai.posting.post import PostFailed, Reply, post


def ask(port: int, *, timeout_s: float = 5.0, most_bytes: int = 100_000, host: str = "127.0.0.1", secure: bool = False, **fields: tuple[str, ...]) -> Reply:
    to = HostAddress(secure=secure, host=host, port=port, path="/v1", addresses=fields.get("addresses", ("127.0.0.1",)))
    return post(to, "/chat/completions", b'{"q": 1}', headers={"X-Test": "yes"}, timeout_s=timeout_s, most_bytes=most_bytes)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_reply_comes_back_whole_with_its_status() -> None:
    with serving(sends(b"x" * 90_000, status=418, Retry_After="7")) as script:
        reply = ask(script.port)
    assert (reply.status, len(reply.body), reply.retry_after_s, reply.address) == (418, 90_000, 7.0, "127.0.0.1")
    assert script.seen[0].path == "/v1/chat/completions" and script.seen[0].body == {"q": 1}
    assert script.seen[0].headers["X-Test"] == "yes" and script.seen[0].headers["Host"] == f"127.0.0.1:{script.port}"


@pytest.mark.parametrize("behaviour", [never_answers, drips_headers, drips_body])
def test_a_slow_server_is_cut_off_when_the_whole_time_is_up(behaviour: Behaviour) -> None:
    with serving(behaviour) as script:
        began = time.monotonic()
        with pytest.raises(PostFailed, match="timed out"):
            ask(script.port, timeout_s=0.5)
        assert time.monotonic() - began < 2


def test_a_server_that_takes_no_connection_in_time_is_given_up() -> None:
    with socket.socket() as deaf:  # a full queue: the third connection is never taken
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        port = deaf.getsockname()[1]
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        with pytest.raises(PostFailed) as caught:
            ask(port, timeout_s=0.3)
        for one in waiting:
            one.close()
    assert caught.value.outcome == "timed out"


def test_a_reply_without_end_is_cut_at_the_most_bytes() -> None:
    with serving(floods) as script, pytest.raises(PostFailed, match="too large") as caught:
        ask(script.port, most_bytes=200_000)
    assert 200_000 < caught.value.received < 400_000


def test_a_reply_that_breaks_off_is_no_reply() -> None:
    with serving(breaks_off) as script, pytest.raises(PostFailed) as caught:
        ask(script.port)
    assert caught.value.outcome == "broken off" and caught.value.received == 13


@pytest.mark.parametrize("junk", [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000])
def test_what_is_no_http_is_no_reply(junk: bytes) -> None:
    def talk(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(junk)
        handler.connection.shutdown(socket.SHUT_WR)

    with serving(talk) as script, pytest.raises(PostFailed) as caught:
        ask(script.port)
    assert caught.value.outcome == "broken off"


def test_an_absurd_length_is_no_reason_to_break() -> None:
    def talk(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\nhello")
        handler.connection.shutdown(socket.SHUT_WR)

    with serving(talk) as script:
        assert ask(script.port).body == b"hello"


def test_a_closed_port_is_named_as_such() -> None:
    with pytest.raises(PostFailed) as caught:
        ask(free_port())
    assert caught.value.outcome == "no connection"


def test_the_next_address_of_a_host_is_tried_where_the_first_takes_no_connection() -> None:
    with serving(says()) as script:
        assert ask(script.port, addresses=("127.0.0.9", "127.0.0.1")).address == "127.0.0.1"


def test_a_redirect_is_handed_back_and_not_followed() -> None:
    with serving(says("stolen")) as other, serving(sends("", status=307, Location=f"http://127.0.0.1:{other.port}/v1")) as script:
        assert ask(script.port).status == 307
    assert other.seen == [] and len(script.seen) == 1


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(says("stolen")) as proxy, serving(says("mine")) as script:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        monkeypatch.delenv("no_proxy", raising=False)
        assert b"mine" in ask(script.port, host="models.test").body
    assert proxy.seen == []


def test_the_name_is_not_looked_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *a, **k: asked.append(host) or real(host, *a, **k))
    with serving(says()) as script:
        ask(script.port, host="models.test")
    assert "models.test" not in asked


@pytest.mark.needs("openssl")
def test_a_certificate_that_nobody_vouches_for_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    seen: list[bytes] = []
    with tls_server(tmp_path, seen) as port, pytest.raises(PostFailed) as caught:
        ask(port, host="models.test", secure=True)
    assert caught.value.outcome == "no secure connection" and seen == []


@pytest.mark.needs("openssl")
def test_a_certificate_has_to_be_the_hosts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []
    with tls_server(tmp_path, seen) as port:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
        assert ask(port, host="models.test", secure=True).status == 200
        with pytest.raises(PostFailed) as caught:
            ask(port, host="other.test", secure=True)
    assert caught.value.outcome == "no secure connection" and seen == [b'{"q": 1}']


@contextmanager
def tls_server(folder: Path, seen: list[bytes]) -> Iterator[int]:
    """A server with a certificate of its own making for models.test; gives its port."""
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=models.test", "-addext", "subjectAltName=DNS:models.test"]
    subprocess.run([*made, "-keyout", folder / "key.pem", "-out", folder / "cert.pem"], check=True, capture_output=True)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(self.rfile.read(int(self.headers["Content-Length"])))
            sends("{}")(self)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
