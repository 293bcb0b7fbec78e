"""Every form in which records leave, by the name that `waqai export --format` takes: a plain literal, one entry for each.

A crosswalk is a `Target`: its shape makes rows for a table file, or its lines objects for a file of JSON lines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from waqai.export.shapes import Lines, Making, Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A scheme that records are translated into. Exactly one of `shape` and `lines` is given; `title` names the scheme for a person."""

    name: str
    title: str
    shape: Callable[[Making], Shape] | None = None
    lines: Callable[[Making], Lines] | None = None


_TARGETS: tuple[Target, ...] = ()
TARGETS: Mapping[str, Target] = {target.name: target for target in _TARGETS}
"""acled, ucdp, plover: tables. ftm: lines."""
