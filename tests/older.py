"""Stores as older versions of waqai left them: what the newest migrations made is taken back, the rows stay."""

from __future__ import annotations

import sqlalchemy as sa

from waqai.indexes.signs import COLUMNS
from waqai.schema.migrations import HEAD


def take_back_0023(connection: sa.Connection) -> None:
    """The schema of 0022."""
    for table in ("feed_items", "feeds"):
        connection.execute(sa.text(f"DROP TABLE {table}"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0022'"))


def take_back_0022(connection: sa.Connection) -> None:
    """The schema of 0021."""
    connection.execute(sa.text("DROP TABLE attempts"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0021'"))


def take_back_0021(connection: sa.Connection) -> None:
    """The schema of 0020."""
    for table in ("recognised_languages", "retrieval_payloads", "retrievals", "originals"):
        connection.execute(sa.text(f"DROP TABLE {table}"))
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("DROP FUNCTION waqai_original_kept"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0020'"))


def take_back_0020(connection: sa.Connection) -> None:
    """The schema of 0019."""
    for table in ("forecast_scores", "forecast_backtests", "forecasts"):
        connection.execute(sa.text(f"DROP TABLE {table}"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0019'"))


def take_back_0019(connection: sa.Connection) -> None:
    """The schema of 0018."""
    connection.execute(sa.text("DROP TABLE expectations"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0018'"))


def take_back_0018(connection: sa.Connection) -> None:
    """The schema of 0017."""
    for table in ("alert_keys", "alert_deliveries", "alert_news", "alert_known", "alerts"):
        connection.execute(sa.text(f"DROP TABLE {table}"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0017'"))


def take_back_0017(connection: sa.Connection) -> None:
    """The schema of 0016."""
    connection.execute(sa.text("DROP INDEX ix_queue_waits_doubt"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0016'"))


def take_back_0016(connection: sa.Connection) -> None:
    """The schema of 0015."""
    connection.execute(sa.text("ALTER TABLE people DROP COLUMN must_change"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0015'"))


def take_back_0015(connection: sa.Connection) -> None:
    """The schema of 0014."""
    for table in ("tellers", "checks"):
        connection.execute(sa.text(f"DROP TABLE {table}"))
    connection.execute(sa.text("DROP INDEX ix_claims_stance"))
    connection.execute(sa.text("UPDATE notes SET value = '4' WHERE name = 'view_rules'"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0014'"))


def take_back_0014(connection: sa.Connection) -> None:
    """The schema of 0013."""
    connection.execute(sa.text("DROP INDEX ix_log_payloads_incident"))
    connection.execute(sa.text("ALTER TABLE log_payloads DROP COLUMN incident"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0013'"))


def take_back_0013(connection: sa.Connection) -> None:
    """The schema of 0012."""
    connection.execute(sa.text("DROP TABLE column_maps"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0012'"))


def take_back_0012(connection: sa.Connection) -> None:
    """The schema of 0011."""
    connection.execute(sa.text("DROP INDEX ix_incidents_narrow"))
    for table in ("traits", "changes"):
        connection.execute(sa.text(f"DROP TABLE {table}"))
    for name in ("lat", "lon", "radius_km", "precision", "reports"):
        connection.execute(sa.text(f"ALTER TABLE incidents DROP COLUMN {name}"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0011'"))


def take_back_0011(connection: sa.Connection) -> None:
    """The schema of 0010, with views by the rules of then."""
    connection.execute(sa.text("DROP TABLE queue"))
    connection.execute(sa.text("ALTER TABLE members DROP COLUMN unsure"))
    connection.execute(sa.text("UPDATE notes SET value = '3' WHERE name = 'view_rules'"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0010'"))


def take_back_0010(connection: sa.Connection) -> None:
    """The schema of 0009, of a store at 0010."""
    for table in ("codings", "login_failures", "api_tokens", "start_tokens", "sessions", "people"):
        connection.execute(sa.text(f"DROP TABLE {table}"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0009'"))


def take_back_0009(connection: sa.Connection) -> None:
    """The schema of 0008, of a store at 0009."""
    connection.execute(sa.text("ALTER TABLE readings DROP COLUMN added_in"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0008'"))


def take_back_0008(connection: sa.Connection) -> None:
    """The schema of 0007, of a store at 0008."""
    for table in ("outlines", "bearers"):
        connection.execute(sa.text(f"DROP TABLE {table}"))
    connection.execute(sa.text("CREATE INDEX ix_account_names_name_near_from ON account_names (name, near_from, account, role)"))
    connection.execute(sa.text("CREATE INDEX ix_account_names_actor_id_near_from ON account_names (actor_id, near_from, account)"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0007'"))


def take_back_0007(connection: sa.Connection) -> None:
    """The schema of 0006, of a store at 0007."""
    for name, columns in (
        ("ix_account_names_name_near_from", "account_names (name, near_from)"),
        ("ix_account_names_actor_id_near_from", "account_names (actor_id, near_from)"),
        ("ix_members_incident", "members (incident)"),
    ):
        connection.execute(sa.text(f"DROP INDEX {name}"))
        connection.execute(sa.text(f"CREATE INDEX {name} ON {columns}"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0006'"))


def take_back_0006(connection: sa.Connection) -> None:
    """The schema of 0005, of a store at 0006."""
    connection.execute(sa.text("DROP TABLE imprints"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0005'"))


def take_back_0005(connection: sa.Connection) -> None:
    """The schema of 0004, of a store at 0005."""
    connection.execute(sa.text("DROP TABLE attachments"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0004'"))


def take_back_0004(connection: sa.Connection) -> None:
    """The schema of 0003, of a store at 0004."""
    connection.execute(sa.text("DROP INDEX ix_log_rare"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0003'"))


def take_back_0003(connection: sa.Connection) -> None:
    """The schema of 0002, of a store at 0003."""
    connection.execute(sa.text("DROP TABLE bands"))
    for name in ("place_id_day_from", "cell_day_from", "country_day_from", "day_from"):
        connection.execute(sa.text(f"DROP INDEX ix_members_{name}"))
    for name in COLUMNS:
        connection.execute(sa.text(f"ALTER TABLE members DROP COLUMN {name}"))
    for name, columns in (("lat_lon", "lat, lon"), ("near_country_near_from", "near_country, near_from"), ("near_from", "near_from"), ("place_id", "place_id")):
        connection.execute(sa.text(f"CREATE INDEX ix_accounts_{name} ON accounts ({columns})"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0002'"))


def take_back_0002(connection: sa.Connection) -> None:
    """The schema of 0001, of a store at 0002."""
    for table in ("arrivals", "near_copies", "readings"):
        connection.execute(sa.text(f"ALTER TABLE {table} DROP COLUMN kept_at"))
    connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))


def take_back_to(connection: sa.Connection, revision: str) -> None:
    """The schema of this revision, of a store of today."""
    for number in range(int(HEAD), int(revision), -1):
        if (take_back := globals().get(f"take_back_{number:04}")) is not None:
            take_back(connection)
