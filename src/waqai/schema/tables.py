"""The tables. Facts are appended and never changed; views are computed from them and can be dropped at any time.

    facts    reports · arrivals · near_copies · signatures · bands · readings · claims · accounts · account_names · log · log_payloads · runs · tombstones ·
             expectations
    views    members · outlines · bearers · attachments · incidents · queue · traits · tellers · checks · search    folded by `Store.rebuild` to the same rows
    notes    notes                               which rules the views were folded with
             changes                             when each incident was last folded to something else, for whoever keeps a picture of them all
             imprints                            what the linker made of each report's words: can be made again, may be missing
             column_maps                         a person's word on what the columns of tables hold; the last one counts

The tables of the people who work with a store stand in `people.py`.

What stands in columns beside `plain` (the noun as JSON) is there to be searched; the noun itself is read from `plain`.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from waqai.schema.columns import ExactText, Instant, PlainJson

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

reports = sa.Table(
    "reports",
    metadata,
    sa.Column("sha256", ExactText, primary_key=True),
    sa.Column("id", ExactText, nullable=False, unique=True),  # the id it came in with; a clash got "-2"
    sa.Column("text", ExactText, nullable=False),
    sa.Column("title", ExactText),
    sa.Column("url", ExactText),
    sa.Column("publisher", ExactText),
    sa.Column("published", sa.Date),
    sa.Column("language", ExactText),
    sa.Column("fetched_at", Instant),
    sa.Column("terms", ExactText),
    sa.Column("text_origin", ExactText, nullable=False),
)

arrivals = sa.Table(  # every way in which a text came in, the first one included
    "arrivals",
    metadata,
    sa.Column("key", ExactText, primary_key=True),  # hash of the columns below, without fetched_at: the same way twice is one row
    sa.Column("report_sha256", ExactText, sa.ForeignKey("reports.sha256"), nullable=False, index=True),
    sa.Column("id", ExactText, nullable=False, index=True),
    sa.Column("url", ExactText),
    sa.Column("publisher", ExactText),
    sa.Column("title", ExactText),
    sa.Column("published", sa.Date),
    sa.Column("language", ExactText),
    sa.Column("terms", ExactText),
    sa.Column("text_origin", ExactText, nullable=False),
    sa.Column("fetched_at", Instant),
    sa.Column("kept_at", Instant),  # when the store got to know it; None: by a waqai that did not note it
)

near_copies = sa.Table(
    "near_copies",
    metadata,
    sa.Column("left_sha256", ExactText, sa.ForeignKey("reports.sha256"), primary_key=True),  # left < right
    sa.Column("right_sha256", ExactText, sa.ForeignKey("reports.sha256"), primary_key=True, index=True),
    sa.Column("similarity", sa.Double, nullable=False),  # estimated Jaccard, 0 to 1
    sa.Column("kept_at", Instant),
)

signatures = sa.Table(
    "signatures",
    metadata,
    sa.Column("report_sha256", ExactText, sa.ForeignKey("reports.sha256"), primary_key=True),
    sa.Column("signature", sa.LargeBinary, nullable=False),
)

imprints = sa.Table(  # what the linker made of each report's words, so that most of what a new report is held against need not be opened
    "imprints",
    metadata,
    sa.Column("report_sha256", ExactText, sa.ForeignKey("reports.sha256"), primary_key=True),
    sa.Column("imprint", sa.LargeBinary, nullable=False),
)

bands = sa.Table(  # what near copies meet in: twenty keys of each signature
    "bands",
    metadata,
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("text", sa.BigInteger, primary_key=True, autoincrement=False),  # the first 15 hex digits of the report's sha256 as a number
    sqlite_with_rowid=False,
)

readings = sa.Table(
    "readings",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("report_sha256", ExactText, sa.ForeignKey("reports.sha256"), nullable=False),
    sa.Column("reader", ExactText, nullable=False),
    sa.Column("version", ExactText, nullable=False),
    sa.Column("settings_hash", ExactText, nullable=False),
    sa.Column("by_person", sa.Boolean, nullable=False),  # reader "person:…": outranks every machine's
    sa.Column("notices", PlainJson, nullable=False),
    sa.Column("kept_at", Instant),
    sa.Column("added_in", sa.Integer),  # the entry by which a person added its one account beside what readers found; None: a reading of the whole report
    sa.UniqueConstraint("report_sha256", "reader", "version", "settings_hash"),
)

claims = sa.Table(
    "claims",
    metadata,
    sa.Column("reading_id", sa.Integer, sa.ForeignKey("readings.id"), primary_key=True),
    sa.Column("place_in_report", sa.Integer, primary_key=True),
    sa.Column("id", ExactText, nullable=False, index=True),
    sa.Column("report_sha256", ExactText, sa.ForeignKey("reports.sha256"), nullable=False, index=True),
    sa.Column("speaker_name", ExactText, nullable=False, index=True),
    sa.Column("stance", ExactText, nullable=False),
    sa.Column("plain", PlainJson, nullable=False),
    sa.Index("ix_claims_stance", "stance", "report_sha256", "reading_id", "place_in_report"),
)

accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("id", ExactText, primary_key=True),
    sa.Column("reading_id", sa.Integer, sa.ForeignKey("readings.id"), nullable=False, index=True),
    sa.Column("report_sha256", ExactText, sa.ForeignKey("reports.sha256"), nullable=False, index=True),
    sa.Column("place_in_report", sa.Integer, nullable=False),
    sa.Column("type", ExactText, nullable=False),
    sa.Column("family", ExactText, nullable=False),
    sa.Column("status", ExactText, nullable=False),
    sa.Column("background", sa.Boolean, nullable=False),
    sa.Column("evidence_start", sa.Integer, nullable=False),
    sa.Column("evidence_end", sa.Integer, nullable=False),
    sa.Column("earliest", sa.Date),
    sa.Column("latest", sa.Date),
    sa.Column("near_from", sa.Date),  # the days to look in: `when` if it is no longer than two months, the month before publication if there is none
    sa.Column("near_to", sa.Date),
    sa.Column("near_country", ExactText, nullable=False),  # `country`, or "" for none, so that one index serves both
    sa.Column("place_id", ExactText),
    sa.Column("precision", ExactText),
    sa.Column("country", ExactText),
    sa.Column("admin1", ExactText),
    sa.Column("lat", sa.Double),
    sa.Column("lon", sa.Double),
    sa.Column("count_words", PlainJson, nullable=False),  # the words of each count, in order, so that a figure can be printed without the text
    sa.Column("plain", PlainJson, nullable=False),
)

account_names = sa.Table(  # names that tie reports together: facilities and actors, folded
    "account_names",
    metadata,
    sa.Column("account", ExactText, sa.ForeignKey("accounts.id"), primary_key=True),
    sa.Column("role", ExactText, primary_key=True),
    sa.Column("name", ExactText, primary_key=True),
    sa.Column("actor_id", ExactText),
    sa.Column("near_from", sa.Date),  # the account's
)

RARE: Any = sa.text("kind NOT IN ('opened', 'judgement')")
"""SQL: an entry of a kind that is rare. A query that says so in these very words finds its entries without a walk through the whole log: as a Boolean they
would be asked for with "= 1" behind them, which is another question to SQLite."""

log = sa.Table(
    "log",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),  # 1, 2, 3 … without a gap
    sa.Column("kind", ExactText, nullable=False),
    sa.Column("subject", ExactText, nullable=False, index=True),
    sa.Column("report_sha256", ExactText, index=True),  # the report and account that the entry is on, taken from its value
    sa.Column("account", ExactText),
    sa.Column("by", ExactText, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("payload_hash", ExactText, nullable=False),
    sa.Column("previous_hash", ExactText, nullable=False),
    sa.Column("hash", ExactText, nullable=False),
    sa.Index("ix_log_rare", "kind", sqlite_where=RARE, postgresql_where=RARE),
)

log_payloads = sa.Table(  # apart, so that an erasure can take the words and leave the chain
    "log_payloads",
    metadata,
    sa.Column("entry", sa.Integer, sa.ForeignKey("log.id"), primary_key=True, autoincrement=False),
    sa.Column("salt", ExactText, nullable=False),
    sa.Column("value", PlainJson, nullable=False),
    sa.Column("because", ExactText, nullable=False),
    sa.Column("incident", ExactText, index=True),  # the one that `value` names, as its "incident"
)

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("settings", PlainJson, nullable=False),
    sa.Column("versions", PlainJson, nullable=False),
    sa.Column("counts", PlainJson, nullable=False),
)

tombstones = sa.Table(  # what stays of an erased report; only a report with a tombstone can be deleted
    "tombstones",
    metadata,
    sa.Column("sha256", ExactText, primary_key=True),
    sa.Column("id", ExactText, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by", ExactText, nullable=False),
    sa.Column("because", ExactText, nullable=False),
)

expectations = sa.Table(  # what persons registered of claims about what is to come; that they did, and what came of it, is in the log
    "expectations",
    metadata,
    sa.Column("id", ExactText, primary_key=True),  # x-…
    sa.Column("report_sha256", ExactText, sa.ForeignKey("reports.sha256"), nullable=False, index=True),
    sa.Column("sha256", ExactText, nullable=False),  # of the canonical JSON of `plain`, which the log says too
    sa.Column("plain", PlainJson, nullable=False),
)

_BEHIND_DAY = ("day_from", "day_to", "family", "type", "incident")  # all that a question wants to know: no row is looked up

members = sa.Table(
    "members",
    metadata,
    sa.Column("key", ExactText, primary_key=True),  # the account's id today, else the id that the log knows it by
    sa.Column("account", ExactText, unique=True),  # None: judged, but without a home in the current reading
    sa.Column("logged", ExactText, nullable=False),
    sa.Column("report_sha256", ExactText, nullable=False, index=True),
    sa.Column("incident", ExactText, nullable=False),
    sa.Column("role", ExactText, nullable=False),
    sa.Column("entry", sa.Integer, nullable=False),  # the log entry that decided
    sa.Column("family", ExactText),  # the signs by which the account is found, see `signs`; None without a home
    sa.Column("type", ExactText),
    sa.Column("day_from", sa.Integer),  # the account's near_from and near_to as numbers
    sa.Column("day_to", sa.Integer),
    sa.Column("country", ExactText),
    sa.Column("place_id", ExactText),
    sa.Column("cell", sa.Integer),  # the square degree of its point
    sa.Column("unsure", sa.Double),  # the score of the best near miss that waits for a person, see `folding.near_misses`
    sa.Index("ix_members_incident", "incident", "account", "role"),  # who sits there, without a look at the rows
    sa.Index("ix_members_place_id_day_from", "place_id", *_BEHIND_DAY),
    sa.Index("ix_members_cell_day_from", "cell", *_BEHIND_DAY),
    sa.Index("ix_members_country_day_from", "country", *_BEHIND_DAY),
    sa.Index("ix_members_day_from", *_BEHIND_DAY),
)

outlines = sa.Table(  # what is known of an account in a seat before it is read; those of an incident lie side by side, in the order in which they are asked for
    "outlines",
    metadata,
    sa.Column("incident", ExactText, primary_key=True),
    sa.Column("rank", sa.Integer, primary_key=True, autoincrement=False),  # of its role
    sa.Column("account", ExactText, primary_key=True),
    sa.Column("report_sha256", ExactText, nullable=False),
    sa.Column("place_in_report", sa.Integer, nullable=False),
    sa.Column("type", ExactText, nullable=False),
    sa.Column("family", ExactText, nullable=False),
    sa.Column("earliest", sa.Date),
    sa.Column("latest", sa.Date),
    sa.Column("place_id", ExactText),
    sa.Column("precision", ExactText),
    sa.Column("country", ExactText),
    sa.Column("lat", sa.Double),
    sa.Column("lon", sa.Double),
    sa.Column("told", PlainJson, nullable=False),  # of the account's place, figures and names what is compared, see `company`
    sa.Column("imprint", sa.LargeBinary),
    sqlite_with_rowid=False,
)

bearers = sa.Table(  # who bears a name, the accounts in seats by name and day, each with all that is asked
    "bearers",
    metadata,
    sa.Column("kind", ExactText, primary_key=True),  # facility, place, actor, or "actor id"
    sa.Column("name", ExactText, primary_key=True),
    sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),  # the seat's day_from; 0: it has none
    sa.Column("account", ExactText, primary_key=True),
    sa.Column("incident", ExactText, nullable=False),
    sa.Column("family", ExactText, nullable=False),
    sa.Column("type", ExactText, nullable=False),
    sa.Column("day_to", sa.Integer),
    sqlite_with_rowid=False,
)

attachments = sa.Table(  # reports without an account, beside the incident whose story they tell
    "attachments",
    metadata,
    sa.Column("report_sha256", ExactText, primary_key=True),
    sa.Column("incident", ExactText, nullable=False, index=True),  # as it was said; where its accounts moved on, `attachments` follows them
    sa.Column("entry", sa.Integer, nullable=False),  # the log entry that decided
)

_NARROW = (
    *("id", "type", "family", "status", "grade", "earliest", "latest", "country", "admin1"),
    *("lat", "lon", "radius_km", "precision", "reports"),
)

incidents = sa.Table(
    "incidents",
    metadata,
    sa.Column("id", ExactText, primary_key=True),
    sa.Column("type", ExactText, nullable=False),
    sa.Column("family", ExactText, nullable=False),
    sa.Column("status", ExactText, nullable=False),
    sa.Column("grade", ExactText, nullable=False),
    sa.Column("earliest", sa.Date),
    sa.Column("latest", sa.Date, index=True),
    sa.Column("country", ExactText, index=True),
    sa.Column("admin1", ExactText),
    sa.Column("plain", PlainJson, nullable=False),
    sa.Column("lat", sa.Double),
    sa.Column("lon", sa.Double),
    sa.Column("radius_km", sa.Double),
    sa.Column("precision", ExactText),
    sa.Column("reports", sa.Integer),  # how many tell of it and were not rejected; None only in a row that a migration has yet to fill
    sa.Index("ix_incidents_narrow", *_NARROW),  # all that lists, maps and sums are made of, without the wide `plain`
)

traits = sa.Table(  # what an incident has several of: who printed it (publisher), which bodies of the register take part (actor, by id)
    "traits",
    metadata,
    sa.Column("kind", ExactText, primary_key=True),
    sa.Column("value", ExactText, primary_key=True),
    sa.Column("incident", ExactText, primary_key=True, index=True),
    sqlite_with_rowid=False,
)

_BEHIND_RANK = ("account", "doubt", "country", "family", "type", "publisher", "language")  # all that is asked: no row is looked up
queue = sa.Table(  # every account in a seat, by how soon a person should look at it, see `folding.doubts`
    "queue",
    metadata,
    sa.Column("incident", ExactText, primary_key=True),
    sa.Column("account", ExactText, primary_key=True),
    sa.Column("report_sha256", ExactText, nullable=False),
    sa.Column("doubt", sa.Double, nullable=False),
    sa.Column("stake", sa.Double, nullable=False),
    sa.Column("rank", sa.Double, nullable=False),  # doubt times stake
    sa.Column("verdict", ExactText, nullable=False),  # none, accepted, rejected, corrected, added
    sa.Column("waits", sa.Boolean, nullable=False),
    sa.Column("country", ExactText),  # the incident's
    sa.Column("family", ExactText, nullable=False),  # the account's, and below its report's
    sa.Column("type", ExactText, nullable=False),
    sa.Column("publisher", ExactText),
    sa.Column("language", ExactText),
    sa.Index("ix_queue_waits_rank", "waits", "rank", *_BEHIND_RANK),
    sa.Index("ix_queue_waits_doubt", "waits", "doubt", "account"),
    sqlite_with_rowid=False,
)

_FLAGS = ("alone", "ordered", "first", "figures", "compared", "contradicted", "revised")
tellers = sa.Table(  # who tells of an incident, and how it stands beside what others tell, see `folding.tellers`
    "tellers",
    metadata,
    sa.Column("kind", ExactText, primary_key=True),  # publisher, speaker; left_out: the speakers whom we may not name, together
    sa.Column("key", ExactText, primary_key=True),  # the publisher's name, the speaker's id in the register or folded name
    sa.Column("incident", ExactText, primary_key=True, index=True),
    sa.Column("name", ExactText, nullable=False),  # as it is spelled
    sa.Column("many", sa.Integer, nullable=False),  # for how many the row stands
    *(sa.Column(name, sa.Boolean, nullable=False) for name in _FLAGS),
    sqlite_with_rowid=False,
)

checks = sa.Table(  # what became of each field that a reader read, where a person looked, see `folding.checks`
    "checks",
    metadata,
    sa.Column("incident", ExactText, primary_key=True),
    sa.Column("account", ExactText, primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("field", ExactText, nullable=False),
    sa.Column("p", sa.Double),  # the reader's; None: missed
    sa.Column("outcome", ExactText, nullable=False),
    sqlite_with_rowid=False,
)

search = sa.Table(
    "search",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),  # from the hash of what is indexed: a rebuild gives the same rows
    sa.Column("report_sha256", ExactText, index=True),  # one of the two is set
    sa.Column("incident", ExactText, index=True),
    sa.Column("words", ExactText, nullable=False),  # folded words, one blank between
)

notes = sa.Table("notes", metadata, sa.Column("name", ExactText, primary_key=True), sa.Column("value", ExactText, nullable=False))

column_maps = sa.Table(
    "column_maps",
    metadata,
    sa.Column("fingerprint", ExactText, primary_key=True),  # of the headers, see `core.columns`
    sa.Column("headers", PlainJson, nullable=False),  # as the table wrote them that it was said of
    sa.Column("plain", PlainJson, nullable=False),  # Columns
)

changes = sa.Table(  # no part of what a store says: a store that was filled in other steps has other numbers
    "changes",
    metadata,
    sa.Column("incident", ExactText, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False, index=True),  # of the folding that changed it last
    sqlite_with_rowid=False,
)

VIEWS = (members, outlines, bearers, attachments, incidents, queue, traits, tellers, checks, search)
