"""`waqai demo`: the shipped corpus into a store of its own, and what comes out."""

from __future__ import annotations

from collections import Counter

from waqai.codebook import load_actors
from waqai.commands.adding import print_summary
from waqai.commands.common import incoming, ready_chain, second_thoughts
from waqai.commands.opening import open_named_store
from waqai.export import Combiner
from waqai.flow import add_reports, default_store, demo_corpus, label_of
from waqai.terminal.incidents import print_incident_list
from waqai.terminal.printing import err, out, progress_bar

REPORTS = 98


def demo_command(*, store: str | None) -> int:
    """Read, link, list. A second run finds everything there and only lists."""
    target = store or str(default_store("demo.sqlite"))
    err.print(
        f"Reading {REPORTS} short reports on public incidents (restated in our own words; each carries its facts' source) into {label_of(target)}",
        soft_wrap=True,
    )
    chain = ready_chain(store=target)
    with open_named_store(target, must_exist=False) as opened, progress_bar() as progress, demo_corpus() as corpus:
        task = progress.add_task("reading and linking", total=REPORTS)
        reports, settling = incoming([corpus], published=None, publisher=None, ignored=Counter()), second_thoughts(progress)
        summary = add_reports(reports, chain, opened, on_report=lambda _: progress.advance(task), on_turn=settling)
        found = list(opened.iter_incidents())
        progress.stop()
        print_summary(summary, opened.address, most=3)
        several = [i for i in found if len({a.report for a in i.accounts}) > 1]
        told = f"{len(found)} incidents; {len(several)} of them told by more than one report."
        out.print(f"\n{told} Where reports disagree, every figure is kept with who gives it:\n", style="bold")
        print_incident_list(out, several, opened, Combiner(actors=load_actors()), limit=12)
        first = max(several, key=lambda i: len(i.figures), default=None)
    out.print("\nTo look further:", style="bold")
    named = f" --store {label_of(target)}" if store else f' --store "{target}"'
    for command, what in _next(first.id if first else "i-…", named):
        out.print(f"  {command}", style="cyan", soft_wrap=True)
        out.print(f"      {what}", style="dim")
    return 0


def _next(incident: str, named: str) -> tuple[tuple[str, str], ...]:
    return (
        (f"waqai desk{named}", "web pages to read, check and correct in; `make desk` in a checkout"),
        (f"waqai show {incident}{named}", "every value of one incident, who says it, and the words"),
        (f"waqai incidents --type escape{named}", "a filter; --format jsonl for programs"),
        (f"waqai search tunnel{named}", "full text"),
        ("waqai read FILE --published 2023-06-20", "your own report, with its evidence in colour"),
    )
