"""The way from a source to its open table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from waqai.core import EmptyReport
from waqai.intake.child import Extractor
from waqai.intake.delimited import open_delimited
from waqai.intake.guard import Limits
from waqai.intake.rows import Table
from waqai.intake.sources import Source
from waqai.intake.workbook import open_workbook


@contextmanager
def open_table(source: Source, *, limits: Limits) -> Iterator[Table]:
    """The table of a source of kind "csv", "tsv" or "xlsx", while it is open. Raises EmptyReport, UnreadableReport, or OSError."""
    with source.open() as raw:
        if source.kind != "xlsx":
            yield open_delimited(raw, name=source.name, kind=source.kind, limits=limits)
            return
        content = raw.read(limits.max_file_bytes + 1)
        if not content:
            raise EmptyReport("the file is empty")
        with Extractor("sheets", limits=limits) as extractor:
            yield open_workbook(content, extractor, name=source.name)
