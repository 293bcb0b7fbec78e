"""How much may be sent, and how slowly: what is over is refused while it comes in, before any of it is kept.

    a form      1 MB       words, choices, ids: thousands of times what a page of ours sends
    /add        100 MB     two of the largest documents that are read (intake.Limits.max_file_bytes); an archive is for `waqai add`
    a part      60 s       between two parts of a body; who sends half a form holds a place open for nobody else, but not for ever either

The length that is named is looked at first, and what comes is counted all the same: it may have no length (chunked), or a false one. The number of fields and
files (1,000 each) and the size of one field that is no file (1 MB) are bounded where forms are read, by Starlette.
"""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from waqai.wording import _

MOST_SENT, MOST_UPLOADED = 1_000_000, 100_000_000
"""Bytes that a form, and one with files, may have."""
PATIENCE_S = 60.0
CUT = {"connection": "close"}
"""The server hangs up behind the answer, else it would go on to read what is thrown away."""


class Limits:
    """Middleware. Raises HTTPException (413, 408) where a body is read that is too large or does not come, which is answered as any other error."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = most_of(scope["path"])
        named = Headers(scope=scope).get("content-length", "")
        if named.isdecimal() and (len(named) > 15 or int(named) > most):
            await PlainTextResponse(_say_too_much(most), status_code=413, headers=CUT)(scope, receive, send)
            return
        await self._app(scope, _counted(receive, most=most), send)


def most_of(path: str) -> int:
    """Bytes that may be sent to this address."""
    return MOST_UPLOADED if path == "/add" else MOST_SENT


def _counted(receive: Receive, *, most: int) -> Receive:
    """The body as it comes, up to so many bytes. Behind its end nothing is counted or waited for: what comes then is that the other side hangs up."""
    came, is_whole = 0, False

    async def receiving() -> Message:
        nonlocal came, is_whole
        if is_whole:
            return await receive()
        if came > most:
            raise HTTPException(413, _say_too_much(most), CUT)
        try:
            message = await asyncio.wait_for(receive(), PATIENCE_S)
        except TimeoutError as error:
            raise HTTPException(408, _("nothing came for {n} seconds").format(n=round(PATIENCE_S)), CUT) from error
        came += len(message.get("body", b""))
        if came > most:
            raise HTTPException(413, _say_too_much(most), CUT)
        is_whole = not message.get("more_body", False)
        return message

    return receiving


def _say_too_much(most: int) -> str:
    return _("more was sent than is taken here ({n} MB): send it in parts, or have it read on the machine of the desk by `waqai add`").format(
        n=most // 1_000_000
    )
