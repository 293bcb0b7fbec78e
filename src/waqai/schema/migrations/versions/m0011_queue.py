"""The queue of what waits for a person, and which seats have a near miss that does."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Both are views: filled when all views are folded again, by the rules that this version brings."""
    op.add_column("members", sa.Column("unsure", sa.Double()))
    op.create_table(
        "queue",
        sa.Column("incident", TEXT, nullable=False),
        sa.Column("account", TEXT, nullable=False),
        sa.Column("report_sha256", TEXT, nullable=False),
        sa.Column("doubt", sa.Double(), nullable=False),
        sa.Column("stake", sa.Double(), nullable=False),
        sa.Column("rank", sa.Double(), nullable=False),
        sa.Column("verdict", TEXT, nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("country", TEXT),
        sa.Column("family", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("publisher", TEXT),
        sa.Column("language", TEXT),
        sa.PrimaryKeyConstraint("incident", "account", name="pk_queue"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_queue_waits_rank", "queue", ["waits", "rank", "account", "doubt", "country", "family", "type", "publisher", "language"])
