"""A person's word on single accounts, incidents and voices, from the command line."""

from __future__ import annotations

from typing import Literal

from waqai.codebook import load_codebook
from waqai.commands.common import unpacking
from waqai.commands.history import author, reason
from waqai.commands.opening import open_named_store
from waqai.core import Entry
from waqai.flow import (
    Gazetteer,
    correct_account,
    find_settings_file,
    load_settings,
    lock_incident,
    mark_source,
    note_incident,
    open_gazetteer,
    review_account,
    tag_incident,
)
from waqai.terminal.changes import print_change
from waqai.terminal.printing import out


def correct_command(account: str, facet: str, value: str, *, words: str | None, because: str, by: str | None, store: str | None) -> int:
    """Exit status 0. Raises UnknownId or NotPossible."""
    why, who = reason(because), author(by)
    with open_named_store(store, must_exist=True) as opened:
        print_change(out, correct_account(account, facet, value, opened, codebook=load_codebook(), gazetteer=_gazetteer, words=words, because=why, by=who))
    return 0


def review_command(account: str, kind: Literal["accepted", "rejected"], *, because: str, by: str | None, store: str | None) -> int:
    """Exit status 0. Raises UnknownId or NotPossible."""
    why, who = reason(because), author(by)
    with open_named_store(store, must_exist=True) as opened:
        print_change(out, review_account(account, kind, opened, because=why, by=who))
    return 0


def lock_command(incident: str, *, because: str, by: str | None, store: str | None) -> int:
    """Exit status 0. Raises UnknownId or NotPossible."""
    why, who = reason(because), author(by)
    with open_named_store(store, must_exist=True) as opened:
        print_change(out, lock_incident(incident, opened, because=why, by=who))
    return 0


def note_command(incident: str, words: str, *, by: str | None, store: str | None) -> int:
    """Exit status 0. Raises UnknownId or NotPossible."""
    who = author(by)
    with open_named_store(store, must_exist=True) as opened:
        _print_kept(note_incident(incident, words, opened, by=who))
    return 0


def tag_command(incident: str, tag: str, *, by: str | None, store: str | None) -> int:
    """Exit status 0. Raises UnknownId or NotPossible."""
    who = author(by)
    with open_named_store(store, must_exist=True) as opened:
        _print_kept(tag_incident(incident, tag, opened, by=who))
    return 0


def _print_kept(entry: Entry) -> None:
    out.print(f"logged as entry {entry.id}, beside incident {entry.subject}; `waqai undo {entry.id}` takes it back", soft_wrap=True)


def source_command(name: str, *, unreliable: bool, because: str, by: str | None, store: str | None) -> int:
    """Exit status 0. Raises UnknownId or NotPossible."""
    why, who = reason(because), author(by)
    with open_named_store(store, must_exist=True) as opened:
        print_change(out, mark_source(name, opened, unreliable=unreliable, because=why, by=who))
    return 0


def _gazetteer() -> Gazetteer:
    with unpacking() as tell:
        return open_gazetteer(load_settings(find_settings_file()), progress=tell)
