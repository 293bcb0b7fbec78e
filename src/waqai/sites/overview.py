"""Small sums for the overviews: incidents by month, files with their sizes."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from waqai.sites.listing import Listed

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """Incidents whose earliest day lies in the month, with the first and the last day of it."""

    name: str
    first: str
    last: str
    incidents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    year: int
    months: tuple[Month, ...]
    incidents: int


def count_by_month(listed: Sequence[Listed]) -> tuple[Year, ...]:
    """The years that have incidents, newest first, each with its twelve months; incidents without a day are in none."""
    counts = Counter((one.earliest.year, one.earliest.month) for one in listed if one.earliest is not None)
    years = sorted({year for year, _ in counts}, reverse=True)
    return tuple(_year(year, {month: counts[year, month] for month in range(1, 13)}) for year in years)


def _year(year: int, counts: Mapping[int, int]) -> Year:
    months = tuple(
        Month(name=name, first=f"{year:04}-{n:02}-01", last=f"{year:04}-{n:02}-{_days(year, n)}", incidents=counts[n]) for n, name in enumerate(MONTHS, start=1)
    )
    return Year(year=year, months=months, incidents=sum(counts.values()))


def _days(year: int, month: int) -> int:
    """
    >>> _days(2024, 2), _days(2023, 12)
    (29, 31)
    """
    return monthrange(year, month)[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file for download: `path` in the release."""

    path: str
    what: str
    size: str


def list_files(folder: Path, kinds: Mapping[str, str]) -> tuple[File, ...]:
    """The files of a release that are there, in the order in which `kinds` names them."""
    return tuple(File(path=path, what=what, size=size_text((folder / path).stat().st_size)) for path, what in kinds.items() if (folder / path).is_file())


def size_text(size: int) -> str:
    """
    >>> size_text(900), size_text(81_635), size_text(5_300_000)
    ('900 bytes', '82 KB', '5.3 MB')
    """
    return f"{size} bytes" if size < 1_000 else f"{size / 1_000:.0f} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
