"""What lists, maps and sums are made of: narrow columns of incidents behind one index, their traits, and the numbers of their changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NARROW = ("id", "type", "family", "status", "grade", "earliest", "latest", "country", "admin1", "lat", "lon", "radius_km", "precision", "reports")


def upgrade() -> None:
    """Columns and traits are views: filled when all views are folded again, by the rules that this version brings."""
    for name, kind in (("lat", sa.Double()), ("lon", sa.Double()), ("radius_km", sa.Double()), ("precision", TEXT), ("reports", sa.Integer())):
        op.add_column("incidents", sa.Column(name, kind))
    op.create_index("ix_incidents_narrow", "incidents", list(NARROW))
    op.create_table(
        "traits",
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("incident", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("kind", "value", "incident", name="pk_traits"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_traits_incident", "traits", ["incident"])
    op.create_table(
        "changes",
        sa.Column("incident", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("incident", name="pk_changes"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_changes_number", "changes", ["number"])
