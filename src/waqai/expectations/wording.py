"""Entries and rules in a person's words."""

from __future__ import annotations

from collections.abc import Iterator

from waqai.expectations.register import Registered
from waqai.expectations.shapes import Draft, Frozen, Pattern, Rule, settles_on

_DIRECTIONS = {
    "occurs": "at least one incident of {what}",
    "does_not": "no incident of {what}",
    "more": "more incidents of {what} than in as many days before",
    "fewer": "fewer incidents of {what} than in as many days before",
}


def describe_rule(rule: Rule) -> str:
    """The question in one sentence.

    >>> from datetime import date
    >>> from waqai.expectations.shapes import Coverage
    >>> asked = Coverage(reports=10, of_family=2, publishers=2, lag_days=7)
    >>> days = {"first": date(2023, 6, 21), "last": date(2023, 7, 20), "days": 30}
    >>> pattern = Pattern(types=("arrest", "recapture"), country="TR")
    >>> describe_rule(Rule(route="event", pattern=pattern, direction="occurs", absence="unresolvable", coverage=asked, **days))
    'at least one incident of arrest or recapture in TR, 2023-06-21 to 2023-07-20'
    """
    if rule.route != "event" and rule.condition is not None:
        asked = f"is {_what(rule.pattern)} more frequent for {rule.days} days than it would be anyway?"
        return f"after each {_what(rule.condition)} on record until {rule.last}: {asked}"
    said = _DIRECTIONS[rule.direction].format(what=_what(rule.pattern))
    if rule.speakers > 1:
        said += f", told by {rule.speakers} independent speakers or more"
    if rule.condition is not None:
        return f"if there is {_what(rule.condition)}, {rule.first} to {rule.last}: {said}, in the {rule.days} days after it"
    return f"{said}, {rule.first} to {rule.last}"


def describe_horizon(one: Draft | Frozen) -> str:
    """Where the days come from.

    A horizon that nobody named is called imputed.
    """
    if one.horizon == "explicit":
        return f"horizon as said: “{one.horizon_words}”"
    return f"horizon imputed: {one.horizon_words}" if one.horizon == "imputed" else f"horizon {one.horizon_words}"


def describe_band(one: Draft | Frozen) -> str:
    """
    >>> from types import SimpleNamespace
    >>> from waqai.codebook.strength import Band
    >>> describe_band(SimpleNamespace(band=Band(word="likely", low=0.6, high=0.8, basis="words", version="0.1.0")))
    '“likely”: .60–.80, midpoint .70 (table 0.1.0)'
    """
    band = one.band
    source = {"words": f"“{band.word}”", "stance": f"no word of strength, by its stance {band.word}", "person": "as a person set it"}[band.basis]
    low, high, middle = (f"{p:.2f}".lstrip("0") for p in (band.low, band.high, band.middle))
    return f"{source}: {low}–{high}, midpoint {middle} (table {band.version})"


def describe_silence(rule: Rule) -> str:
    """What it means where nothing is reported."""
    if rule.route != "event":
        return "no single outcome: a question about many incidents"
    if rule.absence == "unresolvable":
        return "silence: unresolvable, as such a thing is seldom seen"
    asked = rule.coverage
    told = f"{asked.reports} reports or more of the window tell of the country, {asked.of_family} of them of such happenings"
    return f"silence: no, if {told}, from {asked.publishers} publishers; else unresolvable"


def describe_state(one: Registered) -> str:
    """
    A word for lists: too early, waits for a person, or what came of it.
    """
    if one.state != "open":
        return one.state
    if one.frozen.rule.route != "event":
        return "rate question" if one.frozen.rule.route == "rate" else "event study"
    if one.proposal is None or one.proposal.outcome == "too_early":
        return "open"
    return f"proposed: {one.proposal.outcome}"


def describe_entry(one: Registered) -> Iterator[str]:
    """The lines under an entry: its question, its band, what came of it."""
    frozen = one.frozen
    yield describe_rule(frozen.rule)
    yield f"{describe_horizon(frozen)}; {describe_band(frozen)}"
    yield describe_silence(frozen.rule)
    if frozen.late:
        yield "registered late: the days that count had begun, so that it is left out of scores"
    if one.withdrawn is not None:
        yield f"withdrawn by entry {one.withdrawn}"
    if one.resolution is not None:
        said = one.resolution
        cited = f", citing {', '.join(cited.incident for cited in said.cited)}" if said.cited else ""
        because = f" ({said.because})" if said.because else ""
        yield f"resolved {said.outcome.replace('_', ' ')}{cited}, by {said.by.removeprefix('person:')} on {said.at.date()}{because}; the rule said: {said.why}"
    for doubt in one.doubts:
        yield f"open again: {doubt}"
    if one.proposal is not None and (one.resolution is None or one.doubts):
        yield f"the rule proposes {one.proposal.outcome.replace('_', ' ')}: {one.proposal.why}"
    if one.state == "open" and frozen.rule.route == "event":
        yield f"settled on {settles_on(frozen.rule)} at the latest"


def _what(pattern: Pattern) -> str:
    named = [one.replace("_", " ") for one in (*pattern.types, *pattern.families)]
    what = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"
    by = f" with {pattern.actor}" if pattern.actor else ""
    where = f" in {pattern.admin1}, {pattern.country}" if pattern.admin1 else f" in {pattern.country}" if pattern.country else ""
    return f"{what}{by}{where}"
