"""Find the few entries of a rare kind (locked, undone, corrected …) without a walk through the whole log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One index more, over few rows: one over all would be taken where `subject` or `report_sha256` find much less."""
    rare = sa.text("kind NOT IN ('opened', 'judgement')")
    op.create_index("ix_log_rare", "log", ["kind"], sqlite_where=rare, postgresql_where=rare)
