"""Which column of a table is what of a report."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from waqai.core.ids import text_sha256

DateOrder: TypeAlias = Literal["day_first", "month_first"]
_BLANKS = re.compile(r"[\s_\-./]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The headers of the columns that hold each field of a report, as the table writes them; only `text` is needed.

    Several columns of text are joined, in this order. `dates` is a person's word on how 03/04/2023 is meant; None: the column itself has to tell.
    """

    text: tuple[str, ...] = ()
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    id: str | None = None
    language: str | None = None
    dates: DateOrder | None = None

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header that is named."""
        return (*self.text, *(header for header in self.single.values() if header is not None))

    @property
    def single(self) -> dict[str, str | None]:
        """The fields that one column holds, with its header."""
        return {name: getattr(self, name) for name in SINGLE_FIELDS}


SINGLE_FIELDS = ("title", "publisher", "published", "url", "id", "language")
COLUMN_FIELDS = ("text", *SINGLE_FIELDS)


def fold_header(header: str) -> str:
    """The header without case, blanks, underscores and hyphens.

    >>> fold_header(" Event_Date"), fold_header("EVENT date")
    ('eventdate', 'eventdate')
    """
    return _BLANKS.sub("", unicodedata.normalize("NFKC", header).casefold())


def headers_fingerprint(headers: Iterable[str]) -> str:
    """The same 64 characters for tables with the same headers, in whatever order and case."""
    return text_sha256(json.dumps(sorted(fold_header(header) for header in headers), ensure_ascii=False))
