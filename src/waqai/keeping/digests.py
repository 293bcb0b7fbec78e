"""Checksums of what a store says: equal stores have equal ones, whichever engine holds them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from waqai.keeping.contents import Shape, as_json, find_tables, iter_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDigest:
    """How many rows a table has, and the SHA-256 of their canonical JSON, a line each, by primary key."""

    rows: int
    sha256: str


def digest_tables(connection: sa.Connection) -> dict[str, TableDigest]:
    """The digest of each table that a copy has, by name. Within one transaction that sees one commit, it is of one moment."""
    return {shape.name: digest_table(connection, shape) for shape in sorted(find_tables(connection), key=lambda shape: shape.name)}


def digest_table(connection: sa.Connection, shape: Shape) -> TableDigest:
    """The digest of one table. A text counts as it is stored, so that a changed byte changes it even where it cannot be read any more."""
    told, number = hashlib.sha256(_line(shape.names)), 0
    for batch in iter_rows(connection, shape):
        number += len(batch)
        told.update(b"".join(_line([as_json(value) for value in row]) for row in batch))
    return TableDigest(rows=number, sha256=told.hexdigest())


def digest_lines(lines: Sequence[Sequence[object]]) -> TableDigest:
    """The digest of rows that are at hand."""
    return TableDigest(rows=len(lines), sha256=hashlib.sha256(b"".join(map(_line, lines))).hexdigest())


def digest_all(digests: Mapping[str, TableDigest]) -> str:
    """One SHA-256 of all of them.

    >>> digest_all({})[:8]
    'e3b0c442'
    """
    return hashlib.sha256(b"".join(_line([name, one.rows, one.sha256]) for name, one in sorted(digests.items()))).hexdigest()


def find_differing(one: Mapping[str, TableDigest], other: Mapping[str, TableDigest]) -> tuple[str, ...]:
    """The tables that are not the same in both, by name."""
    return tuple(sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name)))


def _line(values: Sequence[object]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"
