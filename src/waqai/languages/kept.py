"""The recognised language beside its report, apart from the one that is declared of it: that stays as it came."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from waqai.core import Report
from waqai.languages.recognise import Recognised, recognise
from waqai.schema.once import find_value, insert
from waqai.schema.originals import recognised
from waqai.store import Store


def note_language(report: Report, store: Store, *, at: datetime) -> None:
    """Keep the language of a report of the store, where it is sure; the first one stays."""
    with store.writing() as connection:
        if find_value(connection, recognised.c.language, report_sha256=report.sha256) is None and (found := recognise(report.text)) is not None:
            row = {"report_sha256": report.sha256, "language": found.language, "probability": found.probability, "recogniser": found.recogniser, "kept_at": at}
            insert(connection, recognised, row)


def find_recognised(report_sha256: str, store: Store) -> Recognised | None:
    """What was recognised of the report with this hash; None where it was not sure, or came in before languages were recognised."""
    c = recognised.c
    with store.reading() as connection:
        row = connection.execute(sa.select(c.language, c.probability, c.recogniser).where(c.report_sha256 == report_sha256)).one_or_none()
    return None if row is None else Recognised(language=row.language, probability=row.probability, recogniser=row.recogniser)
