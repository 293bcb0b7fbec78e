"""The tables of alerts: saved filters, what each last told of which incident, what is to be told, and what became of telling it.

They are neither facts nor views: no dump shows them, no rebuild makes them. A webhook is signed with its key, so that the key itself is kept and no hash of it;
it stands in a table of its own, which a backup has none of (`PASSING`).
"""

from __future__ import annotations

import sqlalchemy as sa

from waqai.schema import tables
from waqai.schema.columns import ExactText, Instant, PlainJson

metadata = sa.MetaData(naming_convention=tables.metadata.naming_convention)

alerts = sa.Table(
    "alerts",
    metadata,
    sa.Column("id", ExactText, primary_key=True),
    sa.Column("key", ExactText, nullable=False, unique=True),  # the name without case
    sa.Column("name", ExactText, nullable=False),
    sa.Column("filters", PlainJson, nullable=False),
    sa.Column("kinds", PlainJson, nullable=False),
    sa.Column("doors", PlainJson, nullable=False),
    sa.Column("profile", ExactText, nullable=False),
    sa.Column("quiet", PlainJson),
    sa.Column("made_by", ExactText, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("paused_at", Instant),
    sa.Column("number", sa.Integer, nullable=False),  # of the last change that was looked at; -1: it begins from the start
    sa.Column("looked_at", Instant),
    sa.Column("told", sa.Integer, nullable=False),  # how much news there has been: numbers of news that was erased are not given again
    sa.Column("rounds", sa.Integer, nullable=False),  # how often what it knows was written: two who look at once would write the same news twice
)

known = sa.Table(  # what an alert last told of each incident, or what was there when it was made
    "alert_known",
    metadata,
    sa.Column("alert", ExactText, sa.ForeignKey(alerts.c.id), primary_key=True),
    sa.Column("incident", ExactText, primary_key=True, index=True),
    sa.Column("state", PlainJson),  # None: known to be there, and never told of
    sa.Column("waits", sa.Boolean, nullable=False),  # held back by the profile, and to be looked at again whenever time has gone by
    sqlite_with_rowid=False,
)

news = sa.Table(
    "alert_news",
    metadata,
    sa.Column("alert", ExactText, sa.ForeignKey(alerts.c.id), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),  # 1, 2, 3 … of each alert
    sa.Column("incident", ExactText, nullable=False, index=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("plain", PlainJson, nullable=False),
    sqlite_with_rowid=False,
)

deliveries = sa.Table(  # one webhook call or one mail, however often it is tried
    "alert_deliveries",
    metadata,
    sa.Column("id", ExactText, primary_key=True),  # what a receiver knows it by when it comes twice
    sa.Column("alert", ExactText, sa.ForeignKey(alerts.c.id), nullable=False),
    sa.Column("door", ExactText, nullable=False),
    sa.Column("first", sa.Integer, nullable=False),  # the news that it tells, from number to number
    sa.Column("last", sa.Integer, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("next_try", Instant),  # None: it is done, or was given up
    sa.Column("held_until", Instant),  # somebody is at it
    sa.Column("sent_at", Instant),
    sa.Column("given_up_at", Instant),
    sa.Column("error", ExactText),
    sa.Index("ix_alert_deliveries_alert_door_last", "alert", "door", "last"),
    sa.Index("ix_alert_deliveries_next_try", "next_try"),
)

keys = sa.Table(
    "alert_keys",
    metadata,
    sa.Column("alert", ExactText, sa.ForeignKey(alerts.c.id), primary_key=True),
    sa.Column("secret", ExactText, nullable=False),
)

PASSING = (keys,)
