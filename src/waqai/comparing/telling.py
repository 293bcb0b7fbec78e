"""A comparison as a file: rows as csv, or everything as JSON, with what is to be known of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from waqai import __version__
from waqai.bounds import INTERNAL, Profile
from waqai.comparing.comparison import Comparison
from waqai.comparing.sheet import Sheet
from waqai.comparing.summing import count_agreement, count_places, count_reasons
from waqai.export import ATTRIBUTION, NOT_ON
from waqai.export.csv_file import make_cells

IDS_ONLY = "ids only: its terms, or that nobody noted any, forbid to pass its values on; the profile internal has them"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is to be known of a comparison that is written down. `last_entry` and `dated` are those of the log's last entry; `fresh` and `terms` count what of
    ours was held back, `set_aside` the rows of the file that could not be read."""

    profile: Profile
    file: str
    filters: Mapping[str, object]
    last_entry: int
    dated: datetime | None
    fresh: int
    terms: int
    set_aside: int

    def lines(self, comparison: Comparison) -> Iterator[tuple[str, str]]:
        """Name and value."""
        ours, theirs = count_places(comparison)
        scheme = comparison.scheme
        yield "made by", f"waqai {__version__}"
        yield "profile", NOT_ON if self.profile == INTERNAL else self.profile.name
        yield "our record", _incidents(ours.all) + (f", as of entry {self.last_entry} of its log, {self.dated.date().isoformat()}" if self.dated else "")
        yield "their record", f"{theirs.all} rows of {scheme.title}" + (f"; {self.set_aside} more could not be read" if self.set_aside else "")
        yield "terms of theirs", scheme.terms or "none noted"
        yield "values of theirs", "in it" if scheme.may_leave(self.profile) else IDS_ONLY
        yield "filters", "; ".join(self._filters()) or "none"
        yield "held back", self._held_back(scheme.title) or "nothing"
        yield "places", ATTRIBUTION
        yield "reading it", "Neither record is the measure of the other. What is outside one by its own rules, days or countries is no miss of it."

    def _filters(self) -> Iterator[str]:
        for name, value in self.filters.items():
            if value:
                yield f"{name} {', '.join(map(str, value)) if isinstance(value, tuple) else value}" if self.profile == INTERNAL else f"{name} (set)"

    def _held_back(self, title: str) -> str:
        told = [f"{_incidents(self.fresh)} of the last 72 hours"] if self.fresh else []
        told += [f"{_incidents(self.terms)} that only rows of {title}, or reports that must not be passed on, tell of"] if self.terms else []
        return "; ".join(told)


def write_sheet(comparison: Comparison, file: BinaryIO, about: About) -> None:
    """One row for each happening as csv (RFC 4180, UTF-8); texts that a spreadsheet would take for formulas are guarded."""
    sheet = Sheet(comparison, theirs=comparison.scheme.may_leave(about.profile))
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(sheet.columns)
    for row in sheet.iter_rows():
        rows.writerow(make_cells(tuple(row.get(name) for name in sheet.columns)))
    text.flush()
    text.detach()


def as_json(comparison: Comparison, about: About) -> dict[str, Any]:
    """Everything as plain JSON: what is to be known, the counts, how far both agree, and the rows."""
    ours, theirs = count_places(comparison)
    sheet = Sheet(comparison, theirs=comparison.scheme.may_leave(about.profile))
    return {
        "about": [list(line) for line in about.lines(comparison)],
        "dataset": comparison.scheme.name,
        "ours": asdict(ours),
        "theirs": asdict(theirs),
        "ours_outside": dict(count_reasons(comparison.ours_only)),
        "theirs_outside": dict(count_reasons(comparison.theirs_only)),
        "agreement": [asdict(one) for one in count_agreement(comparison.matched)],
        "rows": [{name: _plain(value) for name, value in row.items()} for row in sheet.iter_rows()],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _incidents(many: int) -> str:
    return f"{many} incident{'' if many == 1 else 's'}"
