"""What an open store shows: incidents as they are or were, accounts after what persons said of them, what is found by words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from waqai.core import Account, Claim, Entry, Incident, ReaderStamp, Report, UnknownId, from_plain
from waqai.folding import Reviewed, review_account
from waqai.folding.records import NotToLeave, Record
from waqai.logbook import log
from waqai.schema import tables
from waqai.schema.once import find_value
from waqai.schema.prepared import ask
from waqai.store import find, marks, past, records, several
from waqai.store.find import Filters, Hit
from waqai.store.history import History
from waqai.store.homes import home_of
from waqai.store.past import Past
from waqai.store.reviews import reviews_among
from waqai.store.tellings import CHUNK, chunks

_INCIDENTS = sa.select(tables.incidents.c.id, tables.incidents.c.plain).where(tables.incidents.c.id.in_(sa.bindparam("some", expanding=True)))


class Views(History):
    """The views of an open store."""

    def find_incident(self, incident: str) -> Incident | None:
        """The incident of this very id, if an account sits in it."""
        with self._reading(incidents=True) as connection:
            plain = find_value(connection, tables.incidents.c.plain, id=incident)
            return None if plain is None else from_plain(Incident, plain)

    def find_incidents(self, ids: Sequence[str]) -> tuple[Incident, ...]:
        """The incidents of these very ids, in this order; what is not there is left out."""
        found: dict[str, Any] = {}
        with self._reading(incidents=True) as connection:
            for some in chunks(ids, CHUNK):
                found |= {row.id: row.plain for row in ask(connection, _INCIDENTS, {"some": list(some)})}
        return tuple(from_plain(Incident, found[one]) for one in ids if one in found)

    def iter_incidents(self, filters: Filters | None = None) -> Iterator[Incident]:
        """Incidents that pass the filters, by id."""
        with self._reading(incidents=True) as connection:
            yield from find.iter_incidents(connection, filters or Filters())

    def iter_records(self, filters: Filters | None = None, *, forbids: records.Forbids, told: bool = False) -> Iterator[Record | NotToLeave]:
        """Incidents that pass the filters, by id, for whoever writes them down; `told`: with accounts and reports. `forbids`: whether terms keep one here."""
        with self._reading(incidents=True) as connection:
            yield from records.iter_records(connection, filters or Filters(), forbids=forbids, actors=self._actors, told=told)

    def count_incidents(self, filters: Filters | None = None) -> int:
        """How many incidents pass the filters."""
        with self._reading(incidents=True) as connection:
            return find.count_passing(connection, filters or Filters())

    def find_terms(self, filters: Filters | None = None, *, forbids: records.Forbids) -> tuple[str, ...]:
        """The terms of the reports that tell of incidents that pass, each once; without those that forbid it."""
        with self._reading(incidents=True) as connection:
            return records.find_terms(connection, filters or Filters(), forbids=forbids)

    def load_records(self, incidents: Sequence[str], *, forbids: records.Forbids, told: bool = True) -> list[Record | NotToLeave]:
        """The records of these very incidents, in this order."""
        with self._reading(incidents=True) as connection:
            return records.load_records(connection, incidents, forbids=forbids, actors=self._actors, told=told)

    def list_hosts(self) -> dict[str, frozenset[str]]:
        """The publishers, each with hosts of its reports' addresses, for whoever has to tell an outlet from a person."""
        with self._reading() as connection:
            return records.list_hosts(connection)

    def get_incident(self, incident: str) -> Incident:
        """The incident of this id; where all its accounts moved on, the one in which the account that opened it sits now. Raises UnknownId."""
        with self._reading(incidents=True) as connection:
            plain = find_value(connection, tables.incidents.c.plain, id=incident)
            if plain is None:
                plain = self._find_redirected(connection, incident)
        if plain is None:
            raise UnknownId(f"no incident {incident!r} in store {self.address}; `waqai incidents` lists what is there")
        return from_plain(Incident, plain)

    def get_incident_as_of(self, incident: str, day: date) -> Past:
        """The incident as the store knew it when this day (UTC) ended; one that was merged by then leads on. Raises UnknownId where it was not open yet."""
        with self._reading() as connection:
            return past.get_incident_as_of(connection, incident, day, actors=self._actors)

    def search(self, words: str, *, limit: int = 50) -> tuple[Hit, ...]:
        """Reports that hold all the words ("in quotes": in a row; begin*: by their beginning), newest first."""
        with self._reading(incidents=True) as connection:
            return tuple(find.iter_hits(connection, words, limit=limit))

    def get_reviewed(self, account: str, *, last: int | None = None) -> Reviewed:
        """An account of any reading after what persons said of it (in entries up to `last`), beside what the machine read. Raises UnknownId."""
        accounts = tables.accounts.c
        with self._reading() as connection:
            row = connection.execute(sa.select(tables.accounts).where(accounts.id == account)).mappings().one_or_none()
            if row is None:
                raise UnknownId(f"no account {account!r} in store {self.address}")
            said = reviews_among(connection, {row["reading_id"]: row["report_sha256"]}, last=last).get(account, ())
        return review_account(from_plain(Account, row["plain"]), family=row["family"], count_words=row["count_words"], entries=said)

    def find_reports(self, ids: Collection[str]) -> dict[str, Report]:
        """The reports of these very ids, by id; one that is not there is left out."""
        with self._reading() as connection:
            return several.find_reports(connection, ids)

    def find_report_ids(self, shas: Collection[str]) -> dict[str, str]:
        """The ids of the reports with these hashes, by hash; one that is not there is left out."""
        with self._reading() as connection:
            return several.find_report_ids(connection, shas)

    def get_all_reviewed(self, accounts: Collection[str], *, last: int | None = None) -> dict[str, Reviewed]:
        """As `get_reviewed`, of many accounts, by id."""
        with self._reading() as connection:
            return several.get_all_reviewed(connection, accounts, last=last)

    def get_accounts(self, accounts: Collection[str]) -> dict[str, Account]:
        """These accounts of any reading as they were read, by id. Raises UnknownId."""
        with self._reading() as connection:
            return several.get_accounts(connection, accounts)

    def find_accounts(self, accounts: Collection[str]) -> dict[str, Account]:
        """As `get_accounts`; one that is not there is left out."""
        with self._reading() as connection:
            return several.find_accounts(connection, accounts)

    def get_claims_of(self, accounts: Collection[str]) -> dict[str, tuple[Claim, ...]]:
        """The claims of the readings that these accounts are of, by account. Raises UnknownId."""
        with self._reading() as connection:
            return several.claims_beside(connection, accounts)

    def find_seats_in(self, shas: Collection[str]) -> dict[str, str]:
        """As `find_seats`, of many reports."""
        with self._reading() as connection:
            return several.find_seats(connection, shas)

    def find_reader_of(self, account: str) -> ReaderStamp | None:
        """Which reader made the reading that an account is of; None for an account that the store does not hold."""
        readings, accounts = tables.readings.c, tables.accounts.c
        chosen = sa.select(readings.reader, readings.version, readings.settings_hash).join(tables.accounts, accounts.reading_id == readings.id)
        with self._reading() as connection:
            row = connection.execute(chosen.where(accounts.id == account)).one_or_none()
        return None if row is None else ReaderStamp(name=row.reader, version=row.version, settings_hash=row.settings_hash)

    def find_lock(self, incident: str, *, last: int | None = None) -> Entry | None:
        """The entry that locks an incident."""
        return self.find_locked(last=last).get(incident)

    def find_locked(self, *, last: int | None = None) -> dict[str, Entry]:
        """The incidents whose accounts only a person moves, each with the entry that locked it."""
        with self._reading() as connection:
            return marks.find_locked(connection, last=last)

    def find_unreliable(self) -> dict[str, Entry]:
        """Those whom a person marked unreliable, by folded name, each with the entry."""
        with self._reading() as connection:
            return marks.find_unreliable(connection)

    def find_reports_of(self, name: str) -> tuple[str, ...]:
        """Hashes of the reports that this publisher printed or in which this speaker speaks; the name is taken without article and case."""
        with self._reading() as connection:
            return marks.find_reports_of(connection, name)

    def list_names(self) -> frozenset[str]:
        """Every speaker and publisher of the store."""
        with self._reading() as connection:
            return frozenset(marks.list_names(connection))

    # -- inside

    def _find_redirected(self, connection: sa.Connection, incident: str) -> Any | None:
        opened = log.find_opened(connection, incident)
        if opened is None:
            return None
        report, account = opened
        seat = home_of(connection, account, sha256=report) or account
        now = sa.select(tables.members.c.incident).where(tables.members.c.key == seat)
        return connection.scalar(sa.select(tables.incidents.c.plain).where(tables.incidents.c.id.in_(now)))
