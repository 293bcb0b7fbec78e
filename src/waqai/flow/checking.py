"""What does not add up in the reports of an incident."""

from __future__ import annotations

from waqai.codebook import check_tellings
from waqai.core import Account, Incident
from waqai.store import Store


def check_incident(incident: Incident, store: Store, *, last: int | None = None) -> tuple[str, ...]:
    """A sentence for each, with the report's id before it, in the order of the reports. What is told as background
    is not looked at; what persons corrected (by entries up to `last`) is."""
    by_report: dict[str, list[Account]] = {}
    for linked in incident.accounts:
        if linked.role in ("main", "part", "follow_up") and linked.review != "rejected":
            by_report.setdefault(linked.report, []).append(store.get_reviewed(linked.account, last=last).account)
    return tuple(f"{report}: {found}" for report, accounts in by_report.items() for found in _check_report(report, accounts, store))


def _check_report(id: str, accounts: list[Account], store: Store) -> tuple[str, ...]:
    report = store.get_report(id)
    speakers = {claim.id: claim.speaker_name for account in accounts for claim in store.get_claims_beside(account.id)}
    own = report.publisher or "the report"
    return check_tellings(accounts, text=report.text, published=report.published, name_of=lambda claim: speakers.get(claim or "", own))
