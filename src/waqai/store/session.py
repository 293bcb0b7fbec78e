"""A store's database while it is open: the transactions of its threads, the schema, and what folds again before a transaction ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import local
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from waqai.core import ActorNames, NoStore
from waqai.schema.engine import begin_writing, errors_named
from waqai.schema.migrations import HEAD, check_empty, find_revision, migrate
from waqai.schema.prepared import say
from waqai.store import views
from waqai.store.cards import RecentCards
from waqai.store.work import Work


class Session:
    """The open database. Every write is a transaction of its own unless it stands in `with store.transaction():`."""

    def __init__(self, engine: sa.Engine, *, address: str, opened_by: str | None = None, actors: ActorNames | None = None) -> None:
        """`address` is shown; `opened_by` may hold a password and is for whoever opens the same store again."""
        self.address, self.opened_by = address, opened_by or address
        self._engine, self._actors = engine, actors
        self._local = local()
        self._cards = RecentCards()
        self._common: set[str] = set()  # words that so many texts hold that nobody is found by them

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database. What was not committed is gone."""
        self._engine.dispose()

    def prepare(self, *, must_exist: bool = False, told: views.Told | None = None) -> None:
        """Make or migrate the schema, and fold the views again if they were folded by other rules: `told` hears how far that is.

        With `must_exist` none is made: raises NoStore where there is none.
        """
        with errors_named(self.address), self._engine.connect() as connection:
            found = find_revision(connection)
            if found == HEAD and views.find_rules(connection) == views.RULES:
                return
            if found is None and must_exist:
                check_empty(connection, address=self.address)
                raise NoStore(self.address)
        with self._writing() as work:
            migrate(work.connection, address=self.address)
            if views.find_rules(work.connection) != views.RULES:
                views.rebuild_views(work.connection, actors=self._actors, told=told)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept together, or not at all."""
        with self._writing():
            yield

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """The thread's open transaction, nested one deeper, or a new one: for rooms that keep tables of their own in the store's database."""
        with self._writing() as work:
            yield work.connection

    @contextmanager
    def reading(self, *, incidents: bool = False) -> Iterator[sa.Connection]:
        """A connection that sees what this thread has written so far, for the same rooms; `incidents`: with these folded."""
        with self._reading(incidents=incidents) as connection:
            yield connection

    @contextmanager
    def committed(self, *, newest: bool = False) -> Iterator[sa.Connection]:
        """A connection that sees one commit in all its questions: that of `at_one_moment`, else (or as the `newest`) the last, outside any transaction here."""
        moment = None if newest else getattr(self._local, "moment", None)
        if moment is not None:
            with errors_named(self.address):
                yield moment
            return
        with errors_named(self.address), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """All that this thread asks inside sees the same commit, over one connection: for a page of many questions. Nothing is to be written inside.

        Within another such moment it is that one.
        """
        with self.committed() as connection:
            before, self._local.moment = getattr(self._local, "moment", None), connection
            try:
                yield
            finally:
                self._local.moment = before

    # -- inside

    @contextmanager
    def _writing(self) -> Iterator[Work]:
        """The thread's open transaction, nested one deeper, or a new one that is settled and committed at the end."""
        open_work: Work | None = getattr(self._local, "work", None)
        if open_work is not None:
            with errors_named(self.address), self._nested(open_work):
                yield open_work
            return
        try:
            with errors_named(self.address), self._engine.connect() as connection:
                begin_writing(connection)
                self._local.work = work = Work(connection, self._actors)
                yield work
                work.settle()
                connection.commit()
        except BaseException:
            self._forget()  # accounts that were rolled back may come again with other facets
            raise
        finally:
            self._local.work = None

    def _forget(self) -> None:
        """What was noted of rows that are gone, or may be."""
        self._cards.clear()
        self._common.clear()

    @contextmanager
    def _nested(self, work: Work) -> Iterator[None]:
        """A savepoint, said in our own words, which takes a quarter of the time; what was to be folded before a failed one is to be folded again."""
        stale, dirty = set(work.stale_reports), set(work.dirty_incidents)
        work.depth += 1
        name = f"nested_{work.depth}"
        say(work.connection, f"SAVEPOINT {name}")
        try:
            yield
        except BaseException:
            if not work.connection.invalidated:  # else the database is gone, and the transaction with it: what said so is the error to tell
                say(work.connection, f"ROLLBACK TO SAVEPOINT {name}")
            work.stale_reports |= stale
            work.dirty_incidents |= dirty
            self._forget()
            raise
        finally:
            work.depth -= 1
        say(work.connection, f"RELEASE SAVEPOINT {name}")

    @contextmanager
    def _reading(self, *, incidents: bool = False) -> Iterator[sa.Connection]:
        """A connection that sees what this thread has written so far; `incidents`: with these folded, else only the seats."""
        work: Work | None = getattr(self._local, "work", None)
        with errors_named(self.address):
            if work is None and (moment := getattr(self._local, "moment", None)) is not None:
                yield moment
                return
            if work is None:
                with self._engine.connect() as connection:
                    yield connection
                return
            if incidents:
                work.settle()
            else:
                work.settle_seats()
            yield work.connection
