"""The people who work with a store: persons, their sessions, start tokens, API tokens, failed logins, and what they code blind."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Empty tables. A person's row stays, as the log goes on pointing to it."""
    _create_people()
    _create_ways_in()
    _create_codings()
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE TRIGGER people_no_delete BEFORE DELETE ON people FOR EACH ROW EXECUTE FUNCTION waqai_never()")
    else:
        op.execute("CREATE TRIGGER people_no_delete BEFORE DELETE ON people BEGIN SELECT RAISE(ABORT, 'people are disabled, never deleted'); END")


def _create_people() -> None:
    op.create_table(
        "people",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("password", TEXT, nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("password_at", sa.Text(), nullable=False),
        sa.Column("disabled_at", sa.Text()),
        sa.PrimaryKeyConstraint("key", name="pk_people"),
    )


def _create_ways_in() -> None:
    op.create_table(
        "sessions",
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("person", TEXT),
        sa.Column("owner_name", TEXT),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_sessions"),
        sa.ForeignKeyConstraint(["person"], ["people.key"], name="fk_sessions_person"),
    )
    op.create_index("ix_sessions_person", "sessions", ["person"])
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    op.create_table(
        "start_tokens",
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("owner_name", TEXT),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.Text()),
        sa.PrimaryKeyConstraint("hash", name="pk_start_tokens"),
    )
    op.create_table(
        "api_tokens",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("person", TEXT),
        sa.Column("owner_name", TEXT),
        sa.Column("scopes", TEXT, nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("last_used", sa.Date()),
        sa.Column("revoked_at", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_api_tokens"),
        sa.UniqueConstraint("hash", name="uq_api_tokens_hash"),
        sa.ForeignKeyConstraint(["person"], ["people.key"], name="fk_api_tokens_person"),
    )
    op.create_index("ix_api_tokens_person", "api_tokens", ["person"])
    op.create_table(
        "login_failures",
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.Text(), nullable=False),
        sa.Column("wait_until", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_login_failures"),
    )
    op.create_index("ix_login_failures_last_at", "login_failures", ["last_at"])


def _create_codings() -> None:
    op.create_table(
        "codings",
        sa.Column("report_sha256", TEXT, nullable=False),
        sa.Column("coder", TEXT, nullable=False),
        sa.Column("draft", TEXT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("started_from", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("report_sha256", "coder", name="pk_codings"),
        sa.ForeignKeyConstraint(["report_sha256"], ["reports.sha256"], name="fk_codings_report_sha256"),
    )
    op.create_index("ix_codings_coder_state", "codings", ["coder", "state"])
