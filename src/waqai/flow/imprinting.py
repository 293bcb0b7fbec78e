"""Imprints of the reports that a store holds, made anew: for stores of before, and after the linker learned to read words otherwise."""

from __future__ import annotations

from waqai.linking import make_imprint
from waqai.store import Store


def make_imprints(store: Store) -> None:
    """Give every report the imprint that it gets today, all at once or none."""
    with store.transaction():
        for report in store.iter_reports():
            store.keep_imprint(report.sha256, make_imprint(report))
