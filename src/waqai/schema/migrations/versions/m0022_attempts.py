"""What is being read, how often it was handed out, and what is in quarantine."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """An empty table."""
    op.create_table(
        "attempts",
        sa.Column("report_sha256", TEXT, nullable=False),
        sa.Column("reader", TEXT, nullable=False),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("settings_hash", TEXT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("reason", TEXT),
        sa.Column("worker", TEXT, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("report_sha256", "reader", "version", "settings_hash", name="pk_attempts"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_attempts_state", "attempts", ["state"])
