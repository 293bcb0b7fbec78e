"""What helps where a store does not open, by what the database said: a backup is no help against a wrong password."""

from __future__ import annotations

import sqlalchemy as sa

from waqai.schema.engine import errors_named, label_of, make_engine

DAMAGED = "move the file and what lies beside it (…-wal, …-shm) to another folder, then `waqai restore BACKUP` brings a backup back"
RIGHTS = (
    "let the role own the database, or give it CREATE on the schema (GRANT CREATE ON SCHEMA public TO …; from PostgreSQL 15 on only the owner has that), "
    "and let it own the store's tables"
)
_FILE = (("malformed", DAMAGED), ("was cut off", DAMAGED), ("not a database", f"where it was a store, it is damaged: {DAMAGED}"))
_NO_ENTRY = "the server is there, and does not let this user in: user and password stand in the address; who runs the server can set them anew"
_NO_ANSWER = "the store itself may be sound: start the server, or ask who runs it; host and port stand in the address"
_SERVER = (
    ("no waqai store", ""),  # our own words, which say what helps
    ("newer waqai", ""),
    ("permission denied", RIGHTS),
    ("authentication failed", _NO_ENTRY),
    ("no password supplied", _NO_ENTRY),
    ("pg_hba.conf", _NO_ENTRY),
    ('FATAL:  role "', _NO_ENTRY),
    ('FATAL:  database "', "`createdb` makes it, then `waqai restore BACKUP` or `waqai move` fills it; or name another in the address"),
    ("resolve host", _NO_ANSWER),
    ("connection", _NO_ANSWER),
)


def help_with(said: str, *, address: str) -> str:
    """What to do about it; "" where that is in what was said, or is not known.

    >>> help_with("the file is damaged (database disk image is malformed)", address="waqai.sqlite").split(",")[0]
    'move the file and what lies beside it (…-wal'
    """
    signs = _SERVER if "://" in address else _FILE
    return next((help_ for sign, help_ in signs if sign in said), "")


def find_missing_right(address: str) -> str:
    """Which right the role of an address lacks to make a store in an empty database; "" for none, and for a file. Raises StoreError."""
    if "://" not in address:
        return ""
    engine = make_engine(address, wait_seconds=10)
    try:
        with errors_named(label_of(address)), engine.connect() as connection:
            schema, may = connection.execute(sa.text("SELECT current_schema(), has_schema_privilege(current_schema(), 'CREATE')")).one()
    finally:
        engine.dispose()
    return "" if may else f"this role may make nothing in it (no CREATE on schema {schema})" if schema else "no schema on this role's path is there"
