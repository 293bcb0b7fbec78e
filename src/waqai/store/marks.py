"""What persons said of more than an account: incidents that are locked, speakers and publishers that are unreliable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from waqai.codebook.grade import fold_speaker
from waqai.core import Entry, NotPossible
from waqai.folding import is_by_person
from waqai.logbook.log import iter_entries, iter_standing_of
from waqai.schema import tables
from waqai.schema.once import find_value
from waqai.store.apart import incidents_now


def find_unreliable(connection: sa.Connection, *, last: int | None = None) -> dict[str, Entry]:
    """The folded names of those whom a person marked unreliable, and nobody reliable since (in entries up to `last`), each with the entry."""
    marked: dict[str, Entry] = {}
    for entry in iter_standing_of(connection, "marked_unreliable", last=last):
        name = fold_speaker(str(entry.value["name"]))
        marked.pop(name, None)
        if entry.value["unreliable"]:
            marked[name] = entry
    return marked


def find_reports_of(connection: sa.Connection, name: str) -> tuple[str, ...]:
    """Hashes of the reports that this publisher printed or in which this speaker speaks, under any spelling that folds to the name."""
    wanted, found = fold_speaker(name), set[str]()
    for column, table in ((tables.claims.c.speaker_name, tables.claims), (tables.reports.c.publisher, tables.reports)):
        spellings = [said for said in connection.scalars(sa.select(column).distinct()) if said is not None and fold_speaker(said) == wanted]
        sha256 = table.c.report_sha256 if table is tables.claims else table.c.sha256
        found |= set(connection.scalars(sa.select(sha256).where(column.in_(spellings)).distinct()))
    return tuple(sorted(found))


def list_names(connection: sa.Connection) -> set[str]:
    """Every speaker and publisher by name."""
    columns = (tables.claims.c.speaker_name, tables.reports.c.publisher)
    return {name for column in columns for name in connection.scalars(sa.select(column).distinct()) if name}


def incidents_of(connection: sa.Connection, name: str) -> frozenset[str]:
    """Incidents that a report of this speaker or publisher tells of."""
    members = tables.members.c
    chosen = sa.select(members.incident).where(members.report_sha256.in_(find_reports_of(connection, name)))
    return frozenset(connection.scalars(chosen.distinct()))


def find_marked(connection: sa.Connection, entry: Entry) -> str | None:
    """The speaker or publisher whom the entry marks, or whose mark it takes back or brings back."""
    while entry.kind == "undone":
        entry = next(iter_entries(connection, id=int(entry.subject)))
    return str(entry.value["name"]) if entry.kind == "marked_unreliable" and entry.value else None


def marks_on_only(connection: sa.Connection, sha256: str) -> list[int]:
    """Numbers of the entries that mark somebody whom this report alone names: with it, their name goes too."""
    marks = [entry for entry in iter_entries(connection, kind="marked_unreliable", rare=True) if entry.value]
    return [entry.id for entry in marks if find_reports_of(connection, str(entry.value["name"])) == (sha256,)]


def find_locked(connection: sa.Connection, *, last: int | None = None) -> dict[str, Entry]:
    """The incidents that are locked, each with the entry; one that was merged into another locks that one."""
    return {incident: entry for entry in iter_standing_of(connection, "locked", last=last) for incident in incidents_now(connection, entry.value)}


def check_not_locked(connection: sa.Connection, kind: str, subject: str, value: Mapping[str, Any], *, by: str) -> None:
    """Raises NotPossible for a machine's entry that would put an account into a locked incident, or take one out of it."""
    if is_by_person(by) or kind not in ("opened", "judgement") or value.get("verdict") == "unsure":
        return
    locked = find_locked(connection)
    if not locked:
        return
    account = str(value["account"]) if kind == "opened" else subject
    target = subject if kind == "opened" else str(value["incident"])
    seat = find_value(connection, tables.members.c.incident, account=account)
    touched = locked.keys() & ({target} if value.get("verdict") == "different" else {target, seat} if seat != target else set())
    if touched:
        incident = min(touched)
        raise NotPossible(f"entry {locked[incident].id} locked incident {incident}: only a person changes which accounts sit in it")
