"""Persons and tokens on the screen: in lists, and in the words of the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from waqai.people import ApiToken, Person
from waqai.wording import name_author


def print_persons(console: Console, persons: Sequence[Person]) -> None:
    """A line for each."""
    rows = [(p.name, p.role, _day(p.created_at), f"disabled since {_day(p.disabled_at)}" if p.disabled_at else "") for p in persons]
    _print(console, ("name", "role", "added", ""), rows, none="nobody yet; `waqai person add NAME --role admin` adds somebody")


def print_tokens(console: Console, tokens: Sequence[ApiToken], *, now: datetime) -> None:
    """A line for each."""
    rows = [(t.id, t.name, name_author(t.owner), ", ".join(t.scopes), str(t.last_used or "never used"), state_of(t, now=now)) for t in tokens]
    _print(console, ("id", "for", "whose", "scopes", "last used", ""), rows, none="no tokens")


def person_as_json(person: Person) -> dict[str, Any]:
    """A person as a program reads them."""
    return {
        "name": person.name,
        "role": person.role,
        "created_at": person.created_at.isoformat(),
        "password_at": person.password_at.isoformat(),
        "disabled_at": person.disabled_at.isoformat() if person.disabled_at else None,
    }


def token_as_json(token: ApiToken, *, now: datetime) -> dict[str, Any]:
    """A token as a program reads it, without its secret, which nobody has."""
    return {
        "id": token.id,
        "name": token.name,
        "owner": token.owner,
        "scopes": list(token.scopes),
        "created_at": token.created_at.isoformat(),
        "expires_at": token.expires_at.isoformat(),
        "last_used": token.last_used.isoformat() if token.last_used else None,
        "revoked_at": token.revoked_at.isoformat() if token.revoked_at else None,
        "state": state_of(token, now=now),
    }


def state_of(token: ApiToken, *, now: datetime) -> str:
    """Whether it opens anything, in words; that of a disabled person does not, whatever it says here."""
    if token.revoked_at is not None:
        return f"revoked on {_day(token.revoked_at)}"
    return f"{'valid until' if now < token.expires_at else 'over since'} {_day(token.expires_at)}"


def _print(console: Console, headers: Sequence[str], rows: Sequence[Sequence[str]], *, none: str) -> None:
    if not rows:
        console.print(none)
        return
    table = Table(*headers, header_style="dim", box=SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _day(at: datetime) -> str:
    return at.date().isoformat()
