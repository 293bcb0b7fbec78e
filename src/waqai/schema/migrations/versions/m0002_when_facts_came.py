"""When the store got to know an arrival, a near copy, a reading: what it knew on a day can then be told. Rows of before have no instant."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column more in three tables."""
    for table in ("arrivals", "near_copies", "readings"):
        op.add_column(table, sa.Column("kept_at", sa.Text()))
