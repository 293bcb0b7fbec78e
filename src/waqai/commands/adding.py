"""`waqai add`: reports read, linked and kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from waqai.commands.addresses import arriving
from waqai.commands.common import ready_chain, second_thoughts
from waqai.commands.many import Workers, add_with, count_roughly
from waqai.commands.opening import open_named_store
from waqai.core import Incoming, Notice, Report
from waqai.flow import NOT_READ, Again, Chain, ColumnChooser, Store, Summary, add_reports, ignored_notices
from waqai.terminal.printing import count_of, err, out, print_notices, print_some, progress_bar


def add_command(
    paths: Sequence[str],
    *,
    published: date | None,
    publisher: str | None,
    store: str | None,
    columns: Mapping[str, Sequence[str]] | None = None,
    reader: str | None = None,
    again: Again | None = None,
    how: Workers | None = None,
    asks_robots: bool = True,
) -> int:
    """Exit status 0, or 1 when nothing could be read. `columns` are headers by field; `again`: erased texts come in again, because a person says so.

    `how` names workers that read; without it this process does. `asks_robots` False: a person says that pages are fetched whatever a robots.txt asks for.
    """
    ignored: Counter[str] = Counter()
    chooser = ColumnChooser(columns or {})
    items = arriving(paths, published=published, publisher=publisher, ignored=ignored, choose_columns=chooser, asks_robots=asks_robots)
    chain = ready_chain(reader=reader, store=store)
    with open_named_store(store, must_exist=False) as opened:
        chooser.find, chooser.keep = opened.find_columns, opened.keep_columns
        if how is not None:
            summary = add_with(how, items, chain, opened, again=again, total=count_roughly(paths))
        else:
            summary = _add_here(items, chain, opened, again=again)
        address = opened.address
    summary.notices += ignored_notices(ignored)
    print_summary(summary, address)
    return 0 if summary.reports_new + summary.reports_known else 1


def _add_here(items: Iterator[Report | Incoming | Notice], chain: Chain, opened: Store, *, again: Again | None) -> Summary:
    with progress_bar() as progress:
        task = progress.add_task("reading and linking", total=None)
        return add_reports(items, chain, opened, again=again, on_report=lambda _: progress.advance(task), on_turn=second_thoughts(progress))


def print_summary(summary: Summary, address: str, *, most: int = 10) -> None:
    """What was read, linked and set aside, and why, at most `most` of each kind on a screen; the last line, on stdout, says where it is."""
    known = f", {summary.reports_known} known already" if summary.reports_known else ""
    err.print(f"{count_of(summary.reports_new, 'new report')}{known}: {count_of(summary.accounts, 'account')}, {count_of(summary.claims, 'claim')}")
    moved = f", {summary.moved} moved on second thoughts" if summary.moved else ""
    err.print(f"{count_of(summary.opened, 'incident')} opened, {count_of(summary.joined, 'account')} joined to incidents{moved}")
    if summary.attached:
        told = "1 report without an account tells" if summary.attached == 1 else f"{summary.attached} reports without an account tell"
        err.print(f"{told} the story of an incident; `waqai show` lists them beside it")
    if unread := sum(notice.stage == NOT_READ for notice in summary.notices):
        err.print(f"{count_of(unread, 'report')} kept and not read, mostly for the language; `waqai search` finds them, and another reader may read them")
    copies = [f"near copy: {one} and {other} share about {share:.0%} of their wording; they count as one voice" for one, other, share in summary.near_copies]
    unsure = [f"to look at: {report} {because}" for report, _, because in summary.unsure]
    print_some(copies, most=most, rest="near copies")
    print_some(unsure, most=most, rest="that nearly joined an incident; the review queue comes with the desk")
    if summary.homeless:
        several = "1 judgement of a person is" if summary.homeless == 1 else f"{summary.homeless} judgements of persons are"
        err.print(f"  {several} without a home: the newest readings tell nothing at those words; `waqai log --homeless` lists them", soft_wrap=True)
    shown = most if err.is_terminal else len(summary.notices)
    print_notices(summary.notices, most=shown, more="set aside; `waqai add … 2> FILE` tells of each")
    out.print(f"store: {address}", soft_wrap=True)
