"""The expectations register: what was registered is a fact, which is never changed, and goes only with its report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """An empty table, guarded as the other facts are."""
    op.create_table(
        "expectations",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("report_sha256", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("plain", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_expectations"),
        sa.ForeignKeyConstraint(["report_sha256"], ["reports.sha256"], name="fk_expectations_report_sha256"),
    )
    op.create_index("ix_expectations_report_sha256", "expectations", ["report_sha256"])
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _guard_sqlite() -> None:
    op.execute("CREATE TRIGGER expectations_no_update BEFORE UPDATE ON expectations BEGIN SELECT RAISE(ABORT, 'expectations are appended, never updated'); END")
    missing = "NOT EXISTS (SELECT 1 FROM tombstones WHERE sha256 = OLD.report_sha256)"
    says = "expectations are kept: only those of a report with a tombstone can be deleted"
    op.execute(f"CREATE TRIGGER expectations_no_delete BEFORE DELETE ON expectations WHEN {missing} BEGIN SELECT RAISE(ABORT, '{says}'); END")


def _guard_postgresql() -> None:
    for name, when in (("no_update", "UPDATE ON expectations FOR EACH ROW"), ("no_truncate", "TRUNCATE ON expectations FOR EACH STATEMENT")):
        op.execute(f"CREATE TRIGGER expectations_{name} BEFORE {when} EXECUTE FUNCTION waqai_never()")
    op.execute("CREATE TRIGGER expectations_no_delete BEFORE DELETE ON expectations FOR EACH ROW EXECUTE FUNCTION waqai_kept('report_sha256')")
