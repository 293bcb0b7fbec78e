"""Add reports: pasted, or as files; what the columns of a table hold is asked once. Reading goes on in the background, and its page tells how far it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import PurePath
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from waqai.core import COLUMN_FIELDS, Incoming, IntakeError, MissingColumn, Notice, Report, UnknownId
from waqai.desk.entrance import needs
from waqai.desk.filtering import read_day
from waqai.desk.house import Desk
from waqai.desk.pages import desk_of, render
from waqai.flow import ColumnChooser, Run, chained, incoming_of_paste, iter_uploaded, now, preview_upload, report_of_paste
from waqai.gates.limits import MOST_UPLOADED
from waqai.gathering import check_address, iter_page
from waqai.operating.uploads import Upload
from waqai.wording import _

router = APIRouter(prefix="/add", include_in_schema=False)
Text = Annotated[str, Form()]
FORM = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("text", "title", "publisher", "published", "url", "page")}
    | {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}},
}
"""What /add takes where files are sent, for the description of the interface."""


@router.get("", dependencies=[needs("code")])
def form(request: Request) -> Response:
    """The form, and the runs that go on or ended."""
    return _render(request)


@router.post("", dependencies=[needs("code")], openapi_extra={"requestBody": {"content": {"multipart/form-data": {"schema": FORM}}}})
async def add(request: Request, text: Text = "", title: Text = "", publisher: Text = "", published: Text = "", url: Text = "", page: Text = "") -> Response:
    """Take in a pasted text, files, or the page at an address."""
    form = await request.form()
    files = [one for one in form.getlist("files") if not isinstance(one, str) and one.filename]
    contents = [(str(one.filename), await one.read()) for one in files]
    given = {"title": title, "publisher": publisher, "published": published, "url": url, "page": page}
    return await run_in_threadpool(_take_in, request, text, contents, given)


@router.get("/{run}", dependencies=[needs("read")])
def progress(request: Request, run: str) -> Response:
    """How far a run is, what it kept and what it set aside, and why."""
    found = desk_of(request).runs.find(run)
    if found is None:
        raise UnknownId(_("no run of this desk is called {run}; what it kept is in the store").format(run=repr(run)))
    return render(request, "run.html", run=found)


@router.post("/columns/{key}", dependencies=[needs("code")])
async def columns(request: Request, key: str) -> Response:
    """What the columns of the waiting tables hold; kept for tables with the same headers."""
    form = await request.form()
    chosen = {name: [str(one) for one in form.getlist(name) if one] for name in form}
    return await run_in_threadpool(_with_columns, request, key, chosen)


def _take_in(request: Request, text: str, contents: list[tuple[str, bytes]], given: dict[str, str]) -> Response:
    desk, by = desk_of(request), request.state.visitor.signature
    day, publisher = read_day("published", given["published"]), given["publisher"].strip() or None
    try:
        pasted = [report_of_paste(text, title=given["title"] or None, publisher=publisher, published=day, url=given["url"] or None)] if text.strip() else []
    except IntakeError as error:
        return _render(request, failed=str(error), given=given | {"text": text})
    address = (given["page"] or ("" if pasted or contents else given["url"])).strip()
    try:
        if address:
            check_address(address)
    except IntakeError as error:
        return _render(request, failed=str(error), given=given | {"text": text})
    uploads = [Upload(name=PurePath(name).name, content=content, publisher=publisher, published=day) for name, content in contents]
    if not pasted and not uploads and not address:
        return _render(request, failed=_("there is nothing to add: paste a text, name a page or choose files"), given=given)
    if address:
        run = desk.runs.start(partial(_fetched, desk, address, publisher, day), name=address, by=by, fetches=True)
    if pasted:
        run = desk.runs.start(
            lambda _ignored: [incoming_of_paste(pasted[0], at=now())], name=pasted[0].title or _("a pasted text"), by=by, of=1, holds=len(text)
        )
    if any(upload.is_table and not _is_known(upload, desk) for upload in uploads):
        return _ask_columns(request, desk.waiting.keep(uploads), uploads)
    if uploads:
        run = _start(desk, uploads, by=by)
    return RedirectResponse(f"/add/{run.id}", status_code=303)


def _fetched(desk: Desk, address: str, publisher: str | None, day: date | None, ignored: Counter[str]) -> Iterator[Incoming | Notice]:
    """The page at the address, as robots.txt and the rule on addresses allow, whoever asks. Fetched in the run's thread."""
    chooser = ColumnChooser(find=desk.store.find_columns)
    read = partial(iter_uploaded, settings=desk.settings, published=day, publisher=publisher, ignored=ignored, choose_columns=chooser)
    return iter_page(address, fetcher=desk.fetcher, read=read)


