"""The commands that look at the log and add to it."""

from typing import Annotated

import typer

from waqai.cli.options import Because, By, Format, FormatOption, StoreOption

history_app = typer.Typer(rich_markup_mode=None)


@history_app.command("log")
def log(
    incident: Annotated[str | None, typer.Option("--incident", metavar="ID", help="Entries on this incident only.")] = None,
    report: Annotated[str | None, typer.Option("--report", metavar="ID", help="Entries on this report only.")] = None,
    homeless: Annotated[bool, typer.Option("--homeless", help="Entries on words that no account of the newest readings tells any more.")] = False,
    last: Annotated[int | None, typer.Option("--last", metavar="N", min=1, help="The last N entries only.")] = None,
    store: StoreOption = None,
    format: FormatOption = Format.text,
) -> None:
    """Show what was decided, by whom, when and why, the newest last. What was undone or erased says by which entry."""
    from waqai.commands.history import log_command

    raise typer.Exit(log_command(store=store, incident=incident, report=report, homeless=homeless, last=last, format=format.value))


@history_app.command("undo")
def undo(
    number: Annotated[int, typer.Argument(metavar="N", help="The number of an entry, as `waqai log` shows it.", show_default=False)],
    because: Because,
    by: By = None,
    store: StoreOption = None,
) -> None:
    """Take an entry of the log back, by another entry, and say which incidents that changed. Nothing is deleted: undoing the undo brings it back.

    What was said in one breath is taken back together. An account that belongs nowhere then opens an incident of its own.
    """
    from waqai.commands.history import undo_command

    raise typer.Exit(undo_command(number, because=because, by=by, store=store))


One = Annotated[str, typer.Argument(metavar="A", help="An incident (i-…), an account (a-…), or a report in which nothing was coded.", show_default=False)]
Other = Annotated[str, typer.Argument(metavar="B", help="Another one.", show_default=False)]


@history_app.command("same")
def same(one: One, other: Other, because: Because, by: By = None, store: StoreOption = None) -> None:
    """Say that two tell of one happening: account A, with its parts, moves into the incident of B; of two incidents the younger goes into the older.

    A report in which nothing was coded may be named beside an incident: it tells that incident's story, and is listed with it.
    No later run moves what a person has put somewhere.
    """
    from waqai.commands.history import judge_command

    raise typer.Exit(judge_command("same", one, other, because=because, by=by, store=store))


@history_app.command("different")
def different(one: One, other: Other, because: Because, by: By = None, store: StoreOption = None) -> None:
    """Say that two tell of two happenings: where they sit together, A leaves and opens an incident of its own. No later run joins them again.

    A report in which nothing was coded may be named beside an incident: it does not tell that incident's story.
    """
    from waqai.commands.history import judge_command

    raise typer.Exit(judge_command("different", one, other, because=because, by=by, store=store))


@history_app.command("unsure")
def unsure(one: One, other: Other, because: Because, by: By = None, store: StoreOption = None) -> None:
    """Note that nobody can say yet whether two tell of one happening. Nothing moves."""
    from waqai.commands.history import judge_command

    raise typer.Exit(judge_command("unsure", one, other, because=because, by=by, store=store))


@history_app.command("split")
def split(
    incident: Annotated[str, typer.Argument(metavar="INCIDENT", help="The incident that holds two happenings (i-…).", show_default=False)],
    accounts: Annotated[list[str], typer.Argument(metavar="ACCOUNT…", help="The accounts (a-…) that tell of the other one.", show_default=False)],
    because: Because,
    by: By = None,
    store: StoreOption = None,
) -> None:
    """Take accounts, with their parts, out of an incident and into a new one of their own. No later run joins them again."""
    from waqai.commands.history import split_command

    raise typer.Exit(split_command(incident, accounts, because=because, by=by, store=store))


@history_app.command("erase")
def erase(
    report: Annotated[str | None, typer.Argument(metavar="REPORT", help="A report's id or the SHA-256 of its text.", show_default=False)] = None,
    because: Annotated[
        str | None, typer.Option("--because", metavar="WORDS", help="Why, in a few words; kept in the log. Must be given with REPORT.", show_default=False)
    ] = None,
    by: By = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    listing: Annotated[bool, typer.Option("--list", help="Erase nothing: print what was erased, a line of JSON each, to keep beside the backups.")] = False,
    store: StoreOption = None,
) -> None:
    """Destroy a report: its text, all readings of it, its place in the index, what the log says of it. This cannot be undone.

    Its id, hash, the day, who and why stay, so the reason shall not hold its words. Incidents are computed again without it; `waqai verify` still holds. The
    same text is not taken in again. The store's files are written anew, so that the words are in none of them; this takes room for a second copy meanwhile.
    """
    if listing:
        from waqai.commands.copies import list_erasures_command

        raise typer.Exit(list_erasures_command(store=store))
    from waqai.commands.history import erase_command

    if report is None or because is None:
        missing = "REPORT" if report is None else "--because"
        raise typer.BadParameter("name the report and say why, or ask for the list of what was erased by --list", param_hint=missing)
    raise typer.Exit(erase_command(report, because=because, by=by, yes=yes, store=store))


@history_app.command("rebuild")
def rebuild(store: StoreOption = None) -> None:
    """Drop all that is computed (incidents, seats, search index), compute it again from reports and log, and say whether the result is equal."""
    from waqai.commands.history import rebuild_command

    raise typer.Exit(rebuild_command(store=store))


@history_app.command("verify")
def verify(
    digest: Annotated[bool, typer.Option("--digest", help="Print a checksum of each table, too: two stores that are equal have equal ones.")] = False,
    store: StoreOption = None,
) -> None:
    """Walk the log's chain of hashes: say that it holds and how many reports were erased, or which entry was changed. Exit 1 when it is broken.

    The same for how each report came; the hash of each report's text is made anew, and that of each original of its bytes. Who keeps the last hash and the
    last link that are shown can tell later that nothing before them was changed.
    """
    from waqai.commands.history import verify_command

    raise typer.Exit(verify_command(digest=digest, store=store))
