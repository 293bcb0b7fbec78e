"""A report on the screen: its text with the evidence in colour, and the record under it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from waqai.core import Account, Claim, Involvement, Reading, Report, Span
from waqai.wording import describe_candidates, describe_count, describe_gazetteers, describe_when, describe_where, quote

COLOURS = {
    "what": "bold black on yellow",
    "when": "black on cyan",
    "where": "black on green",
    "who": "underline magenta",
    "how many": "bold red",
    "says": "italic blue",
}


def print_reading(console: Console, report: Report, reading: Reading) -> None:
    """The text with its evidence marked, then accounts and claims."""
    console.print()
    console.rule(Text(report.title or report.id, style="bold"), align="left")
    console.print(_origin(report), style="dim")
    console.print(_legend())
    console.print()
    console.print(_marked(report.text, reading))
    console.print()
    if not reading.accounts:
        console.print("No happening was read in this report.", style="dim")
    claims = {c.id: c for c in reading.claims}
    for account in reading.accounts:
        console.print(_account_table(report.text, account, claims))
    if stamp := describe_gazetteers(reading.accounts):
        console.print(stamp, style="dim")
    if reading.claims:
        console.print(_claims_table(report.text, reading))
    for notice in reading.notices:
        console.print(Text(f"note: {notice.reason}", style="yellow"))


def _origin(report: Report) -> str:
    parts = [report.publisher or "publisher not given", report.published.isoformat() if report.published else "day of publication not given", f"id {report.id}"]
    if report.text_origin != "original":
        parts.append(f"text {report.text_origin}: the wording is not the outlet's own")
    return " · ".join(parts) + (f"\n{report.url}" if report.url else "")


def _legend() -> Text:
    legend = Text("evidence: ")
    for name, style in COLOURS.items():
        legend.append(f" {name} ", style=style)
        legend.append(" ")
    return legend


def _marked(text: str, reading: Reading) -> Text:
    marked = Text(text)
    for kind, span in sorted(_evidence(reading), key=lambda pair: -(pair[1].end - pair[1].start)):
        marked.stylize(COLOURS[kind], span.start, span.end)
    return marked


def _evidence(reading: Reading) -> Iterator[tuple[str, Span]]:
    for claim in reading.claims:
        yield "says", claim.cue
        if claim.speaker is not None:
            yield "says", claim.speaker
    for account in reading.accounts:
        yield from (("who", i.phrase) for i in account.involved)
        yield from (("how many", c.phrase) for c in account.counts)
        if account.where is not None:
            yield "where", account.where.phrase
        if account.when is not None:
            yield "when", account.when.phrase
        yield "what", account.evidence


def _account_table(text: str, account: Account, claims: dict[str, Claim]) -> Table:
    title = f"{account.type} · {account.status.value}{' · background' if account.background else ''}"
    table = Table(
        title=Text(title, style="bold"),
        title_justify="left",
        show_header=True,
        header_style="dim",
        expand=False,
        pad_edge=False,
        box=None,
        padding=(0, 2, 0, 0),
    )
    for name in ("", "value", "words", "said by", "p"):
        table.add_column(name, overflow="fold")
    table.add_row("what", account.type, quote(text, account.evidence), _speaker(account.said_by, claims), f"{account.p:.2f}")
    if account.when is not None:
        table.add_row("when", describe_when(account.when), quote(text, account.when.phrase), _speaker(account.when.said_by, claims), f"{account.when.p:.2f}")
    if account.where is not None:
        table.add_row(
            "where", describe_where(account.where), quote(text, account.where.phrase), _speaker(account.where.said_by, claims), f"{account.where.p:.2f}"
        )
        if rivals := describe_candidates(account.where):
            table.add_row("", Text(rivals, style="dim"))
    for involved in account.involved:
        table.add_row(involved.role, _party(involved), quote(text, involved.phrase), _speaker(involved.said_by, claims), f"{involved.p:.2f}")
    for count in account.counts:
        table.add_row("count", describe_count(count), quote(text, count.phrase), _speaker(count.said_by, claims), f"{count.p:.2f}")
    return table


def _party(involved: Involvement) -> str:
    return involved.name + (f" ({involved.modality})" if involved.modality else "")


def _speaker(claim: str | None, claims: dict[str, Claim]) -> str:
    return claims[claim].speaker_name if claim in claims else "the report"


def _claims_table(text: str, reading: Reading) -> Table:
    table = Table(title=Text("who says what", style="bold"), title_justify="left", header_style="dim", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("speaker", "stance", "cue", "content"):
        table.add_column(name, overflow="fold")
    for claim in reading.claims:
        table.add_row(claim.speaker_name, claim.stance, quote(text, claim.cue), quote(text, claim.content, width=110))
    return table
