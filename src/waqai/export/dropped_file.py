"""A list of all that had no home in the form it was to leave in, as comma-separated values."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from waqai.bounds import Cleared
from waqai.export.csv_file import make_cells
from waqai.export.shapes import Dropped

COLUMNS = ("id", "type", "reason", "detail")


@contextmanager
def listing_dropped(file: BinaryIO) -> Iterator[Callable[[Cleared, Dropped], None]]:
    """What a tally's `listing` is to be. The incident's id and type as the profile allows them to be seen; one row for each thing dropped."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)

    def list_one(record: Cleared, dropped: Dropped) -> None:
        rows.writerow(make_cells((record.incident.id, record.incident.type, dropped.reason, dropped.detail)))

    yield list_one
    text.flush()
    text.detach()
