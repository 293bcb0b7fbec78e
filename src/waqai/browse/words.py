"""Incidents by words of their reports or facets, and the words in one report of each, marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import sqlalchemy as sa

from waqai.browse.picture import Mask, Picture
from waqai.browse.postings import Postings
from waqai.core import Day, Span, TextOrigin
from waqai.folding.words import Term, parse_query
from waqai.indexes.index import find_numbers
from waqai.schema import tables
from waqai.store.find import SNIPPET_LENGTH, choose_snippet, mark_words
from waqai.store.named import select_of_actor

_M, _R, _S = tables.members.c, tables.reports.c, tables.search.c
LEAD = 1_000
"""Code points of a text in which the words are looked for first."""
_SOME: sa.BindParameter[Any] = sa.bindparam("some", expanding=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """Words of a report that tells of an incident: `text` is what stands at `span`, `marks` are the found words in it, counted from the snippet's start."""

    report: str
    title: str | None
    publisher: str | None
    published: Day | None
    text: str
    span: Span
    marks: tuple[Span, ...]
    text_origin: TextOrigin
    url: str | None


def parse_terms(words: str) -> tuple[Term, ...]:
    """The terms of a search, each once, in one order."""
    return tuple(sorted(set(parse_query(words))))


def find_hits(connection: sa.Connection, postings: Postings, term: Term) -> Mask:
    """The pairs whose row of the word index holds the term, as the index says."""
    return postings.find(np.sort(find_numbers(connection, (term,))))


def holding(picture: Picture, hits: Mask) -> Mask:
    """The incidents that stand in one of these pairs of the picture's postings."""
    found = np.zeros(len(picture), dtype=bool)
    if picture.postings is not None:
        found[picture.postings.rows.take(np.flatnonzero(hits))] = True
    return found


def naming(connection: sa.Connection, picture: Picture, words: str) -> Mask:
    """The incidents that name somebody by these words."""
    found = np.zeros(len(picture), dtype=bool)
    rows = map(picture.find_row, set(connection.scalars(select_of_actor(connection, words))))
    found[[row for row in rows if row is not None]] = True
    return found


def load_snippets(connection: sa.Connection, postings: Postings, incidents: Sequence[str], words: str, hits: Mask) -> dict[str, Snippet]:
    """For each incident that a report tells of which holds the words, the newest such report's; incidents found by their facets alone have none."""
    terms = parse_query(words)
    newest: dict[str, Any] = {}
    for row in connection.execute(_select_reports(), {"some": list(incidents)}) if incidents and hits.any() else ():
        if row.incident not in newest and postings.has(row.number, hits):
            newest[row.incident] = row
    texts = _load_texts(connection, {row.report_sha256 for row in newest.values()})
    made = {sha256: _snippet(report, terms) for sha256, report in texts.items()}
    return {incident: made[row.report_sha256] for incident, row in newest.items() if row.report_sha256 in made}


@cache
def _select_reports() -> sa.Select[Any]:
    """(incident, report, number in the word index) of the reports of incidents, newest first."""
    joined = tables.members.join(tables.search, _S.report_sha256 == _M.report_sha256).join(tables.reports, _R.sha256 == _M.report_sha256)
    chosen = sa.select(_M.incident, _M.report_sha256, _S.id.label("number")).select_from(joined)
    return chosen.where(_M.incident.in_(_SOME), _M.account.is_not(None)).order_by(_R.published.is_(None), _R.published.desc(), _R.id)


def _load_texts(connection: sa.Connection, shas: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    columns = (_R.sha256, _R.id, _R.title, _R.publisher, _R.published, _R.text, _R.text_origin, _R.url)
    chosen = sa.select(*columns).where(_R.sha256.in_(_SOME))
    return {row["sha256"]: dict(row) for row in connection.execute(chosen, {"some": sorted(shas)}).mappings()}


def mark_first(text: str, terms: Sequence[Term]) -> tuple[Span, ...]:
    """The marks of a text that a snippet around the first of them can hold, and perhaps more: of a long text mostly its beginning has to be looked at."""
    begun = mark_words(text[:LEAD], terms)
    return begun if begun and begun[0].end + SNIPPET_LENGTH <= LEAD else mark_words(text, terms)


def _snippet(report: Mapping[str, Any], terms: Sequence[Term]) -> Snippet:
    marks = mark_first(report["text"], terms)
    span = choose_snippet(report["text"], marks) or Span(0, 1)
    about = {name: report[name] for name in ("title", "publisher", "published", "text_origin", "url")}
    inside = tuple(Span(mark.start - span.start, mark.end - span.start) for mark in marks if span.covers(mark))
    return Snippet(report=report["id"], text=span.of(report["text"]), span=span, marks=inside, **about)
