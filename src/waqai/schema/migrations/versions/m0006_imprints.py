"""What the linker made of each report's words, kept beside the report. Reports of before have none: they are opened when they are compared, as before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """The table. It has no guard: an imprint follows from a report's words and can be made again."""
    op.create_table(
        "imprints",
        sa.Column("report_sha256", TEXT, nullable=False),
        sa.Column("imprint", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report_sha256"], ["reports.sha256"], name="fk_imprints_report_sha256"),
        sa.PrimaryKeyConstraint("report_sha256", name="pk_imprints"),
    )
