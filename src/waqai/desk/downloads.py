"""Answers that are files: written while they are sent."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from starlette.responses import StreamingResponse


def download(parts: Iterable[str], kind: str, name: str) -> StreamingResponse:
    """A file of this name and media type."""
    return StreamingResponse(parts, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingResponse:
    """Rows as NAME.csv, with a head; None is an empty cell."""
    return download(_iter_csv(([list(columns)], rows)), "text/csv; charset=utf-8", f"{name}.csv")


def _iter_csv(parts: Iterable[Iterable[Sequence[object]]]) -> Iterator[str]:
    """Lines of CSV, some hundred at a time."""
    kept = io.StringIO()
    writer = csv.writer(kept, lineterminator="\r\n")  # with "\n" alone, a cell that holds "\r" would stand unquoted and break its row
    for rows in parts:
        for row in rows:
            writer.writerow(row)
            if kept.tell() > 65_536:
                yield kept.getvalue()
                kept.seek(0)
                kept.truncate()
    yield kept.getvalue()
