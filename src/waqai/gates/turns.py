"""Pages are worked out a few at a time, in the order in which they were asked for.

Python runs one thread at a time, and a page asks the database some dozens of things: with many pages at work each stands in line again after every answer,
behind all the others, and all of them are late. Measured with 100,000 incidents and twenty requests a second: docs/decisions/0048.
"""

from __future__ import annotations

from asyncio import Semaphore

from starlette.types import ASGIApp, Receive, Scope, Send

AT_ONCE = 3
WHOLE = (".csv", ".geojson", "/dossier")
"""What is sent while it is read, as long as a browser takes it: nobody is to wait for its end."""
WAITING = ("/judge/", "/static/", "/export/file")
"""What may wait for somebody who writes, what takes long, and what needs no turn."""


class Turns:
    """Middleware: what is only looked at takes its turn; acts and downloads do not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app, self._turns = app, Semaphore(AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not takes_turns(scope):
            await self._app(scope, receive, send)
            return
        async with self._turns:
            await self._app(scope, receive, send)


def takes_turns(scope: Scope) -> bool:
    """Whether this is a page or a part of one that is only read."""
    return scope["type"] == "http" and scope["method"] == "GET" and not scope["path"].endswith(WHOLE) and not scope["path"].startswith(WAITING)
