"""One phrase to resolve, and what it may lean on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from waqai.core import UnresolvedDate
from waqai.dating.clock import TextClock
from waqai.dating.days import Days
from waqai.dating.phrase import Basis, Dated, DatePhrase

# how many days an anchor may hold for days to be counted from it
_ANCHOR_DAYS = 31
YEAR_OF = {"same": 0, "following": 1, "previous": -1}

Result: TypeAlias = tuple[Days, Basis, str, float]  # the days, how they are known, the rule, how sure


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One phrase to resolve and what it may lean on."""

    phrase: DatePhrase
    clock: TextClock
    future: bool
    anchor: Dated | None

    def refuse(self, reason: str) -> UnresolvedDate:
        return UnresolvedDate(self.phrase.words, reason)

    def reference(self) -> date:
        """The day to count from, exact or not. Raises UnresolvedDate when there is none."""
        if self.clock.reference is None:
            raise self.refuse(self.clock.because)
        return self.clock.reference

    def report_day(self) -> date:
        """The report's own day. Raises UnresolvedDate when only some other day is known."""
        if self.clock.reference is None or not self.clock.exact:
            raise self.refuse("it counts from the day of the report, which is not given")
        return self.clock.reference

    def anchored(self) -> Dated:
        """The happening to count from. Raises UnresolvedDate when there is none, or when days are counted from one that is not known to the month."""
        if self.anchor is None:
            named = "it counts from the happening that the words behind it name, whose day is not given"
            raise self.refuse(named if self.phrase.names_anchor else "it counts from another happening, and none with a day is told before it")
        if self.phrase.unit in ("day", "hour") and (self.anchor.latest - self.anchor.earliest).days > _ANCHOR_DAYS:
            raise self.refuse(f"it counts days from a happening known only to lie in {self.anchor.earliest}..{self.anchor.latest}")
        return self.anchor
