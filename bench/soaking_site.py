"""Feeds that publish made-up news, each on a port of this machine, and that fail now and then: what `bench.soaking` watches.

    python -m bench.soaking_site SOURCES RATE FAILING SEED

Prints the ports as JSON, publishes RATE reports a minute on each until it reads a line, then prints what was published, asked and failed, and serves on.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any

from bench.synthetic_news import Happening, draw_words, make_happening

IN_A_FEED = 400
"""Entries that a feed names, the newest first: ten minutes of them."""
OF = 100_000  # happenings that the news are drawn from
TOLD = {
    "clash": "Fighting between {one} and {other} killed {killed} people in {town}, {country}, on {day}, local officials said.",
    "air_strike": "An air strike by {one} on {town}, {country}, killed {killed} people on {day}, a monitor reported.",
    "shelling": "Shelling by {one} killed {killed} people in {town}, {country}, on {day}, according to residents.",
    "arrest": "Police arrested {killed} people in {town}, {country}, on {day}, the governor said.",
    "escape": "{killed} inmates escaped from a prison in {town}, {country}, on {day}, the prison service said.",
    "protest": "Hundreds protested in {town}, {country}, on {day}; {killed} people were wounded, witnesses said.",
}
_REST = "An attack by {one} killed {killed} people in {town}, {country}, on {day}, officials said."


def write_page(source: int, number: int) -> bytes:
    """A page of this source: a sentence that tells of a happening, two that tell nothing, and the number by which it is known."""
    made = make_happening((source * 3_331 + number * 17) % OF, of=OF, seed=source)
    random = Random(f"{source}/{number}")
    rest = [" ".join(draw_words(random, random.randint(12, 24))).capitalize() + "." for _ in range(2)]
    body = "".join(f"<p>{one}</p>" for one in (tell(made), *rest, f"Bulletin {source}-{number}."))
    title = f"{made.type.replace('_', ' ').capitalize()} in {made.town.name}"
    return f'<!doctype html><html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>'.encode()


def tell(made: Happening) -> str:
    """The happening in a sentence."""
    named = {"one": made.initiator[0], "other": made.target[0], "town": made.town.name, "country": made.town.country, "killed": made.killed}
    return TOLD.get(made.type, _REST).format(**named, day=made.day.strftime("%B %-d, %Y"))


@dataclass
class Source:
    """One feed. `published` counts up with the clock until `ended`."""

    number: int
    rate: float
    began: float = field(default_factory=time.monotonic)
    ended: float | None = None

    @property
    def published(self) -> int:
        return int(((self.ended or time.monotonic()) - self.began) * self.rate / 60)

    def feed(self, port: int) -> bytes:
        newest = self.published
        items = "".join(
            f"<item><guid>{self.number}-{one}</guid><title>News {one}</title><link>http://127.0.0.1:{port}/{one}.html</link></item>"
            for one in range(newest - 1, max(-1, newest - 1 - IN_A_FEED), -1)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Source {self.number}</title>{items}</channel></rss>'.encode()


class Counted:
    """What was asked and what failed, over all sources. Shared by threads."""

    def __init__(self, failing: float, seed: int) -> None:
        self._random, self._lock, self._failing = Random(seed), threading.Lock(), failing
        self.asked = self.failed = 0

    def fails(self) -> int:
        """0, or the way in which this request fails."""
        with self._lock:
            self.asked += 1
            if self._random.random() >= self._failing:
                return 0
            self.failed += 1
            return self._random.randint(1, 4)


def handler_of(source: Source, counted: Counted) -> type[BaseHTTPRequestHandler]:
    """What answers for a source."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                self._answer(404, b"")
                return
            fails = counted.fails()
            if fails == 1:
                self._answer(503, b"not now")
            elif fails == 2:
                self.connection.close()  # breaks off before a word
            elif fails == 3:
                self._answer(200, self._body(), cut=True)
            elif fails == 4:
                time.sleep(1.0)
                self._answer(500, b"")
            else:
                self._answer(200, self._body())

        def _body(self) -> bytes:
            if self.path == "/rss.xml":
                return source.feed(self.connection.getsockname()[1])
            return page(source.number, int(self.path[1:].removesuffix(".html")))

        def _answer(self, status: int, body: bytes, *, cut: bool = False) -> None:
            self.send_response(status)
            self.send_header("content-type", "application/rss+xml" if self.path == "/rss.xml" else "text/html; charset=utf-8")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if cut else body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler


class Server(ThreadingHTTPServer):
    """One that says nothing of clients that hang up, nor of what it broke off itself."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


@cache
def page(source: int, number: int) -> bytes:
    """As `write_page`, once."""
    return write_page(source, number)


def main() -> None:
    """Serve until killed."""
    sources, rate, failing, seed = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
    page(0, 0)  # the world is loaded before the clock runs
    counted, every = Counted(failing, seed), [Source(number, rate) for number in range(sources)]
    servers = [Server(("127.0.0.1", 0), handler_of(one, counted)) for one in every]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps([server.server_port for server in servers]), flush=True)
    sys.stdin.readline()
    for one in every:
        one.ended = time.monotonic()
    sys.stdin.readline()
    print(json.dumps({"published": [one.published for one in every], "asked": counted.asked, "failed": counted.failed}), flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
