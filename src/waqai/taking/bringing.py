"""Rows into the store as one batch: each becomes a report with a reading of its own, linked to incidents as any other.

A newer version of a row takes the place of the older one, in the incident where that sat. Nothing is erased: the older text stays, with a newer reading that
tells nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from waqai.core import Notice, ReaderStamp, Reading, Report, short_hash
from waqai.flow import Chain, Ground, Summary, now
from waqai.flow.add import LINKER, close_run, link_accounts
from waqai.flow.parts import join_parts
from waqai.imports import Dataset, ForeignRow, RowError
from waqai.imports.composing import VERSION, Origin, compose_reading, stamp_of, take_out
from waqai.linking import make_imprint
from waqai.store import Store
from waqai.taking.batches import next_batch
from waqai.taking.planning import CHUNK, Counts, Planned, iter_planned


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """The file that a batch comes from. `whole`: it is the whole dataset, so that rows it lacks are taken out."""

    name: str
    sha256: str
    dataset: Dataset
    whole: bool = False


class _RowsAsRead:
    """Stands for the reader in the row that a run leaves: rows come as readings, so that no reader is loaded."""

    @property
    def stamp(self) -> ReaderStamp:
        return ReaderStamp(name="import", version=VERSION, settings_hash="")

    def iter_read(self, reports: Iterable[Report]) -> Iterator[Reading | Notice]:
        """None: nothing is read."""
        return iter(())


def make_taker(ground: Ground) -> Chain:
    """What rows are brought in with: codebook, register and gazetteer, without a reader."""
    return join_parts(ground, _RowsAsRead())


@dataclass(slots=True)
class Brought:
    """What an import did. `batch` None: nothing was to be changed. Mutable: it is filled as rows come in."""

    counts: Counts
    summary: Summary
    batch: str | None = None
    taken_out: int = 0


class _Writer:
    """The batch that is being written; it is logged when its first row is."""

    def __init__(self, file: File, origin: Origin, chain: Chain, store: Store, *, by: str) -> None:
        self.file, self.origin, self.chain, self.store, self.by = file, origin, chain, store, by
        self.batch: str | None = None
        self._stamp: ReaderStamp | None = None

    @property
    def stamp(self) -> ReaderStamp:
        """The stamp of the batch's readings."""
        if self._stamp is None:
            self.batch = next_batch(self.store)
            self._stamp = stamp_of(self.origin, short_hash(self.origin.short, self.file.sha256, self.batch, length=32))
            told = {"dataset": self.file.dataset, "publisher": self.origin.publisher, "reader": self._stamp.name, "version": VERSION}
            told |= {"settings_hash": self._stamp.settings_hash, "file": self.file.name, "sha256": self.file.sha256}
            self.store.note_batch(self.batch, {**told, "whole": self.file.whole}, by=self.by, at=now())
        return self._stamp

    def write(self, planned: Planned, summary: Summary) -> None:
        """Bring in one row."""
        seats = self.take_out(planned.before) if planned.before is not None else {}
        added = self.store.add_report(planned.report, at=now())
        report = added.report
        if added.outcome == "new":
            summary.reports_new += 1
            self.store.keep_imprint(report.sha256, make_imprint(report))
        reading = compose_reading(planned.row, report, self.origin, stamp=self.stamp, register=self.chain.ground.actors)
        if reading.accounts[0].where is None:
            reading = replace(reading, accounts=self.chain.resolver.resolve_accounts(report, reading.accounts))
        if not self._keep(reading):
            return
        summary.accounts += 1
        summary.claims += len(reading.claims)
        self._seat(report, seats)
        link_accounts(report, self.store, summary)

    def take_out(self, sha256: str) -> dict[str, str]:
        """Let a text tell nothing more; where its accounts sat."""
        seats = self.store.find_seats(sha256)
        self._keep(take_out(self.store.get_report(sha256), stamp=self.stamp))
        return seats

    def _keep(self, reading: Reading) -> bool:
        return self.store.add_reading(reading, family_of=self.chain.ground.codebook.family_of, at=now())

    def _seat(self, report: Report, seats: dict[str, str]) -> None:
        """Put a newer version where the older one sat."""
        locked = self.store.find_locked()
        for account, incident in seats.items():
            for card in self.store.iter_unlinked_cards(report=report.id):
                if incident in locked:
                    continue
                because = "a newer version of the row that sat here"
                said = {"role": "main", "verdict": "same", "score": 1.0, "because": because, "by": LINKER, "at": now()}
                self.store.judge(card.account.id, account, incident=incident, anchor=card.anchor, **said)  # type: ignore[arg-type]


def bring_in(
    items: Iterable[ForeignRow | RowError | Notice],
    file: File,
    origin: Origin,
    chain: Chain,
    store: Store,
    *,
    by: str,
    on_rows: Callable[[int], None] | None = None,
    on_error: Callable[[RowError], None] | None = None,
    on_turn: Callable[[int, int], None] | None = None,
) -> Brought:
    """Bring in what is new or changed, some hundred rows in a transaction. `on_rows` is told how many rows were gone through, `on_error` of each set aside."""
    brought, writer = Brought(Counts(), Summary()), _Writer(file, origin, chain, store, by=by)
    for some in iter_planned(items, origin, store):
        for item in some:
            brought.counts.note(item, origin)
            if isinstance(item, RowError) and on_error is not None:
                on_error(item)
        _write_some([item for item in some if isinstance(item, Planned) and item.fate in ("new", "changed")], writer, brought)
        if on_rows is not None:
            on_rows(len(some))
    gone = [(id, sha256) for id, sha256 in store.iter_counting_rows(reader=origin.reader) if id not in brought.counts.seen]
    brought.counts.missing = len(gone)
    if file.whole:
        _take_all([sha256 for _, sha256 in gone], writer, brought)
    brought.batch = writer.batch
    if writer.batch is not None:
        close_run(chain, store, brought.summary, on_turn)
    return brought


def _write_some(some: Sequence[Planned], writer: _Writer, brought: Brought) -> None:
    if some:
        with writer.store.transaction():
            for planned in some:
                writer.write(planned, brought.summary)


def _take_all(gone: Sequence[str], writer: _Writer, brought: Brought) -> None:
    for start in range(0, len(gone), CHUNK):
        with writer.store.transaction():
            for sha256 in gone[start : start + CHUNK]:
                writer.take_out(sha256)
    brought.taken_out = len(gone)
