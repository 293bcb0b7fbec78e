"""What is watched: each feed with when it answered last, what it brought and what failed; made and ended here, looked at by `waqai watch run`."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from waqai.core import NotPossible
from waqai.desk.entrance import needs
from waqai.desk.pages import desk_of, link, render
from waqai.flow import now
from waqai.watching import Counts, add_feed, count_items, get_feed, list_feeds, list_items, parse_every, pause_feed, remove_feed, retry_items
from waqai.wording import _

router = APIRouter(prefix="/feeds", include_in_schema=False)
Text = Annotated[str, Form()]
NONE = Counts()


@router.get("")
def feeds(request: Request, done: str = "") -> Response:
    """All feeds, and a form for another."""
    return _render(request, done=done)


@router.post("/add", dependencies=[needs("judge")])
def add(request: Request, address: Text, name: Text = "", publisher: Text = "", every: Text = "30m") -> Response:
    """Watch an address of the web. A folder of the desk's machine is for its owner to name, on the command line."""
    given = {"address": address, "name": name, "publisher": publisher, "every": every}
    try:
        if "://" not in address:
            raise NotPossible(_("an address begins with https://; a folder of this machine is watched by `waqai watch add`"))
        said = {"name": name.strip() or None, "publisher": publisher.strip() or None, "every": parse_every(every)}
        add_feed(address, desk_of(request).store, **said, by=request.state.visitor.signature, at=now())  # type: ignore[arg-type]
    except NotPossible as error:
        return _render(request, status=409, failed=str(error), given=given)
    return RedirectResponse(link("/feeds", done="add"), status_code=303)


@router.post("/{act}", dependencies=[needs("judge")])
def change(request: Request, act: str, feed: Text) -> Response:
    """Pause it, let it go on, try again what was set aside, or remove it."""
    store, by = desk_of(request).store, request.state.visitor.signature
    if act == "retry":
        retry_items(get_feed(feed, store).id, store, at=now())
    elif act == "remove":
        remove_feed(feed, store, by=by, at=now())
    elif act in ("pause", "resume"):
        pause_feed(feed, store, at=now() if act == "pause" else None)
    else:
        raise NotPossible(_("there is no such act: {act}").format(act=repr(act)))
    return RedirectResponse(link("/feeds", done=act), status_code=303)


@router.get("/{feed}")
def one(request: Request, feed: str) -> Response:
    """A feed with what it brought last."""
    store = desk_of(request).store
    found = get_feed(feed, store)
    counts = count_items(store).get(found.id, NONE)
    aside, rest = list_items(found.id, store, state="set_aside"), list_items(found.id, store, most=50)
    reports = store.find_report_ids([item.report_sha256 for item in rest if item.report_sha256])
    return render(request, "feed.html", feed=found, counts=counts, aside=aside, items=rest, reports=reports)


def _render(request: Request, *, status: int = 200, **told: Any) -> Response:
    """`failed`: why nothing was done; `given`: what stands in the form."""
    store = desk_of(request).store
    counts = count_items(store)
    shown = {"failed": "", "done": "", "given": {"address": "", "name": "", "publisher": "", "every": "30m"}} | told
    return render(request, "feeds.html", status=status, feeds=[(one, counts.get(one.id, NONE)) for one in list_feeds(store)], **shown)
