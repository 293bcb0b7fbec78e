"""Every request told and counted, in place of the server's own log: by the pattern of its address, its status, how long it took, and the role of who asked."""

from __future__ import annotations

import secrets
import time
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from waqai.operating.logs import Level, tell
from waqai.operating.metrics import count_begin, count_end

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
ROUTE = "waqai.route"
"""Where in a request's scope an answer that is no page of the application leaves the pattern of its address."""
NO_ROUTE = "none"
OFTEN = ("/health", "/ready", "/metrics", "/static")
"""What is asked every few seconds, or with every page: told at the level "debug" only."""


class Watched:
    """Around the whole application, outside of all that answers errors. Each answer carries the number of its request, by which it is found in the log."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number, began, status = secrets.token_hex(8), time.monotonic(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = number
            await send(message)

        count_begin()
        try:
            await self._app(scope, receive, sending)
        except BaseException as error:
            _note(scope, number, status or 500, time.monotonic() - began, error)
            raise
        _note(scope, number, status, time.monotonic() - began, None)


def route_of(scope: Scope) -> str:
    """The pattern of the address that was asked, with the names of its parts and without what they are; "none" where it led nowhere."""
    if ROUTE in scope:
        return str(scope[ROUTE])
    if scope["path"].startswith("/static/"):
        return "/static"
    return str(getattr(scope.get("route"), "path", NO_ROUTE))


def who_asks(scope: Scope) -> str:
    """The role of who asked, and whether by a token; "stranger" for who was not let in. Never a name."""
    visitor: Any = scope.get("state", {}).get("visitor")
    if visitor is None:
        return "stranger"
    return f"{visitor.role} by token" if visitor.scopes is not None else str(visitor.role)


def _note(scope: Scope, number: str, status: int, seconds: float, error: BaseException | None) -> None:
    method, route = scope["method"] if scope["method"] in METHODS else "other", route_of(scope)
    count_end(method=method, route=route, status=status, seconds=seconds)
    level: Level = "error" if status >= 500 or error is not None else "debug" if route in OFTEN else "info"
    tell("request", level=level, error=error, request=number, method=method, route=route, status=status, ms=round(seconds * 1000, 1), who=who_asks(scope))
