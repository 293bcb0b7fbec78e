"""A store of an older waqai brought up to date: what stands to be done, and doing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from waqai.core import ActorNames, StoreError
from waqai.schema.engine import errors_named, label_of, make_engine
from waqai.schema.migrations import FOLDER, HEAD, check_revision, find_revision
from waqai.store import open_store
from waqai.store.views import RULES, find_rules

Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """From which schema to which, a sentence for each step between, and whether what is computed is computed anew. `found` None: nothing is there yet."""

    address: str
    found: str | None
    wanted: str
    steps: tuple[tuple[str, str], ...]
    folds: bool

    @property
    def is_newest(self) -> bool:
        return self.found == self.wanted and not self.folds


def plan_upgrade(address: str) -> Plan:
    """What `upgrade_store` would do; nothing is changed. Raises StoreError for what is no store, and for one of a newer waqai."""
    engine, label = make_engine(address, wait_seconds=10), label_of(address)
    try:
        with errors_named(label), engine.connect() as connection:
            found = find_revision(connection)
            if found is None and (tables := sa.inspect(connection).get_table_names()):
                raise StoreError(f"{label} is no waqai store: it holds other tables ({', '.join(sorted(tables)[:3])}); name another file or database")
            if found is not None:
                check_revision(found, address=label)
            folds = found is not None and find_rules(connection) != RULES
    finally:
        engine.dispose()
    return Plan(address=label, found=found, wanted=HEAD, steps=() if found is None else _steps_after(found), folds=folds)


def upgrade_store(address: str, *, actors: ActorNames | None, told: Told | None = None) -> None:
    """Bring the store up to date in one transaction: wholly or not at all. Raises StoreError."""
    open_store(address, actors=actors, told=told).close()


def _steps_after(found: str) -> tuple[tuple[str, str], ...]:
    """(revision, what it brings) of each migration after this one, in their order."""
    if found == HEAD:
        return ()
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(FOLDER))
    return tuple((step.revision, step.doc) for step in reversed(list(script.iterate_revisions("head", found))))
