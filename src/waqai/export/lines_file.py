"""One JSON object on each line (JSON Lines, UTF-8)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import BinaryIO

from waqai.bounds import Cleared
from waqai.export.guard import make_whole
from waqai.export.shapes import Lines
from waqai.export.writing import Writing


def write_lines(lines: Lines, records: Iterable[Cleared], file: BinaryIO, writing: Writing) -> None:
    """The objects of each record."""
    for record in records:
        for one in writing.tally.objects_of(lines, record):
            file.write(make_whole(json.dumps(one, ensure_ascii=False)).encode("utf-8") + b"\n")
