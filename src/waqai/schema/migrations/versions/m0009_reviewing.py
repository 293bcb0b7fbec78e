"""Which readings hold an account that a person added beside what readers found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column that is empty for all readings of before."""
    op.add_column("readings", sa.Column("added_in", sa.Integer()))
