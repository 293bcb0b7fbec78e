"""A backup proved whole before a store becomes what it is: by its length, pages, slip, texts, log. Each raises StoreError, and changes nothing."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from waqai.core import StoreError
from waqai.keeping.looking import find_cut, find_damage
from waqai.keeping.slips import find_changed_tables
from waqai.keeping.texts import find_changed_texts, tell_changed
from waqai.store import Store

_HELP = "Nothing was changed; restore another backup"
_LAST = "where there is none, a copy of this one opens as a store by --store, and what can be read in it can be exported"


def check_length(file: Path, backup: str) -> None:
    """Pass a file that has all of its bytes."""
    if cut := find_cut(file):
        raise StoreError(f"{backup!r} was cut off ({cut}). {_HELP}")


def check_whole(connection: sa.Connection, name: str) -> None:
    """Pass a file that is what it was when it was made; where no slip tells of that, one whose pages and texts are what they say themselves."""
    if damage := find_damage(connection):
        raise StoreError(f"{name!r} is damaged ({damage[0]}). {_HELP}")
    differing = find_changed_tables(connection)
    if differing:
        raise StoreError(f"{name!r} is damaged (not as when it was made: {', '.join(differing)}). {_HELP}; {_LAST}")
    if differing is None:
        _check_texts(connection, name)


def check_texts(copy: Store, backup: str) -> None:
    """Pass a database in which each text is the one that came in."""
    with copy.committed(newest=True) as connection:
        _check_texts(connection, backup)


def _check_texts(connection: sa.Connection, name: str) -> None:
    if fault := tell_changed(find_changed_texts(connection)):
        raise StoreError(f"{name!r} is damaged ({fault}). {_HELP}; {_LAST}")


def check_log(copy: Store, backup: str) -> None:
    """Pass a store whose log holds."""
    check = copy.verify()
    if not check.holds:
        raise StoreError(f"the log of {backup!r} is broken at entry {check.broken_entry}: {check.fault}. {_HELP}")
