"""What a rule proposes, and whether what a person confirmed still stands on the record of today. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from waqai.expectations.seeking import Covered, Evidence, Found, Sought
from waqai.expectations.shapes import Outcome, Rule, settles_on

NONE = "no incident on record answers to it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the rule makes of the record, for a person to confirm: `why` is a sentence, `incidents` are those that it rests on."""

    outcome: Outcome
    why: str
    incidents: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """An incident that an outcome rests on, with the reports (hashes) that told of it when it was resolved; `answers`: the rule had found it, too."""

    incident: str
    reports: tuple[str, ...]
    answers: bool = True


def propose(rule: Rule, evidence: Evidence, *, today: date) -> Proposal:
    """The outcome that follows from the evidence, as of this day."""
    if rule.condition is not None and evidence.trigger is None:
        return _without_trigger(rule, evidence, today=today)
    assert evidence.last is not None
    found, settled = evidence.sought, today > settles_on(rule)
    if rule.same_people and found.sure:
        ids = ", ".join(one.incident for one in found.sure[:5])
        why = f"{_many(found)}, and whether it was the same people is for a person to say: {ids}"
        return Proposal(outcome="unresolvable" if settled else "too_early", why=why, incidents=found.sure)
    if rule.direction == "occurs" and found.sure:
        return Proposal(outcome="yes", why=f"{_many(found)} in the days that count", incidents=found.sure)
    if rule.direction == "does_not" and found.sure:
        return Proposal(outcome="no", why=f"it was not to be, and {_many(found)} in the days that count", incidents=found.sure)
    if not _is_over(rule, evidence, today=today, settled=settled):
        why = f"the days that count end on {evidence.last}, and reports of them are waited for another {rule.coverage.lag_days} days"
        return Proposal(outcome="too_early", why=why)
    if rule.direction in ("more", "fewer"):
        return _compare(rule, evidence)
    if found.unsure:
        ids = ", ".join(one.incident for one in found.unsure[:3])
        return Proposal(outcome="unresolvable", why=f"what may match is not known to the day or province: {ids}", incidents=found.unsure)
    return _silence(rule, evidence.covered)


def describe_coverage(covered: Covered, rule: Rule) -> str:
    """
    >>> from waqai.expectations.shapes import Coverage
    >>> from types import SimpleNamespace
    >>> asked = SimpleNamespace(coverage=Coverage(reports=10, of_family=2, publishers=2, lag_days=7))
    >>> describe_coverage(Covered(reports=3, of_family=0, publishers=1, enough=False), asked)
    '3 reports tell of the country (10 are asked), 0 of such happenings (2), from 1 publisher (2)'
    """
    asked, publishers = rule.coverage, "publisher" if covered.publishers == 1 else "publishers"
    reports = f"{covered.reports} {'report tells' if covered.reports == 1 else 'reports tell'} of the country ({asked.reports} are asked)"
    return f"{reports}, {covered.of_family} of such happenings ({asked.of_family}), from {covered.publishers} {publishers} ({asked.publishers})"


def rests_on_incidents(rule: Rule, outcome: str) -> bool:
    """Whether the outcome says that something came about, so that it has to cite it; of others the rule's sentence says why none is needed."""
    return outcome == "yes" if rule.direction in ("occurs", "more") else outcome == "no" and rule.direction == "does_not"


def find_doubts(outcome: Outcome, cited: Sequence[Cited], *, proposed: Outcome, now: Mapping[str, Found], proposal: Proposal) -> tuple[str, ...]:
    """Why an outcome that a person confirmed is open again: what it cites is gone or changed, or the record says otherwise by now. Empty: it stands.

    `proposed` is what the rule said then: who corrected it knew. `now` are the cited incidents as they are today, `proposal` what the rule makes of today's
    record.
    """
    answering = {found.incident for found in proposal.incidents}
    doubts = list[str]()
    for one in cited:
        current = now.get(one.incident)
        if current is None:
            doubts.append(f"{one.incident} is on record no more: it was withdrawn, rejected, or merged into another")
        elif lost := set(one.reports) - set(current.reports):
            doubts.append(f"{one.incident} has lost {len(lost)} of the reports that told of it: it was split, or a report erased")
        elif one.answers and one.incident not in answering:
            doubts.append(f"{one.incident} does not answer to the rule any more, as it was corrected")
    if not doubts and proposal.outcome in ("yes", "no") and proposal.outcome not in (outcome, proposed):
        came = ", ".join(one.incident for one in proposal.incidents[:3])
        doubts.append(f"the rule says {proposal.outcome} by now{': ' + came if came else ''}")
    return tuple(doubts)


# -- inside


def _is_over(rule: Rule, evidence: Evidence, *, today: date, settled: bool) -> bool:
    assert evidence.last is not None
    return settled or (rule.condition is not None and (today - evidence.last).days > rule.coverage.lag_days)


def _without_trigger(rule: Rule, evidence: Evidence, *, today: date) -> Proposal:
    covered = evidence.condition_covered or evidence.covered
    if (today - rule.last).days <= rule.coverage.lag_days:
        return Proposal(outcome="too_early", why=f"its condition may be met until {rule.last}")
    if evidence.may_trigger:
        return Proposal(outcome="unresolvable", why="whether its condition was met in the days that count is not known to the day or province")
    if covered.enough:
        return Proposal(outcome="void", why=f"its condition was not met until {rule.last}: {describe_coverage(covered, rule)}")
    return Proposal(outcome="unresolvable", why=f"nobody can say whether its condition was met: {describe_coverage(covered, rule)}")


def _silence(rule: Rule, covered: Covered) -> Proposal:
    if rule.absence == "unresolvable":
        return Proposal(outcome="unresolvable", why=f"{NONE}, and such a thing is seldom seen: that it was not reported is no evidence")
    if not covered.enough:
        return Proposal(outcome="unresolvable", why=f"{NONE}, and the record covers the window too thinly: {describe_coverage(covered, rule)}")
    outcome: Outcome = "yes" if rule.direction == "does_not" else "no"
    return Proposal(outcome=outcome, why=f"{NONE}, and the window is covered: {describe_coverage(covered, rule)}")


def _compare(rule: Rule, evidence: Evidence) -> Proposal:
    """More or fewer than in as many days before; both windows covered, as a record that looks closer would count more."""
    then, now = len(evidence.before.sure), len(evidence.sought.sure)
    if evidence.sought.unsure or evidence.before.unsure:
        return Proposal(outcome="unresolvable", why="some incidents are not known to the day or province, so that nobody can compare the counts")
    thin = next((one for one in (evidence.covered, evidence.before_covered) if one is None or not one.enough), None)
    if thin is not None:
        return Proposal(outcome="unresolvable", why=f"the record covers one of the two windows too thinly to compare counts: {describe_coverage(thin, rule)}")
    is_so = now > then if rule.direction == "more" else now < then
    why = f"{now} in the days that count, {then} in as many days before"
    return Proposal(outcome="yes" if is_so else "no", why=why, incidents=evidence.sought.sure or evidence.before.sure)


def _many(found: Sought) -> str:
    return "1 incident answers to it" if len(found.sure) == 1 else f"{len(found.sure)} incidents answer to it"
