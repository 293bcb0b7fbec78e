"""The commands by which a person says how well an account was read, and whom not to believe."""

from typing import Annotated

import typer

from waqai.cli.options import Because, By, StoreOption

reviewing_app = typer.Typer(rich_markup_mode=None)

Incident = Annotated[str, typer.Argument(metavar="INCIDENT", help="An incident (i-…).", show_default=False)]
Account = Annotated[str, typer.Argument(metavar="ACCOUNT", help="An account (a-…), as `waqai show` lists it.", show_default=False)]


@reviewing_app.command("correct")
def correct(
    account: Account,
    facet: Annotated[str, typer.Argument(metavar="FACET", help="type, status, when, where, actor or count.", show_default=False)],
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALUE",
            help="A type or status of the codebook; a day, a month or 2023-06-18..2023-06-20; a place by name or id; "
            "custodian=Military Police or initiator:OLD NAME=NEW NAME; escaped=24, killed:guards=2, killed=20+ or "
            "escaped=none; none where the report does not tell it.",
            show_default=False,
        ),
    ],
    because: Because,
    words: Annotated[str | None, typer.Option("--words", metavar="WORDS", help="The words of the report that say it, as they stand there.")] = None,
    by: By = None,
    store: StoreOption = None,
) -> None:
    """Correct what was read in an account: its type, status, day, place, somebody in a role or a figure. What the machine read stays and is shown beside it.

    The correction holds on to the words: an account that a later reader finds on them takes it; where there is none, `waqai log --homeless` lists it.
    """
    from waqai.commands.reviewing import correct_command

    raise typer.Exit(correct_command(account, facet, value, words=words, because=because, by=by, store=store))


@reviewing_app.command("accept")
def accept(account: Account, because: Because, by: By = None, store: StoreOption = None) -> None:
    """Say that an account is as its report says: somebody looked. It also takes back a rejection."""
    from waqai.commands.reviewing import review_command

    raise typer.Exit(review_command(account, "accepted", because=because, by=by, store=store))


@reviewing_app.command("reject")
def reject(account: Account, because: Because, by: By = None, store: StoreOption = None) -> None:
    """Say that an account is not what its report says. It stays listed and counts for nothing; an incident of rejected accounts alone is discounted."""
    from waqai.commands.reviewing import review_command

    raise typer.Exit(review_command(account, "rejected", because=because, by=by, store=store))


@reviewing_app.command("lock")
def lock(
    incident: Incident,
    because: Because,
    by: By = None,
    store: StoreOption = None,
) -> None:
    """Lock an incident: no later run puts an account into it or takes one out. Persons still can, and `waqai undo` opens it again."""
    from waqai.commands.reviewing import lock_command

    raise typer.Exit(lock_command(incident, because=because, by=by, store=store))


@reviewing_app.command("note")
def note(
    incident: Incident,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="What to remember of it.", show_default=False)],
    by: By = None,
    store: StoreOption = None,
) -> None:
    """Write a note beside an incident. Nothing that is held of it changes; `waqai undo` takes the note back."""
    from waqai.commands.reviewing import note_command

    raise typer.Exit(note_command(incident, words, by=by, store=store))


@reviewing_app.command("tag")
def tag(
    incident: Incident,
    tag: Annotated[str, typer.Argument(metavar="TAG", help="A few words without a comma.", show_default=False)],
    by: By = None,
    store: StoreOption = None,
) -> None:
    """Put a tag on an incident. `waqai undo` takes it off."""
    from waqai.commands.reviewing import tag_command

    raise typer.Exit(tag_command(incident, tag, by=by, store=store))


@reviewing_app.command("source")
def source(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A speaker or publisher, as `waqai show` names them.", show_default=False)],
    because: Because,
    unreliable: Annotated[
        bool | None, typer.Option("--unreliable/--reliable", help="Not to be believed, or to be believed after all.", show_default=False)
    ] = None,
    by: By = None,
    store: StoreOption = None,
) -> None:
    """Mark a speaker or publisher unreliable: their figures stay listed and count in no low, best or high, their voice counts in no grade."""
    from waqai.commands.reviewing import source_command

    if unreliable is None:
        raise typer.BadParameter("say --unreliable or --reliable", param_hint="--unreliable")
    raise typer.Exit(source_command(name, unreliable=unreliable, because=because, by=by, store=store))
