"""What every writer of a file is handed beside the records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from waqai.export.about import About
from waqai.export.tally import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """`tally` counts what goes by; `about` is to be asked when all records have gone by, as it tells the counts. `bom`, `hxl`: for csv and xlsx."""

    tally: Tally
    about: Callable[[], About]
    bom: bool = False
    hxl: bool = False
