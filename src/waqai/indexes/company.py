"""What stands beside each seat for whoever looks for company: an outline of its account, and the names that it bears.

Both follow from facts and seats. They are kept apart from these so that one question reads rows that lie side by side: looked up one by one, accounts, imprints
and seats are pages all over a large file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from waqai.folding import ROLE_ORDER, Seat
from waqai.schema import tables
from waqai.schema.once import delete_where, find_value, find_where, insert
from waqai.schema.prepared import tell

_COPIED = ("report_sha256", "place_in_report", "type", "family", "earliest", "latest", "place_id", "precision", "country", "lat", "lon")
_N, _O = tables.account_names.c, tables.outlines.c
_IMPRINTED = (
    tables.outlines.update()
    .where(_O.incident == sa.bindparam("of_incident"), _O.account == sa.bindparam("of_account"))
    .values(imprint=sa.bindparam("of_imprint", type_=sa.LargeBinary))
)


def keep_company(connection: sa.Connection, seats: Sequence[Seat], accounts: Mapping[str, Mapping[str, Any]], signs: Mapping[str, Mapping[str, Any]]) -> None:
    """Keep the outlines and names of these seats of one report, of those that have a home; `accounts` are their rows."""
    homes = [seat for seat in seats if seat.account is not None]
    if not homes:
        return
    imprint = find_value(connection, tables.imprints.c.imprint, report_sha256=homes[0].report_sha256)
    insert(connection, tables.outlines, [outline_row(seat, accounts[seat.account or ""], imprint=imprint) for seat in homes])
    named = [row for seat in homes for row in bearer_rows(seat, _names_of(connection, seat.account), signs[seat.account or ""])]
    if named:
        insert(connection, tables.bearers, named)


def drop_company(connection: sa.Connection, sha256: str) -> None:
    """Delete the outlines and names of a report's seats, while its seats and names are there."""
    for row in _seated(connection, sha256):
        delete_where(connection, tables.outlines, incident=row.incident, rank=ROLE_ORDER.index(row.role), account=row.account)
        for name in _names_of(connection, row.account):
            for kind, key in _keys_of(name):
                delete_where(connection, tables.bearers, kind=kind, name=key, day=row.day_from or 0, account=row.account)


def note_imprint(connection: sa.Connection, sha256: str, imprint: bytes) -> None:
    """Put the imprint of a report beside its accounts that are seated already."""
    for row in _seated(connection, sha256):
        tell(connection, _IMPRINTED, [{"of_incident": row.incident, "of_account": row.account, "of_imprint": imprint}])


def outline_row(seat: Seat, account: Mapping[str, Any], *, imprint: bytes | None) -> dict[str, Any]:
    """The outline of the account in this seat as a row of its table."""
    own = {"incident": seat.incident, "rank": ROLE_ORDER.index(seat.role), "account": seat.account, "imprint": imprint}
    return own | {name: account[name] for name in _COPIED} | {"told": told_of(account["plain"])}


def told_of(plain: Mapping[str, Any]) -> list[Any]:
    """Of an account as JSON what can be compared before it is read: (name, admin1, admin2, p) of its place or None, its figures, names that may be a
    facility's.

    >>> told_of({"where": None, "counts": [{"measure": "killed", "best": 3}], "involved": [{"name": "Kuje prison"}], "place_mentions": []})
    [None, [['killed', 3]], ['Kuje prison']]
    """
    where = plain["where"]
    place = None if where is None else [where[name] for name in ("name", "admin1", "admin2", "p")]
    names = dict.fromkeys(named["name"] for named in (*plain["involved"], *plain["place_mentions"]))
    return [place, [[count["measure"], count["best"]] for count in plain["counts"]], list(names)]


def bearer_rows(seat: Seat, names: Iterable[Any], signs: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows under which the account in this seat is found by its `names`, rows of their table."""
    own = {"account": seat.account, "incident": seat.incident, "day": signs["day_from"] or 0} | {name: signs[name] for name in ("family", "type", "day_to")}
    return [{"kind": kind, "name": key} | own for kind, key in dict.fromkeys(key for name in names for key in _keys_of(name))]


def _keys_of(name: Any) -> list[tuple[str, str]]:
    """The kinds and names by which a row of `account_names` is asked for."""
    kind = name.role if name.role in ("facility", "place") else "actor"
    return [(kind, name.name)] + ([] if name.actor_id is None else [("actor id", name.actor_id)])


def _names_of(connection: sa.Connection, account: str | None) -> Any:
    return find_where(connection, _N.role, _N.name, _N.actor_id, account=account)


def _seated(connection: sa.Connection, sha256: str) -> list[Any]:
    members = tables.members.c
    rows = find_where(connection, members.incident, members.account, members.role, members.day_from, report_sha256=sha256)
    return [row for row in rows if row.account is not None]
