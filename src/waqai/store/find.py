"""Ask the store: incidents by filters, reports by words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from waqai.core import Day, Incident, Report, Span, TextOrigin, from_plain
from waqai.folding.words import Term, iter_folded, parse_query
from waqai.indexes import index
from waqai.schema import tables
from waqai.store.attachments import find_attachment
from waqai.store.facts import report_of
from waqai.store.named import select_of_actor
from waqai.store.tagged import find_tagged, fold_tag

SNIPPET_LENGTH = 240
BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which incidents to give: those that have one of the values of every filter. An empty filter, and None, keep all.

    `since` and `until` keep incidents that can have taken place between these days, both included; an incident without a day passes neither. `admin1` is a
    name, or country and name ("SY/Aleppo"; "/Aleppo": in no known country); case is no matter there, nor in `country` and `publisher`. `actor` is the id of an
    actor that takes part in some incident, else words that the name of an involved body, office or facility holds; `publisher` one that printed one of its
    reports; `tag` one that a person put on it; `words` as in a search.
    """

    type: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    admin1: tuple[str, ...] = ()
    since: Day | None = None
    until: Day | None = None
    actor: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A report that a search found. `snippet` quotes the text at `span`; `marks` are the found words in it, counted from the snippet's start.

    `incidents` are those that the report's accounts belong to, or the one beside which it stands without any. `by_text` False: only the facets of its
    incidents hold the words.
    """

    report: str
    title: str | None
    publisher: str | None
    published: Day | None
    snippet: str
    span: Span
    marks: tuple[Span, ...]
    incidents: tuple[str, ...]
    by_text: bool
    text_origin: TextOrigin
    url: str | None


def iter_incidents(connection: sa.Connection, filters: Filters) -> Iterator[Incident]:
    """Incidents that pass every filter, by id, read BATCH at a time."""
    for rows in iter_batches(connection, filters):
        for row in rows:
            yield from_plain(Incident, row.plain)


def iter_batches(connection: sa.Connection, filters: Filters) -> Iterator[Sequence[Any]]:
    """Rows (id, family, plain) of the incidents that pass every filter, by id, BATCH at a time."""
    incidents = tables.incidents.c
    conditions = tuple(_conditions(connection, filters))
    last = ""
    while True:
        chosen = sa.select(incidents.id, incidents.family, incidents.plain).where(incidents.id > last, *conditions).order_by(incidents.id).limit(BATCH)
        rows = connection.execute(chosen).all()
        if rows:
            yield rows
        if len(rows) < BATCH:
            return
        last = rows[-1].id


def select_passing(connection: sa.Connection, filters: Filters) -> sa.Select[Any]:
    """SQL: the ids of the incidents that pass every filter."""
    return sa.select(tables.incidents.c.id).where(*_conditions(connection, filters))


def count_passing(connection: sa.Connection, filters: Filters) -> int:
    """How many incidents pass every filter."""
    return connection.scalar(sa.select(sa.func.count()).select_from(select_passing(connection, filters).subquery())) or 0


def iter_hits(connection: sa.Connection, query: str, *, limit: int) -> Iterator[Hit]:
    """Reports whose title or text, or whose incidents' facets, hold all the words: by text first, newest first. No words: nothing."""
    terms = parse_query(query)
    if not terms:
        return
    search, reports = tables.search.c, tables.reports.c
    hits = index.matches(terms, postgresql=connection.dialect.name == "postgresql")
    by_text = set(connection.scalars(sa.select(search.report_sha256).where(hits, search.report_sha256.is_not(None))))
    facets = sa.select(tables.members.c.report_sha256).join(tables.search, search.incident == tables.members.c.incident).where(hits)
    found = by_text | set(connection.scalars(facets.distinct()))
    for sha256 in _newest_first(connection, found, by_text=by_text)[:limit]:
        row = connection.execute(sa.select(tables.reports).where(reports.sha256 == sha256)).mappings().one()
        yield _hit(connection, report_of(row), terms, by_text=sha256 in by_text)


def mark_words(text: str, terms: Sequence[Term]) -> tuple[Span, ...]:
    """Where the terms stand in a text, in order.

    >>> [span.of("Escapes; an escapee") for span in mark_words("Escapes; an escapee", parse_query("escap*"))]
    ['Escapes', 'escapee']
    """
    words = list(iter_folded(text))
    said = [word for word, _, _ in words]
    found: set[tuple[int, int]] = set()
    for term in terms:
        length, first = len(term.words), term.words[0]
        for at in [at for at, word in enumerate(said) if word == first or (length == 1 and term.prefix and word.startswith(first))]:
            if _is_said(term, said[at : at + length]):
                found.add((words[at][1], words[at + length - 1][2]))
    return tuple(Span(start, end) for start, end in sorted(found))


