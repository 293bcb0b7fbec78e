"""Every form in which records leave, by the name that `waqai export --format` takes: a plain literal, one entry for each.

A crosswalk is a `Target`: its shape makes rows for a table file, or its lines objects for a file of JSON lines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from waqai.export.acled import AcledShape
from waqai.export.ftm import FtmLines
from waqai.export.plover import PloverShape
from waqai.export.shapes import Lines, Making, Shape
from waqai.export.ucdp import UcdpShape


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A scheme that records are translated into. Exactly one of `shape` and `lines` is given; `title` names the scheme for a person."""

    name: str
    title: str
    shape: Callable[[Making], Shape] | None = None
    lines: Callable[[Making], Lines] | None = None


_TARGETS: tuple[Target, ...] = (
    Target(name="acled", title="ACLED", shape=AcledShape),
    Target(name="ucdp", title="UCDP GED 24.1", shape=UcdpShape),
    Target(name="plover", title="PLOVER, as in POLECAT's weekly files", shape=PloverShape),
    Target(name="ftm", title="FollowTheMoney 4", lines=FtmLines),
)
TARGETS: Mapping[str, Target] = {target.name: target for target in _TARGETS}
"""acled, ucdp, plover: tables. ftm: lines."""
