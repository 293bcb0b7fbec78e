"""Files that came in, and those that wait for a word on their columns."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from threading import Lock

from waqai.core import UnknownId
from waqai.gates.limits import MOST_UPLOADED
from waqai.wording import _

TABLES = (".csv", ".tsv", ".xlsx")
MOST_WAITING, MOST_WAITING_BYTES = 20, 3 * MOST_UPLOADED


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came, with what a person said of all that came with it. `named`: which column holds what, for a table."""

    name: str
    content: bytes
    publisher: str | None
    published: date | None
    named: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def is_table(self) -> bool:
        return self.name.lower().endswith(TABLES)


class Waiting:
    """Uploads whose tables wait for a word on their columns, by a key of the page that asks. Shared by threads.

    The oldest go when there are too many or too much.
    """

    def __init__(self) -> None:
        self._kept: dict[str, list[Upload]] = {}
        self._lock = Lock()

    def keep(self, uploads: list[Upload]) -> str:
        """The key under which they wait; nobody guesses it."""
        key = secrets.token_urlsafe(16)
        with self._lock:
            self._kept[key] = uploads
            while len(self._kept) > MOST_WAITING or (len(self._kept) > 1 and sum(map(_size, self._kept.values())) > MOST_WAITING_BYTES):
                del self._kept[next(iter(self._kept))]
        return key

    def get(self, key: str) -> list[Upload]:
        """Raises UnknownId."""
        with self._lock:
            if key not in self._kept:
                raise UnknownId(_("these files are not waiting any more: add them again"))
            return self._kept[key]

    def drop(self, key: str) -> None:
        with self._lock:
            self._kept.pop(key, None)


def _size(uploads: list[Upload]) -> int:
    return sum(len(upload.content) for upload in uploads)
