"""Indexes that hold all that a question asks: bearers of a name, and who sits in an incident, are found without the rows."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WIDER = (
    ("ix_account_names_name_near_from", "account_names", ["name", "near_from", "account", "role"]),
    ("ix_account_names_actor_id_near_from", "account_names", ["actor_id", "near_from", "account"]),
    ("ix_members_incident", "members", ["incident", "account", "role"]),
)


def upgrade() -> None:
    """Each in place of a narrower one of the same name."""
    for name, table, columns in WIDER:
        op.drop_index(name, table_name=table)
        op.create_index(name, table, columns)
