"""The commands that say who may work with a store, and which programs."""

from enum import StrEnum
from typing import Annotated

import typer

from waqai.cli.options import By, Format, FormatOption, StoreOption

person_app = typer.Typer(help="Who may log in at the desk, and what each may do.", no_args_is_help=True, rich_markup_mode=None)
token_app = typer.Typer(help="Tokens by which programs use the desk: each ends, and may no more than its scopes.", no_args_is_help=True, rich_markup_mode=None)


class RoleName(StrEnum):
    viewer = "viewer"
    coder = "coder"
    reviewer = "reviewer"
    admin = "admin"


class ActName(StrEnum):
    read = "read"
    internal = "internal"
    note = "note"
    code = "code"
    export = "export"
    judge = "judge"
    manage = "manage"
    metrics = "metrics"


Name = Annotated[str, typer.Argument(metavar="NAME", help="A person, in whatever case.", show_default=False)]
PasswordStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from the first line of standard input instead of asking twice.")]


@person_app.command("add")
def person_add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As the log shall show it: letters of any script, at most 80.", show_default=False)],
    role: Annotated[RoleName, typer.Option("--role", help="What they may: each role may all that the ones before it may.", show_default=False)],
    password_stdin: PasswordStdin = False,
    by: By = None,
    store: StoreOption = None,
) -> None:
    """Add a person who may log in; asks for their password twice.

    A viewer reads; a coder also adds reports, corrects, notes and exports; a reviewer also merges, splits, locks and undoes what others did; an admin also
    manages persons and tokens. The password has at least 10 signs and is kept as a hash. Every change of persons, roles and tokens is in the log.
    """
    from waqai.commands.people import add_person_command

    raise typer.Exit(add_person_command(name, role=role.value, password_stdin=password_stdin, by=by, store=store))


@person_app.command("list")
def person_list(store: StoreOption = None, format: FormatOption = Format.text) -> None:
    """List all persons with their roles, those who are disabled, too."""
    from waqai.commands.people import list_persons_command

    raise typer.Exit(list_persons_command(store=store, format=format.value))


@person_app.command("role")
def person_role(
    name: Name,
    role: Annotated[RoleName, typer.Argument(metavar="ROLE", help="viewer, coder, reviewer or admin.", show_default=False)],
    by: By = None,
    store: StoreOption = None,
) -> None:
    """Give a person another role, from the next thing they do. The only admin keeps theirs."""
    from waqai.commands.people import role_command

    raise typer.Exit(role_command(name, role=role.value, by=by, store=store))


@person_app.command("password")
def person_password(name: Name, password_stdin: PasswordStdin = False, by: By = None, store: StoreOption = None) -> None:
    """Set another password for a person. All their sessions end, and wrong tries are forgotten; their tokens go on."""
    from waqai.commands.people import password_command

    raise typer.Exit(password_command(name, password_stdin=password_stdin, by=by, store=store))


@person_app.command("disable")
def person_disable(name: Name, by: By = None, store: StoreOption = None) -> None:
    """Keep a person out: their sessions end, their tokens open nothing. Nobody is deleted, as the log goes on naming them. The only admin stays."""
    from waqai.commands.people import disable_command

    raise typer.Exit(disable_command(name, by=by, store=store))


@person_app.command("enable")
def person_enable(name: Name, by: By = None, store: StoreOption = None) -> None:
    """Let a disabled person in again, with the password, role and tokens of before."""
    from waqai.commands.people import enable_command

    raise typer.Exit(enable_command(name, by=by, store=store))


@token_app.command("add")
def token_add(
    name: Annotated[str, typer.Option("--name", metavar="WHAT", help="What it is for, in a line; shown in lists and in the log.", show_default=False)],
    scope: Annotated[list[ActName], typer.Option("--scope", help="What it may do; can be given several times.", show_default=False)],
    days: Annotated[int, typer.Option("--days", metavar="N", min=1, max=366, help="For how many days it is valid.")] = 90,
    person: Annotated[str | None, typer.Option("--person", metavar="NAME", help="Whose it is. Default: the owner's, who may everything.")] = None,
    by: By = None,
    store: StoreOption = None,
) -> None:
    """Make an API token and print its secret, once and alone on standard output; the store keeps a hash of it.

    It may do what its scopes say and its person's role allows on the day, and signs as that person.
    """
    from waqai.commands.people import add_token_command

    raise typer.Exit(add_token_command(name, scopes=[one.value for one in scope], days=days, person=person, by=by, store=store))


@token_app.command("list")
def token_list(
    person: Annotated[str | None, typer.Option("--person", metavar="NAME", help="Those of this person only.")] = None,
    store: StoreOption = None,
    format: FormatOption = Format.text,
) -> None:
    """List all tokens, also those that are over or revoked: what each is for, whose it is, what it may, when it was last used."""
    from waqai.commands.people import list_tokens_command

    raise typer.Exit(list_tokens_command(person=person, store=store, format=format.value))


@token_app.command("revoke")
def token_revoke(
    id: Annotated[str, typer.Argument(metavar="ID", help="A token (t-…), as `waqai token list` shows it.", show_default=False)],
    by: By = None,
    store: StoreOption = None,
) -> None:
    """End a token at once and for good."""
    from waqai.commands.people import revoke_command

    raise typer.Exit(revoke_command(id, by=by, store=store))
