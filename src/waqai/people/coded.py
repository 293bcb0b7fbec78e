"""Which reports are coded, by whom of oneself and by how many others: how far they are, never what they code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from waqai.people.codings import Start, State
from waqai.people.roles import Visitor
from waqai.schema import tables
from waqai.schema.people import codings
from waqai.store import Store

_C, _R = codings.c, tables.reports.c
MOST = 500
"""So many are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A report that is coded, and how many have handed in or are at work besides the visitor.

    `state` and `started_from` are of his own coding, None without one; `at` is its last change, without one the last of anybody's.
    """

    report: str
    title: str | None
    publisher: str | None
    state: State | None
    started_from: Start | None
    at: datetime
    handed_in: int
    at_work: int

    @property
    def is_shown(self) -> bool:
        """Whether there is something to compare that the visitor has earned to see: his own is handed in, and another one."""
        return self.state == "handed_in" and self.handed_in > 0


def list_own(store: Store, *, visitor: Visitor) -> tuple[Coded, ...]:
    """The reports that the visitor codes or has coded: those not handed in first, then the newest change."""
    own = _C.coder == visitor.signature
    mine = sa.select(_C.report_sha256).where(own).order_by(_C.state, _C.at.desc(), _C.report_sha256).limit(MOST)
    listed = _list(store, mine, visitor=visitor)
    return tuple(sorted(listed, key=lambda one: (one.state == "handed_in", -one.at.timestamp(), one.report)))


def list_wanted(store: Store, *, visitor: Visitor) -> tuple[Coded, ...]:
    """The reports that want a second coder: exactly one has handed in, be it the visitor or another; the longest waiting first."""
    single = sa.select(_C.report_sha256).where(_C.state == "handed_in").group_by(_C.report_sha256).having(sa.func.count() == 1)
    wanted = single.order_by(sa.func.min(_C.at), _C.report_sha256).limit(MOST)
    return tuple(sorted(_list(store, wanted, visitor=visitor), key=lambda one: (one.at, one.report)))


def _list(store: Store, shas: sa.Select[tuple[str]], *, visitor: Visitor) -> list[Coded]:
    others, own = _C.coder != visitor.signature, _C.coder == visitor.signature
    chosen = (
        sa.select(
            _R.id.label("report"),
            _R.title,
            _R.publisher,
            sa.func.max(sa.case((own, _C.state))).label("state"),
            sa.func.max(sa.case((own, _C.started_from))).label("started_from"),
            sa.func.coalesce(sa.func.max(sa.case((own, _C.at))), sa.func.max(_C.at)).label("at"),
            sa.func.count().filter(others, _C.state == "handed_in").label("handed_in"),
            sa.func.count().filter(others, _C.state == "draft").label("at_work"),
        )
        .join_from(codings, tables.reports, _C.report_sha256 == _R.sha256)
        .where(_C.report_sha256.in_(shas))
        .group_by(_R.id, _R.title, _R.publisher)
    )
    with store.reading() as connection:
        return [Coded(**row._mapping) for row in connection.execute(chosen)]
