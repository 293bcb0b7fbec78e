"""A server on this machine that does what a test tells it, reply by reply: a real socket, a real HTTP request."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[[BaseHTTPRequestHandler], None]
ANSWER = '{"accounts": [], "claims": []}'


@dataclass
class Seen:
    """A request that came in."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class Script:
    """What the server does with each request in turn (the last behaviour again and again), and what it saw."""

    behaviours: list[Behaviour]
    seen: list[Seen] = field(default_factory=list)
    port: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


@contextmanager
def serving(*behaviours: Behaviour) -> Iterator[Script]:
    """A running server with this script."""
    script = Script(list(behaviours))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            script.seen.append(Seen(self.path, dict(self.headers), body))
            turn = min(len(script.seen), len(script.behaviours)) - 1
            self.script = script  # type: ignore[attr-defined]
            with suppress(OSError):
                script.behaviours[turn](self)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    script.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield script
    finally:
        script.over.set()
        server.shutdown()
        server.server_close()


def completion(content: str | None, *, finish: str = "stop") -> str:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}, "finish_reason": finish}]})


def says(content: str | None = ANSWER, *, finish: str = "stop") -> Behaviour:
    """Answers as a model's server does."""
    return sends(completion(content, finish=finish))


def sends(body: str | bytes, *, status: int = 200, **headers: str) -> Behaviour:
    """Sends this body with this status."""
    raw = body.encode() if isinstance(body, str) else body

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(raw)))
        handler.end_headers()
        handler.wfile.write(raw)

    return behave


def breaks_off(handler: BaseHTTPRequestHandler) -> None:
    """Promises more than it sends."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')


def never_answers(handler: BaseHTTPRequestHandler) -> None:
    handler.script.over.wait(20)  # type: ignore[attr-defined]


def drips_headers(handler: BaseHTTPRequestHandler) -> None:
    """A byte of the headers now and then: no single read ever waits long."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    _drip(handler)


def drips_body(handler: BaseHTTPRequestHandler) -> None:
    """Headers at once, then a byte of the body now and then, without an announced end."""
    handler.send_response(200)
    handler.end_headers()
    _drip(handler)


def _drip(handler: BaseHTTPRequestHandler) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and not handler.script.over.is_set():  # type: ignore[attr-defined]
        handler.wfile.write(b" ")
        time.sleep(0.05)


def floods(handler: BaseHTTPRequestHandler) -> None:
    """Sends without end."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.script.over.is_set():  # type: ignore[attr-defined]
        handler.wfile.write(b" " * 65_536)
