"""The tables of what came in: the bytes by their hash, how each came in one chain of hashes, and the language recognised in each text.

Rows are appended, never updated; a report's payload rows go with it, and its bytes where no other report was made of them. The links of the chain stay.
They are neither facts of the log nor views: no dump shows them, no rebuild makes them.
"""

from __future__ import annotations

import sqlalchemy as sa

from waqai.schema import tables
from waqai.schema.columns import ExactText, Instant

metadata = sa.MetaData(naming_convention=tables.metadata.naming_convention)

originals = sa.Table(
    "originals",
    metadata,
    sa.Column("sha256", ExactText, primary_key=True),  # of the bytes as they came, hex
    sa.Column("media_type", ExactText, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),  # bytes, as they came
    sa.Column("packing", ExactText, nullable=False),  # "zlib", "none", or "" where no bytes were kept
    sa.Column("content", sa.LargeBinary),
    sa.Column("kept_at", Instant, nullable=False),
)

retrievals = sa.Table(  # the links: nothing here can be erased, so nothing here is more than a hash
    "retrievals",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("report_sha256", ExactText, nullable=False),
    sa.Column("original_sha256", ExactText, nullable=False, index=True),  # "" where the bytes of one report alone never were
    sa.Column("kept_at", Instant, nullable=False),
    sa.Column("payload_hash", ExactText, nullable=False),
    sa.Column("previous_hash", ExactText, nullable=False),
    sa.Column("hash", ExactText, nullable=False),
)

payloads = sa.Table(  # what the links say; goes with its report
    "retrieval_payloads",
    metadata,
    sa.Column("number", sa.Integer, sa.ForeignKey(retrievals.c.number), primary_key=True, autoincrement=False),
    sa.Column("report_sha256", ExactText, sa.ForeignKey(tables.reports.c.sha256), nullable=False),
    sa.Column("key", ExactText, nullable=False),  # hash of what makes it another retrieval than those before
    sa.Column("salt", ExactText, nullable=False),
    sa.Column("plain", ExactText, nullable=False),  # canonical JSON, the very text that is hashed
    sa.Index("ix_retrieval_payloads_report_sha256_key", "report_sha256", "key", unique=True),
)

recognised = sa.Table(  # beside what was declared of a report, never in its place
    "recognised_languages",
    metadata,
    sa.Column("report_sha256", ExactText, sa.ForeignKey(tables.reports.c.sha256), primary_key=True),
    sa.Column("language", ExactText, nullable=False),  # ISO 639-1
    sa.Column("probability", sa.Double, nullable=False),
    sa.Column("recogniser", ExactText, nullable=False),
    sa.Column("kept_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
