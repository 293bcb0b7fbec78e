"""What was erased from a store, as a file beside its backups: when the store itself is lost, a backup is still restored without it.

A line of JSON for each erased report: its hash and id, when, by whom and why; never its words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from waqai.core import NotPossible
from waqai.logbook.tombstones import Tombstone
from waqai.store import Store


def iter_erasures(store: Store) -> Iterator[Tombstone]:
    """The erasures that stand: of a text that was taken in again since there is none."""
    yield from (stone for stone in store.iter_tombstones() if not stone.readmitted)


def erasure_lines(stones: Iterable[Tombstone]) -> Iterator[str]:
    """Each as a line."""
    for stone in stones:
        told = {"sha256": stone.sha256, "id": stone.id, "at": stone.at.isoformat(), "by": stone.by, "because": stone.because}
        yield json.dumps(told, ensure_ascii=False) + "\n"


def load_erasures(file: Path) -> tuple[Tombstone, ...]:
    """The erasures of a list. Raises NotPossible for a file that is none, with the line: an erasure that is passed over would bring words back."""
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")  # a reason may hold other characters that end lines: JSON leaves them
    except (OSError, UnicodeDecodeError) as error:
        raise NotPossible(f"cannot read the list of erasures {str(file)!r}: {error}") from error
    return tuple(_stone_of(line, f"{file}, line {number}") for number, line in enumerate(lines, 1) if line.strip())


def _stone_of(line: str, where: str) -> Tombstone:
    try:
        told: dict[str, Any] = json.loads(line)
        at = datetime.fromisoformat(told["at"])
        found = Tombstone(sha256=str(told["sha256"]), id=str(told["id"]), at=at, by=str(told["by"]), because=str(told["because"]))
    except (ValueError, TypeError, KeyError) as error:
        raise NotPossible(f"{where} is no erasure ({error!r}): the list is what `waqai erase --list` writes") from error
    if len(found.sha256) != 64 or at.tzinfo is None:
        raise NotPossible(f"{where} is no erasure: it needs a SHA-256 of 64 digits and an instant with its zone")
    return found
