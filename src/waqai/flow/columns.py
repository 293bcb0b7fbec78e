"""What the columns of a table hold: as a person names them now, else as was kept for tables with the same headers, else by what the headers say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from waqai.core import Columns
from waqai.intake import check_columns, guess_columns, override_columns


@dataclass(slots=True)
class ColumnChooser:
    """Chooses the columns of tables as they come. `find` gives what was kept, `keep` keeps what is named now; both can be set once a store is open."""

    named: Mapping[str, Sequence[str]] = field(default_factory=dict)
    find: Callable[[Sequence[str]], Columns | None] | None = None
    keep: Callable[[Sequence[str], Columns], None] | None = None

    def __call__(self, headers: Sequence[str]) -> Columns:
        """The columns of a table with these headers. Raises MissingColumn where columns are named that it does not have; nothing is kept then."""
        kept = self.find(headers) if self.find is not None else None
        columns = override_columns(kept or guess_columns(headers), self.named)
        if self.named and self.keep is not None:
            check_columns(columns, headers)
            self.keep(headers, columns)
        return columns
