"""What stands beside each seat: outlines, an incident's side by side, and the bearers of a name by day. Filled from facts and seats.

The indexes of `account_names` that the old questions used are dropped.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
UNUSED = ("ix_account_names_name_near_from", "ix_account_names_actor_id_near_from")
ROLES = ("main", "part", "follow_up", "background")
COPIED = "a.report_sha256, a.place_in_report, a.type, a.family, a.earliest, a.latest, a.place_id, a.precision, a.country, a.lat, a.lon"
COLUMNS = ("incident", "rank", "account", *(name[2:] for name in COPIED.split(", ")), "told", "imprint")
BATCH = 5_000


def upgrade() -> None:
    """The tables, then their rows."""
    _create_tables()
    _fill_outlines(op.get_bind())
    for kind, name, which in (
        ("n.role", "n.name", "n.role IN ('facility', 'place')"),
        ("'actor'", "n.name", "n.role NOT IN ('facility', 'place')"),
        ("'actor id'", "n.actor_id", "n.actor_id IS NOT NULL"),
    ):
        chosen = f"SELECT DISTINCT {kind}, {name}, COALESCE(m.day_from, 0), m.account, m.incident, m.family, m.type, m.day_to"
        joined = f"FROM account_names n JOIN members m ON m.account = n.account WHERE {which} ORDER BY 1, 2, 3, 4"
        op.execute(f"INSERT INTO bearers (kind, name, day, account, incident, family, type, day_to) {chosen} {joined}")
    for index in UNUSED:
        op.drop_index(index, "account_names")


def _fill_outlines(connection: sa.Connection) -> None:
    """In the order of the table, a batch after the other."""
    rank = "CASE m.role " + " ".join(f"WHEN '{role}' THEN {n}" for n, role in enumerate(ROLES)) + " END"
    joined = "FROM members m JOIN accounts a ON a.id = m.account LEFT JOIN imprints i ON i.report_sha256 = a.report_sha256"
    after = "(m.incident > :incident OR (m.incident = :incident AND m.account > :account))"
    chosen = f"SELECT m.incident, {rank}, m.account, {COPIED}, a.plain, i.imprint {joined} WHERE {after} ORDER BY m.incident, m.account LIMIT {BATCH}"
    said = sa.text(f"INSERT INTO outlines ({', '.join(COLUMNS)}) VALUES ({', '.join(f':{name}' for name in COLUMNS)})")
    last = {"incident": "", "account": ""}
    while rows := connection.execute(sa.text(chosen), last).all():
        connection.execute(said, [dict(zip(COLUMNS, (*row[:-2], _told(row[-2]), row[-1]), strict=True)) for row in rows])
        last = {"incident": rows[-1][0], "account": rows[-1][2]}


def _told(plain: str) -> str:
    """As the store kept it with this schema; what the database cannot hold stays escaped."""
    account: dict[str, Any] = json.loads(plain)
    where = account["where"]
    place = None if where is None else [where[name] for name in ("name", "admin1", "admin2", "p")]
    names = dict.fromkeys(named["name"] for named in (*account["involved"], *account["place_mentions"]))
    told = [place, [[count["measure"], count["best"]] for count in account["counts"]], list(names)]
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _create_tables() -> None:
    op.create_table(
        "outlines",
        sa.Column("incident", TEXT, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("account", TEXT, nullable=False),
        sa.Column("report_sha256", TEXT, nullable=False),
        sa.Column("place_in_report", sa.Integer(), nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("family", TEXT, nullable=False),
        sa.Column("earliest", sa.Date()),
        sa.Column("latest", sa.Date()),
        sa.Column("place_id", TEXT),
        sa.Column("precision", TEXT),
        sa.Column("country", TEXT),
        sa.Column("lat", sa.Double()),
        sa.Column("lon", sa.Double()),
        sa.Column("told", TEXT, nullable=False),
        sa.Column("imprint", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("incident", "rank", "account", name="pk_outlines"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "bearers",
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("account", TEXT, nullable=False),
        sa.Column("incident", TEXT, nullable=False),
        sa.Column("family", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("day_to", sa.Integer()),
        sa.PrimaryKeyConstraint("kind", "name", "day", "account", name="pk_bearers"),
        sqlite_with_rowid=False,
    )
