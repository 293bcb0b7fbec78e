"""Signs of an account beside its seat, and the bands of near copies: what a new report is held against is found by an index, not by looking through.

The indexes of `accounts` that the old questions used are dropped.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
UNUSED = ("ix_accounts_lat_lon", "ix_accounts_near_country_near_from", "ix_accounts_near_from", "ix_accounts_place_id")
BEHIND_DAY = ["day_from", "day_to", "family", "type", "incident"]
BATCH = 10_000


def upgrade() -> None:
    """Columns, their values from the accounts, indexes; the table of bands and its rows from the signatures."""
    for name in ("family", "type", "day_from", "day_to", "country", "place_id", "cell"):
        number = name in ("day_from", "day_to", "cell")
        op.add_column("members", sa.Column(name, sa.Integer()) if number else sa.Column(name, TEXT))
    connection = op.get_bind()
    _fill_signs(connection)
    for column in ("place_id", "cell", "country"):
        op.create_index(f"ix_members_{column}_day_from", "members", [column, *BEHIND_DAY])
    op.create_index("ix_members_day_from", "members", BEHIND_DAY)
    for index in UNUSED:
        op.drop_index(index, "accounts")
    op.create_table(
        "bands",
        sa.Column("key", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("text", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("key", "text", name="pk_bands"),
        sqlite_with_rowid=False,
    )
    _fill_bands(connection)
    _guard(connection)


def _fill_signs(connection: sa.Connection) -> None:
    postgresql = connection.dialect.name == "postgresql"
    day = "(a.{0} - DATE '0001-01-01') + 1" if postgresql else "CAST(julianday(a.{0}) - 1721424.5 AS INTEGER)"
    chosen = f"SELECT m.key, a.family, a.type, {day.format('near_from')}, {day.format('near_to')}, a.near_country, a.place_id, a.lat, a.lon"
    rows = connection.execute(sa.text(f"{chosen} FROM members m JOIN accounts a ON a.id = m.account ORDER BY m.key")).all()
    said = sa.text("UPDATE members SET family = :f, type = :t, day_from = :b, day_to = :e, country = :c, place_id = :p, cell = :x WHERE key = :k")
    for start in range(0, len(rows), BATCH):
        connection.execute(said, [_signs(*row) for row in rows[start : start + BATCH]])


def _signs(key: str, family: str, type_: str, begin: int | None, end: int | None, country: str, place: str | None, lat: float, lon: float) -> dict[str, Any]:
    cell = None if lat is None or lon is None else (math.floor(lat) + 90) * 360 + (math.floor(lon) + 180) % 360
    return {"k": key, "f": family, "t": type_, "b": begin, "e": end, "c": country, "p": place, "x": cell}


def _fill_bands(connection: sa.Connection) -> None:
    last = ""
    chosen = sa.text("SELECT report_sha256, signature FROM signatures WHERE report_sha256 > :last ORDER BY report_sha256 LIMIT :most")
    while rows := connection.execute(chosen, {"last": last, "most": BATCH}).all():
        last = rows[-1][0]
        bands = [{"key": key, "text": int(sha256[:15], 16)} for sha256, kept in rows for key in _band_keys(bytes(kept))]
        if bands:
            connection.execute(sa.text("INSERT INTO bands (key, text) VALUES (:key, :text)"), bands)


def _band_keys(kept: bytes) -> Iterator[int]:
    """As version 1 of the signatures has them: 20 keys of two minima of four bytes each."""
    if kept[:1] != b"\x01" or len(kept) != 513:
        return
    for band in range(20):
        two = kept[1 + 8 * band : 9 + 8 * band]
        yield int.from_bytes(blake2b(two, digest_size=8, salt=bytes([band])).digest(), "big", signed=True)


def _guard(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        op.execute("CREATE TRIGGER bands_no_update BEFORE UPDATE ON bands FOR EACH ROW EXECUTE FUNCTION waqai_never()")
        op.execute("CREATE TRIGGER bands_no_truncate BEFORE TRUNCATE ON bands FOR EACH STATEMENT EXECUTE FUNCTION waqai_never()")
    else:
        op.execute("CREATE TRIGGER bands_no_update BEFORE UPDATE ON bands BEGIN SELECT RAISE(ABORT, 'bands are appended, never updated'); END")
