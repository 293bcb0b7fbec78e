"""Alerts: saved filters, what each last told of which incident, what is to be told, deliveries, and the keys of webhooks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Empty tables."""
    op.create_table(
        "alerts",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("filters", TEXT, nullable=False),
        sa.Column("kinds", TEXT, nullable=False),
        sa.Column("doors", TEXT, nullable=False),
        sa.Column("profile", TEXT, nullable=False),
        sa.Column("quiet", TEXT),
        sa.Column("made_by", TEXT, nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("paused_at", sa.Text()),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.Text()),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sa.UniqueConstraint("key", name="uq_alerts_key"),
    )
    _create_known()
    _create_deliveries()


def _create_known() -> None:
    op.create_table(
        "alert_known",
        sa.Column("alert", TEXT, nullable=False),
        sa.Column("incident", TEXT, nullable=False),
        sa.Column("state", TEXT),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("alert", "incident", name="pk_alert_known"),
        sa.ForeignKeyConstraint(["alert"], ["alerts.id"], name="fk_alert_known_alert"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_alert_known_incident", "alert_known", ["incident"])
    op.create_table(
        "alert_news",
        sa.Column("alert", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("incident", TEXT, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("plain", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("alert", "number", name="pk_alert_news"),
        sa.ForeignKeyConstraint(["alert"], ["alerts.id"], name="fk_alert_news_alert"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_alert_news_incident", "alert_news", ["incident"])


def _create_deliveries() -> None:
    op.create_table(
        "alert_deliveries",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("alert", TEXT, nullable=False),
        sa.Column("door", TEXT, nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try", sa.Text()),
        sa.Column("held_until", sa.Text()),
        sa.Column("sent_at", sa.Text()),
        sa.Column("given_up_at", sa.Text()),
        sa.Column("error", TEXT),
        sa.PrimaryKeyConstraint("id", name="pk_alert_deliveries"),
        sa.ForeignKeyConstraint(["alert"], ["alerts.id"], name="fk_alert_deliveries_alert"),
    )
    op.create_index("ix_alert_deliveries_alert_door_last", "alert_deliveries", ["alert", "door", "last"])
    op.create_index("ix_alert_deliveries_next_try", "alert_deliveries", ["next_try"])
    op.create_table(
        "alert_keys",
        sa.Column("alert", TEXT, nullable=False),
        sa.Column("secret", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("alert", name="pk_alert_keys"),
        sa.ForeignKeyConstraint(["alert"], ["alerts.id"], name="fk_alert_keys_alert"),
    )
