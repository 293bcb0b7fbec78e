"""Alerts on the screen: what they tell and where, what a round did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from waqai.alerts import Alert, Delivery, Round
from waqai.alerts.alert import filters_as_plain
from waqai.alerts.rounds import Sent
from waqai.core import to_plain
from waqai.terminal.printing import count_of
from waqai.terminal.screen import tame


def print_alerts(console: Console, alerts: Sequence[tuple[Alert, Sequence[Delivery]]]) -> None:
    """A line for each, with its last delivery."""
    if not alerts:
        console.print("no alerts; `waqai alert add NAME --type escape` makes one")
        return
    table = Table("name", "tells of", "where", "looked", "last sent", box=SIMPLE_HEAD, header_style="dim", pad_edge=False)
    for alert, deliveries in alerts:
        doors = ", ".join(["feed", *(f"{door.kind} {door.shown}" for door in alert.wanted.doors)])
        looked = "paused" if alert.paused_at else _at(alert.looked_at) if alert.looked_at else "not yet"
        table.add_row(alert.name, f"{alert.matches} ({alert.wanted.profile})", doors, looked, short_state_of(deliveries[0]) if deliveries else "–")
    console.print(table)


def print_alert(console: Console, alert: Alert, deliveries: Sequence[Delivery]) -> None:
    """All that is known of one."""
    wanted = alert.wanted
    rows = [
        ("name", f"{alert.name} ({alert.id})"),
        ("filter", alert.matches),
        ("tells", ", ".join([*wanted.kinds, "withdrawn"])),
        ("profile", wanted.profile),
        ("feeds", f"/alerts/{alert.id}.atom and .json at the desk; `waqai alert feed {alert.id}`"),
        *((door.kind, f"{door.shown}, {_every(door.roll_up_s)}") for door in wanted.doors),
        ("quiet", str(wanted.quiet) if wanted.quiet else "never"),
        ("made", f"{_at(alert.made_at)} by {alert.made_by}"),
        ("looked", _at(alert.looked_at) if alert.looked_at else "not yet: `waqai alert run` does"),
        ("news", str(alert.told)),
        *([("paused", f"since {_at(alert.paused_at)}")] if alert.paused_at else []),
    ]
    for name, value in rows:
        console.print(f"{name:<8} {value}", soft_wrap=True)
    for one in deliveries:
        kind, _colon, _address = one.door.partition(":")
        console.print(f"  {_at(one.made_at)}  {kind}, news {one.first}–{one.last}: {state_of(one)}", soft_wrap=True)


def print_round(console: Console, done: Round) -> None:
    """What a round did; nothing where there was nothing to do."""
    if done.news:
        console.print(f"{done.alert.name}: {count_of(done.news, 'piece')} of news", soft_wrap=True)
    for one in done.sent:
        print_sent(console, done.alert, one)


def print_sent(console: Console, alert: Alert, sent: Sent) -> None:
    """What became of one try."""
    where = f"{alert.name}: {sent.door.kind} to {sent.door.shown}"
    if sent.error is None:
        console.print(f"{where}: {count_of(sent.news, 'piece')} of news sent", soft_wrap=True)
        return
    again = f"next try {_at(sent.next_try)}" if sent.next_try else "given up"
    console.print(f"{where}: not delivered, {again} ({tame(sent.error)})", soft_wrap=True)


def state_of(delivery: Delivery) -> str:
    """What became of a delivery, in words."""
    if delivery.sent_at is not None:
        return f"sent {_at(delivery.sent_at)}"
    failed = f": {tame(delivery.error)}" if delivery.error else ""
    if delivery.given_up_at is not None:
        return f"given up {_at(delivery.given_up_at)} after {count_of(delivery.tries, 'try')}{failed}"
    return f"waits for {_at(delivery.next_try) if delivery.next_try else 'its turn'}{failed}"


def short_state_of(delivery: Delivery) -> str:
    """The same without the error."""
    return state_of(replace(delivery, error=None)) + (" (failed)" if delivery.error else "")


def alert_as_json(alert: Alert, deliveries: Sequence[Delivery]) -> dict[str, Any]:
    """An alert as a program reads it: without the key, and of a webhook the host only."""
    wanted = alert.wanted
    return {
        "id": alert.id,
        "name": alert.name,
        "filters": {name: value for name, value in to_plain(filters_as_plain(wanted.filters)).items() if value},
        "kinds": list(wanted.kinds),
        "profile": wanted.profile,
        "doors": [{"kind": door.kind, "address": door.shown, "roll_up_s": door.roll_up_s} for door in wanted.doors],
        "quiet": str(wanted.quiet) if wanted.quiet else None,
        "made_by": alert.made_by,
        "made_at": alert.made_at.isoformat(),
        "paused_at": _iso(alert.paused_at),
        "looked_at": _iso(alert.looked_at),
        "news": alert.told,
        "deliveries": [_delivery_as_json(one) for one in deliveries],
    }


def _delivery_as_json(one: Delivery) -> dict[str, Any]:
    numbers = {"id": one.id, "kind": one.door.partition(":")[0], "first": one.first, "last": one.last, "tries": one.tries}
    times = {name: _iso(getattr(one, name)) for name in ("made_at", "next_try", "sent_at", "given_up_at")}
    return numbers | times | {"error": one.error}


def _every(seconds: int) -> str:
    if not seconds:
        return "at once"
    amount, unit = next((seconds // size, unit) for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")) if seconds % size == 0)
    return f"at most once in {count_of(amount, unit) if amount > 1 else f'a {unit}'}".replace("in a hour", "in an hour")


def _at(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M UTC")


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
