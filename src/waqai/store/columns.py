"""What the columns of tables hold, as a person said once for all tables with the same headers."""

from __future__ import annotations

from collections.abc import Sequence

from waqai.core import Columns, from_plain, headers_fingerprint, to_plain
from waqai.schema import tables
from waqai.schema.once import delete_where, find_value, insert
from waqai.store.session import Session


class ColumnMaps(Session):
    """The saved columns of an open store."""

    def keep_columns(self, headers: Sequence[str], columns: Columns) -> None:
        """Keep what the columns of tables with these headers hold, in whatever order and case, in place of what was said before."""
        fingerprint = headers_fingerprint(headers)
        with self._writing() as work:
            delete_where(work.connection, tables.column_maps, fingerprint=fingerprint)
            insert(work.connection, tables.column_maps, {"fingerprint": fingerprint, "headers": list(headers), "plain": to_plain(columns)})

    def find_columns(self, headers: Sequence[str]) -> Columns | None:
        """What was kept for tables with these headers."""
        with self._reading() as connection:
            plain = find_value(connection, tables.column_maps.c.plain, fingerprint=headers_fingerprint(headers))
            return None if plain is None else from_plain(Columns, plain)
