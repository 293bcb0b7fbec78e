"""Feeds, and what they brought."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Empty tables."""
    op.create_table(
        "feeds",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("publisher", TEXT),
        sa.Column("every_s", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date()),
        sa.Column("made_by", TEXT, nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("paused_at", sa.Text()),
        sa.Column("looked_at", sa.Text()),
        sa.Column("answered_at", sa.Text()),
        sa.Column("next_look", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", TEXT),
        sa.Column("failed_at", sa.Text()),
        sa.Column("etag", TEXT),
        sa.Column("last_modified", TEXT),
        sa.Column("held_until", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        sa.UniqueConstraint("key", name="uq_feeds_key"),
        sa.UniqueConstraint("address", name="uq_feeds_address"),
    )
    op.create_index("ix_feeds_next_look", "feeds", ["next_look"])
    op.create_table(
        "feed_items",
        sa.Column("feed", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("title", TEXT),
        sa.Column("published", sa.Date()),
        sa.Column("text", TEXT),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try", sa.Text()),
        sa.Column("found_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text()),
        sa.Column("report_sha256", TEXT),
        sa.Column("why", TEXT),
        sa.PrimaryKeyConstraint("feed", "key", name="pk_feed_items"),
        sa.ForeignKeyConstraint(["feed"], ["feeds.id"], name="fk_feed_items_feed"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_feed_items_address", "feed_items", ["address"])
    op.create_index("ix_feed_items_report_sha256", "feed_items", ["report_sha256"])
    op.create_index("ix_feed_items_next_try", "feed_items", ["next_try"])
