"""What lists, maps and sums are made of: narrow columns of incidents behind one index, their traits, and the numbers of their changes.

Columns and traits are filled from what the store holds: from incidents as they are, accounts as they were read, and the ways in which reports came in. What
persons said of accounts changes traits; the store folds those few incidents again when it has brought its schema up to date.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NARROW = ("id", "type", "family", "status", "grade", "earliest", "latest", "country", "admin1", "lat", "lon", "radius_km", "precision", "reports")
PLACED = ("lat", "lon", "radius_km", "precision")
BATCH = 5_000


def upgrade() -> None:
    """The columns and their rows, then the tables and theirs."""
    for name, kind in (("lat", sa.Double()), ("lon", sa.Double()), ("radius_km", sa.Double()), ("precision", TEXT), ("reports", sa.Integer())):
        op.add_column("incidents", sa.Column(name, kind))
    _create_tables()
    connection = op.get_bind()
    _fill_incidents(connection)
    printed = "FROM members m JOIN arrivals a ON a.report_sha256 = m.report_sha256 WHERE m.account IS NOT NULL AND a.publisher IS NOT NULL"
    op.execute(f"INSERT INTO traits (kind, value, incident) SELECT DISTINCT 'publisher', a.publisher, m.incident {printed} ORDER BY 2, 3")
    _fill_actors(connection)
    op.create_index("ix_incidents_narrow", "incidents", list(NARROW))
    op.create_index("ix_traits_incident", "traits", ["incident"])


def _fill_incidents(connection: sa.Connection) -> None:
    chosen = sa.text(f"SELECT id, plain FROM incidents WHERE id > :last ORDER BY id LIMIT {BATCH}")
    said = sa.text(f"UPDATE incidents SET {', '.join(f'{name} = :{name}' for name in (*PLACED, 'reports'))} WHERE id = :id")
    last = ""
    while rows := connection.execute(chosen, {"last": last}).all():
        connection.execute(said, [{"id": id_} | _narrow(json.loads(plain)) for id_, plain in rows])
        last = rows[-1][0]


def _narrow(incident: dict[str, Any]) -> dict[str, Any]:
    where, accounts = incident["where"], incident["accounts"]
    reports = {one["report"] for one in accounts if one["review"] != "rejected"} or {one["report"] for one in accounts}
    return {name: where[name] if where else None for name in PLACED} | {"reports": len(reports)}


def _fill_actors(connection: sa.Connection) -> None:
    """From accounts in seats, in batches; a pair that was met before stays."""
    joined = "FROM members m JOIN accounts a ON a.id = m.account WHERE m.key > :last"
    chosen = sa.text(f"SELECT m.key, m.incident, a.plain {joined} ORDER BY m.key LIMIT {BATCH}")
    said = sa.text("INSERT INTO traits (kind, value, incident) VALUES ('actor', :value, :incident) ON CONFLICT DO NOTHING")
    last = ""
    while rows := connection.execute(chosen, {"last": last}).all():
        if named := sorted({(actor, incident) for _, incident, plain in rows for actor in _actors_of(json.loads(plain))}):
            connection.execute(said, [{"value": value, "incident": incident} for value, incident in named])
        last = rows[-1][0]


def _actors_of(account: dict[str, Any]) -> set[str]:
    return {one["actor_id"] for one in account["involved"] if one["actor_id"] is not None and one["role"] != "facility"}


def _create_tables() -> None:
    op.create_table(
        "traits",
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("incident", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("kind", "value", "incident", name="pk_traits"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "changes",
        sa.Column("incident", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("incident", name="pk_changes"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_changes_number", "changes", ["number"])
