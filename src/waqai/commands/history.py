"""The log on the command line: shown, added to, verified; and the views, computed again."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from waqai.commands.copies import print_digests
from waqai.commands.opening import open_named_store
from waqai.flow import Store, erase_report, judge_different, judge_same, judge_unsure, make_imprints, split_incident, undo_entry
from waqai.keeping.digests import digest_tables
from waqai.keeping.texts import find_changed_texts, tell_changed
from waqai.originals import find_holders, verify_originals
from waqai.terminal.changes import print_change, print_erased
from waqai.terminal.log import print_log, standing_as_json
from waqai.terminal.originals import print_originals_check
from waqai.terminal.printing import err, out, print_json
from waqai.terminal.screen import tame


def log_command(*, store: str | None, incident: str | None, report: str | None, homeless: bool, last: int | None, format: str) -> int:
    """Exit status 0; an empty log is an answer."""
    with open_named_store(store, must_exist=True) as opened:
        numbers = [entry.id for entry in opened.find_homeless()] if homeless else None
        found = list(opened.iter_standing(incident=incident, report=report, numbers=numbers, last=last))
        if format == "text":
            print_log(out, found, opened)
        else:
            print_json([standing_as_json(one, opened) for one in found], format)
    return 0


def undo_command(number: int, *, because: str, by: str | None, store: str | None) -> int:
    """Exit status 0. Raises UnknownId or NotPossible."""
    with open_named_store(store, must_exist=True) as opened:
        change = undo_entry(number, opened, because=reason(because), by=author(by))
        out.print(f"entry {number} is undone")
        print_change(out, change)
    return 0


def judge_command(verdict: str, one: str, other: str, *, because: str, by: str | None, store: str | None) -> int:
    """Exit status 0. Raises UnknownId or NotPossible."""
    judge = {"same": judge_same, "different": judge_different, "unsure": judge_unsure}[verdict]
    with open_named_store(store, must_exist=True) as opened:
        print_change(out, judge(one, other, opened, because=reason(because), by=author(by)))
    return 0


def split_command(incident: str, accounts: Sequence[str], *, because: str, by: str | None, store: str | None) -> int:
    """Exit status 0. Raises UnknownId or NotPossible."""
    with open_named_store(store, must_exist=True) as opened:
        print_change(out, split_incident(incident, accounts, opened, because=reason(because), by=author(by)))
    return 0


def erase_command(report: str, *, because: str, by: str | None, yes: bool, store: str | None) -> int:
    """Exit status 0, or 1 when the person says no. Raises UnknownId, NotPossible, StoreError."""
    why, who = reason(because), author(by)
    with open_named_store(store, must_exist=True) as opened:
        if not yes and (found := opened.find_report(report)) is not None:
            err.print(f"Report {found.id} ({found.publisher or 'publisher not given'}, {found.published or 'day not given'}): {tame(found.title or '')}")
            err.print("Its text, its readings and what the log says of them will be destroyed. This cannot be undone.", soft_wrap=True)
            if not typer.confirm("Erase it?", err=True):
                out.print("nothing was erased")
                return 1
        holders = find_holders(report, opened) if opened.find_report(report) is not None else ()
        print_erased(out, erase_report(report, opened, because=why, by=who), opened, holders=holders)
    return 0


def reason(because: str) -> str:
    """The reason that was given. Raises typer.BadParameter for none."""
    if not because.strip():
        raise typer.BadParameter("say why, in a few words: it is kept beside the entry", param_hint="--because")
    return because.strip()


def author(name: str | None) -> str:
    """Whose word it is, as the log keeps it.

    >>> author("ana"), author(None)
    ('person:ana', 'person')
    """
    return f"person:{name.strip().removeprefix('person:')}" if name and name.strip() else "person"


def rebuild_command(*, store: str | None) -> int:
    """Exit status 0, also when something differed: it is mended then."""
    with open_named_store(store, must_exist=True) as opened:
        make_imprints(opened)
        rebuilt = opened.rebuild()
        address = opened.address
    if rebuilt.is_equal:
        out.print(f"equal: all views were dropped and folded again to the same {rebuilt.rows} rows, store {address}", soft_wrap=True)
        return 0
    out.print(f"{len(rebuilt.differing)} of {rebuilt.rows} rows were not what the reports and the log say; they are now:", soft_wrap=True)
    for line in rebuilt.differing[:50]:
        out.print(f"  {line}", soft_wrap=True)
    if len(rebuilt.differing) > 50:
        out.print(f"  … and {len(rebuilt.differing) - 50} more")
    return 0


def _find_changed(store: Store) -> str:
    with store.reading() as connection:
        return tell_changed(find_changed_texts(connection))


def verify_command(*, digest: bool, store: str | None) -> int:
    """Exit status 0 when log, texts, originals and retrievals hold, 1 when one does not; `digest`: with a checksum of each table, of the same moment."""
    with open_named_store(store, must_exist=True) as opened, opened.at_one_moment():
        check, originals, changed = opened.verify(), verify_originals(opened), _find_changed(opened)
        if digest:
            with opened.reading() as connection:
                print_digests(digest_tables(connection))
    gone = "" if not check.reports_erased else f" ({check.erased} of the entries lost their words with {'it' if check.reports_erased == 1 else 'them'})"
    if check.holds:
        out.print(f"the log holds: {check.entries} entries, {check.reports_erased} erased{gone}")
        out.print(f"last hash: {check.head}", soft_wrap=True)
        out.print(changed or "each report's text has the hash that it came with", soft_wrap=True)
        print_originals_check(out, originals)
        return 0 if originals.holds and not changed else 1
    if changed:
        out.print(changed, soft_wrap=True)
    print_originals_check(out, originals)
    out.print(f"the log is broken at entry {check.broken_entry}: {check.fault}", soft_wrap=True)
    err.print("Entries before it are as they were written; those from it on cannot be trusted. Restore the store from a backup that verifies.", soft_wrap=True)
    return 1
