"""Bring a database to the schema of `tables.py`, one revision after the other. Alembic is loaded only when there is something to do."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from waqai.core import StoreError

HEAD = "0023"
"""The newest revision in `versions/`; a test holds it to Alembic's own view."""
FOLDER = Path(__file__).parent


def migrate(connection: sa.Connection, *, address: str) -> bool:
    """Bring the open database to HEAD inside the connection's transaction; True when something was done.

    Raises StoreError for a database of a newer waqai, and for one that holds another program's tables.
    """
    found = find_revision(connection)
    if found == HEAD:
        return False
    if found is None:
        check_empty(connection, address=address)
    elif found > HEAD:
        raise StoreError(f"store {address} has schema {found!r}; this waqai knows schemas up to {HEAD!r}: install a newer waqai, or name another store")
    _upgrade(connection)
    return True


def find_revision(connection: sa.Connection) -> str | None:
    """The revision that the database stands at; None when it has never been migrated."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def check_empty(connection: sa.Connection, *, address: str) -> None:
    """Raises StoreError for a database that holds another program's tables."""
    tables = sa.inspect(connection).get_table_names()
    if tables:
        named = ", ".join(sorted(tables)[:3])
        raise StoreError(f"{address} is no waqai store: it holds other tables ({named}); name another file or database")


def _upgrade(connection: sa.Connection) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(FOLDER))
    context = MigrationContext.configure(connection, opts={"fn": lambda revision, _: script._upgrade_revs("head", revision)})
    with Operations.context(context):
        context.run_migrations()
