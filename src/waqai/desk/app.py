"""The desk as one web application: guard, entrance, pages, and what an error looks like."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from waqai import __version__
from waqai.core import StoreError, WaqaiError
from waqai.desk import (
    about_pages,
    add_pages,
    agreement_pages,
    alert_pages,
    coding_pages,
    dossier_pages,
    drafting_pages,
    entrance,
    expectation_pages,
    feed_pages,
    incident_pages,
    judging_pages,
    list_pages,
    me_pages,
    original_pages,
    pattern_pages,
    people_pages,
    quality_pages,
    queue_pages,
    register_pages,
    report_pages,
    review_pages,
    start_pages,
    taking_pages,
    teller_pages,
)
from waqai.desk.entrance import Entrance, wants_page
from waqai.desk.house import Desk
from waqai.desk.pages import desk_of, render, status_of
from waqai.gates.guard import HEADERS, KEPT_NOWHERE, Guard
from waqai.gates.limits import Limits
from waqai.gates.reach import THIS_MACHINE, Reach
from waqai.gates.turns import Turns
from waqai.openapi.describing import describe
from waqai.operating.logs import tell
from waqai.operating.probes import Probes
from waqai.store import Store
from waqai.wording import _

PAGES = (
    *(
        entrance,
        start_pages,
        add_pages,
        queue_pages,
        review_pages,
        report_pages,
        list_pages,
        judging_pages,
        incident_pages,
        taking_pages,
        dossier_pages,
        original_pages,
    ),
    *(
        teller_pages,
        expectation_pages,
        pattern_pages,
        register_pages,
        alert_pages,
        feed_pages,
        quality_pages,
        about_pages,
        coding_pages,
        drafting_pages,
        agreement_pages,
        people_pages,
        me_pages,
    ),
)


def make_app(desk: Desk, *, reach: Reach = THIS_MACHINE) -> FastAPI:
    """The application over this desk, which answers to who can reach it so. Its interface is described at /openapi.json."""
    zipped = Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)
    probes = Middleware(Probes, store=desk.store, reach=reach, runs=desk.runs.newest)
    behind = [Middleware(Guard, hosts=reach.hosts), probes, Middleware(Limits), zipped, Middleware(Entrance), Middleware(Turns)]
    app = FastAPI(title="waqai desk", version=__version__, docs_url=None, redoc_url=None, middleware=behind)
    app.state.desk = desk
    app.openapi = lambda: described()  # type: ignore[method-assign]
    for page in PAGES:
        app.include_router(page.router)
    app.mount("/static", OwnFiles(directory=str(files("waqai.desk").joinpath("static"))))
    app.add_exception_handler(WaqaiError, _say_what_failed)
    app.add_exception_handler(HTTPException, _say_what_failed)
    app.add_exception_handler(RequestValidationError, _say_what_failed)
    app.add_exception_handler(Exception, _say_that_we_failed)
    return app


def routes() -> list[APIRoute]:
    """All that the desk answers to, but for files of its own."""
    return [route for page in PAGES for route in page.router.routes if isinstance(route, APIRoute)]


@cache
def described() -> dict[str, Any]:
    """The OpenAPI that programs are told."""
    return describe(routes())


class OwnFiles(StaticFiles):
    """Our own files: kept for good by a browser that asks for them by their hash, asked for anew otherwise."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        versioned = scope["query_string"].startswith(b"v=")
        answer.headers["cache-control"] = "public, max-age=31536000, immutable" if versioned else "no-cache"
        return answer


async def _say_what_failed(request: Request, error: Exception) -> Response:
    """The error as a page for a person, as JSON for a program."""
    answer = _answer(request, _status_of(error), _words_of(error) if _is_insider(request) else _words_for_strangers(error, desk_of(request).store))
    answer.headers.update(getattr(error, "headers", None) or {})  # 405 names the methods that there are
    return answer


async def _say_that_we_failed(request: Request, error: Exception) -> Response:
    """What nobody foresaw, which is in the log of the server; or a database that is away, before it is known who asks. This answer comes from behind the
    guard's back, so that it carries its headers itself."""
    if isinstance(error, StoreError):
        answer = _answer(request, _status_of(error), _words_for_strangers(error, desk_of(request).store))
    else:
        answer = _answer(request, 500, _("The desk failed at this, by a fault of its own. What went wrong is written where `waqai desk` runs."))
    answer.headers.update({**HEADERS, "cache-control": KEPT_NOWHERE})
    return answer


def _answer(request: Request, status: int, said: str) -> Response:
    if wants_page(request) and (status == 503 or getattr(request.state, "visitor", None) is not None):  # with its database away a desk knows no one
        return render(request, "failed.html", status=status, said=said)
    return JSONResponse({"error": said}, status_code=status)


def _status_of(error: Exception) -> int:
    if isinstance(error, HTTPException):
        return error.status_code
    if isinstance(error, RequestValidationError):
        return 422
    return status_of(error) if isinstance(error, WaqaiError) else 400


def _is_insider(request: Request) -> bool:
    """Whether who asks may read all that is kept: nobody else is told where that is."""
    visitor = getattr(request.state, "visitor", None)
    return visitor is not None and visitor.may("internal")


def _words_for_strangers(error: Exception, store: Store) -> str:
    """As `_words_of`, without the store's place. What a database says when it fails, which may name machines, is kept back; the log has what kind it was."""
    if isinstance(error, StoreError) and _status_of(error) == 503:
        tell("the store does not answer", level="error", error=error)
        return _("The desk cannot reach what it keeps. Try again in a minute; who runs the desk finds more in its log.")
    return _words_of(error).replace(f"store {store.address}", "the store")


def _words_of(error: Exception) -> str:
    if isinstance(error, HTTPException):
        return str(error.detail)
    if isinstance(error, RequestValidationError):
        return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
    return str(error)
