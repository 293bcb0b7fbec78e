"""The kept original of a cited report: its SHA-256, and when and how it came, so that who has the bytes can tell that they are the same."""

from __future__ import annotations

from collections.abc import Iterable

from waqai.bounds import ClearedReport, Profile
from waqai.core import Report
from waqai.dossier.sentences import Block, number_notes
from waqai.originals import Custody, find_retrievals
from waqai.store import Store
from waqai.wording import name_way

TOLD_TO = frozenset(("internal", "partner"))
"""Profiles that are told of originals."""


def find_originals(blocks: Iterable[Block], store: Store, *, profile: Profile) -> dict[ClearedReport, str]:
    """A sentence for each cited report whose original is kept. A report whose address or day the profile does not tell has none: its hash would lead there."""
    if profile.name not in TOLD_TO:
        return {}
    cited = {source.record: source.report for note in number_notes(tuple(blocks)).values() if (source := note.source).report is not None}
    told: dict[ClearedReport, str] = {}
    for account in store.find_accounts([record for record in cited if record.startswith("a-")]).values():
        shown, report = cited[account.id], store.find_report(account.report)
        if shown is not None and shown not in told and report is not None and _is_open(shown, report):
            kept = next((one for one in find_retrievals(report.sha256, store) if one.is_kept and one.original_sha256), None)
            told[shown] = describe_original(kept) if kept is not None else ""
    return told


def describe_original(custody: Custody) -> str:
    """ "Original: SHA-256 …, came by a request of ours, 2026-11-28 09:30:00 UTC." """
    retrieval = custody.retrieval
    captured = f", captured {retrieval.captured_at:%Y-%m-%d %H:%M:%S} UTC" if retrieval.captured_at is not None else ""
    return f"Original: SHA-256 {custody.original_sha256}, came by {name_way(retrieval.how)}{captured}, {retrieval.at:%Y-%m-%d %H:%M:%S} UTC."


def _is_open(shown: ClearedReport, report: Report) -> bool:
    return (shown.url, shown.published) == (report.url, report.published)
