"""Blind double coding: two people code the same report, and neither sees the other's before handing in his own.

A coding is a `Reading` by a person. It starts empty; who would rather correct the machine's says so, and that is kept: such codings agree by what they share.
It is a draft until it is handed in, and stays as it is from then on. The record of the report does not follow from it: what is found in comparing is put right
by corrections.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from typing import Any, Literal, TypeAlias

import sqlalchemy as sa

from waqai.core import NotAllowed, NotPossible, ReaderStamp, Reading, Report, Span, UnknownId, from_plain, to_plain
from waqai.people.roles import Visitor, may
from waqai.schema.people import codings
from waqai.store import Store

State: TypeAlias = Literal["draft", "handed_in"]
Start: TypeAlias = Literal["nothing", "reading"]
_C = codings.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """One person's coding of a report. `coder` is how the log would sign it; `revision` how often it was saved; `at` the last change."""

    report_sha256: str
    coder: str
    draft: Reading
    revision: int
    started_from: Start
    state: State
    opened_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Who codes a report and how far they are, without what they code."""

    coder: str
    state: State
    at: datetime


def open_coding(report: str, store: Store, *, visitor: Visitor, at: datetime, started_from: Start = "nothing") -> Coding:
    """The visitor's coding of a report: the one that is there, else a new one. Raises UnknownId, NotAllowed, NotPossible where there is no reading to start
    from, and for somebody who has seen what others coded."""
    visitor.check("code")
    told = store.get_report(report)
    with store.writing() as connection:
        found = _find(connection, told.sha256, visitor.signature)
        if found is not None:
            return found
        if may(visitor.role, "judge") and sum(coding.state == "handed_in" for coding in _codings_of(connection, told.sha256)) > 1:
            raise NotPossible(f"report {told.id} is coded by two people, whose codings you may see as a {visitor.role}: yours would not be blind")
        draft = _first_draft(told, store, visitor=visitor, started_from=started_from)
        new = Coding(
            report_sha256=told.sha256,
            coder=visitor.signature,
            draft=draft,
            revision=0,
            started_from=started_from,
            state="draft",
            opened_at=at,
            at=at,
        )
        connection.execute(codings.insert(), {f.name: getattr(new, f.name) for f in fields(new)} | {"draft": to_plain(draft)})
        return new


def save_draft(draft: Reading, store: Store, *, visitor: Visitor, revision: int, at: datetime) -> Coding:
    """Keep the visitor's draft of a report, made from the revision of that number.

    Raises UnknownId where none was opened, NotPossible for one that was handed in, was saved in another window since, or whose spans are not in the text.
    """
    _check_spans(draft, store.get_report(draft.report_sha256))
    with store.writing() as connection:
        found = _get_draft(connection, draft.report_sha256, visitor.signature, revision)
        kept = replace(draft, report=found.draft.report, reader=found.draft.reader)
        changed = replace(found, draft=kept, revision=revision + 1, at=at)
        _update(connection, changed)
        return changed


def hand_in(report: str, store: Store, *, visitor: Visitor, revision: int, at: datetime) -> Coding:
    """Hand in the visitor's coding as it was saved last: nobody changes it from then on. Raises as `save_draft`."""
    sha256 = store.get_report(report).sha256
    with store.writing() as connection:
        found = _get_draft(connection, sha256, visitor.signature, revision)
        changed = replace(found, state="handed_in", at=at)
        _update(connection, changed)
        return changed


def find_coding(report: str, store: Store, *, visitor: Visitor) -> Coding | None:
    """The visitor's own coding of a report. Raises UnknownId for an unknown report."""
    sha256 = store.get_report(report).sha256
    with store.reading() as connection:
        return _find(connection, sha256, visitor.signature)


def get_draft(report: str, store: Store, *, visitor: Visitor, revision: int) -> Coding:
    """The visitor's coding of a report to go on with, as it was saved at that revision. Raises as `save_draft`."""
    sha256 = store.get_report(report).sha256
    with store.reading() as connection:
        return _get_draft(connection, sha256, visitor.signature, revision)


def list_progress(report: str, store: Store) -> tuple[Progress, ...]:
    """Who codes a report, by name, and whether they have handed it in: no more than that. Raises UnknownId for an unknown report."""
    chosen = sa.select(_C.coder, _C.state, _C.at).where(_C.report_sha256 == store.get_report(report).sha256).order_by(_C.coder)
    with store.reading() as connection:
        return tuple(Progress(coder=row.coder, state=row.state, at=row.at) for row in connection.execute(chosen))


