"""The word index: rows of folded words, and the SQL that asks either engine for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from waqai.core import Report
from waqai.folding.words import Term, fold_words
from waqai.schema import tables
from waqai.schema.once import delete_where, insert
from waqai.schema.prepared import ask

PART_LENGTH = 200_000
"""Code points in one row: PostgreSQL's tsvector holds at most a megabyte."""


@contextmanager
def filled_anew(connection: sa.Connection) -> Iterator[None]:
    """Empty the index; what is added inside is indexed at the end, at once: on SQLite a row after the other takes several times as long."""
    if connection.dialect.name == "postgresql":
        connection.execute(tables.search.delete())
        yield
        return
    chosen = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name IN ('search_added', 'search_removed')"
    triggers = connection.exec_driver_sql(chosen).all()
    for name, _ in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    connection.execute(tables.search.delete())
    yield
    for _, sql in triggers:
        connection.exec_driver_sql(sql)
    connection.exec_driver_sql("INSERT INTO search_index(search_index) VALUES ('rebuild')")


def make_index_anew(connection: sa.Connection) -> None:
    """The index of the rows that are there, also where PostgreSQL's is missing or was not finished; within a transaction, which others wait for."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP INDEX IF EXISTS ix_search_words")
        connection.exec_driver_sql("CREATE INDEX ix_search_words ON search USING gin (to_tsvector('simple', words))")  # as the first migration made it
    else:
        connection.exec_driver_sql("INSERT INTO search_index(search_index) VALUES ('rebuild')")


def index_report(connection: sa.Connection, report: Report) -> None:
    """Add the report's title and text to the index."""
    rows = report_rows(report)
    if rows:
        insert(connection, tables.search, rows)


def index_incident(connection: sa.Connection, incident: str, facets: Iterable[str]) -> None:
    """Put the incident's facets (type, place, names) into the index, in place of what was there."""
    drop_incident(connection, incident)
    rows = incident_rows(incident, facets)
    if rows:
        insert(connection, tables.search, rows)


def report_rows(report: Report) -> list[dict[str, Any]]:
    """The rows under which a report's title and text are found."""
    words = fold_words(f"{report.title or ''} {report.text}")
    return [{"id": row_id("report", report.sha256, n), "report_sha256": report.sha256, "incident": None, "words": part} for n, part in enumerate(_parts(words))]


def incident_rows(incident: str, facets: Iterable[str]) -> list[dict[str, Any]]:
    """The row under which an incident's facets are found; none without words."""
    words = " ".join(dict.fromkeys(fold_words(" ".join(facets)).split()))
    return [{"id": row_id("incident", incident, 0), "report_sha256": None, "incident": incident, "words": words}] if words else []


def drop_incident(connection: sa.Connection, incident: str) -> None:
    """Take the incident out of the index."""
    delete_where(connection, tables.search, incident=incident)


def row_id(kind: str, key: str, part: int) -> int:
    """A row's number, from what it holds: 63 bits of a SHA-256, so that a rebuilt index has the same rows."""
    digest = hashlib.sha256(f"{kind}\x1f{key}\x1f{part}".encode()).digest()
    return int.from_bytes(digest[:8]) >> 1


def matches(terms: Sequence[Term], *, postgresql: bool) -> sa.ColumnElement[bool]:
    """SQL: this row of `search` holds all the terms. Terms are made of folded words only, so that none can break out of the query."""
    if postgresql:
        held = sa.text("to_tsvector('simple', search.words) @@ to_tsquery('simple', :query)").bindparams(query=" & ".join(map(_tsquery, terms)))
        return sa.and_(held, *(_in_a_row(term) for term in terms if len(term.words) > 1))
    return tables.search.c.id.in_(_matching(terms).columns(sa.column("number", sa.BigInteger)))


def _matching(terms: Sequence[Term]) -> sa.TextClause:
    """SQLite's question for the numbers of the rows that hold all the terms."""
    return sa.text("SELECT rowid AS number FROM search_index WHERE search_index MATCH :query").bindparams(query=" AND ".join(map(_fts5, terms)))


def find_rows(connection: sa.Connection, words: Sequence[str], *, most: int) -> dict[str, set[int]]:
    """The numbers of the rows that hold each folded word, at most so many (which ones is then open). PostgreSQL is asked once; SQLite looks no row up."""
    found: dict[str, set[int]] = {word: set() for word in words}
    if connection.dialect.name != "postgresql":
        return {word: {row for (row,) in ask(connection, _HOLDERS, {"query": _fts5(Term((word,))), "most": most})} for word in found}
    if not words:
        return found
    asked: dict[str, str | int] = {f"query{place}": _tsquery(Term((word,))) for place, word in enumerate(words)}
    for place, row in ask(connection, _holders(len(words)), asked | {"most": most}):
        found[words[place]].add(row)
    return found


_HOLDERS = sa.text("SELECT rowid FROM search_index WHERE search_index MATCH :query LIMIT :most")


@cache
def _holders(words: int) -> sa.TextClause:
    one = "SELECT {0} AS place, id FROM search WHERE to_tsvector('simple', words) @@ to_tsquery('simple', :query{0}) LIMIT :most"
    return sa.text(" UNION ALL ".join(f"SELECT place, id FROM ({one.format(place)}) AS held{place}" for place in range(words)))


def find_numbers(connection: sa.Connection, terms: Sequence[Term]) -> NDArray[np.int64]:
    """The numbers of all rows that hold all the terms, in no order, sent as one value: of a hundred thousand rows the driver makes tuples for 60 ms."""
    if connection.dialect.name == "postgresql":
        packed = sa.func.string_agg(sa.func.int8send(tables.search.c.id), sa.literal(b"", sa.LargeBinary))
        return np.frombuffer(connection.scalar(sa.select(packed).where(matches(terms, postgresql=True))) or b"", dtype=">i8").astype(np.int64)
    chosen = _matching(terms).columns(sa.column("number", sa.BigInteger)).subquery()
    listed = connection.scalar(sa.select(sa.func.group_concat(chosen.c.number, " "))) or ""
    return np.fromstring(listed, dtype=np.int64, sep=" ")


def _fts5(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + ("*" if term.prefix else "")


def _tsquery(term: Term) -> str:
    """PostgreSQL's question for rows that hold the words of a term, in a row or not: its index knows no places, and to find them it would parse each text."""
    *first, last = (f"'{word}'" for word in term.words)
    return "(" + " & ".join([*first, last + (":*" if term.prefix else "")]) + ")"


def _in_a_row(term: Term) -> sa.ColumnElement[bool]:
    """SQL: these words follow each other in the folded text, which has one blank between words."""
    text, wanted = sa.func.concat(" ", tables.search.c.words, " "), " " + " ".join(term.words) + ("" if term.prefix else " ")
    return sa.func.strpos(text, wanted) > 0


def _parts(words: str) -> Iterator[str]:
    start = 0
    while start < len(words):
        end = words.rfind(" ", start, start + PART_LENGTH) if start + PART_LENGTH < len(words) else len(words)
        end = end if end > start else start + PART_LENGTH
        yield words[start:end].strip()
        start = end
