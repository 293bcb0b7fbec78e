"""Entries of the log in a person's words, and what a word changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from waqai.flow import Standing, Store
from waqai.wording import describe_entries, describe_entry, name_author


def print_log(console: Console, found: Sequence[Standing], store: Store) -> None:
    """Each entry: number, when, who, and by which reader the account was read; what; why. What was undone or erased is dim and says by which entry."""
    for one, said in zip(found, describe_entries(found, store), strict=True):
        gone = one.undone_by is not None or one.erased_by is not None
        entry = one.entry
        head = Text.assemble((f"{entry.id:>5}", "cyan"), f"  {entry.at:%Y-%m-%d %H:%M}  {name_author(entry.by)}")
        reader = store.find_reader_of(one.account) if one.account else None
        head.append(f"  (read by {reader})" if reader else "", style="dim")
        if one.erased_by is not None:
            head.append(f"  ERASED with its report by {one.erased_by}", style="bold red")
        if one.undone_by is not None:
            head.append(f"  UNDONE by {one.undone_by}", style="bold yellow")
        console.print(head)
        console.print(Padding(Text(said, style="dim" if gone else ""), (0, 0, 0, 7), expand=False))
        if entry.because:
            console.print(Padding(Text(f"because: {entry.because}", style="dim"), (0, 0, 0, 7), expand=False))
    if not found:
        console.print("no entries")


def standing_as_json(one: Standing, store: Store) -> dict[str, Any]:
    """The entry as a program reads it; `said` is what a person reads."""
    entry = one.entry
    report = store.find_report(one.report_sha256) if one.report_sha256 else None
    reader = store.find_reader_of(one.account) if one.account else None
    return {
        "entry": entry.id,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "kind": entry.kind,
        "subject": entry.subject,
        "said": describe_entry(one, store),
        "because": entry.because,
        "report": report.id if report else None,
        "report_sha256": one.report_sha256,
        "account": one.account,
        "reader": str(reader) if reader else None,
        "value": dict(entry.value),
        "undone_by": one.undone_by,
        "erased_by": one.erased_by,
        "previous_hash": entry.previous_hash,
    }
