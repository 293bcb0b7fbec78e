"""The commands that keep a store: copies of it, moves, upgrades."""

from pathlib import Path
from typing import Annotated

import typer

from waqai.cli.options import StoreOption

keeping_app = typer.Typer(rich_markup_mode=None)
PassphraseFile = Annotated[
    Path | None,
    typer.Option("--passphrase-file", metavar="FILE", help="The passphrase: this file's first line. WAQAI_PASSPHRASE holds one, too.", show_default=False),
]


@keeping_app.command("backup")
def backup(
    place: Annotated[str, typer.Argument(metavar="FILE", help="A file that is not there yet; or a folder, for a dated name.", show_default=False)],
    keep: Annotated[int | None, typer.Option("--keep", metavar="N", min=1, help="In a folder: the newest N stay.", show_default=False)] = None,
    encrypt: Annotated[bool, typer.Option("--encrypt", help="Seal it with a passphrase, which is asked twice.")] = False,
    to: Annotated[list[str] | None, typer.Option("--to", metavar="KEY", help="Seal it for this public key (age1…); can be given several times.")] = None,
    passphrase_file: PassphraseFile = None,
    store: StoreOption = None,
) -> None:
    """Write the store to one file, while others use it: of one moment, read again and held against the store before it is called done.

    A store in PostgreSQL is written in the same form, and either form is restored to a file or to PostgreSQL. Sealed ones are files of the program age.
    """
    from waqai.commands.copies import backup_command, choose_seal

    seal = choose_seal(encrypt=encrypt, to=to or (), passphrase_file=passphrase_file)
    raise typer.Exit(backup_command(place, keep=keep, seal=seal, store=store))


@keeping_app.command("restore")
def restore(
    backup: Annotated[str, typer.Argument(metavar="BACKUP", help="A file that `waqai backup` wrote, or the address of a database.", show_default=False)],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    key: Annotated[Path | None, typer.Option("--key", metavar="FILE", help="The secret key that opens it, as age-keygen wrote it.", show_default=False)] = None,
    passphrase_file: PassphraseFile = None,
    erasures: Annotated[
        Path | None, typer.Option("--erasures", metavar="FILE", help="Erase these, too: a list that `waqai erase --list` wrote.", show_default=False)
    ] = None,
    store: StoreOption = None,
) -> None:
    """Make the store what a backup is. What was erased since the backup was made is erased from it again, so that its words are in none of the store's files.

    The store may be a file or a PostgreSQL address. Where BACKUP is the address of a database that pg_restore filled, it is cleared of what the store knows to
    be erased, and is the one to use from then on.
    """
    from waqai.commands.copies import restore_command

    raise typer.Exit(restore_command(backup, yes=yes, key_file=key, passphrase_file=passphrase_file, erasures=erasures, store=store))


@keeping_app.command("move")
def move(
    source: Annotated[str, typer.Argument(metavar="FROM", help="The store: a file or a postgresql:// address.", show_default=False)],
    target: Annotated[str, typer.Argument(metavar="TO", help="A file that is not there yet, or the address of an empty database.", show_default=False)],
) -> None:
    """Copy a store to another file or database, from either engine to either, and print checksums, the same at both ends. The old one stays as it is."""
    from waqai.commands.copies import move_command

    raise typer.Exit(move_command(source, target))


@keeping_app.command("migrate")
def migrate(
    check: Annotated[bool, typer.Option("--check", help="Only say what would be done; exit 1 where there is something.")] = False,
    store: StoreOption = None,
) -> None:
    """Bring a store of an older waqai up to date and say what that was. Every command does the same when it opens one; this one does nothing else."""
    from waqai.commands.copies import migrate_command

    raise typer.Exit(migrate_command(check=check, store=store))
