"""What is written down of every call of a model's server: a line of JSON in a file beside the store. No text of a report or an answer stands in it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from waqai.core import StoreError
from waqai.flow.doors import default_store


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call: when it ended, whom it asked, about which report, how much went out and came in, and what became of it in two or three words."""

    at: datetime
    host: str
    address: str | None
    report: str
    sha256: str
    bytes_out: int
    bytes_in: int
    outcome: str


class CallLog:
    """A file that lines are added to."""

    def __init__(self, path: Path) -> None:
        """Raises StoreError when nothing can be written there: a call that could not be logged is not made."""
        self.path = path
        self._append("")

    def write(self, call: Call) -> None:
        """Add a line. Raises StoreError."""
        self._append(json.dumps({**asdict(call), "at": call.at.isoformat()}) + "\n")

    def _append(self, line: str) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(line)
        except OSError as error:
            raise StoreError(f"calls of the model cannot be logged in {str(self.path)!r} ({error}), so none is made; check the folder's permissions") from error


def call_log_path(store: str | None) -> Path:
    """The log's file: beside a store that is a file; in the user's data folder for one on a server."""
    named = store or str(default_store())
    return Path(f"{named}.model-calls.jsonl") if "://" not in named else default_store("model-calls.jsonl")
