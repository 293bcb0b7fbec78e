"""What a record's reports say, in their own words: quoted, as the bounds let them be seen, with who says it. Nothing is put in other words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from waqai.bounds import Cleared, ClearedAccount, ClearedClaim, ClearedReport
from waqai.core import Figure

MOST_CLAIMS = 6
"""So many claims stand in a row's notes; how many more there are is said."""


def reports_of(accounts: Iterable[ClearedAccount]) -> tuple[ClearedReport, ...]:
    """The reports, each once: first published first, those without a day last."""
    found = {account.report.id: account.report for account in accounts if account.review != "rejected"}
    return tuple(sorted(found.values(), key=lambda r: (r.published is None, str(r.published or ""), r.id)))


def publishers_of(reports: Iterable[ClearedReport]) -> str | None:
    """Who printed them, each once.

    >>> publishers_of([]) is None
    True
    """
    return "; ".join(dict.fromkeys(r.publisher for r in reports if r.publisher)) or None


def cite(report: ClearedReport) -> str:
    """The report as GED cites one: publisher, day and title, as far as they are known."""
    day = report.published.isoformat() if report.published else None
    return ",".join(part.replace('"', "'") for part in (report.publisher, day, report.title) if part)


def compose_notes(cleared: Cleared, reports: Sequence[ClearedReport]) -> str | None:
    """Titles, claims and figures, each in quotation marks behind the name of who says it."""
    titles = [f"{_name(r)}: {_quote(r.title)}" for r in reports if r.title]
    claims = list(dict.fromkeys(f"{claim.speaker or 'nobody named'} ({claim.stance}): {_quote(claim.words)}" for claim in _claims(cleared)))
    more = [f"{len(claims) - MOST_CLAIMS} more claims"] if len(claims) > MOST_CLAIMS else []
    figures = list(dict.fromkeys(_figure(figure) for figure in cleared.incident.figures))
    return ". ".join([*titles, *claims[:MOST_CLAIMS], *more, *figures]) or None


def _claims(cleared: Cleared) -> list[ClearedClaim]:
    kept = {account.id for account in cleared.accounts if account.review != "rejected"}
    return [claim for claim in cleared.claims if kept & set(claim.accounts)]


def _figure(figure: Figure) -> str:
    denied = " (denied)" if figure.stance == "denies" else ""
    return f"{figure.measure.replace('_', ' ')}{denied}: {_quote(figure.expr)}, {figure.speaker}"


def _name(report: ClearedReport) -> str:
    return f"{report.publisher or 'A report'}{f' ({report.published.isoformat()})' if report.published else ''}"


def _quote(words: str | None) -> str:
    return f"“{' '.join((words or '').split())}”"