def choose_snippet(text: str, marks: Sequence[Span]) -> Span | None:
    """Some SNIPPET_LENGTH code points around the first mark (else from the start), cut between words; None for an empty text.

    >>> choose_snippet("few words", ())
    Span(start=0, end=9)
    """
    if not text:
        return None
    start = max(0, (marks[0].start if marks else 0) - SNIPPET_LENGTH // 4)
    end = min(len(text), start + SNIPPET_LENGTH)
    if start > 0:
        start = _after_blank(text, start, marks[0].start if marks else start)
    if end < len(text):
        least, blank = (marks[0].end if marks else start + 1), text.rfind(" ", start + 1, end)
        end = blank if blank >= least else max(end, least)
    return Span(start, end)


def _after_blank(text: str, start: int, latest: int) -> int:
    found = text.find(" ", start, latest)
    return start if found < 0 else found + 1


def _is_said(term: Term, words: Sequence[str]) -> bool:
    if len(words) < len(term.words):
        return False
    *first, last = zip(words, term.words, strict=True)
    return all(said == asked for said, asked in first) and (last[0].startswith(last[1]) if term.prefix else last[0] == last[1])


def _newest_first(connection: sa.Connection, shas: set[str], *, by_text: set[str]) -> list[str]:
    reports = tables.reports.c
    rows: list[tuple[bool, int, str, str]] = []
    listed = sorted(shas)
    for start in range(0, len(listed), BATCH):
        chosen = sa.select(reports.sha256, reports.published, reports.id).where(reports.sha256.in_(listed[start : start + BATCH]))
        rows += [(r.sha256 not in by_text, -(r.published.toordinal() if r.published else 0), r.id, r.sha256) for r in connection.execute(chosen)]
    return [sha256 for *_, sha256 in sorted(rows)]


def _hit(connection: sa.Connection, report: Report, terms: Sequence[Term], *, by_text: bool) -> Hit:
    marks = mark_words(report.text, terms)
    span = choose_snippet(report.text, marks) or Span(0, 1)
    members = tables.members.c
    incidents = connection.scalars(sa.select(members.incident).where(members.report_sha256 == report.sha256, members.account.is_not(None)).distinct())
    beside = find_attachment(connection, report.sha256)
    return Hit(
        report=report.id,
        title=report.title,
        publisher=report.publisher,
        published=report.published,
        snippet=span.of(report.text),
        span=span,
        marks=tuple(Span(m.start - span.start, m.end - span.start) for m in marks if span.covers(m)),
        incidents=tuple(sorted({*incidents, *([beside.incident] if beside else [])})),
        by_text=by_text,
        text_origin=report.text_origin,
        url=report.url,
    )


def _conditions(connection: sa.Connection, filters: Filters) -> Iterator[sa.ColumnElement[bool]]:
    incidents = tables.incidents.c
    for name in ("type", "family", "status", "grade"):
        if wanted := getattr(filters, name):
            yield incidents[name].in_(wanted)
    if filters.country:
        yield incidents.country.in_([code.upper() for code in filters.country])
    if filters.admin1:
        yield sa.or_(*(_lies_in(name) for name in filters.admin1))
    if filters.since is not None:
        yield incidents.latest >= filters.since
    if filters.until is not None:
        yield incidents.earliest <= filters.until
    if filters.actor:
        yield sa.or_(*(incidents.id.in_(select_of_actor(connection, actor)) for actor in filters.actor))
    if filters.publisher:
        traits = tables.traits.c
        printed = sa.or_(*(_same_but_for_case(traits.value, publisher) for publisher in filters.publisher))
        yield incidents.id.in_(sa.select(traits.incident).where(traits.kind == "publisher", printed))
    if filters.tag:
        tagged = find_tagged(connection)
        yield incidents.id.in_(sorted({id for tag in filters.tag for id in tagged.get(fold_tag(tag), ())}))
    if filters.words is not None:
        by_text, by_facet = select_holding(connection, filters.words)
        yield sa.or_(incidents.id.in_(by_text), incidents.id.in_(by_facet))


def _lies_in(admin1: str) -> sa.ColumnElement[bool]:
    """SQL: the incident lies in the province of that name, or of that country and name."""
    incidents = tables.incidents.c
    country, slash, name = admin1.partition("/")
    here = _same_but_for_case(incidents.admin1, admin1)
    if not slash:
        return here
    there = incidents.country == country.upper() if country else incidents.country.is_(None)
    return sa.or_(here, sa.and_(there, _same_but_for_case(incidents.admin1, name)))


def _same_but_for_case(column: sa.ColumnElement[Any], value: str) -> sa.ColumnElement[bool]:
    """SQL: equal but for the case of A to Z, which both engines fold alike."""
    return sa.func.lower(column) == sa.func.lower(sa.literal(value, column.type))


def select_holding(connection: sa.Connection, words: str) -> tuple[sa.Select[Any], sa.Select[Any]]:
    """SQL: the incidents (some twice) one of whose reports holds all the words, and those whose facets do."""
    terms = parse_query(words)
    search, members = tables.search.c, tables.members.c
    hits = index.matches(terms, postgresql=connection.dialect.name == "postgresql") if terms else sa.false()
    by_text = sa.select(members.incident).join(tables.search, search.report_sha256 == members.report_sha256).where(hits, members.account.is_not(None))
    by_facet = sa.select(search.incident).where(hits, search.incident.is_not(None))
    return by_text, by_facet
