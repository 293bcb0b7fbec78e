"""What does not add up in the reports of an incident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from waqai.codebook import check_tellings
from waqai.core import Account, Claim, Incident, Report
from waqai.store import Store


def check_incident(incident: Incident, store: Store, *, last: int | None = None) -> tuple[str, ...]:
    """A sentence for each, with the report's id before it, in the order of the reports. What is told as background
    is not looked at; what persons corrected (by entries up to `last`) is."""
    told = [one for one in incident.accounts if one.role in ("main", "part", "follow_up") and one.review != "rejected"]
    seen, claims = store.get_all_reviewed([one.account for one in told], last=last), store.get_claims_of([one.account for one in told])
    reports, by_report = store.find_reports([one.report for one in told]), dict[str, list[Account]]()
    for one in told:
        by_report.setdefault(one.report, []).append(seen[one.account].account)
    return tuple(f"{report}: {found}" for report, accounts in by_report.items() for found in _check_report(reports[report], accounts, claims))


def _check_report(report: Report, accounts: list[Account], claims: Mapping[str, Sequence[Claim]]) -> tuple[str, ...]:
    speakers = {claim.id: claim.speaker_name for account in accounts for claim in claims[account.id]}
    own = report.publisher or "the report"
    return check_tellings(accounts, text=report.text, published=report.published, name_of=lambda claim: speakers.get(claim or "", own))
