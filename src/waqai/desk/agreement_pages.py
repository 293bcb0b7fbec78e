"""How far coders agree who coded the same reports blind: field by field over all reports, and side by side for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.encoders import jsonable_encoder
from starlette.responses import JSONResponse, Response, StreamingResponse

from waqai.analysis import Agreement, Unit, iter_differing
from waqai.core import Report, Span
from waqai.desk.coding_pages import records_of
from waqai.desk.downloads import csv_file
from waqai.desk.entrance import needs
from waqai.desk.house import Desk
from waqai.desk.pages import desk_of, render, words
from waqai.flow import SideBySide, compare_codings, list_double_coded, measure_coders
from waqai.layout.marking import Mark, cut_text
from waqai.layout.record import Row
from waqai.openapi.shapes import Agreed, file_of, json_of
from waqai.people import Coding
from waqai.wording import _

router = APIRouter()
COLUMNS = ("field", "n", "given", "agreed", "agreed_given", "kappa", "alpha", "level", "scaled", "because", "compared")


@router.get("/agreement", include_in_schema=False, dependencies=[needs("judge")])
def agreement(request: Request) -> Response:
    """All reports of which two codings were handed in: how far the coders agree on each field, and where each report is side by side."""
    listed = list_double_coded(desk_of(request).store, visitor=request.state.visitor, family_of=desk_of(request).codebook.family_of)
    return render(request, "agreement.html", agreement=measure(request), reports=listed, explain=explain_field, name_field=name_field)


@router.get("/agreement.json", responses=json_of(Agreed), dependencies=[needs("judge")])
def as_json(request: Request) -> JSONResponse:
    """The same as data: `fields` with what is compared in each, and the `compared` reports. Nobody is named."""
    listed = list_double_coded(desk_of(request).store, visitor=request.state.visitor, family_of=desk_of(request).codebook.family_of)
    told = without_names(measure(request))
    told["fields"] = [one | {"compared": explain_field(one["field"])} for one in told["fields"]]
    told["compared"] = [{"report": one.report, "coders": one.coders, "happenings": one.agreement.happenings} for one in listed]
    return JSONResponse(jsonable_encoder(told))


@router.get("/agreement.csv", response_class=StreamingResponse, responses=file_of("text/csv"), dependencies=[needs("judge")])
def as_csv(request: Request) -> Response:
    """A row for each field."""
    return csv_file("agreement", COLUMNS, _iter_rows(measure(request)))


@router.get("/agreement/{report:path}", include_in_schema=False)
def side_by_side(request: Request, report: str) -> Response:
    """The codings of one report, happening by happening, where they differ: for who has handed in one, and for a reviewer once there are two; else 403."""
    desk = desk_of(request)
    compared = compare_codings(report, desk.store, visitor=request.state.visitor, family_of=desk.codebook.family_of)
    found = desk.store.get_report(report)
    happenings = list(_iter_happenings(compared, found, desk))
    pieces = cut_text(found.text, [Mark(span=span, key=one.name, kind="what") for one in happenings for span in one.words])
    return render(request, "side_by_side.html", report=found, compared=compared, happenings=happenings, pieces=pieces, shown=None, name_field=name_field)


def measure(request: Request) -> Agreement:
    """The agreement over all reports. Raises NotAllowed."""
    desk = desk_of(request)
    return measure_coders(desk.store, visitor=request.state.visitor, family_of=desk.codebook.family_of)


def without_names(agreement: Agreement) -> dict[str, Any]:
    """As plain values, with how many coders, and not who: no measure is told by person."""
    return asdict(agreement) | {"coders": len(agreement.coders)}


def name_field(field: str) -> str:
    """The name of a field of `measure_agreement` in the language of the page.

    >>> name_field("count escaped"), name_field("day")
    ('count: escaped', 'day')
    """
    known = {
        **{"any account": _("any account"), "existence": _("existence"), "type": _("type"), "status": _("status"), "day": _("day"), "place": _("place")},
        **{"role": _("role: {name}"), "count": _("count: {name}")},
    }
    kind, _blank, name = (field, "", "") if field in known else field.partition(" ")
    return known[kind].format(name=words(name))


def explain_field(field: str) -> str:
    """What is compared in a field of `measure_agreement`, in a line."""
    known = {
        "any account": _("of a report: whether anything was coded in it"),
        "existence": _("of a happening that one coder coded: whether the other did"),
        "type": _("what happened, as coded"),
        "status": _("whether it happened, as coded"),
        "day": _("the earliest day; none told is a value of its own"),
        "place": _("the gazetteer’s place, without one its name; none told is a value of its own"),
        "role": _("all who are named in the role; nobody is a value of its own"),
        "count": _("the largest number of this measure; none is a value of its own"),
    }
    return known[field if field in known else field.partition(" ")[0]]


Told = Mapping[str, tuple[Row, ...]]
"""The rows of an account by the field, as `measure_agreement` names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One happening: what each coder's account tells (None: not coded), by coder; the fields that differ (all that are told where one coder alone has it), and
    those that are told alike.

    `words` are where its accounts stand in the text; `name` is short and unique on the page ("h1").
    """

    name: str
    told: Mapping[str, Told | None]
    differing: tuple[str, ...]
    alike: tuple[str, ...]
    words: tuple[Span, ...]

    @property
    def is_seen_by_all(self) -> bool:
        return None not in self.told.values()


def _iter_happenings(compared: SideBySide, report: Report, desk: Desk) -> Iterator[Happening]:
    for n, unit in enumerate(compared.happenings, start=1):
        told = {coding.coder: _tell(unit, coding, report, desk) for coding in compared.codings}
        fields = dict.fromkeys(field for one in told.values() if one for field, rows in one.items() if any(row.words for row in rows))
        differing = tuple(iter_differing(unit)) if len(unit) > 1 else tuple(fields)
        spans = tuple(dict.fromkeys(account.evidence for account in unit.values()))
        yield Happening(name=f"h{n}", told=told, differing=differing, alike=tuple(one for one in fields if one not in differing), words=spans)


def _tell(unit: Unit, coding: Coding, report: Report, desk: Desk) -> Told | None:
    if coding.coder not in unit:
        return None
    (record,) = records_of((unit[coding.coder],), report, coding, desk)
    fields = dict.fromkeys(_field_of(row) for row in record.rows)
    return {field: tuple(row for row in record.rows if _field_of(row) == field) for field in fields}


def _field_of(row: Row) -> str:
    named = {"type": "type", "status": "status", "when": "day", "where": "place"}
    return named.get(row.facet) or f"{'role' if row.facet == 'actor' else 'count'} {row.role}"


def _iter_rows(agreement: Agreement) -> Iterator[list[object]]:
    for one in agreement.fields:
        yield [*(getattr(one, name) for name in COLUMNS[:-2]), "; ".join(one.because), explain_field(one.field)]
