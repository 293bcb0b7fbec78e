"""What the rows of a file look like, whatever the form of the file: names and kinds of the columns, and how a cleared record becomes rows.

A shape says what; a writer (csv, xlsx, parquet, geojson, gpkg) says how it is laid down. Lines are the same for files of nested objects, one on each line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

from waqai.bounds import Cleared
from waqai.codebook import ActorRegister, Codebook, load_actors
from waqai.core import Day
from waqai.export.figures import Combiner

Kind: TypeAlias = Literal["text", "number", "integer", "day", "truth"]
Value: TypeAlias = str | float | int | Day | bool | None
Row: TypeAlias = tuple[Value, ...]
"""Plain values in the order of the shape's columns; None: not known, or not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its `name` in the file, of which kind its values are, what it holds in a few words, and its hashtag by HXL 1.1 (None: it has none)."""

    name: str
    kind: Kind
    title: str
    hxl: str | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """What has no home in a shape: `reason` is one of few sentences, to count by; `detail` says what of the incident."""

    reason: str
    detail: str


class Shape(Protocol):
    """What rows look like. `needs_accounts`: records are to be loaded with what tells of them (`told=True`)."""

    @property
    def name(self) -> str: ...
    @property
    def columns(self) -> tuple[Column, ...]: ...
    @property
    def needs_accounts(self) -> bool: ...
    def iter_rows(self, cleared: Cleared) -> Iterator[Row | Dropped]:
        """The rows of one record, and what of it has no home."""
        ...


class Lines(Protocol):
    """What the objects of a file with one on each line look like; their values are plain JSON."""

    @property
    def name(self) -> str: ...
    @property
    def needs_accounts(self) -> bool: ...
    def iter_objects(self, cleared: Cleared) -> Iterator[Mapping[str, Any] | Dropped]:
        """The objects of one record, and what of it has no home."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What a shape may need to be made: the codebook, how competing figures become low, best and high, and the register of actors (the shipped one)."""

    codebook: Codebook
    combiner: Combiner
    register: ActorRegister = field(default_factory=load_actors)


def find_point(shape: Shape) -> tuple[int, int] | None:
    """Where a shape's columns of latitude and longitude stand; None: it has none."""
    names = [column.name for column in shape.columns]
    return (names.index("lat"), names.index("lon")) if {"lat", "lon"} <= set(names) else None
