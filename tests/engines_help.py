"""What the tests of workers share: reports, of which some are poison, and what of two stores is the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from factories import make_report
from waqai.core import Report
from waqai.flow import Store


def make_reports(number: int, poison: Mapping[int, str] | None = None) -> list[Report]:
    """So many reports of escapes, three of a day; `poison` says by number what a report does to its reader."""
    words = poison or {}
    return [
        make_report(f"Escape {i} from the jail was told. {words.get(i, '')}", id=f"r{i:03}", published=date(2021, 3, 1) + timedelta(days=i // 3))
        for i in range(number)
    ]


def content(store: Store) -> list[object]:
    """What two stores can share: all rows but the log's, whose salts are drawn anew, and what the log says."""
    said = [(e.kind, e.subject, e.value, e.because, e.by) for e in store.iter_log()]
    return [*store.iter_dump(without=("log", "log_payloads")), *said]
