"""Few pages are worked out at once; who acts or downloads waits for none of them."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest

from waqai.gates.serving import bind
from waqai.gates.turns import AT_ONCE, Turns


class Counting:
    """An application that notes how many requests are with it at once."""

    def __init__(self) -> None:
        self.inside = self.most = 0

    async def __call__(self, *_: Any) -> None:
        self.inside += 1
        self.most = max(self.most, self.inside)
        await asyncio.sleep(0.01)
        self.inside -= 1


def run(asked: Coroutine[Any, Any, Any]) -> Any:
    """In a thread of its own: a browser of another test may have a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asked).result()


def most_at_once(method: str, path: str) -> int:
    async def ask() -> int:
        counting = Counting()
        turns, scope = Turns(counting), {"type": "http", "method": method, "path": path}
        await asyncio.gather(*(turns(scope, None, None) for _ in range(3 * AT_ONCE)))  # type: ignore[arg-type]
        return counting.most

    return int(run(ask()))


@pytest.mark.parametrize("path", ["/", "/incidents", "/incidents/i-1", "/incidents/map.json"])
def test_pages_take_turns(path: str) -> None:
    assert most_at_once("GET", path) == AT_ONCE


@pytest.mark.parametrize(("method", "path"), [("POST", "/judge/merge"), ("GET", "/judge/merge"), ("GET", "/incidents.csv"), ("GET", "/static/desk.css")])
def test_acts_downloads_and_files_do_not(method: str, path: str) -> None:
    assert most_at_once(method, path) == 3 * AT_ONCE


def test_a_page_that_fails_gives_its_turn_back() -> None:
    async def fail(*_: Any) -> None:
        raise ZeroDivisionError

    async def ask() -> list[object]:
        turns, scope = Turns(fail), {"type": "http", "method": "GET", "path": "/"}
        return list(await asyncio.wait_for(asyncio.gather(*(turns(scope, None, None) for _ in range(3 * AT_ONCE)), return_exceptions=True), 5))  # type: ignore[arg-type]

    assert [type(one) for one in run(ask())] == [ZeroDivisionError] * 3 * AT_ONCE


def test_answers_leave_at_once_and_do_not_wait_to_be_acknowledged() -> None:
    """asyncio turns Nagle's algorithm off where a socket names its protocol; with it on, every second part of an answer is 40 ms late."""
    with closing(bind(0)) as listening:
        assert listening.proto == socket.IPPROTO_TCP
