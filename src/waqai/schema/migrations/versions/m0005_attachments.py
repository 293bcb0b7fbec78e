"""Reports in which nothing was coded, beside the incident whose story they tell."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from waqai.schema.columns import ExactText

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A view: empty until the log speaks of attachments, which no older waqai wrote."""
    op.create_table(
        "attachments",
        sa.Column("report_sha256", ExactText(), nullable=False),
        sa.Column("incident", ExactText(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("report_sha256", name="pk_attachments"),
    )
    op.create_index("ix_attachments_incident", "attachments", ["incident"])
