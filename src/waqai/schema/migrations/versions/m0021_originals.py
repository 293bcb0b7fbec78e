"""Originals, how they came, and recognised languages: appended, never updated; deleted only with their reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
OF_REPORT = ("retrieval_payloads", "recognised_languages")
NEVER_UPDATED = ("originals", "retrievals", *OF_REPORT)
IN_USE = """
    SELECT 1 FROM retrievals WHERE original_sha256 = OLD.sha256
    AND NOT EXISTS (SELECT 1 FROM tombstones WHERE sha256 = retrievals.report_sha256)
"""


def upgrade() -> None:
    """Empty tables, guarded as the other facts are."""
    op.create_table(
        "originals",
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("media_type", TEXT, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("packing", TEXT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("kept_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_originals"),
    )
    op.create_table(
        "retrievals",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report_sha256", TEXT, nullable=False),
        sa.Column("original_sha256", TEXT, nullable=False),
        sa.Column("kept_at", sa.Text(), nullable=False),
        sa.Column("payload_hash", TEXT, nullable=False),
        sa.Column("previous_hash", TEXT, nullable=False),
        sa.Column("hash", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_retrievals"),
    )
    op.create_index("ix_retrievals_original_sha256", "retrievals", ["original_sha256"])
    op.create_table(
        "retrieval_payloads",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report_sha256", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("salt", TEXT, nullable=False),
        sa.Column("plain", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_retrieval_payloads"),
        sa.ForeignKeyConstraint(["number"], ["retrievals.number"], name="fk_retrieval_payloads_number"),
        sa.ForeignKeyConstraint(["report_sha256"], ["reports.sha256"], name="fk_retrieval_payloads_report_sha256"),
    )
    op.create_index("ix_retrieval_payloads_report_sha256_key", "retrieval_payloads", ["report_sha256", "key"], unique=True)
    op.create_table(
        "recognised_languages",
        sa.Column("report_sha256", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.Column("recogniser", TEXT, nullable=False),
        sa.Column("kept_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("report_sha256", name="pk_recognised_languages"),
        sa.ForeignKeyConstraint(["report_sha256"], ["reports.sha256"], name="fk_recognised_languages_report_sha256"),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _guard_sqlite() -> None:
    for table in NEVER_UPDATED:
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{table} are appended, never updated'); END")
    missing = "NOT EXISTS (SELECT 1 FROM tombstones WHERE sha256 = OLD.report_sha256)"
    for table, unless in (*((table, missing) for table in OF_REPORT), ("originals", f"EXISTS ({IN_USE})")):
        says = f"{table} are kept: only those of a report with a tombstone can be deleted"
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN {unless} BEGIN SELECT RAISE(ABORT, '{says}'); END")
    op.execute("CREATE TRIGGER retrievals_no_delete BEFORE DELETE ON retrievals BEGIN SELECT RAISE(ABORT, 'retrievals are appended, never deleted'); END")


def _guard_postgresql() -> None:
    op.execute(
        f"""
        CREATE FUNCTION waqai_original_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF EXISTS ({IN_USE}) THEN
            RAISE EXCEPTION 'originals are kept: only those of a report with a tombstone can be deleted';
          END IF;
          RETURN OLD;
        END $$
        """
    )
    for table in NEVER_UPDATED:
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION waqai_never()")
        op.execute(f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION waqai_never()")
    for table in OF_REPORT:
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION waqai_kept('report_sha256')")
    op.execute("CREATE TRIGGER originals_no_delete BEFORE DELETE ON originals FOR EACH ROW EXECUTE FUNCTION waqai_original_kept()")
    op.execute("CREATE TRIGGER retrievals_no_delete BEFORE DELETE ON retrievals FOR EACH ROW EXECUTE FUNCTION waqai_never()")
