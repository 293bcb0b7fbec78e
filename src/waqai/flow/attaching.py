"""A person's word on a report in which nothing was coded: whose story it tells, or does not. No later run goes against it."""

from __future__ import annotations

from waqai.core import NotPossible, Verdict
from waqai.flow.changes import Before, Change
from waqai.flow.clock import now
from waqai.flow.meanwhile import check_unchanged
from waqai.store import Store


def is_uncoded(name: str, store: Store) -> bool:
    """Whether the name is that of a report that was read and gave no account, and nobody added one."""
    reading = store.find_reading(name) if store.find_report(name) is not None else None
    return reading is not None and not reading.accounts


def judge_story(report: str, incident: str, verdict: Verdict, store: Store, *, because: str, by: str, expects: int | None = None) -> Change:
    """Put the report beside the incident ("same"), or tell it apart from it ("different").

    Raises UnknownId for an unknown incident, ChangedMeanwhile, and NotPossible where a person said so or told the two apart before, or the other side is no
    incident.
    """
    if not incident.startswith("i-"):
        raise NotPossible(
            f"in report {report!r} nothing was coded, so it can only be held against an incident (i-…), not {incident!r}; `waqai incidents` lists them"
        )
    with store.transaction():
        view, sha256 = store.get_incident(incident), store.get_report(report).sha256
        check_unchanged(store, expects, by=by, reports={sha256}, incidents={view.id})
        said = store.find_said_of_attachment(sha256)
        stands = store.find_attachment(report)
        if verdict == "different" and view.id in said.barred:
            raise NotPossible(f"a person told report {report!r} apart from incident {view.id} already")
        if verdict == "same" and said.settled and stands is not None and stands.incident == view.id:
            raise NotPossible(f"a person put report {report!r} beside incident {view.id} already, in entry {stands.entry}")
        if verdict == "same" and view.id in said.barred:
            raise NotPossible(f"a person told report {report!r} apart from incident {view.id}: `waqai log --report {report}` says who and why; undo that first")
        before = Before(store, {sha256})
        store.attach(sha256, view.id, right=view.accounts[0].account, verdict=verdict, score=1.0, because=because, by=by, at=now())
        return before.compare()
