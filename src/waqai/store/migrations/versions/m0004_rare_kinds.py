"""Find the few entries of a rare kind (locked, undone, corrected …) without a walk through the whole log."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One index more."""
    op.create_index("ix_log_kind", "log", ["kind"])
