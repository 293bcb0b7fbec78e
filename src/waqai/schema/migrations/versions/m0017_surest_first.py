"""The queue in its other order: the surest first, from an index."""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is folded anew."""
    op.create_index("ix_queue_waits_doubt", "queue", ["waits", "doubt", "account"])
