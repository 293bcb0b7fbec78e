"""What the columns of tables hold, as a person said of tables with these headers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """An empty table."""
    op.create_table(
        "column_maps",
        sa.Column("fingerprint", TEXT, nullable=False),
        sa.Column("headers", TEXT, nullable=False),
        sa.Column("plain", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_column_maps"),
    )
