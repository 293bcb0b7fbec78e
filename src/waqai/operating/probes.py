"""Three addresses for whoever runs a desk, beside its pages: they answer to programs, wait for no page, and tell as little as they can.

/health     "ok": the process lives. It looks at nothing else
/ready      "ready": the store answered within a second, and has the schema that this waqai wants; else 503 with a word
/metrics    numbers for Prometheus: to this machine, or to a token with the scope "metrics"; to nobody else
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from ipaddress import ip_address
from threading import Semaphore
from typing import TypeVar

import anyio
from anyio import CapacityLimiter, to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from waqai.core import StoreError
from waqai.flow import Run, now
from waqai.gates.reach import Reach
from waqai.operating.counts import Counts, find_fault, metrics_of_runs
from waqai.operating.metrics import TYPE, expose
from waqai.operating.requests import ROUTE
from waqai.people import find_bearer
from waqai.store import Store
from waqai.wording import _

PATIENCE_S = 1.0
"""How long the store may take to say that it is there."""
COUNTING_S = 9.0
"""How long it may take to be counted: Prometheus gives up after ten seconds."""
MOST_AT_ONCE = 2
"""Threads that ask the store for /ready: where it hangs, they do, and more of them would help nobody."""
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")
MOST_WAITING = 20
"""Threads of their own for these addresses: those of the pages may all be taken."""
METHODS = ("GET", "HEAD")
Answer = Callable[[Scope], Awaitable[Response]]
T = TypeVar("T")


class Probes:
    """Middleware, behind the guard of hosts. `runs` gives those that the desk remembers."""

    def __init__(self, app: ASGIApp, *, store: Store, reach: Reach, runs: Callable[[], Iterable[Run]]) -> None:
        self._app, self._store, self._reach, self._runs = app, store, reach, runs
        self._counts, self._turns, self._own = Counts(store), Semaphore(MOST_AT_ONCE), CapacityLimiter(MOST_WAITING)
        self._answers: Mapping[str, Answer] = {"/health": _live, "/ready": self._ready, "/metrics": self._metrics}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._answers.get(scope["path"]) if scope["type"] == "http" else None
        if answer is None:
            await self._app(scope, receive, send)
            return
        scope[ROUTE] = scope["path"]
        found = await answer(scope) if scope["method"] in METHODS else _say("ask by GET or HEAD", status=405, allow=", ".join(METHODS))
        await (_without_body(found) if scope["method"] == "HEAD" else found)(scope, receive, send)

    async def _ready(self, scope: Scope) -> Response:
        fault: str | None = "store"
        with anyio.move_on_after(PATIENCE_S):
            fault = await to_thread.run_sync(self._find_fault, abandon_on_cancel=True, limiter=self._own)
        return _say("ready") if fault is None else _say(f"not ready: {fault}", status=503)

    def _find_fault(self) -> str | None:
        if not self._turns.acquire(timeout=PATIENCE_S):
            return "store"
        try:
            return find_fault(self._store)
        except StoreError:
            return "store"
        finally:
            self._turns.release()

    async def _metrics(self, scope: Scope) -> Response:
        headers = Headers(scope=scope)
        if not self._is_near(scope, headers):
            kind, _blank, secret = headers.get("authorization", "").partition(" ")
            shown = secret.strip() if kind.casefold() == "bearer" else ""
            known = await self._within(lambda: (find_bearer(shown, self._store, at=now()),)) if shown else (None,)
            if known is None:
                return _silent()
            (visitor,) = known
            if visitor is None:
                said = _("From another machine, or through a proxy, this wants a token with the scope “metrics”: `waqai token add NAME --scope metrics`.")
                return _say(said, status=401, **{"www-authenticate": "Bearer"})
            if not visitor.may("metrics"):
                return _say(_("This token lacks the scope “metrics”."), status=403)
        found = await self._within(self._expose)
        return Response(found, headers={"content-type": TYPE}) if found is not None else _silent()

    async def _within(self, ask: Callable[[], T]) -> T | None:
        """What a thread of these addresses' own finds; None where the store fails, or takes too long: the pages' threads are left to the pages."""
        with anyio.move_on_after(COUNTING_S), suppress(StoreError):
            return await to_thread.run_sync(ask, abandon_on_cancel=True, limiter=self._own)
        return None

    def _expose(self) -> bytes:
        return expose((*self._counts.collect(), metrics_of_runs(self._runs())))

    def _is_near(self, scope: Scope, headers: Headers) -> bool:
        """Whether a program on this machine asks: with a proxy before the desk, all seem to."""
        if self._reach.proxy is not None or any(name in headers for name in FORWARDED):
            return False
        try:
            return ip_address((scope.get("client") or ("",))[0]).is_loopback
        except ValueError:
            return False


async def _live(_scope: Scope) -> Response:
    return _say("ok")


def _say(word: str, *, status: int = 200, **headers: str) -> Response:
    return Response(f"{word}\n", status_code=status, media_type="text/plain", headers=headers)


def _silent() -> Response:
    return _say("the store does not answer", status=503)


def _without_body(answer: Response) -> Response:
    """What HEAD is told: the headers of the answer, its length too."""
    return Response(status_code=answer.status_code, headers=dict(answer.headers))
