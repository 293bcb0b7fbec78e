"""First schema: facts, log, views, search; facts and log refuse to be changed.

Frozen: a migration says what the schema was, so it shares nothing with `tables.py`, which says what it is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
APPENDED = ("reports", "arrivals", "near_copies", "signatures", "readings", "claims", "accounts", "account_names", "log", "log_payloads", "tombstones")
KEPT = {"reports": "sha256", "arrivals": "report_sha256", "readings": "report_sha256", "claims": "report_sha256", "accounts": "report_sha256"}
KEPT_ALWAYS = ("log", "tombstones")


def upgrade() -> None:
    """Tables, then what makes them append-only, then the word index."""
    _create_tables()
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
        op.execute("CREATE INDEX ix_search_words ON search USING gin (to_tsvector('simple', words))")
    else:
        _guard_sqlite()
        _index_words_sqlite()


def _guard_sqlite() -> None:
    for table in APPENDED:
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{table} are appended, never updated'); END")
    for table, column in KEPT.items():
        missing = f"NOT EXISTS (SELECT 1 FROM tombstones WHERE sha256 = OLD.{column})"
        says = f"{table} are kept: only a report with a tombstone can be deleted"
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN {missing} BEGIN SELECT RAISE(ABORT, '{says}'); END")
    for table in KEPT_ALWAYS:
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is never deleted from'); END")


def _guard_postgresql() -> None:
    op.execute(_PG_NEVER)
    op.execute(_PG_KEPT)
    for table in APPENDED:
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION waqai_never()")
        op.execute(f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION waqai_never()")
    for table, column in KEPT.items():
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION waqai_kept('{column}')")
    for table in KEPT_ALWAYS:
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION waqai_never()")


def _index_words_sqlite() -> None:
    op.execute("CREATE VIRTUAL TABLE search_index USING fts5(words, content='search', content_rowid='id', tokenize='unicode61 remove_diacritics 0')")
    op.execute("CREATE TRIGGER search_added AFTER INSERT ON search BEGIN INSERT INTO search_index(rowid, words) VALUES (NEW.id, NEW.words); END")
    removal = "INSERT INTO search_index(search_index, rowid, words) VALUES ('delete', OLD.id, OLD.words)"
    op.execute(f"CREATE TRIGGER search_removed AFTER DELETE ON search BEGIN {removal}; END")
    op.execute("CREATE TRIGGER search_no_update BEFORE UPDATE ON search BEGIN SELECT RAISE(ABORT, 'search rows are replaced, not updated'); END")


_PG_NEVER = """
CREATE FUNCTION waqai_never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% are appended, never updated or deleted', TG_TABLE_NAME;
END $$
"""
_PG_KEPT = """
CREATE FUNCTION waqai_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM tombstones WHERE sha256 = to_jsonb(OLD) ->> TG_ARGV[0]) THEN
    RAISE EXCEPTION '% are kept: only a report with a tombstone can be deleted', TG_TABLE_NAME;
  END IF;
  RETURN OLD;
