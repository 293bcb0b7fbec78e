"""Batches: each run of an import that changed something, as the log has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from waqai.core import NotPossible, ReaderStamp
from waqai.imports.composing import VERSION
from waqai.store import Standing, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One import: when, by whom, of which file; `brought` rows and `taken` out (older versions, and rows missing from a whole file)."""

    id: str
    entry: int
    at: datetime
    by: str
    dataset: str
    publisher: str
    file: str
    sha256: str
    stamp: ReaderStamp
    brought: int
    taken: int
    undone_by: int | None


def list_batches(store: Store) -> tuple[Batch, ...]:
    """Every batch, oldest first."""
    return tuple(_iter_batches(store))


def get_batch(name: str, store: Store) -> Batch:
    """The batch of this id. Raises NotPossible, which names those there are."""
    found = {batch.id: batch for batch in list_batches(store)}
    if name not in found:
        known = ", ".join(found) if found else "none"
        raise NotPossible(f"there is no import {name!r} in store {store.address}; there are: {known}")
    return found[name]


def next_batch(store: Store) -> str:
    """The id that the next batch gets."""
    return f"import-{sum(1 for _ in store.iter_batches()) + 1}"


def _iter_batches(store: Store) -> Iterator[Batch]:
    counted = store.count_batch_rows()
    for one in store.iter_batches():
        yield _batch(one, counted)


def _batch(one: Standing, counted: Mapping[tuple[str, str], tuple[int, int]]) -> Batch:
    entry = one.entry
    said: Any = entry.value
    stamp = ReaderStamp(name=said["reader"], version=said.get("version", VERSION), settings_hash=said["settings_hash"])
    brought, taken = counted.get((stamp.name, stamp.settings_hash), (0, 0))
    return Batch(
        id=entry.subject,
        entry=entry.id,
        at=entry.at,
        by=entry.by,
        dataset=said["dataset"],
        publisher=said["publisher"],
        file=said["file"],
        sha256=said["sha256"],
        stamp=stamp,
        brought=brought,
        taken=taken,
        undone_by=one.undone_by,
    )
