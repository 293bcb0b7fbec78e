"""The store: one object over one database, and the only thing that other rooms see of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from waqai.core import (
    Account,
    ActorNames,
    Card,
    Claim,
    Outline,
    ReaderStamp,
    Reading,
    Report,
    StoreError,
    UnknownId,
    Unread,
    from_plain,
    to_plain,
)
from waqai.indexes import alike, index
from waqai.indexes.company import note_imprint
from waqai.schema import tables
from waqai.schema.engine import label_of, make_engine
from waqai.schema.once import delete_where, find_value, find_where, insert
from waqai.store import candidates, current, facts, find
from waqai.store.candidates import IncidentCards
from waqai.store.columns import ColumnMaps
from waqai.store.counts import StoreCounts, count_all
from waqai.store.dump import iter_dump
from waqai.store.facts import Added, Arrival
from waqai.store.rows import Rows
from waqai.store.stories import Stories
from waqai.store.tellings import CHUNK, chunks
from waqai.store.views import Told


def open_store(
    address: str | Path, *, actors: ActorNames | None = None, wait_seconds: float = 10.0, must_exist: bool = False, told: Told | None = None
) -> Store:
    """The store in this file, or behind this `postgresql://` address; an empty one is made, an older one brought up to date.

    With `actors`, names of one actor are one speaker when grades are derived. An older store may take minutes: `told` hears of each stage, how much is done
    and of how much. Raises StoreError for a store of a newer waqai, another program's database,
    and anything that cannot be opened; also when another writer holds it longer than `wait_seconds`. With `must_exist` none is made: NoStore.
    """
    store = Store(make_engine(address, wait_seconds=wait_seconds), address=label_of(address), opened_by=str(address), actors=actors)
    try:
        store.prepare(must_exist=must_exist, told=told)
    except StoreError:
        store.close()
        raise
    return store


class Store(Stories, Rows, ColumnMaps):
    """Reports, readings and the log, appended and never changed; incidents, computed from them.

    Every write is a transaction of its own unless it stands in `with store.transaction():`, which then commits all or nothing; transactions nest (an inner
    one that fails is undone alone). A Store may be shared by threads: each has its own transaction. One writer at a time; readers see the last commit.
    """

    # -- reports and readings

    def add_report(self, report: Report, *, at: datetime | None = None) -> Added:
        """Keep a report. `outcome` "known": the text is there already; a new way of coming in (id, address, publisher …) is noted beside it.

        Use `.report` from here on: where its id was taken by another text, it carries "-2", "-3" … `at` is when the store got to know it, here and below.
        Raises ErasedReport for a text that was erased.
        """
        with self._writing() as work:
            added = facts.insert_report(work.connection, report, at=at)
            if added.outcome == "new":
                index.index_report(work.connection, added.report)
            elif added.new_arrival:
                work.mark_report(report.sha256)
            return added

    def find_report(self, name: str) -> Report | None:
        """The report with this id or sha256, or the one whose copy came in under this id."""
        with self._reading() as connection:
            sha256 = facts.find_sha256(connection, name)
            return None if sha256 is None else facts.find_report(connection, sha256=sha256)

    def get_report(self, name: str) -> Report:
        """As `find_report`. Raises UnknownId."""
        found = self.find_report(name)
        if found is None:
            raise UnknownId(f"no report {name!r} in store {self.address}")
        return found

    def iter_reports(self) -> Iterator[Report]:
        """Every report, by id."""
        with self._reading() as connection:
            chosen = sa.select(tables.reports).order_by(tables.reports.c.id).execution_options(yield_per=find.BATCH)
            for row in connection.execute(chosen).mappings():
                yield facts.report_of(row)

    def get_arrivals(self, report: str) -> tuple[Arrival, ...]:
        """All ways in which a report's text came in. Raises UnknownId."""
        with self._reading() as connection:
            return tuple(facts.iter_arrivals(connection, facts.get_sha256(connection, report)))

    def add_signature(self, report_sha256: str, signature: bytes, *, bands: Sequence[int] = ()) -> None:
        """Keep what near copies of a text are found by: its signature, and the keys that near copies share one of. The first one stays."""
        with self._writing() as work:
            alike.insert_signature(work.connection, report_sha256, signature, bands=bands)

    def keep_imprint(self, report_sha256: str, imprint: bytes) -> None:
        """Keep what the linker made of a report's words, in place of what was there."""
        with self._writing() as work:
            delete_where(work.connection, tables.imprints, report_sha256=report_sha256)
            insert(work.connection, tables.imprints, {"report_sha256": report_sha256, "imprint": imprint})
            note_imprint(work.connection, report_sha256, imprint)

    def iter_alike(self, bands: Sequence[int]) -> Iterator[tuple[str, bytes]]:
        """(report sha256, signature) of the texts that share one of these keys, by hash."""
        with self._reading() as connection:
            yield from alike.iter_alike(connection, bands)

    def iter_signatures(self) -> Iterator[tuple[str, bytes]]:
        """(report sha256, signature) of every text, by hash."""
        with self._reading() as connection:
            for row in connection.execute(sa.select(tables.signatures).order_by(tables.signatures.c.report_sha256)):
                yield row.report_sha256, row.signature

    def add_near_copy(self, one_sha256: str, other_sha256: str, *, similarity: float, at: datetime | None = None) -> None:
        """Note that two texts are nearly one; the first similarity stays."""
        left, right = sorted((one_sha256, other_sha256))
        copies = tables.near_copies.c
        with self._writing() as work:
            if work.connection.scalar(sa.select(copies.left_sha256).where(copies.left_sha256 == left, copies.right_sha256 == right)) is None:
                row = {"left_sha256": left, "right_sha256": right, "similarity": similarity, "kept_at": at}
                work.connection.execute(tables.near_copies.insert(), row)
                work.mark_report(left)
                work.mark_report(right)

    def find_near_copies(self, report: str) -> tuple[tuple[str, float], ...]:
        """(report id, similarity) of the near copies of a report, most similar first. Raises UnknownId."""
        copies, reports = tables.near_copies.c, tables.reports.c
        with self._reading() as connection:
            sha256 = facts.get_sha256(connection, report)
            other = sa.case((copies.left_sha256 == sha256, copies.right_sha256), else_=copies.left_sha256)
            chosen = sa.select(reports.id, copies.similarity).select_from(tables.near_copies.join(tables.reports, reports.sha256 == other))
            mine = sa.or_(copies.left_sha256 == sha256, copies.right_sha256 == sha256)
            return tuple((row.id, row.similarity) for row in connection.execute(chosen.where(mine).order_by(copies.similarity.desc(), reports.id)))

    def add_reading(self, reading: Reading, *, family_of: Callable[[str], str], at: datetime | None = None) -> bool:
        """Keep a reading; False when this reader's reading of this text is there already, and nothing changes. `family_of` gives the family of a type.

        Judgements on the accounts of an older reading pass to the accounts that stand on the same words. Raises UnknownId when the report is not in the store.
        """
        with self._writing() as work:
            added = facts.insert_reading(work.connection, reading, family_of=family_of, at=at)
            if added and find_where(work.connection, tables.log.c.id, report_sha256=reading.report_sha256):  # else there is nothing to seat yet
                work.stale_reports.add(reading.report_sha256)
            return added

    def has_reading(self, report_sha256: str, *, reader: ReaderStamp) -> bool:
        """Whether this reader has read this text."""
        with self._reading() as connection:
            return facts.find_reading_number(connection, sha256=report_sha256, reader=reader) is not None

    def find_reading(self, report: str) -> Reading | None:
        """The current reading of a report (a person's before a machine's, then the latest) with the accounts that persons added, last, and their claims.

        Without those in whose place the added ones stand. Raises UnknownId for an unknown report.
        """
        with self._reading() as connection:
            return current.find_told(connection, facts.get_sha256(connection, report))

    def get_claims(self, report: str) -> tuple[Claim, ...]:
        """The claims of a report's current reading, in order. Raises UnknownId for an unknown report."""
        reading = self.find_reading(report)
        return reading.claims if reading else ()

    def get_claims_beside(self, account: str) -> tuple[Claim, ...]:
        """The claims of the reading that an account is of, current or not. Raises UnknownId."""
        with self._reading() as connection:
            number = connection.scalar(sa.select(tables.accounts.c.reading_id).where(tables.accounts.c.id == account))
            if number is None:
                raise UnknownId(f"no account {account!r} in store {self.address}")
            return facts.claims_of(connection, number)

    def get_account(self, account: str) -> Account:
        """An account of any reading, current or not. Raises UnknownId."""
        with self._reading() as connection:
            plain = connection.scalar(sa.select(tables.accounts.c.plain).where(tables.accounts.c.id == account))
        if plain is None:
            raise UnknownId(f"no account {account!r} in store {self.address}")
        return from_plain(Account, plain)

    # -- linking

    def iter_cards(self, *, report: str | None = None) -> Iterator[Card]:
        """Cards of the accounts in current readings, of one report or of all, by report id and place in the report. Raises UnknownId for an unknown report."""
        with self._reading() as connection:
            if report is not None:
                yield from current.iter_cards_of(connection, facts.get_sha256(connection, report))
            else:
                yield from current.iter_cards(connection)

    def iter_unlinked_cards(self, *, report: str | None = None) -> Iterator[Card]:
        """As `iter_cards`, only the accounts that sit in no incident yet."""
        yield from (card for card in self.iter_cards(report=report) if self.find_incident_of(card.account.id) is None)

    def find_candidates(self, card: Card) -> tuple[IncidentCards, ...]:
        """Incidents that the account may belong to, most promising first, each with the cards of its accounts: those of role main first."""
        with self._reading() as connection:
            return self._with_cards(connection, candidates.find_candidates(connection, card, common=self._common))

    def find_cards_of(self, incident: str) -> tuple[Card, ...]:
        """The cards of all accounts that sit in an incident, those of role main first."""
        with self._reading() as connection:
            ((_, cards),) = self._with_cards(connection, [incident], most=None)
            return cards

    def find_told_alike(self, words: str, *, without: str) -> tuple[IncidentCards, ...]:
        """As `find_candidates`, by the rare names alone that these words share with reports other than the one of this sha256."""
        with self._reading() as connection:
            points = candidates.find_told_alike(connection, words, without=without)
            return self._with_cards(connection, sorted(points, key=lambda incident: (-points[incident], incident))[: candidates.LIMIT])

    def find_unread_candidates(self, card: Card) -> tuple[tuple[str, Unread], ...]:
        """As `find_candidates`, but the cards are loaded when somebody looks at them; what their outlines say is known before."""
        with self._reading() as connection:
            found = candidates.find_outlines(connection, candidates.find_candidates(connection, card, common=self._common))
            return tuple((incident, Unread(outlines, partial(self._read_cards, outlines))) for incident, outlines in found.items())

    def _read_cards(self, outlines: Sequence[Outline]) -> tuple[Card, ...]:
        with self._reading() as connection:
            cards = self._load_cards(connection, [one.account for one in outlines])
            return tuple(replace(cards[one.account], role=one.role) for one in outlines)

    def find_linked_cards(self, report: str) -> tuple[Card, ...]:
        """The cards of a report's current accounts that sit in an incident, each with its role there, in order of the report."""
        members = tables.members.c
        with self._reading() as connection:
            sha256 = facts.get_sha256(connection, report)
            roles = {row.account: row.role for row in find_where(connection, members.account, members.role, report_sha256=sha256)}
            return tuple(replace(card, role=roles[card.account.id]) for card in self.iter_cards(report=report) if card.account.id in roles)

    def find_incident_of(self, account: str) -> str | None:
        """The incident in which an account sits."""
        with self._reading() as connection:
            found: str | None = find_value(connection, tables.members.c.incident, account=account)
            return found

    def find_seats(self, report_sha256: str) -> dict[str, str]:
        """The incident in which each account of a report's current reading sits, by account."""
        members = tables.members.c
        chosen = sa.select(members.account, members.incident).where(members.report_sha256 == report_sha256, members.account.is_not(None))
        with self._reading() as connection:
            return {row.account: row.incident for row in connection.execute(chosen.order_by(members.entry))}

    # -- runs and sums

    def add_run(self, *, at: datetime, settings: Mapping[str, Any], versions: Mapping[str, Any], counts: Mapping[str, Any]) -> int:
        """Keep what a run was told and what it did; its number."""
        with self._writing() as work:
            number = (work.connection.scalar(sa.select(sa.func.max(tables.runs.c.id))) or 0) + 1
            said = {"settings": to_plain(settings), "versions": to_plain(versions), "counts": to_plain(counts)}
            work.connection.execute(tables.runs.insert(), {"id": number, "at": at} | said)
            return number

    def counts(self) -> StoreCounts:
        """How much the store holds."""
        with self._reading(incidents=True) as connection:
            return count_all(connection)

    def iter_dump(self, *, without: Sequence[str] = ("runs",)) -> Iterator[str]:
        """Every row of every table as a line of JSON, in one order: equal stores give equal lines, whatever engine holds them."""
        with self._reading(incidents=True) as connection:
            yield from iter_dump(connection, without=without)

    # -- inside

    def _load_cards(self, connection: sa.Connection, accounts: Sequence[str]) -> Mapping[str, Card]:
        """Cards by account id; accounts and reports never change, so a card once laid out is kept for a while."""

        def load(missing: Sequence[str]) -> Mapping[str, Card]:
            return {id: card for chunk in chunks(missing, CHUNK) for id, card in candidates.load_cards(connection, ids=chunk).items()}

        return self._cards.get_all(accounts, load)

    def _with_cards(self, connection: sa.Connection, incidents: Sequence[str], *, most: int | None = candidates.CARDS_EACH) -> tuple[IncidentCards, ...]:
        """Each incident with the cards of its accounts, those of role main first, at most so many."""
        ranked = candidates.find_members(connection, incidents, most=most)
        cards = self._load_cards(connection, [account for accounts in ranked.values() for account, _ in accounts])
        return tuple((incident, tuple(replace(cards[account], role=role) for account, role in ranked.get(incident, ()))) for incident in incidents)