END $$
"""


def _create_tables() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("family", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("grade", TEXT, nullable=False),
        sa.Column("earliest", sa.Date()),
        sa.Column("latest", sa.Date()),
        sa.Column("country", TEXT),
        sa.Column("admin1", TEXT),
        sa.Column("plain", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_incidents"),
    )
    op.create_index("ix_incidents_country", "incidents", ["country"])
    op.create_index("ix_incidents_latest", "incidents", ["latest"])
    op.create_table(
        "log",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("report_sha256", TEXT),
        sa.Column("account", TEXT),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("payload_hash", TEXT, nullable=False),
        sa.Column("previous_hash", TEXT, nullable=False),
        sa.Column("hash", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_log"),
    )
    op.create_index("ix_log_report_sha256", "log", ["report_sha256"])
    op.create_index("ix_log_subject", "log", ["subject"])
    op.create_table(
        "members",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("account", TEXT),
        sa.Column("logged", TEXT, nullable=False),
        sa.Column("report_sha256", TEXT, nullable=False),
        sa.Column("incident", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_members"),
        sa.UniqueConstraint("account", name="uq_members_account"),
    )
    op.create_index("ix_members_incident", "members", ["incident"])
    op.create_index("ix_members_report_sha256", "members", ["report_sha256"])
    op.create_table(
        "notes",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_notes"),
    )
    op.create_table(
        "reports",
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("title", TEXT),
        sa.Column("url", TEXT),
        sa.Column("publisher", TEXT),
        sa.Column("published", sa.Date()),
        sa.Column("language", TEXT),
        sa.Column("fetched_at", sa.Text()),
        sa.Column("terms", TEXT),
        sa.Column("text_origin", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_reports"),
        sa.UniqueConstraint("id", name="uq_reports_id"),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("settings", TEXT, nullable=False),
        sa.Column("versions", TEXT, nullable=False),
        sa.Column("counts", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_table(
        "search",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("report_sha256", TEXT),
        sa.Column("incident", TEXT),
        sa.Column("words", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search"),
    )
    op.create_index("ix_search_incident", "search", ["incident"])
    op.create_index("ix_search_report_sha256", "search", ["report_sha256"])
    op.create_table(
        "tombstones",
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("because", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_tombstones"),
    )
    op.create_table(
        "arrivals",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("report_sha256", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("url", TEXT),
        sa.Column("publisher", TEXT),
        sa.Column("title", TEXT),
        sa.Column("published", sa.Date()),
        sa.Column("language", TEXT),
        sa.Column("terms", TEXT),
        sa.Column("text_origin", TEXT, nullable=False),
        sa.Column("fetched_at", sa.Text()),
        sa.PrimaryKeyConstraint("key", name="pk_arrivals"),
        sa.ForeignKeyConstraint(["report_sha256"], ["reports.sha256"], name="fk_arrivals_report_sha256"),
    )
    op.create_index("ix_arrivals_id", "arrivals", ["id"])
    op.create_index("ix_arrivals_report_sha256", "arrivals", ["report_sha256"])
    op.create_table(
        "log_payloads",
        sa.Column("entry", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("salt", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("because", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("entry", name="pk_log_payloads"),
        sa.ForeignKeyConstraint(["entry"], ["log.id"], name="fk_log_payloads_entry"),
    )
    op.create_table(
        "near_copies",
        sa.Column("left_sha256", TEXT, nullable=False),
        sa.Column("right_sha256", TEXT, nullable=False),
        sa.Column("similarity", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("left_sha256", "right_sha256", name="pk_near_copies"),
        sa.ForeignKeyConstraint(["left_sha256"], ["reports.sha256"], name="fk_near_copies_left_sha256"),
        sa.ForeignKeyConstraint(["right_sha256"], ["reports.sha256"], name="fk_near_copies_right_sha256"),
    )
    op.create_index("ix_near_copies_right_sha256", "near_copies", ["right_sha256"])
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("report_sha256", TEXT, nullable=False),
        sa.Column("reader", TEXT, nullable=False),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("settings_hash", TEXT, nullable=False),
        sa.Column("by_person", sa.Boolean(), nullable=False),
        sa.Column("notices", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_readings"),
        sa.ForeignKeyConstraint(["report_sha256"], ["reports.sha256"], name="fk_readings_report_sha256"),
        sa.UniqueConstraint("report_sha256", "reader", "version", "settings_hash", name="uq_readings_report_sha256_reader_version_settings_hash"),
    )
    op.create_table(
        "signatures",
        sa.Column("report_sha256", TEXT, nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("report_sha256", name="pk_signatures"),
        sa.ForeignKeyConstraint(["report_sha256"], ["reports.sha256"], name="fk_signatures_report_sha256"),
    )
    op.create_table(
        "accounts",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("report_sha256", TEXT, nullable=False),
        sa.Column("place_in_report", sa.Integer(), nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("family", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("earliest", sa.Date()),
        sa.Column("latest", sa.Date()),
        sa.Column("near_from", sa.Date()),
        sa.Column("near_to", sa.Date()),
        sa.Column("near_country", TEXT, nullable=False),
        sa.Column("place_id", TEXT),
        sa.Column("precision", TEXT),
        sa.Column("country", TEXT),
        sa.Column("admin1", TEXT),
        sa.Column("lat", sa.Double()),
        sa.Column("lon", sa.Double()),
        sa.Column("count_words", TEXT, nullable=False),
        sa.Column("plain", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name="fk_accounts_reading_id"),
        sa.ForeignKeyConstraint(["report_sha256"], ["reports.sha256"], name="fk_accounts_report_sha256"),
    )
    op.create_index("ix_accounts_lat_lon", "accounts", ["lat", "lon"])
    op.create_index("ix_accounts_near_country_near_from", "accounts", ["near_country", "near_from"])
    op.create_index("ix_accounts_near_from", "accounts", ["near_from"])
    op.create_index("ix_accounts_place_id", "accounts", ["place_id"])
    op.create_index("ix_accounts_reading_id", "accounts", ["reading_id"])
    op.create_index("ix_accounts_report_sha256", "accounts", ["report_sha256"])
    op.create_table(
        "claims",
        sa.Column("reading_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("place_in_report", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("report_sha256", TEXT, nullable=False),
        sa.Column("speaker_name", TEXT, nullable=False),
        sa.Column("stance", TEXT, nullable=False),
        sa.Column("plain", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("reading_id", "place_in_report", name="pk_claims"),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name="fk_claims_reading_id"),
        sa.ForeignKeyConstraint(["report_sha256"], ["reports.sha256"], name="fk_claims_report_sha256"),
    )
    op.create_index("ix_claims_id", "claims", ["id"])
    op.create_index("ix_claims_report_sha256", "claims", ["report_sha256"])
    op.create_index("ix_claims_speaker_name", "claims", ["speaker_name"])
    op.create_table(
        "account_names",
        sa.Column("account", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("actor_id", TEXT),
        sa.Column("near_from", sa.Date()),
        sa.PrimaryKeyConstraint("account", "role", "name", name="pk_account_names"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_account_names_account"),
    )
    op.create_index("ix_account_names_actor_id_near_from", "account_names", ["actor_id", "near_from"])
    op.create_index("ix_account_names_name_near_from", "account_names", ["name", "near_from"])
