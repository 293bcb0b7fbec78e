"""A row as a report and its reading: its cells as lines of text, and one account whose every facet quotes the cell that said it.

The report's publisher is the dataset. Where the row names one who says so (a single source), the account stands in his claim: he is then the speaker, as in
any report that quotes him. Where it names several or nobody, the dataset speaks for itself, as one voice: ten papers that a row lists are not ten speakers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from waqai.codebook import ActorRegister
from waqai.core import (
    IMPORTED,
    Account,
    Claim,
    Count,
    Involvement,
    PlaceMention,
    ReaderStamp,
    Reading,
    Report,
    Span,
    Status,
    When,
    Where,
    account_id,
    claim_id,
    text_sha256,
)
from waqai.imports.rows import ForeignRow, RowFigure, RowParty

VERSION = "1"
_BRACKET = re.compile(r"\s*\([^()]*\)$")
"""Where datasets say of which country, or of which years, a body is: "Islamic State (Iraq)" is not Iraq."""
BETWEEN = "\n\n"
"""Between two cells: a sentence ends at a blank line, so that the words around a cell are the cell."""
TERMS: Mapping[str, str | None] = {
    "ACLED": "ACLED terms of use: no redistribution",
    "UCDP GED": "CC BY 4.0, to be cited as UCDP asks",
    "POLECAT": "POLECAT on Harvard Dataverse: see the terms of its page, CC0 when this was written",
}
"""What holds of rows of these publishers; those of ACLED never leave (see bounds/terms.py)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Whose rows they are: who made the dataset, the short name that stands in ids and readers, the terms under which it came."""

    publisher: str
    short: str
    terms: str | None

    @property
    def reader(self) -> str:
        """The name of the reader that stands for the import of this dataset."""
        return f"import-{self.short}"

    @property
    def rule(self) -> str:
        return f"{IMPORTED}{self.short}"

    def report_id(self, row: str) -> str:
        """The id of the report of this row, the same in every version of the dataset."""
        return f"{self.short}:{row}"


def make_origin(publisher: str, *, terms: str | None = None) -> Origin:
    """The origin of a publisher's rows; known datasets bring their own terms, in whatever letters they are named.

    >>> make_origin("UCDP GED").report_id("214797"), make_origin("Our partner (Aleppo)").short
    ('ucdp-ged:214797', 'our-partner-aleppo')
    >>> make_origin(" acled ").terms
    'ACLED terms of use: no redistribution'
    """
    name = name_publisher(publisher)
    return Origin(publisher=name, short=re.sub(r"[^\w]+", "-", name.casefold()).strip("-") or "table", terms=TERMS.get(name, terms))


def name_publisher(publisher: str) -> str:
    """The publisher's name with single blanks; a known dataset's as it is spelled in TERMS."""
    name = " ".join(publisher.split())
    return next((known for known in TERMS if known.casefold() == name.casefold()), name)


def stamp_of(origin: Origin, settings_hash: str) -> ReaderStamp:
    """The stamp of one batch's readings."""
    return ReaderStamp(name=origin.reader, version=VERSION, settings_hash=settings_hash)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A text made of cells, with where each label and cell stands in it."""

    text: str
    labels: Mapping[str, Span]
    cells: Mapping[str, Span]

    def span(self, columns: Sequence[str], words: str | None = None) -> Span:
        """The first of these columns' cells, or these words in it; the first cell of the text where no column is told."""
        cell = next((self.cells[column] for column in columns if column in self.cells), next(iter(self.cells.values())))
        at = cell.of(self.text).find(words) if words else -1
        return cell if at < 0 or not words else Span(cell.start + at, cell.start + at + len(words))


def compose_report(row: ForeignRow, origin: Origin) -> Report:
    """The row as a report: a line for each cell that holds something."""
    text = _lay_out(row, origin).text
    return Report(
        id=origin.report_id(row.id),
        text=text,
        sha256=text_sha256(text),
        title=row.notes if row.dataset == "ucdp" and row.notes and len(row.notes) <= 200 else None,
        publisher=origin.publisher,
        published=row.published,
        language=row.language,
        terms=origin.terms,
        text_origin="composed",
    )


def compose_reading(row: ForeignRow, report: Report, origin: Origin, *, stamp: ReaderStamp, register: ActorRegister) -> Reading:
    """The row's one account, and the claim that it stands in where the row names who says so.

    The account has its place where the row gives a point; else the names that it gives, for the gazetteer to look up.
    """
    sheet = _lay_out(row, origin)
    evidence = sheet.span(row.notes_columns or row.type_columns)
    account = account_id(report_sha256=report.sha256, reader=stamp, evidence=evidence, type=row.type)
    claims = _claims(row, report, sheet, evidence, account, stamp=stamp, rule=origin.rule)
    said = {"p": 1.0, "rule": origin.rule, "said_by": claims[0].id if claims else None}
    told = Account(
        id=account,
        key="a1",
        report=report.id,
        type=row.type,
        evidence=evidence,
        attrs=dict(row.attrs),
        status=Status(value=row.status, phrase=sheet.span(row.type_columns), **said),  # type: ignore[arg-type]
        when=When(earliest=row.earliest, latest=row.latest, basis="explicit", phrase=sheet.span(row.when_columns), **said),  # type: ignore[arg-type]
        where=_where(row, sheet, said) if row.place.lat is not None else None,
        place_mentions=_mentions(row, sheet, said) if row.place.lat is None else (),
        involved=tuple(_involved(party, sheet, register, said) for party in row.parties),
        counts=tuple(_count(figure, sheet, said) for figure in row.figures),
        **said,  # type: ignore[arg-type]
    )
    return Reading(report=report.id, report_sha256=report.sha256, reader=stamp, claims=claims, accounts=(told,))


