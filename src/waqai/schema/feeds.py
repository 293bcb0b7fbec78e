"""The tables of what is watched: feeds, and what each of them brought, with what became of it.

They are neither facts nor views: no dump shows them, no rebuild makes them. What an item became is a report, which is a fact of its own.
"""

from __future__ import annotations

import sqlalchemy as sa

from waqai.schema import tables
from waqai.schema.columns import ExactText, Instant

metadata = sa.MetaData(naming_convention=tables.metadata.naming_convention)

feeds = sa.Table(
    "feeds",
    metadata,
    sa.Column("id", ExactText, primary_key=True),
    sa.Column("key", ExactText, nullable=False, unique=True),  # the name without case
    sa.Column("name", ExactText, nullable=False),
    sa.Column("address", ExactText, nullable=False, unique=True),  # or the path of a folder
    sa.Column("kind", ExactText, nullable=False),
    sa.Column("publisher", ExactText),
    sa.Column("every_s", sa.Integer, nullable=False),
    sa.Column("since", sa.Date),  # what is older is not taken
    sa.Column("made_by", ExactText, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("paused_at", Instant),
    sa.Column("looked_at", Instant),
    sa.Column("answered_at", Instant),  # when it last answered as it should
    sa.Column("next_look", Instant, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),  # since it last answered
    sa.Column("error", ExactText),  # the last one, which stays to be seen
    sa.Column("failed_at", Instant),
    sa.Column("etag", ExactText),
    sa.Column("last_modified", ExactText),
    sa.Column("held_until", Instant),  # somebody is at it
    sa.Index("ix_feeds_next_look", "next_look"),
)

items = sa.Table(
    "feed_items",
    metadata,
    sa.Column("feed", ExactText, sa.ForeignKey(feeds.c.id), primary_key=True),
    sa.Column("key", ExactText, primary_key=True),  # hash of what the feed knows it by, or of the file's path, size and time
    sa.Column("address", ExactText, nullable=False, index=True),
    sa.Column("title", ExactText),
    sa.Column("published", sa.Date),
    sa.Column("text", ExactText),  # what the feed itself tells of it, until it is kept
    sa.Column("state", ExactText, nullable=False),  # waits | kept | set_aside
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("next_try", Instant),  # None: it is done, or was given up
    sa.Column("found_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    sa.Column("report_sha256", ExactText, index=True),  # the first of the reports that it became
    sa.Column("why", ExactText),  # it waits for another try, or was set aside
    sa.Index("ix_feed_items_next_try", "next_try"),
    sqlite_with_rowid=False,
)
