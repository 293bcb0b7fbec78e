"""A store on each engine."""

from __future__ import annotations

from store.conftest import address, new_address, postgresql_server, postgresql_template, sqlite_template, store  # noqa: F401
