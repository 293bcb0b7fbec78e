"""What stands before every page: which host it is asked under, from which site, and the headers that keep a browser from doing more than it should.

Host            one of those that this desk answers to: a page elsewhere cannot rebind a name of its own to this machine
unsafe methods  from this site only: Sec-Fetch-Site, and Origin for browsers without it (no token in forms: docs/decisions/0045)
headers         CSP of own files only, no sniffing, no frames, no referrer to others, nothing kept by caches
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from waqai.wording import _

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CSP = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # not "no-referrer": browsers would send "Origin: null" with this site's own forms
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
KEPT_NOWHERE = "no-store"


class Guard:
    """Middleware. `hosts` are the names, without port, under which the desk may be asked."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str]) -> None:
        self._app, self._hosts = app, frozenset(host.casefold() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refuse(scope)
        answer = self._app if refused is None else refused
        await answer(scope, receive, _with_headers(send))

    def _refuse(self, scope: Scope) -> ASGIApp | None:
        """The answer to a request that goes no further."""
        headers = Headers(scope=scope)
        host = host_of(headers.get("host", ""))
        if host not in self._hosts:
            return PlainTextResponse(_("This desk does not answer under the name {host}.").format(host=repr(host)), status_code=400)
        if scope["method"] not in SAFE and not is_from_here(headers):
            return PlainTextResponse(_("This was sent from another site, so nothing was done."), status_code=403)
        return None


def host_of(header: str) -> str:
    """The name in a Host header, without its port; "" for what is none.

    >>> host_of("127.0.0.1:8765"), host_of("[::1]:8765"), host_of("Desk.example"), host_of("a b")
    ('127.0.0.1', '::1', 'desk.example', '')
    """
    try:
        return urlsplit(f"//{header}").hostname or "" if not set(header) & set("/?#@\\ ") else ""
    except ValueError:
        return ""


def is_from_here(headers: Headers) -> bool:
    """Whether an unsafe request comes from this site's own pages, or from no browser at all: every browser sends one of the two headers.

    The order is that of Go's CrossOriginProtection and Datasette's: Sec-Fetch-Site where it is there, else Origin against Host.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.casefold() == headers.get("host", "").casefold()


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", KEPT_NOWHERE)
        await send(message)

    return sending
