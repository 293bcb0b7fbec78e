"""`waqai person` and `waqai token`: who may work with a store."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Sequence

import typer

from waqai.commands.history import author
from waqai.commands.opening import open_named_store
from waqai.flow import Store, now
from waqai.people import (
    Person,
    add_person,
    add_token,
    check_password,
    disable_person,
    enable_person,
    get_person,
    give_role,
    list_persons,
    list_tokens,
    revoke_token,
    set_password,
)
from waqai.terminal.persons import person_as_json, print_persons, print_tokens, token_as_json
from waqai.terminal.printing import err, out, print_json


def add_person_command(name: str, *, role: str, password_stdin: bool, by: str | None, store: str | None) -> int:
    """Exit status 0. Raises NotPossible, WeakPassword."""
    with open_named_store(store, must_exist=False) as opened:
        password = read_password(name, from_stdin=password_stdin)
        person = add_person(name, opened, role=role, password=password, by=author(by), at=now())
        out.print(f"added: {person.name}, {person.role}, in store {opened.address}", soft_wrap=True)
    return 0


def password_command(name: str, *, password_stdin: bool, by: str | None, store: str | None) -> int:
    """Exit status 0. Raises UnknownId, WeakPassword."""
    with open_named_store(store, must_exist=True) as opened:
        person = get_person(name, opened)
        password = read_password(person.name, from_stdin=password_stdin)
        set_password(person.name, opened, password=password, by=author(by), at=now())
        out.print(f"{person.name} has another password; all their sessions ended")
    return 0


def role_command(name: str, *, role: str, by: str | None, store: str | None) -> int:
    """Exit status 0. Raises UnknownId, NotPossible."""
    return _change(store, lambda opened: give_role(name, opened, role=role, by=author(by), at=now()), said="{0.name} has the role {0.role}")


def disable_command(name: str, *, by: str | None, store: str | None) -> int:
    """Exit status 0. Raises UnknownId, NotPossible."""
    said = "{0.name} is disabled: all their sessions ended, their tokens open nothing"
    return _change(store, lambda opened: disable_person(name, opened, by=author(by), at=now()), said=said)


def enable_command(name: str, *, by: str | None, store: str | None) -> int:
    """Exit status 0. Raises UnknownId, NotPossible."""
    said = "{0.name} may log in again, with the role {0.role}"
    return _change(store, lambda opened: enable_person(name, opened, by=author(by), at=now()), said=said)


def list_persons_command(*, store: str | None, format: str) -> int:
    """Exit status 0, also when there is nobody."""
    with open_named_store(store, must_exist=True) as opened:
        persons = list_persons(opened)
    if format == "text":
        print_persons(out, persons)
    else:
        print_json([person_as_json(person) for person in persons], format)
    return 0


def add_token_command(name: str, *, scopes: Sequence[str], days: int, person: str | None, by: str | None, store: str | None) -> int:
    """Exit status 0; the secret alone on standard output. Raises UnknownId, NotPossible, NotAllowed."""
    who = author(by)
    owner_name = who.removeprefix("person:") if person is None and who != "person" else None
    with open_named_store(store, must_exist=False) as opened:
        new = add_token(name, opened, scopes=scopes, days=days, person=person, owner_name=owner_name, by=who, at=now())
    until = new.token.expires_at.date().isoformat()
    err.print(f"token {new.token.id}, valid until {until}. Its secret is shown this once; a program sends it as `Authorization: Bearer …`:", soft_wrap=True)
    sys.stdout.write(f"{new.secret}\n")
    return 0


def list_tokens_command(*, person: str | None, store: str | None, format: str) -> int:
    """Exit status 0, also when there is none. Raises UnknownId."""
    with open_named_store(store, must_exist=True) as opened:
        tokens = list_tokens(opened, person=None if person is None else get_person(person, opened).name)
    if format == "text":
        print_tokens(out, tokens, now=now())
    else:
        print_json([token_as_json(token, now=now()) for token in tokens], format)
    return 0


def revoke_command(id: str, *, by: str | None, store: str | None) -> int:
    """Exit status 0. Raises UnknownId, NotPossible."""
    with open_named_store(store, must_exist=True) as opened:
        token = revoke_token(id, opened, by=author(by), at=now())
        out.print(f"revoked: {token.id} ({token.name})", soft_wrap=True)
    return 0


def read_password(name: str, *, from_stdin: bool) -> str:
    """The first line of standard input, or what is typed twice, unseen. Raises typer.BadParameter where nobody can be asked, WeakPassword."""
    if from_stdin:
        password = sys.stdin.readline().removesuffix("\n").removesuffix("\r")
        check_password(password, name=name)
        return password
    if not sys.stdin.isatty():
        raise typer.BadParameter(
            "standard input is no terminal, so nobody can be asked; give the password in a line by this option", param_hint="--password-stdin"
        )
    password = getpass.getpass(f"Password for {name}: ")
    check_password(password, name=name)
    if getpass.getpass("Once more: ") != password:
        raise typer.BadParameter("the two are not the same; nothing was changed", param_hint="password")
    return password


def _change(store: str | None, change: Callable[[Store], Person], *, said: str) -> int:
    with open_named_store(store, must_exist=True) as opened:
        out.print(said.format(change(opened)))
    return 0
