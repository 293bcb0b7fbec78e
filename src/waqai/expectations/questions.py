"""Claims about many incidents, which no single later incident can settle: what the record has to answer them with, or why it cannot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import sqlalchemy as sa

from waqai.expectations.seeking import seek
from waqai.expectations.shapes import Rule
from waqai.patterns.event_study import SHIFT_DAYS, SHORTEST_WINDOW_DAYS, EventStudy, study_after
from waqai.patterns.series import count_days
from waqai.patterns.testable import NotTestable

SEED, SURE = 1, 0.05
FEWEST_REFERENCES = 5
"""Reference dates under which nothing is tested (anchors/patterns.md §5, rule 6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerable:
    """What an event study is handed: the `references` that are counted from (days of the record, each once), and the days of what may follow, which are none of
    the references themselves. `of_itself`: what may follow is of the same pattern as what it is counted from.

    A share of references that were followed says nothing alone: whether more follows than would have anyway is for the study to say, with its null.
    """

    references: tuple[date, ...]
    outcomes: tuple[date, ...]
    within_days: int
    of_itself: bool = False


def describe_answer(answer: Answerable | NotTestable) -> str:
    """The answer in words: why there is none, where to ask for it, or the event study over the window of the claim, with its null.

    >>> describe_answer(NotTestable(why="not testable: 1 reference date"))
    'not testable: 1 reference date'
    """
    if isinstance(answer, NotTestable):
        return answer.why
    told = f"{len(answer.references)} reference days on record"
    if answer.of_itself:
        return f"{told}: whether one raises the rate of the next is asked by `waqai patterns excitation`, against its nulls"
    if not answer.outcomes:
        return f"not testable: {told}, and nothing on record that could follow them"
    found = study_after(
        count_days(answer.outcomes, first=answer.outcomes[0], last=answer.outcomes[-1]), answer.references, seed=SEED, windows_days=(answer.within_days,)
    )
    return found.why if isinstance(found, NotTestable) else _say(found)


def _say(found: EventStudy) -> str:
    (one,) = found.windows
    verdict = "more than near them" if one.p_holm < SURE else "no rise that chance would not give"
    counted = f"within {one.window_days} days {one.observed} where {one.expected:.1f} are expected (ratio {one.ratio:.2f}, {one.low:.2f} to {one.high:.2f})"
    null = f"p = {one.p_raised:.3f}, each of {len(found.references)} reference dates moved by up to {found.shift_days} days, {found.permutations} times"
    return f"{verdict}: {counted}; {null}; {found.tests} window tested. Associated in time, no more is said"


def look_for_references(connection: sa.Connection, rule: Rule) -> Answerable | NotTestable:
    """The reference days of a claim of the routes "rate" and "event_study", on record until the day of the claim. Success is asked of what a rate is
    counted from: an attempt that failed encourages nobody by the claim's own words."""
    assert rule.condition is not None
    asked = replace(rule, statuses=("occurred", "ongoing"))
    found = seek(connection, rule.condition, asked, first=rule.first, last=rule.last).sure
    references = tuple(sorted({one.latest for one in found if one.earliest == one.latest}))  # what is known to a month only is on no day
    if len(references) < FEWEST_REFERENCES:
        return NotTestable(why=_say_why(len(references), rule))
    counted_from = {one.incident for one in found}
    outcomes = seek(connection, rule.pattern, rule, first=rule.first, last=_until(rule)).sure
    days = sorted(one.latest for one in outcomes if one.incident not in counted_from and one.earliest == one.latest)
    of_itself = (rule.pattern.types, rule.pattern.families) == (rule.condition.types, rule.condition.families)
    return Answerable(references=references, outcomes=tuple(days), within_days=max(rule.days, SHORTEST_WINDOW_DAYS), of_itself=of_itself)


def _until(rule: Rule) -> date:
    """What comes after the claim counts as far as the record goes on: the days around the last reference are part of its null."""
    return rule.last + timedelta(days=rule.days + SHIFT_DAYS)


def _say_why(found: int, rule: Rule) -> str:
    dates = "1 reference date" if found == 1 else f"{found} reference dates"
    after = "what is said to bring it about" if rule.route == "rate" else "what the days are counted from"
    return f"not testable: {dates} on record ({after}); {FEWEST_REFERENCES} are needed before a pattern can be told from chance"
