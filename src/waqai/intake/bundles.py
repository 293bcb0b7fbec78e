"""Files that hold many reports: what reads them is handed in, as it knows this room and not the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from waqai.core import Incoming, Notice
from waqai.intake.sources import Source


class Bundles(Protocol):
    """Opens files that hold many reports; see the room `archives`."""

    def find(self, source: Source) -> Iterator[Incoming | Notice] | None:
        """What the source holds, lazily; None where it is one report, or a table or list of our own kinds. The ids of the reports are proposals."""

    def close(self) -> None:
        """End what was started for it."""
