"""Which incident an entry's value names, in a column beside it: the history of one incident is asked for on each of its pages, and again before each act."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
BATCH = 20_000
NAMING = "'judgement', 'attached', 'locked'"


def upgrade() -> None:
    """Beside the payload, so that an erasure takes it along; the chain's hashes are over salt, value and reason alone, and stay."""
    connection = op.get_bind()
    op.add_column("log_payloads", sa.Column("incident", TEXT))
    op.execute("DROP TRIGGER log_payloads_no_update" + (" ON log_payloads" if connection.dialect.name == "postgresql" else ""))
    _fill(connection)
    _guard(connection)
    op.create_index("ix_log_payloads_incident", "log_payloads", ["incident"])


def _fill(connection: sa.Connection) -> None:
    """From the values; one that somebody damaged is left without, and `waqai verify` names it."""
    chosen = sa.text(f"SELECT id, value FROM log JOIN log_payloads ON entry = id WHERE kind IN ({NAMING}) AND id > :last ORDER BY id LIMIT :most")
    said, last = sa.text("UPDATE log_payloads SET incident = :incident WHERE entry = :entry"), 0
    while rows := connection.execute(chosen, {"last": last, "most": BATCH}).all():
        last = rows[-1].id
        connection.execute(said, [{"entry": row.id, "incident": _incident_in(row.value)} for row in rows])


def _incident_in(value: str) -> str | None:
    try:
        found = json.loads(value).get("incident")
    except (ValueError, AttributeError):
        return None
    return found if isinstance(found, str) else None


def _guard(connection: sa.Connection) -> None:
    """As 0001 has it."""
    if connection.dialect.name == "postgresql":
        op.execute("CREATE TRIGGER log_payloads_no_update BEFORE UPDATE ON log_payloads FOR EACH ROW EXECUTE FUNCTION waqai_never()")
    else:
        says = "log_payloads are appended, never updated"
        op.execute(f"CREATE TRIGGER log_payloads_no_update BEFORE UPDATE ON log_payloads BEGIN SELECT RAISE(ABORT, '{says}'); END")
