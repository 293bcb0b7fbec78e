"""Signatures of texts, found by the bands that near copies share: a few look-ups however many texts there are, and nothing held in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from waqai.store import tables
from waqai.store.once import find_where, insert

MOST_IN_BAND = 50
"""Texts looked at in one band. A form that thousands of texts share fills a band; their copies meet in their other bands, or through one another."""
CHUNK = 50


def insert_signature(connection: sa.Connection, sha256: str, signature: bytes, *, bands: Sequence[int]) -> None:
    """Keep a signature with its bands; where the text has one, nothing changes."""
    signatures = tables.signatures
    if find_where(connection, signatures.c.report_sha256, report_sha256=sha256).first() is not None:
        return
    insert(connection, signatures, {"report_sha256": sha256, "signature": signature})
    if bands:
        insert(connection, tables.bands, [{"key": key, "text": text_number(sha256)} for key in dict.fromkeys(bands)])


def iter_alike(connection: sa.Connection, bands: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    """(report sha256, signature) of the texts that share a band, by hash."""
    numbers = sorted(set(connection.scalars(_IN_BANDS, _asked(bands)))) if bands else []
    signatures = tables.signatures.c
    for start in range(0, len(numbers), CHUNK):
        some = sa.or_(*(_of_number(number) for number in numbers[start : start + CHUNK]))
        for row in connection.execute(sa.select(signatures.report_sha256, signatures.signature).where(some).order_by(signatures.report_sha256)):
            yield row.report_sha256, row.signature


def delete_bands(connection: sa.Connection, sha256: str) -> None:
    """Take a text out of all bands. Looks through the whole table: bands are found by key, and erasing is rare."""
    connection.execute(tables.bands.delete().where(tables.bands.c.text == text_number(sha256)))


def text_number(sha256: str) -> int:
    """The first 60 bits of a hash: short enough for a table with twenty rows a text.

    >>> text_number("00000000000001f" + "0" * 49)
    31
    """
    return int(sha256[:15], 16)


def _of_number(number: int) -> sa.ColumnElement[bool]:
    """SQL: the hash begins with this number."""
    begins, hashes = f"{number:015x}", tables.signatures.c.report_sha256
    return sa.and_(hashes >= begins, hashes <= begins.ljust(64, "f"))


def _asked(bands: Sequence[int]) -> dict[str, int]:
    """Always as many keys, so that the statement is one."""
    return {f"key{place}": bands[min(place, len(bands) - 1)] for place in range(_MOST_BANDS)}


_MOST_BANDS = 20
_IN_BANDS = sa.text(
    " UNION ".join(
        f"SELECT text FROM (SELECT text FROM bands WHERE key = :key{place} ORDER BY text LIMIT {MOST_IN_BAND}) AS band{place}" for place in range(_MOST_BANDS)
    )
)
