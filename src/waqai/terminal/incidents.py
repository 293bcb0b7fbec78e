"""Incidents on the screen: a list with competing figures side by side, and one incident with every value, who says it, and the words."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from waqai.core import CORRECTED, IMPORTED, Claim, Count, Incident, Involvement, Report, When, Where
from waqai.export import Combiner
from waqai.flow import Reviewed, Store, check_incident
from waqai.reviewing import Asides, Note, find_asides
from waqai.terminal.figures import figure_lines, figures_table, ranges_table
from waqai.wording import describe_candidates, describe_count, describe_gazetteers, describe_when, describe_where, iter_review_lines, name_author, quote


def print_incident_list(console: Console, incidents: Sequence[Incident], store: Store, combiner: Combiner, *, limit: int = 60) -> None:
    """The incidents, those told by most reports first: what, when, where; then every figure with who gives it, after low, best and high where a rule is chosen.

    Figures from a report whose wording is not its outlet's are marked with a star.
    """
    ours = find_restated(incidents, store)
    ranked = sorted(incidents, key=lambda i: (-_reports(i), i.when.earliest.isoformat() if i.when else "9999", i.id))
    for incident in ranked[:limit]:
        console.print(_headline(incident))
        for line in figure_lines(incident.figures, combiner, restated=ours):
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


def print_incident(console: Console, incident: Incident, store: Store, combiner: Combiner, *, last: int | None = None) -> None:
    """Everything held of one incident (by entries up to `last`), each value led back to its words; what does not add up is a note."""
    console.print()
    console.rule(Text(f"{incident.type} · {incident.status} · {describe_when(incident.when)} · {describe_where(incident.where)}", style="bold"), align="left")
    console.print(Text.assemble((incident.id, "cyan"), " · grade ", (incident.grade, "bold"), f": {incident.grade_because}"), soft_wrap=True)
    if (lock := store.find_lock(incident.id, last=last)) is not None:
        signed = f"{name_author(lock.by)} on {lock.at.date().isoformat()} (entry {lock.id})"
        console.print(f"locked by {signed}: no later run changes which accounts sit in it; because: {lock.because}", soft_wrap=True)
    _print_figures(console, incident, combiner)
    for notice in check_incident(incident, store, last=last):
        console.print(Text(f"note: {notice}", style="yellow"), soft_wrap=True)
    accounts = [(linked.role, store.get_reviewed(linked.account, last=last)) for linked in incident.accounts]
    for role, seen in accounts:
        _print_account(console, role, seen, store)
    _print_attached(console, incident, store, last=last)
    _print_asides(console, find_asides(store, incident.id, last=last))
    if stamp := describe_gazetteers(seen.account for _, seen in accounts):
        console.print(f"\n{stamp}", style="dim")


def _print_attached(console: Console, incident: Incident, store: Store, *, last: int | None) -> None:
    """The reports that tell the incident's story and in which nothing was coded."""
    for one in store.find_attached(incident.id):
        if last is None or one.entry <= last:
            report = store.get_report(one.report)
            console.print()
            console.print(Text.assemble(("nothing coded: ", "dim"), (report.title or report.id, "bold"), f"  {describe_origin(report)}  ", (report.id, "dim")))
            why = f"put here by {name_author(one.by)}" if one.by.startswith("person") else f"score {one.score:.2f}"
            console.print(f"  tells the same story ({why}): {one.because}", style="dim", soft_wrap=True)


def _print_asides(console: Console, asides: Asides) -> None:
    """Tags, notes, questions with their answers: what persons say beside it."""
    lines = [f"tag: {one.words}  ({_signed(one)})" for one in asides.tags] + [f"note: {one.words}  ({_signed(one)})" for one in asides.notes]
    for question in asides.questions:
        asked = question.asked
        lines.append(f"{name_author(asked.by)} asks {name_author(question.whom) if question.whom else 'anybody'}: {asked.words}  ({_signed(asked)})")
        lines += [f"  {name_author(one.by)} answers: {one.words}  ({_signed(one)})" for one in question.answers]
    console.print("\n".join(("", *lines)) if lines else "", end="\n" if lines else "", soft_wrap=True)


def _signed(note: Note) -> str:
    return f"{name_author(note.by)}, {note.at.date().isoformat()}, entry {note.entry}"


def describe_origin(report: Report) -> str:
    """Who printed it, and when."""
    return f"{report.publisher or 'publisher not given'}, {report.published.isoformat() if report.published else 'day not given'}"


def _print_figures(console: Console, incident: Incident, combiner: Combiner) -> None:
    if not incident.figures:
        return
    console.print(figures_table(incident.figures, combiner))
    if combiner.rule is None:
        console.print("low, best and high: --figures ucdp-like, acled-like or every-casualty-like", style="dim", soft_wrap=True)
    else:
        console.print(ranges_table(incident.figures, combiner))


def _print_account(console: Console, role: str, seen: Reviewed, store: Store) -> None:
    account = seen.account
    report = store.get_report(account.report)
    claims = {c.id: c for c in store.get_claims_beside(account.id)}
    console.print()
    console.print(
        Text.assemble((f"{role}: ", "dim"), (report.title or report.id, "bold"), f"  {describe_origin(report)}  ", (f"{report.id} {account.id}", "dim"))
    )
    if account.rule.startswith(IMPORTED):
        console.print(f"  a row of {report.publisher}: its cells as they stand, a line each", style="dim", soft_wrap=True)
    elif report.text_origin != "original":
        where = f"the outlet's own words are at {report.url}" if report.url else "and no outlet's"
        console.print(f"  text {report.text_origin}: the wording is ours, {where}", style="dim", soft_wrap=True)
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 2))
    table.add_row("what", account.type, quote(report.text, account.evidence), _by(account.said_by, claims))
    if account.when is not None:
        table.add_row("when", describe_when(account.when), _words(report.text, account.when, seen), _said_by(account.when, claims))
    if account.where is not None:
        table.add_row("where", describe_where(account.where), _words(report.text, account.where, seen), _said_by(account.where, claims))
        if rivals := describe_candidates(account.where):
            table.add_row("", Text(rivals, style="dim"))
    for i in account.involved:
        table.add_row(i.role, i.name + (f" ({i.modality})" if i.modality else ""), _words(report.text, i, seen), _said_by(i, claims))
    for c in account.counts:
        table.add_row("count", describe_count(c), _words(report.text, c, seen), _said_by(c, claims))
    console.print(table)
    for line in iter_review_lines(seen):
        console.print(Text(f"  {line}", style="red" if line.startswith("rejected") else "green"), soft_wrap=True)


def _words(text: str, facet: When | Where | Count | Involvement, seen: Reviewed) -> str:
    """The words of a facet; none for one that a person gave without naming any."""
    named = [one.entry.value.get("span") for one in seen.corrections]
    return "" if facet.rule.startswith(CORRECTED) and [facet.phrase.start, facet.phrase.end] not in named else quote(text, facet.phrase)


def _said_by(facet: When | Where | Count | Involvement, claims: dict[str, Claim]) -> str:
    return facet.rule if facet.rule.startswith(CORRECTED) else _by(facet.said_by, claims)


def _by(claim: str | None, claims: dict[str, Claim]) -> str:
    return f"{claims[claim].speaker_name} ({claims[claim].stance})" if claim in claims else "the report"


def _reports(incident: Incident) -> int:
    """How many reports tell of it, without those whose accounts were all rejected."""
    return len({a.report for a in incident.accounts if a.review != "rejected"})
