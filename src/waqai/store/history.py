"""The store's log: what was opened, judged, undone and erased, by whom and why; and that it still says so."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from waqai.core import Anchor, Entry, LinkRole, Reading, StoreError, UnknownId, Verdict, to_plain
from waqai.folding import REVIEWS
from waqai.logbook import log, standing
from waqai.logbook.chain import LogCheck, verify_entries
from waqai.logbook.standing import Standing
from waqai.logbook.tombstones import Tombstone, find_tombstone, iter_tombstones
from waqai.schema import tables
from waqai.schema.engine import errors_named, without_transaction
from waqai.store import apart, facts, marks, meanwhile, turns
from waqai.store.apart import Apart
from waqai.store.erase import Erased, bury_report, note_erased, scrub
from waqai.store.rebuild import Rebuilt, rebuild_and_compare
from waqai.store.session import Session


class History(Session):
    """The log of an open store."""

    def append(self, *, kind: str, subject: str, value: Mapping[str, Any], because: str, by: str, at: datetime) -> Entry:
        """Add an entry to the log.

        Raises StoreError for a kind or value that the log does not know and for an incident that was opened before, NotPossible for a machine's entry that
        would change a locked incident.
        """
        with self._writing() as work:
            marks.check_not_locked(work.connection, kind, subject, value, by=by)
            entry = log.append_entry(work.connection, kind=kind, subject=subject, value=to_plain(value), because=because, by=by, at=at)
            if kind in ("opened", "judgement"):
                work.stale_reports.add(entry.value["anchor"]["report_sha256"])  # type: ignore[index]
            elif kind in ("attached", "added", "undone", *REVIEWS) and (sha256 := log.report_on(work.connection, entry.id)) is not None:
                work.stale_reports.add(sha256)
            if (marked := marks.find_marked(work.connection, entry)) is not None:
                work.settle_seats()
                work.dirty_incidents |= marks.incidents_of(work.connection, marked)
            return entry

    def open_incident(
        self, incident: str, *, account: str, anchor: Anchor, role: LinkRole, because: str, by: str, at: datetime, act: int | None = None
    ) -> Entry:
        """Log that an incident was opened by this account. Raises StoreError when its id was used before."""
        value: dict[str, Any] = {"account": account, "role": role, "anchor": anchor} | _acting(act)
        return self.append(kind="opened", subject=incident, value=value, because=because, by=by, at=at)

    def judge(
        self,
        left: str,
        right: str,
        *,
        incident: str,
        anchor: Anchor,
        role: LinkRole,
        verdict: Verdict,
        score: float,
        because: str,
        by: str,
        at: datetime,
        right_anchor: Anchor | None = None,
        act: int | None = None,
    ) -> Entry:
        """Log whether account `left` tells the happening of `incident`, whose best matching account is `right`. `anchor` is that of `left`.

        `right_anchor`: it is this account that the judgement is about, wherever it sits. `act`: the first entry of those that are said in one breath.
        """
        value: dict[str, Any] = {"incident": incident, "role": role, "left": left, "right": right, "verdict": verdict, "score": score, "anchor": anchor}
        value |= ({} if right_anchor is None else {"right_anchor": right_anchor}) | _acting(act)
        return self.append(kind="judgement", subject=left, value=value, because=because, by=by, at=at)

    def add_account(self, reading: Reading, *, family_of: Callable[[str], str], split_from: str | None, because: str, by: str, at: datetime, act: int) -> Entry:
        """Log that a person tells of an account that no reader found; `reading` holds it alone, with the claims that it is said in."""
        with self._writing() as work:
            (account,) = reading.accounts
            number = log.last_entry(work.connection) + 1
            facts.insert_reading(work.connection, reading, family_of=family_of, at=at, added_in=number)
            anchor = Anchor(report_sha256=reading.report_sha256, evidence=account.evidence, family=family_of(account.type))
            value = {"told": account, "anchor": anchor, "act": act} | ({} if split_from is None else {"split_from": split_from})
            return self.append(kind="added", subject=account.id, value=value, because=because, by=by, at=at)

    def undo(self, entry: int, *, because: str, by: str, at: datetime, act: int | None = None) -> Entry:
        """Log that an entry no longer counts. Raises UnknownId when there is no such entry, NotPossible when it is undone already or cannot be."""
        return self.append(kind="undone", subject=str(entry), value={"entry": entry} | _acting(act), because=because, by=by, at=at)

    def last_entry(self) -> int:
        """The number of the newest entry; 0 for an empty log."""
        with self._reading() as connection:
            return log.last_entry(connection)

    def iter_log(self, *, subject: str | None = None, report: str | None = None, after: int = 0) -> Iterator[Entry]:
        """Entries of the log in order, all or those on one subject or report (by its sha256), from the one after this number on."""
        about = [] if subject is None else [tables.log.c.subject == subject]
        about += [] if report is None else [tables.log.c.report_sha256 == report]
        with self._reading() as connection:
            yield from log.iter_entries(connection, tables.log.c.id > after, *about)

    def iter_since(self, after: int, *, reports: Collection[str] = (), incidents: Collection[str] = ()) -> Iterator[Entry]:
        """Entries after this number that change what is held of one of these reports (by sha256) or incidents, in order."""
        with self._reading() as connection:
            yield from meanwhile.iter_since(connection, after, reports=reports, incidents=incidents)

    def find_opening(self, incident: str) -> Entry | None:
        """The entry that opened an incident, whether or not it is still there."""
        with self._reading() as connection:
            return log.find_opening(connection, incident)

    def iter_standing(
        self, *, incident: str | None = None, report: str | None = None, numbers: Sequence[int] | None = None, last: int | None = None
    ) -> Iterator[Standing]:
        """Entries with what became of them, in order: all, or those on an incident, on a report, of these numbers; or the last so many. Raises UnknownId."""
        with self._reading() as connection:
            where = [] if report is None else [standing.on_report(self._known_report(connection, report))]
            where += [] if numbers is None else [tables.log.c.id.in_(numbers)]
            if incident is not None:
                if log.find_opened(connection, incident) is None:
                    raise UnknownId(f"no incident {incident!r} in store {self.address}; `waqai incidents` lists what is there")
                where.append(standing.on_incident(connection, incident))
            yield from standing.iter_standing(connection, *where, last=last)

    def get_act(self, entry: int) -> tuple[Standing, ...]:
        """The entries that were said in one breath with this one, in order; most stand alone. Raises UnknownId."""
        with self._reading() as connection:
            last = log.last_entry(connection)
            found = (
                next(standing.iter_standing(connection, tables.log.c.id == entry), None) if 0 < entry <= last else None
            )  # SQLite takes no number of any length
            if found is None:
                raise UnknownId(f"the log has no entry {entry}; its last is {last}")
            act = found.entry.value.get("act")
            if act is None:
                return (found,)
            return tuple(one for one in standing.iter_standing(connection, tables.log.c.id >= act, _at_once(found)) if one.entry.value.get("act") == act)

    def verify(self) -> LogCheck:
        """Walk the log's hash chain; names the first entry that was changed."""
        with self._reading() as connection:
            return verify_entries(connection)

    def find_homeless(self) -> tuple[Entry, ...]:
        """Judgements and openings whose account no current reading tells any more."""
        with self._reading() as connection:
            seated = connection.scalars(sa.select(tables.members.c.entry).where(tables.members.c.account.is_(None)))
            numbers = sorted({*seated, *apart.find_unheard(connection)})
            return tuple(log.iter_entries(connection, tables.log.c.id.in_(numbers)))

    def find_apart(self, report_sha256: str) -> tuple[Apart, ...]:
        """What persons told apart from the accounts of a report."""
        with self._reading() as connection:
            return tuple(apart.iter_apart(connection, report_sha256))

    def find_unsettled(self) -> tuple[str, ...]:
        """Hashes of the reports that were linked since the last run, in the order of the log."""
        with self._reading() as connection:
            return turns.find_unsettled(connection)

    def find_mates(self, reports: Sequence[str], *, most: int) -> tuple[str, ...]:
        """Hashes of other reports that share an incident with these, at most so many."""
        with self._reading() as connection:
            return turns.find_mates(connection, reports, most=most)

    def find_fixed(self, report_sha256: str) -> frozenset[str]:
        """The accounts of a report that a person seated, or that sit in an incident which a person locked."""
        with self._reading() as connection:
            return turns.find_fixed(connection, report_sha256)

    def rebuild(self) -> Rebuilt:
        """Drop all views and fold them again from the facts; says whether the result is equal."""
        with self._writing() as work:
            work.settle()
            return rebuild_and_compare(work.connection, actors=self._actors)

    def find_tombstone(self, report: str) -> Tombstone | None:
        """What stays of an erased report, by its hash or id."""
        with self._reading() as connection:
            return find_tombstone(connection, report)

    def mark_voice(self, name: str, *, unreliable: bool, because: str, by: str, at: datetime) -> Entry:
        """Log that a speaker or publisher is unreliable, or is not. The name is not the subject, so that an erasure can take it."""
        value = {"name": name, "unreliable": unreliable}
        return self.append(kind="marked_unreliable", subject=f"voice-{self.last_entry() + 1}", value=value, because=because, by=by, at=at)

    def iter_tombstones(self) -> Iterator[Tombstone]:
        """What stays of every erased report, by hash."""
        with self._reading() as connection:
            yield from iter_tombstones(connection)

    def readmit(self, sha256: str, *, because: str, by: str, at: datetime) -> Entry:
        """Log that an erased text may come in again."""
        return self.append(kind="readmitted", subject=sha256, value={"sha256": sha256}, because=because, by=by, at=at)

    def note_erased(self, stone: Tombstone, *, because: str, at: datetime) -> None:
        """Refuse a text that was erased elsewhere and that this store never held."""
        with self._writing() as work:
            note_erased(work.connection, stone, because=because, at=at)

    def erase_report(self, report: str, *, because: str, by: str, at: datetime) -> Erased:
        """Destroy a report and all that was read in it; call `scrub` next. Raises UnknownId."""
        with self._writing() as work:
            work.settle()
            erased = bury_report(work.connection, facts.get_sha256(work.connection, report), because=because, by=by, at=at)
            work.stale_reports.add(erased.tombstone.sha256)
            self._forget()
            return erased

    def scrub(self) -> None:
        """Write the store's files anew, without what was erased. Raises StoreError inside a transaction, and when another program has the store open."""
        if getattr(self._local, "work", None) is not None:
            raise StoreError("a store cannot be scrubbed inside a transaction: end it first")
        with errors_named(self.address), self._engine.connect() as connection:
            scrub(without_transaction(connection))

    # -- inside

    def _known_report(self, connection: sa.Connection, report: str) -> str:
        grave = find_tombstone(connection, report)
        return facts.find_sha256(connection, report) or (grave.sha256 if grave else facts.get_sha256(connection, report))


def _acting(act: int | None) -> dict[str, int]:
    return {} if act is None else {"act": act}


def _at_once(found: Standing) -> sa.ColumnElement[bool]:
    """SQL: by the same author at the same instant, as entries of one act are."""
    return sa.and_(tables.log.c.by == found.entry.by, tables.log.c.at == found.entry.at)
