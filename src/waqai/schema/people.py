"""The tables of the people who work with a store: who they are, what lets them in, what they code blind.

They are neither facts nor views: no dump shows them, no rebuild makes them, and no secret stands in them, only its hash. What was done to persons and tokens is
told by the log. `PASSING` is of the moment: a backup has none of it.
"""

from __future__ import annotations

import sqlalchemy as sa

from waqai.schema import tables
from waqai.schema.columns import ExactText, Instant, PlainJson

metadata = sa.MetaData(naming_convention=tables.metadata.naming_convention)

people = sa.Table(  # a row is never deleted: entries of the log go on pointing to it
    "people",
    metadata,
    sa.Column("key", ExactText, primary_key=True),  # the name without case, see `people.names`
    sa.Column("name", ExactText, nullable=False),
    sa.Column("role", ExactText, nullable=False),
    sa.Column("password", ExactText, nullable=False),  # Argon2id, with its salt and parameters
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("password_at", Instant, nullable=False),  # since when this password is in force
    sa.Column("disabled_at", Instant),
    sa.Column("must_change", sa.Boolean, nullable=False, server_default=sa.false()),  # the password is good for choosing another one, and for nothing else
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("hash", ExactText, primary_key=True),  # SHA-256 of the cookie's value
    sa.Column("person", ExactText, sa.ForeignKey(people.c.key), index=True),  # None: the owner, who came in by a start token
    sa.Column("owner_name", ExactText),  # whose name the owner signs with
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("seen_at", Instant, nullable=False),  # to some minutes
    sa.Column("expires_at", Instant, nullable=False, index=True),
)

start_tokens = sa.Table(
    "start_tokens",
    metadata,
    sa.Column("hash", ExactText, primary_key=True),
    sa.Column("owner_name", ExactText),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("taken_at", Instant),
)

api_tokens = sa.Table(
    "api_tokens",
    metadata,
    sa.Column("id", ExactText, primary_key=True),  # names the token in lists and in the log, and lets nobody in
    sa.Column("hash", ExactText, nullable=False, unique=True),
    sa.Column("name", ExactText, nullable=False),  # what it is for
    sa.Column("person", ExactText, sa.ForeignKey(people.c.key), index=True),  # None: the owner's
    sa.Column("owner_name", ExactText),
    sa.Column("scopes", PlainJson, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("last_used", sa.Date),
    sa.Column("revoked_at", Instant),
)

login_failures = sa.Table(
    "login_failures",
    metadata,
    sa.Column("hash", ExactText, primary_key=True),  # of the name or address that was tried: people type passwords into the field for names
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("last_at", Instant, nullable=False, index=True),
    sa.Column("wait_until", Instant, nullable=False),
)

codings = sa.Table(  # a report coded by one person, whom nobody else's coding has told anything
    "codings",
    metadata,
    sa.Column("report_sha256", ExactText, sa.ForeignKey(tables.reports.c.sha256), primary_key=True),
    sa.Column("coder", ExactText, primary_key=True),  # as the log signs: "person:ana"
    sa.Column("draft", PlainJson, nullable=False),  # a Reading
    sa.Column("revision", sa.Integer, nullable=False),  # how often it was saved: a save says which one it was made from
    sa.Column("started_from", ExactText, nullable=False),  # "nothing", or "reading": the machine's
    sa.Column("state", ExactText, nullable=False),  # "draft" or "handed_in"
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("at", Instant, nullable=False),  # of the last change
    sa.Index("ix_codings_coder_state", "coder", "state"),
)

PASSING = (sessions, start_tokens, login_failures)
