"""Who tells of each incident, what became of fields that persons looked at, and claims by their stance."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Both tables are views: filled when all views are folded again, by the rules that this version brings."""
    op.create_table(
        "tellers",
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("incident", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("alone", "ordered", "first", "figures", "compared", "contradicted", "revised")),
        sa.PrimaryKeyConstraint("kind", "key", "incident", name="pk_tellers"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tellers_incident", "tellers", ["incident"])
    op.create_table(
        "checks",
        sa.Column("incident", TEXT, nullable=False),
        sa.Column("account", TEXT, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("field", TEXT, nullable=False),
        sa.Column("p", sa.Double()),
        sa.Column("outcome", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("incident", "account", "place", name="pk_checks"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claims_stance", "claims", ["stance", "report_sha256", "reading_id", "place_in_report"])
