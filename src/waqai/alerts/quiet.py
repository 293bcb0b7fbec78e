"""Hours in which nobody is to be disturbed, in the time of some place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from waqai.core import NotPossible

_WRITTEN = re.compile(r"(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})(?:\s+(\S+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """From `start` to `end` of each day, over midnight where `end` is the earlier; both as "22:00". `zone` is a name of the time zone database."""

    start: str
    end: str
    zone: str

    def until(self, at: datetime) -> datetime | None:
        """When the quiet hours end in which this instant lies, in UTC; None outside them.

        >>> night = Quiet(start="22:00", end="07:00", zone="UTC")
        >>> night.until(datetime(2026, 1, 1, 23, 30, tzinfo=UTC)), night.until(datetime(2026, 1, 1, 7, tzinfo=UTC))
        (datetime.datetime(2026, 1, 2, 7, 0, tzinfo=datetime.timezone.utc), None)
        """
        zone = ZoneInfo(self.zone)
        start, end = time.fromisoformat(self.start), time.fromisoformat(self.end)
        today = at.astimezone(zone).date()
        for day in (today - timedelta(days=1), today):
            last = day + timedelta(days=1) if end <= start else day
            begins, ends = (datetime.combine(one, hour, zone).astimezone(UTC) for one, hour in ((day, start), (last, end)))
            if begins <= at < ends:
                return ends
        return None

    def __str__(self) -> str:
        return f"{self.start}-{self.end} {self.zone}"


def parse_quiet(words: str) -> Quiet:
    """Quiet hours as a person writes them. Raises NotPossible.

    >>> str(parse_quiet("22:00-7:00 UTC"))
    '22:00-07:00 UTC'
    """
    found = _WRITTEN.fullmatch(words.strip())
    if found is None:
        raise NotPossible(f"{words!r} are no quiet hours; write them as 22:00-07:00 Europe/Paris")
    zone = found[3] or "UTC"
    try:
        hours = [time.fromisoformat(one.rjust(5, "0")).isoformat("minutes") for one in found.group(1, 2)]
        ZoneInfo(zone)
    except ZoneInfoNotFoundError as error:
        raise NotPossible(f"this machine knows no time zone {zone!r}; zones are called as Europe/Paris or UTC") from error
    except ValueError as error:
        raise NotPossible(f"{words!r} are no quiet hours: {error}; write them as 22:00-07:00 Europe/Paris") from error
    if hours[0] == hours[1]:
        raise NotPossible(f"quiet hours {words!r} begin when they end: that is no time, or all of it; pause the alert instead")
    return Quiet(start=hours[0], end=hours[1], zone=zone)
