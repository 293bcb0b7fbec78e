"""Signatures of texts, found by the bands that near copies share: a few look-ups however many texts there are, and nothing held in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from waqai.schema import tables
from waqai.schema.once import find_where, insert
from waqai.schema.prepared import ask

MOST_IN_BAND = 50
"""Texts looked at in one band. A form that thousands of texts share fills a band; their copies meet in their other bands, or through one another."""
FEW, CHUNK = 4, 50
"""Texts asked for in one statement; there are two, so that each is put together once."""


def insert_signature(connection: sa.Connection, sha256: str, signature: bytes, *, bands: Sequence[int]) -> None:
    """Keep a signature with its bands; where the text has one, nothing changes."""
    signatures = tables.signatures
    if find_where(connection, signatures.c.report_sha256, report_sha256=sha256):
        return
    insert(connection, signatures, {"report_sha256": sha256, "signature": signature})
    if bands:
        insert(connection, tables.bands, [{"key": key, "text": text_number(sha256)} for key in dict.fromkeys(bands)])


def iter_alike(connection: sa.Connection, bands: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    """(report sha256, signature) of the texts that share a band, by hash."""
    numbers = sorted({row.text for row in ask(connection, _IN_BANDS, _asked(bands))}) if bands else []
    for start in range(0, len(numbers), CHUNK):
        some = numbers[start : start + CHUNK]
        many = FEW if len(some) <= FEW else CHUNK
        asked = {f"number{place}": f"{some[min(place, len(some) - 1)]:015x}" for place in range(many)}
        yield from sorted({row.report_sha256: row.signature for row in ask(connection, _of_numbers(many), asked)}.items())


@cache
def _of_numbers(many: int) -> sa.CompoundSelect[Any]:
    """Signatures of the hashes that begin with one of so many numbers. Each has a question of its own: asked for all at once, SQLite walks the whole table."""
    hashes = tables.signatures.c.report_sha256
    beginnings = [sa.bindparam(f"number{place}", type_=hashes.type) for place in range(many)]
    last = sa.literal("g", hashes.type)  # after every hex digit
    return sa.union_all(*(sa.select(*tables.signatures.c).where(hashes >= begins, hashes < begins.concat(last)) for begins in beginnings))


def delete_bands(connection: sa.Connection, sha256: str) -> None:
    """Take a text out of all bands. Looks through the whole table: bands are found by key, and erasing is rare."""
    connection.execute(tables.bands.delete().where(tables.bands.c.text == text_number(sha256)))


def text_number(sha256: str) -> int:
    """The first 60 bits of a hash: short enough for a table with twenty rows a text.

    >>> text_number("00000000000001f" + "0" * 49)
    31
    """
    return int(sha256[:15], 16)


def _asked(bands: Sequence[int]) -> dict[str, int]:
    """Always as many keys, so that the statement is one."""
    return {f"key{place}": bands[min(place, len(bands) - 1)] for place in range(_MOST_BANDS)}


_MOST_BANDS = 20
_IN_BANDS = sa.text(
    " UNION ".join(
        f"SELECT text FROM (SELECT text FROM bands WHERE key = :key{place} ORDER BY text LIMIT {MOST_IN_BAND}) AS band{place}" for place in range(_MOST_BANDS)
    )
)
