"""Claims about many incidents, which no single later incident can settle: what the record has to answer them with, or why it cannot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import sqlalchemy as sa

from waqai.expectations.seeking import seek
from waqai.expectations.shapes import Rule
from waqai.patterns.testable import NotTestable

FEWEST_REFERENCES = 5
"""Reference dates under which nothing is tested (anchors/patterns.md §5, rule 6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerable:
    """What an event study is handed: the `references` that are counted from (days of the record, each once), and the days of what may follow.

    Whether more follows than would have anyway is for the event study to say, with its null; a share of references that were followed says nothing alone.
    """

    references: tuple[date, ...]
    outcomes: tuple[date, ...]
    within_days: int


def look_for_references(connection: sa.Connection, rule: Rule) -> Answerable | NotTestable:
    """The reference days of a claim of the routes "rate" and "event_study", on record until the day of the claim. Success is asked of what a rate is
    counted from: an attempt that failed encourages nobody by the claim's own words."""
    assert rule.condition is not None
    asked = replace(rule, statuses=("occurred", "ongoing"))
    found = seek(connection, rule.condition, asked, first=rule.first, last=rule.last).sure
    references = tuple(sorted({one.latest for one in found}))
    if len(references) < FEWEST_REFERENCES:
        return NotTestable(why=_say_why(len(references), rule))
    until = references[-1] + timedelta(days=rule.days)
    outcomes = seek(connection, rule.pattern, rule, first=rule.first, last=until).sure
    return Answerable(references=references, outcomes=tuple(one.latest for one in outcomes), within_days=rule.days)


def _say_why(found: int, rule: Rule) -> str:
    dates = "1 reference date" if found == 1 else f"{found} reference dates"
    after = "what is said to bring it about" if rule.route == "rate" else "what the days are counted from"
    return f"not testable: {dates} on record ({after}); {FEWEST_REFERENCES} are needed before a pattern can be told from chance"