def _with_columns(request: Request, key: str, chosen: dict[str, list[str]]) -> Response:
    uploads = desk_of(request).waiting.get(key)
    named = [_named(upload, n, chosen) for n, upload in enumerate(uploads)]
    try:
        for upload in named:
            if upload.is_table:
                look = preview_upload(upload.name, upload.content, settings=desk_of(request).settings)
                ColumnChooser(named=dict(upload.named), keep=desk_of(request).store.keep_columns)(look.headers)
    except MissingColumn as error:
        return _ask_columns(request, key, uploads, failed=str(error))
    run = _start(desk_of(request), named, by=request.state.visitor.signature)
    desk_of(request).waiting.drop(key)
    return RedirectResponse(f"/add/{run.id}", status_code=303)


def _named(upload: Upload, n: int, chosen: dict[str, list[str]]) -> Upload:
    told = tuple((name, tuple(chosen.get(f"{n}.{name}", ()))) for name in COLUMN_FIELDS)
    return Upload(name=upload.name, content=upload.content, publisher=upload.publisher, published=upload.published, named=tuple(one for one in told if one[1]))


def _ask_columns(request: Request, key: str, uploads: list[Upload], *, failed: str = "") -> Response:
    """A look into each table, with what its columns are taken for."""
    desk = desk_of(request)
    looks = []
    for n, upload in enumerate(uploads):
        if upload.is_table:
            try:
                looks.append((n, upload.name, preview_upload(upload.name, upload.content, settings=desk.settings, store=desk.store)))
            except IntakeError as error:
                return _render(request, failed=f"{upload.name}: {error}")
    return render(request, "columns.html", status=409 if failed else 200, key=key, looks=looks, fields=COLUMN_FIELDS, failed=failed)


def _is_known(upload: Upload, desk: Desk) -> bool:
    """Whether a person has said what the columns of tables like this one hold. A table that cannot be looked into is left to the run, which says why."""
    try:
        look = preview_upload(upload.name, upload.content, settings=desk.settings, store=desk.store)
    except IntakeError:
        return True
    return look.is_kept and look.missing is None


def _start(desk: Desk, uploads: list[Upload], *, by: str) -> Run:
    def items(ignored: Counter[str]) -> Iterator[Report | Incoming | Notice]:
        chooser = ColumnChooser(find=desk.store.find_columns)
        return chained(
            iter_uploaded(
                one.name, one.content, settings=desk.settings, published=one.published, publisher=one.publisher, ignored=ignored, choose_columns=chooser
            )
            for one in uploads
        )

    name = uploads[0].name if len(uploads) == 1 else _("{first} and {n} more").format(first=uploads[0].name, n=len(uploads) - 1)
    return desk.runs.start(items, name=name, by=by, holds=sum(len(one.content) for one in uploads))


def _render(request: Request, *, failed: str = "", given: dict[str, str] | None = None) -> Response:
    return render(request, "add.html", status=409 if failed else 200, failed=failed, given=given or {}, runs=desk_of(request).runs.newest(), most=MOST_UPLOADED)