def get_codings(report: str, store: Store, *, visitor: Visitor) -> tuple[Coding, ...]:
    """The codings of a report that were handed in, by coder, for somebody who may see them.

    That is who has handed in his own, and, once two are handed in, a reviewer who has none open. Raises NotAllowed for others, UnknownId.
    """
    told = store.get_report(report)
    with store.reading() as connection:
        found = _codings_of(connection, told.sha256)
    own = next((coding for coding in found if coding.coder == visitor.signature), None)
    handed_in = tuple(coding for coding in found if coding.state == "handed_in")
    if own is not None and own.state == "draft":
        raise NotAllowed(f"your own coding of report {told.id} is not handed in yet: until then nobody else's is shown to you")
    if own is None:
        visitor.check("judge")
        if len(handed_in) < 2:
            raise NotAllowed(f"of report {told.id} {len(handed_in)} of 2 codings are handed in: they are shown when both are")
    return handed_in


def iter_double_coded(store: Store, *, visitor: Visitor) -> Iterator[Mapping[str, Reading]]:
    """The codings of each report of which two or more were handed in, by coder, in the order of the reports' hashes, for a reviewer.

    Left out is a report of which the visitor has a coding open. Raises NotAllowed.
    """
    visitor.check("judge")
    several = sa.select(_C.report_sha256).where(_C.state == "handed_in").group_by(_C.report_sha256).having(sa.func.count() > 1)
    mine = sa.select(_C.report_sha256).where(_C.state == "draft", _C.coder == visitor.signature)
    chosen = sa.select(_C.report_sha256).where(_C.report_sha256.in_(several), _C.report_sha256.not_in(mine)).distinct().order_by(_C.report_sha256)
    with store.reading() as connection:
        for sha256 in connection.scalars(chosen).all():
            yield {coding.coder: coding.draft for coding in _codings_of(connection, sha256) if coding.state == "handed_in"}


def _first_draft(report: Report, store: Store, *, visitor: Visitor, started_from: Start) -> Reading:
    stamp = ReaderStamp(name=visitor.signature, version="blind 1", settings_hash="")
    if started_from == "nothing":
        return Reading(report=report.id, report_sha256=report.sha256, reader=stamp)
    machine = store.find_reading(report.sha256)
    if machine is None:
        raise NotPossible(f"report {report.id} has no reading to start from: start from nothing")
    return replace(machine, report=report.id, reader=stamp, notices=())


def _check_spans(draft: Reading, report: Report) -> None:
    """Raises NotPossible for a span that is not in the report's text: each value leads back to words."""
    for span in _iter_spans(draft):
        if span.end > len(report.text):
            raise NotPossible(f"the draft speaks of signs {span.start} to {span.end} of report {report.id}, whose text has {len(report.text)}")


def _iter_spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _iter_spans(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _iter_spans(one)


def _find(connection: sa.Connection, sha256: str, coder: str) -> Coding | None:
    row = connection.execute(sa.select(codings).where(_C.report_sha256 == sha256, _C.coder == coder)).one_or_none()
    return None if row is None else _coding_of(row)


def _get_draft(connection: sa.Connection, sha256: str, coder: str, revision: int) -> Coding:
    found = _find(connection, sha256, coder)
    if found is None:
        raise UnknownId(f"{coder.removeprefix('person:')} has no coding of this report: open one first")
    if found.state == "handed_in":
        raise NotPossible(f"this coding was handed in on {found.at.date().isoformat()}, and stays as it is")
    if found.revision != revision:
        raise NotPossible(f"this coding was saved in another window since ({found.at.isoformat()}): look at it as it is now; nothing was overwritten")
    return found


def _codings_of(connection: sa.Connection, sha256: str) -> tuple[Coding, ...]:
    return tuple(_coding_of(row) for row in connection.execute(sa.select(codings).where(_C.report_sha256 == sha256).order_by(_C.coder)))


def _update(connection: sa.Connection, coding: Coding) -> None:
    mine = (_C.report_sha256 == coding.report_sha256, _C.coder == coding.coder)
    values = {"draft": to_plain(coding.draft), "revision": coding.revision, "state": coding.state, "at": coding.at}
    connection.execute(codings.update().where(*mine).values(**values))


def _coding_of(row: Any) -> Coding:
    return Coding(**{**row._asdict(), "draft": from_plain(Reading, row.draft)})
