"""Passwords that somebody else handed out: good for choosing another one, and for nothing else."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Passwords of before stay as they are."""
    op.add_column("people", sa.Column("must_change", sa.Boolean(), nullable=False, server_default=sa.false()))
