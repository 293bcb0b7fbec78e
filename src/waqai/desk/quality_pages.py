"""How good the record is: what persons changed, how sure the reader had been, what a review takes, how far coders agree, what the last runs did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.encoders import jsonable_encoder
from starlette.responses import JSONResponse, Response, StreamingResponse

from waqai.analysis import Agreement
from waqai.browse import Band, Quality
from waqai.browse.quality import all_bands
from waqai.core import NotAllowed
from waqai.desk.agreement_pages import measure, without_names
from waqai.desk.downloads import csv_file
from waqai.desk.pages import desk_of, render
from waqai.engines import count_quarantined
from waqai.openapi.shapes import Measured, file_of, json_of
from waqai.plots.charts import make_calibration

router = APIRouter()
COLUMNS = ("field", "from", "to", "reviewed", "stood", "share", "mean_probability", "missed")


@router.get("/quality", include_in_schema=False)
def quality(request: Request) -> Response:
    """All of it on one page; where there is nothing yet, what would bring it."""
    desk = desk_of(request)
    found = desk.browser.quality()
    return render(
        request,
        "quality.html",
        quality=found,
        bands=all_bands(found.fields),
        chart=make_calibration(all_bands(found.fields)),
        agreement=_find_agreement(request),
        aside=count_quarantined(desk.store),
        versions={"codebook": desk.codebook.version, "actors": desk.actors.version} | (dict(found.runs[0].versions) if found.runs else {}),
    )


@router.get("/quality.json", responses=json_of(Measured))
def as_json(request: Request) -> JSONResponse:
    """The same as data; `agreement` is null for who may not compare codings."""
    found, agreement = desk_of(request).browser.quality(), _find_agreement(request)
    told = asdict(found) | {"agreement": None if agreement is None else without_names(agreement)}
    return JSONResponse(jsonable_encoder(told))


@router.get("/quality.csv", response_class=StreamingResponse, responses=file_of("text/csv"))
def as_csv(request: Request) -> Response:
    """What became of each field, a row for each band of the reader's probability; the row without a band holds how often it was missed."""
    return csv_file("quality", COLUMNS, _iter_rows(desk_of(request).browser.quality()))


def _find_agreement(request: Request) -> Agreement | None:
    """None for who may not see it."""
    try:
        return measure(request)
    except NotAllowed:
        return None


def _iter_rows(quality: Quality) -> Iterator[list[object]]:
    for one in quality.fields:
        yield from (_row(one.field, band) for band in one.bands)
        yield [one.field, None, None, None, None, None, None, one.missed]


def _row(field: str, band: Band) -> list[object]:
    return [field, band.low, band.high, band.n, band.stood, round(band.share, 4), round(band.mean, 4), None]
