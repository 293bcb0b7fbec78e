"""What is to be known of a file that leaves: for whom it was written, from which state of the store, what is not in it, whose data it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from waqai import __version__
from waqai.bounds import INTERNAL, Profile
from waqai.bounds.cleared import WHY
from waqai.codebook import Codebook, FigureRule
from waqai.export.tally import Tally

ATTRIBUTION = "Place data: GeoNames (https://www.geonames.org), CC BY 4.0. Names of countries: Unicode CLDR."
NOT_ON = "internal profile: not to be passed on"
MOST_TERMS = 100
_TOLD = ("type", "family", "status", "grade", "country", "admin1", "since", "until")
"""Filters whose values are told. The others may hold a person's name or a note of the house: that they were set is told, not to what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The facts. `last_entry` and `dated` are those of the log's last entry (None: an empty log); `terms` of the reports that told of these incidents."""

    profile: Profile
    codebook: Codebook
    rule: FigureRule
    filters: Mapping[str, object]
    last_entry: int
    dated: datetime | None
    terms: Sequence[str]
    tally: Tally

    def lines(self) -> Iterator[tuple[str, str]]:
        """Name and value, in the order in which a person wants them."""
        yield "made by", f"waqai {__version__}"
        yield "profile", NOT_ON if self.profile == INTERNAL else self.profile.name
        yield "store", f"as of entry {self.last_entry} of its log, {self.dated.date().isoformat()}" if self.dated else "nothing is in its log"
        yield "codebook", f"{self.codebook.version} ({self.codebook.digest[:12]})"
        yield "figures", f"low, best and high by {self.rule}: {self.rule.source}"
        yield "filters", "; ".join(tell_filters(self.filters, self.profile, between=" ")) or "none"
        yield from ((f"rows of {name}", str(rows)) for name, rows in sorted(self.tally.rows.items()))
        yield from self._missing()
        yield "places", ATTRIBUTION
        yield "terms of reports", "; ".join(self.terms[:MOST_TERMS]) or "none told"
        if len(self.terms) > MOST_TERMS:
            yield "terms of reports", f"and {len(self.terms) - MOST_TERMS} more; the accounts have those of each report"
        yield "words", "Quoted words are the outlet's own only where text_origin says original; restated and composed texts are ours."
        yield (
            "reading it",
            "An empty cell is not known or not told. A low without a high is open: at least so many. In the public profile 1 or 2 is told as at most 2.",
        )

    def text(self) -> str:
        """As a file beside another."""
        return "".join(f"{name}: {value}\n" for name, value in self.lines())

    def as_plain(self) -> list[list[str]]:
        """As JSON holds it."""
        return [list(line) for line in self.lines()]

    def _missing(self) -> Iterator[tuple[str, str]]:
        for reason, why in WHY.items():
            if reason in self.tally.held_back:
                yield "held back", f"{self.tally.held_back[reason]} incidents: {why}"
        for (name, why), many in sorted(self.tally.dropped.items()):
            yield "without a home", f"{many} in {name}: {why}"
        if not (self.tally.held_back or self.tally.dropped):
            yield "held back", "nothing"


def tell_filters(filters: Mapping[str, object], profile: Profile, *, between: str = "=") -> Iterator[str]:
    """Each filter that is set, in words, with its value where the profile lets it be told.

    >>> list(tell_filters({"type": ("escape", "release"), "country": (), "words": "Yusuf"}, Profile(name="public")))
    ['type=escape or release', 'words (set)']
    """
    for name, value in filters.items():
        if value:
            said = (", " if between == " " else " or ").join(map(str, value)) if isinstance(value, tuple) else _tell_day(value, profile)
            yield f"{name}{between}{said}" if name in _TOLD or profile == INTERNAL else f"{name} (set)"


def _tell_day(value: object, profile: Profile) -> str:
    """A day as its month where some happenings are told so: a file found by exact days would tell theirs."""
    return value.isoformat()[:7] if isinstance(value, date) and profile.tender else str(value)
