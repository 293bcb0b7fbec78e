"""Alerts in the store: made, listed, paused, removed. Who makes and removes one is in the log, where no address stands."""

from __future__ import annotations

import base64
import secrets
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from waqai.alerts.alert import FROM_START, Alert, Wanted, doors_as_plain, filters_as_plain
from waqai.bounds import get_profile
from waqai.core import NotPossible, UnknownId, from_plain, to_plain
from waqai.schema import alerts as tables
from waqai.store import Store
from waqai.store.changes import last_change
from waqai.store.find import select_passing

LONGEST = 80
"""Code points of a name."""
SECRET = "whsec_"
"""What a webhook's key begins with, as the Standard Webhooks specification has it; base64 follows."""
_A = tables.alerts.c


def add_alert(wanted: Wanted, store: Store, *, by: str, at: datetime, from_start: bool = False) -> tuple[Alert, str | None]:
    """A new alert, and the key that its webhook is signed with (None without one), which is shown once.

    What passes now is taken as known, unless it begins `from_start`. Raises NotPossible for a name that is taken or none, SettingsError for a profile.
    """
    name = check_name(wanted.name)
    get_profile(wanted.profile)
    if len({door.key for door in wanted.doors}) < len(wanted.doors):
        raise NotPossible("one address is named twice: each is told once")
    alert = Alert(id=f"al-{secrets.token_hex(5)}", wanted=wanted, made_by=by, made_at=at, paused_at=None, number=0, looked_at=None, told=0, rounds=0)
    with store.writing() as connection:
        if connection.scalar(sa.select(_A.id).where(_A.key == _fold(name))) is not None:
            raise NotPossible(f"there is an alert {name!r} already; give this one another name, or remove that one")
        number = FROM_START if from_start else last_change(connection)
        connection.execute(tables.alerts.insert(), _row_of(alert, name) | {"number": number})
        if not from_start:
            _take_as_known(connection, alert)
        secret = _new_key(connection, alert.id) if any(door.kind == "webhook" for door in wanted.doors) else None
        _log("alert_added", alert.id, name, store, by=by, at=at, profile=wanted.profile)
    return get_alert(alert.id, store), secret


def list_alerts(store: Store) -> tuple[Alert, ...]:
    """All alerts, by name."""
    with store.reading() as connection:
        return tuple(_alert_of(row) for row in connection.execute(sa.select(tables.alerts).order_by(_A.key)))


def get_alert(named: str, store: Store) -> Alert:
    """The alert of this id or name. Raises UnknownId."""
    with store.reading() as connection:
        row = connection.execute(sa.select(tables.alerts).where(sa.or_(_A.id == named, _A.key == _fold(named)))).first()
    if row is None:
        raise UnknownId(f"no alert {named!r} in store {store.address}; `waqai alert list` lists them")
    return _alert_of(row)


def pause_alert(named: str, store: Store, *, at: datetime | None) -> Alert:
    """Send nothing and look at nothing until it goes on (`at` None: go on); what changed meanwhile is told then. Raises UnknownId."""
    alert = get_alert(named, store)
    with store.writing() as connection:
        connection.execute(tables.alerts.update().where(_A.id == alert.id).values(paused_at=at))
    return get_alert(alert.id, store)


def remove_alert(named: str, store: Store, *, by: str, at: datetime) -> Alert:
    """Take it away with all that it knew. Raises UnknownId."""
    alert = get_alert(named, store)
    with store.writing() as connection:
        for table in (tables.keys, tables.deliveries, tables.news, tables.known):
            connection.execute(table.delete().where(table.c.alert == alert.id))
        connection.execute(tables.alerts.delete().where(_A.id == alert.id))
        _log("alert_removed", alert.id, alert.name, store, by=by, at=at)
    return alert


def make_key(named: str, store: Store) -> str:
    """Another key in place of the one that the alert's webhooks were signed with; shown once. Raises UnknownId, NotPossible where nothing is signed."""
    alert = get_alert(named, store)
    if not any(door.kind == "webhook" for door in alert.wanted.doors):
        raise NotPossible(f"the alert {alert.name!r} has no webhook, so that there is nothing to sign")
    with store.writing() as connection:
        connection.execute(tables.keys.delete().where(tables.keys.c.alert == alert.id))
        return _new_key(connection, alert.id)


def find_key(alert: str, store: Store) -> str | None:
    """The key of the alert of this id; None where there is none: a store that was restored from a backup has no keys."""
    with store.reading() as connection:
        found: str | None = connection.scalar(sa.select(tables.keys.c.secret).where(tables.keys.c.alert == alert))
        return found


def check_name(name: str) -> str:
    """The name as one line (NFC). Raises NotPossible."""
    said = " ".join(unicodedata.normalize("NFC", name).split())
    if not said or len(said) > LONGEST or any(unicodedata.category(sign)[0] == "C" for sign in said):
        raise NotPossible(f"{name!r} is no name for an alert: one line of 1 to {LONGEST} letters is")
    return said


# -- inside


def _take_as_known(connection: sa.Connection, alert: Alert) -> None:
    """What passes by now is known, so that it is no news; what it says is looked at in the first round."""
    passing = select_passing(connection, alert.wanted.filters).subquery()
    chosen = sa.select(sa.literal(alert.id), passing.c.id, sa.false())
    connection.execute(tables.known.insert().from_select(["alert", "incident", "waits"], chosen))


def _new_key(connection: sa.Connection, alert: str) -> str:
    secret = SECRET + base64.b64encode(secrets.token_bytes(32)).decode("ascii")
    connection.execute(tables.keys.insert(), {"alert": alert, "secret": secret})
    return secret


def _row_of(alert: Alert, name: str) -> dict[str, Any]:
    wanted = alert.wanted
    told = {"kinds": list(wanted.kinds), "doors": list(doors_as_plain(wanted.doors)), "profile": wanted.profile}
    kept = {"filters": to_plain(filters_as_plain(wanted.filters)), "quiet": None if wanted.quiet is None else to_plain(wanted.quiet)}
    when = {"made_by": alert.made_by, "made_at": alert.made_at, "paused_at": None, "looked_at": None, "told": 0, "rounds": 0}
    return {"id": alert.id, "key": _fold(name), "name": name} | told | kept | when


def _alert_of(row: Any) -> Alert:
    plain: Mapping[str, Any] = {name: getattr(row, name) for name in Wanted.__dataclass_fields__}
    named = {name: getattr(row, name) for name in ("id", "made_by", "made_at", "paused_at", "looked_at", "number", "told", "rounds")}
    return Alert(wanted=from_plain(Wanted, plain), **named)


def _log(kind: str, id: str, name: str, store: Store, *, by: str, at: datetime, **value: Any) -> None:
    store.append(kind=kind, subject=id, value={"alert": id, "name": name, **value}, because="", by=by, at=at)


def _fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
