"""The table of attempts: which reports are being read by which reader, how often they were handed out, and those that nobody hands out any more.

Rows come and go: that a report is done is said by its reading, and its row is then gone. They are neither facts nor views: no dump shows them.
"""

from __future__ import annotations

import sqlalchemy as sa

from waqai.schema import tables
from waqai.schema.columns import ExactText, Instant

metadata = sa.MetaData(naming_convention=tables.metadata.naming_convention)

attempts = sa.Table(
    "attempts",
    metadata,
    sa.Column("report_sha256", ExactText, primary_key=True),  # no foreign key: the row is written before the report is kept
    sa.Column("reader", ExactText, primary_key=True),
    sa.Column("version", ExactText, primary_key=True),
    sa.Column("settings_hash", ExactText, primary_key=True),
    sa.Column("attempts", sa.Integer, nullable=False),  # how often it was handed out
    sa.Column("state", ExactText, nullable=False),  # working, quarantined; waiting: a person said that it is to be tried again
    sa.Column("reason", ExactText),  # why it is in quarantine
    sa.Column("worker", ExactText, nullable=False),  # who handed it out: machine and process
    sa.Column("at", Instant, nullable=False),  # when its state last changed
    sa.Index("ix_attempts_state", "state"),
    sqlite_with_rowid=False,
)