def take_out(report: Report, *, stamp: ReaderStamp) -> Reading:
    """The reading that says: this row, as it stands here, counts no more."""
    return Reading(report=report.id, report_sha256=report.sha256, reader=stamp)


def bring_back(reading: Reading, *, stamp: ReaderStamp) -> Reading:
    """An older reading as said anew by another batch: the same facets, with ids of their own."""
    sha256 = reading.report_sha256
    accounts = {a.id: account_id(report_sha256=sha256, reader=stamp, evidence=a.evidence, type=a.type) for a in reading.accounts}
    claims = {c.id: claim_id(report_sha256=sha256, reader=stamp, cue=c.cue, content=c.content) for c in reading.claims}
    told = [replace(c, id=claims[c.id], accounts=tuple(accounts[a] for a in c.accounts)) for c in reading.claims]
    return replace(reading, reader=stamp, claims=tuple(told), accounts=tuple(_renamed(a, accounts[a.id], claims) for a in reading.accounts))


def _lay_out(row: ForeignRow, origin: Origin) -> _Sheet:
    pieces, at = [f"{origin.publisher}, row {row.id}"], 0
    labels, cells = dict[str, Span](), dict[str, Span]()
    at = len(pieces[0])
    for column, cell in row.cells.items():
        at += len(BETWEEN)
        labels[column] = Span(at, at + len(column))
        cells[column] = Span(at + len(column) + 2, at + len(column) + 2 + len(cell))
        pieces.append(f"{column}: {cell}")
        at = cells[column].end
    return _Sheet(BETWEEN.join(pieces), labels, cells)


def _claims(row: ForeignRow, report: Report, sheet: _Sheet, content: Span, account: str, *, stamp: ReaderStamp, rule: str) -> tuple[Claim, ...]:
    if row.speaker is None or not row.speaker_columns:
        return ()
    cue = sheet.labels[row.speaker_columns[0]]
    return (
        Claim(
            id=claim_id(report_sha256=report.sha256, reader=stamp, cue=cue, content=content),
            report=report.id,
            speaker=sheet.span(row.speaker_columns, row.speaker),
            speaker_name=row.speaker,
            cue=cue,
            stance="reports",
            content=content,
            accounts=(account,),
            p=1.0,
            rule=rule,
        ),
    )


def _where(row: ForeignRow, sheet: _Sheet, said: Mapping[str, object]) -> Where:
    place = row.place
    return Where(
        name=place.name or place.admin2 or place.admin1 or place.country or "",
        place_id=place.place_id,
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km,
        precision=place.precision or "P1_point",
        admin1=place.admin1,
        admin2=place.admin2,
        country=place.country,
        phrase=sheet.span(place.columns),
        **said,  # type: ignore[arg-type]
    )


def _mentions(row: ForeignRow, sheet: _Sheet, said: Mapping[str, object]) -> tuple[PlaceMention, ...]:
    """The names of a place without a point, the narrowest as where it happened."""
    named = [name for name in (row.place.name, row.place.admin2, row.place.admin1) if name]
    cells = {sheet.cells[column].of(sheet.text): sheet.cells[column] for column in row.place.columns}
    told = [(name, cells[name]) for name in dict.fromkeys(named) if name in cells]
    return tuple(
        PlaceMention(name=name, phrase=phrase, role="containing_area" if at else "event_place", **said)  # type: ignore[arg-type]
        for at, (name, phrase) in enumerate(told)
    )


def _involved(party: RowParty, sheet: _Sheet, register: ActorRegister, said: Mapping[str, object]) -> Involvement:
    names = [_BRACKET.sub("", name) for name in (party.name, party.words) if name]
    actor = next((found for name in names if (found := register.find_actor(name)) is not None), None)
    return Involvement(role=party.role, name=party.name, phrase=sheet.span(party.columns, party.words), actor_id=actor, **said)  # type: ignore[arg-type]


def _count(figure: RowFigure, sheet: _Sheet, said: Mapping[str, object]) -> Count:
    kind = "at_least" if figure.high is None else "exact" if figure.high == figure.low else "range"
    bounds = {
        "low": float(figure.low),
        "high": None if figure.high is None else float(figure.high),
        "best": None if figure.best is None else float(figure.best),
    }
    phrase = sheet.span(figure.columns, figure.words)
    return Count(measure=figure.measure, of_whom=figure.of_whom, kind=kind, phrase=phrase, **bounds, **said)  # type: ignore[arg-type]


def _renamed(account: Account, id: str, claims: Mapping[str, str]) -> Account:
    """The account under another id, its facets said in the claims of the same words."""

    def now(said_by: str | None) -> str | None:
        return None if said_by is None else claims[said_by]

    return replace(
        account,
        id=id,
        said_by=now(account.said_by),
        status=replace(account.status, said_by=now(account.status.said_by)),
        when=account.when and replace(account.when, said_by=now(account.when.said_by)),
        where=account.where and replace(account.where, said_by=now(account.where.said_by)),
        place_mentions=tuple(replace(one, said_by=now(one.said_by)) for one in account.place_mentions),
        involved=tuple(replace(one, said_by=now(one.said_by)) for one in account.involved),
        counts=tuple(replace(one, said_by=now(one.said_by)) for one in account.counts),
    )
