"""Incidents on the screen: a list with competing figures side by side, and one incident with every value, who says it, and the words."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from waqai.cli.text_view import describe_bounds, describe_candidates, describe_count, describe_gazetteers, describe_when, describe_where, quote
from waqai.codebook import group_figures
from waqai.core import Account, Claim, Figure, Incident
from waqai.flow import Store


def print_incident_list(console: Console, incidents: Sequence[Incident], store: Store, *, limit: int = 60) -> None:
    """The incidents, those told by most reports first: what, when, where; then every figure with who gives it.

    Figures from a report whose wording is not its outlet's are marked with a star.
    """
    ours = find_restated(incidents, store)
    ranked = sorted(incidents, key=lambda i: (-_reports(i), i.when.earliest.isoformat() if i.when else "9999", i.id))
    for incident in ranked[:limit]:
        console.print(_headline(incident))
        for line in figure_lines(incident.figures, restated=ours):
            console.print(Padding(line, (0, 0, 0, 6)))
    if not incidents:
        console.print("no incident passes")
    if len(incidents) > limit:
        console.print(f"… and {len(incidents) - limit} more; --format jsonl gives them all", style="dim")
    if ours:
        console.print("* told in a report whose wording is ours; `waqai show ID` gives the address of the outlet's own words", style="dim")


def find_restated(incidents: Sequence[Incident], store: Store) -> frozenset[str]:
    """Ids of the reports among these incidents whose text is not the outlet's own (restated, composed, translated, excerpt)."""
    ids = {a.report for i in incidents for a in i.accounts}
    return frozenset(id for id in ids if (report := store.find_report(id)) is not None and report.text_origin != "original")


def _headline(incident: Incident) -> Text:
    told = _reports(incident)
    line = Text.assemble((describe_when(incident.when), "bold"), "  ", (incident.type, "bold"))
    line.append("" if incident.status == "occurred" else f" ({incident.status})")
    line.append(f"  {describe_where(incident.where)}\n")
    line.append(f"  {incident.id}", style="cyan")
    return line.append(f"  {incident.grade}, {told} {'report' if told == 1 else 'reports'}", style="dim")


def figure_lines(figures: Sequence[Figure], *, restated: frozenset[str] = frozenset(), most: int = 4) -> list[Text]:
    """A line for each measure and group, its competing values side by side, each with who gives it; the measures most told first."""
    groups = sorted(group_figures(figures).items(), key=lambda g: (-len(g[1]), g[0].measure))
    lines = [_figure_line(group, restated) for _, group in groups[:most]]
    return [*lines, Text(f"… {len(groups) - most} more", style="dim")] if len(groups) > most else lines


def _figure_line(group: Sequence[Figure], restated: frozenset[str]) -> Text:
    """ "escaped (prisoners): 25 Syrian Observatory · 37 local sources"."""
    by_value: dict[str, list[str]] = {}
    for figure in group:
        star = "*" if figure.report in restated else ""
        by_value.setdefault(describe_bounds(figure.low, figure.high, figure.best), []).append(_shorten(figure.speaker) + star)
    whom = group[0].of_whom
    line = Text(f"{group[0].measure}{f' ({whom})' if whom and whom != 'people' else ''}: ")
    for i, (value, speakers) in enumerate(by_value.items()):
        line.append(" · " if i else "").append(value, style="bold red" if len(by_value) > 1 else "bold")
        named = list(dict.fromkeys(speakers))
        line.append(f" {named[0]}{f' and {len(named) - 1} more' if len(named) > 1 else ''}", style="dim")
    return line


def _shorten(speaker: str, *, width: int = 44) -> str:
    first = speaker.split(",")[0]
    first = first.split(" (")[0] if first.count("(") != first.count(")") else first
    return first if len(first) <= width else first[: width - 1] + "…"


def print_incident(console: Console, incident: Incident, store: Store) -> None:
    """Everything held of one incident, each value led back to its words."""
    console.print()
    console.rule(Text(f"{incident.type} · {incident.status} · {describe_when(incident.when)} · {describe_where(incident.where)}", style="bold"), align="left")
    console.print(Text.assemble((incident.id, "cyan"), " · grade ", (incident.grade, "bold"), f": {incident.grade_because}"), soft_wrap=True)
    _print_figures(console, incident)
    accounts = [(linked.role, store.get_account(linked.account)) for linked in incident.accounts]
    for role, account in accounts:
        _print_account(console, role, account, store)
    if stamp := describe_gazetteers(account for _, account in accounts):
        console.print(f"\n{stamp}", style="dim")


def _print_figures(console: Console, incident: Incident) -> None:
    if not incident.figures:
        return
    table = Table(title=Text("figures", style="bold"), title_justify="left", box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("measure", "of whom", "figure", "words", "said by", "in report", "published"):
        table.add_column(name, overflow="fold")
    for group in group_figures(incident.figures).values():
        for f in group:
            table.add_row(
                f.measure,
                f.of_whom or "",
                describe_bounds(f.low, f.high, f.best),
                f"“{' '.join(f.expr.split())}”",
                f.speaker,
                f.report,
                f.said_at.isoformat() if f.said_at else "–",
            )
    console.print(table)


def _print_account(console: Console, role: str, account: Account, store: Store) -> None:
    report = store.get_report(account.report)
    claims = {c.id: c for c in store.get_claims_beside(account.id)}
    console.print()
    origin = f"{report.publisher or 'publisher not given'}, {report.published.isoformat() if report.published else 'day not given'}"
    console.print(Text.assemble((f"{role}: ", "dim"), (report.title or report.id, "bold"), f"  {origin}  ", (f"{report.id} {account.id}", "dim")))
    if report.text_origin != "original":
        console.print(f"  text {report.text_origin}: the wording is ours, the outlet's own words are at {report.url}", style="dim", soft_wrap=True)
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 2))
    table.add_row("what", account.type, quote(report.text, account.evidence), _by(account.said_by, claims))
    if account.when is not None:
        table.add_row("when", describe_when(account.when), quote(report.text, account.when.phrase), _by(account.when.said_by, claims))
    if account.where is not None:
        table.add_row("where", describe_where(account.where), quote(report.text, account.where.phrase), _by(account.where.said_by, claims))
        if rivals := describe_candidates(account.where):
            table.add_row("", Text(rivals, style="dim"))
    for i in account.involved:
        table.add_row(i.role, i.name + (f" ({i.modality})" if i.modality else ""), quote(report.text, i.phrase), _by(i.said_by, claims))
    for c in account.counts:
        table.add_row("count", describe_count(c), quote(report.text, c.phrase), _by(c.said_by, claims))
    console.print(table)


def _by(claim: str | None, claims: dict[str, Claim]) -> str:
    return f"{claims[claim].speaker_name} ({claims[claim].stance})" if claim in claims else "the report"


def _reports(incident: Incident) -> int:
    return len({a.report for a in incident.accounts})
