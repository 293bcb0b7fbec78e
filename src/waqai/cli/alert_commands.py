"""The commands of alerts: saved filters that tell what is new or changed."""

from enum import StrEnum
from typing import Annotated

import typer

from waqai.cli.filters import Given, filtered
from waqai.cli.options import By, Format, FormatOption, LogOption, ProfileName, ProfileOption, StoreOption

alert_app = typer.Typer(help="Saved filters that tell what is new or changed: by feed, webhook and mail.", no_args_is_help=True, rich_markup_mode=None)


class KindName(StrEnum):
    new = "new"
    figures = "figures"
    grade = "grade"
    expectation = "expectation"


class FeedFormat(StrEnum):
    atom = "atom"
    json = "json"


Named = Annotated[str, typer.Argument(metavar="NAME", help="The alert's name, in whatever case, or its id.", show_default=False)]


@alert_app.command("add")
@filtered
def alert_add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is for: one line of at most 80 letters.", show_default=False)],
    filters: Given = {},  # noqa: B006  `filtered` puts the options in its place
    kind: Annotated[
        list[KindName] | None,
        typer.Option(
            "--kind", help="What is told, can be given several times: new incidents, changed figures, a changed grade, what was expected. Default: all."
        ),
    ] = None,
    webhook: Annotated[
        list[str] | None, typer.Option("--webhook", metavar="ADDRESS", help="Post news there, signed; can be given several times.", show_default=False)
    ] = None,
    mail: Annotated[
        list[str] | None, typer.Option("--mail", metavar="ADDRESS", help="Mail news there; can be given several times.", show_default=False)
    ] = None,
    roll_up: Annotated[
        str | None,
        typer.Option("--roll-up", metavar="TIME", help="Send at most once in this time, e.g. 1h, 1d, 1w. Default: a mail a day, webhooks at once."),
    ] = None,
    quiet: Annotated[
        str | None, typer.Option("--quiet", metavar="HOURS", help="Send nothing in these hours of a place, e.g. '22:00-07:00 Europe/Paris'; then all at once.")
    ] = None,
    profile: ProfileOption = ProfileName.public,
    from_start: Annotated[bool, typer.Option("--from-start", help="Tell what is in the store already, too.")] = False,
    by: By = None,
    store: StoreOption = None,
) -> None:
    """Save a filter, and have told what becomes new or changes in it, and what is withdrawn. `waqai alert run` looks and sends.

    Every alert has feeds: `waqai alert feed`, and /alerts/ID.atom and .json at the desk. The key that webhooks are signed with is shown this once.
    """
    from waqai.commands.alerting import add_alert_command

    raise typer.Exit(
        add_alert_command(
            name,
            filters=filters,
            kinds=[one.value for one in kind or ()],
            webhooks=webhook or (),
            mails=mail or (),
            roll_up=roll_up,
            quiet=quiet,
            profile=profile.value,
            from_start=from_start,
            by=by,
            store=store,
        )
    )


@alert_app.command("list")
def alert_list(store: StoreOption = None, format: FormatOption = Format.text) -> None:
    """List all alerts: what each tells, where, when it looked last, what failed."""
    from waqai.commands.alerting import list_alerts_command

    raise typer.Exit(list_alerts_command(store=store, format=format.value))


@alert_app.command("show")
def alert_show(name: Named, store: StoreOption = None, format: FormatOption = Format.text) -> None:
    """Show an alert with its last deliveries."""
    from waqai.commands.alerting import show_alert_command

    raise typer.Exit(show_alert_command(name, store=store, format=format.value))


@alert_app.command("pause")
def alert_pause(name: Named, store: StoreOption = None) -> None:
    """Look at nothing and send nothing until `waqai alert resume`; what changed meanwhile is told then."""
    from waqai.commands.alerting import pause_alert_command

    raise typer.Exit(pause_alert_command(name, pause=True, store=store))


@alert_app.command("resume")
def alert_resume(name: Named, store: StoreOption = None) -> None:
    """Let a paused alert go on."""
    from waqai.commands.alerting import pause_alert_command

    raise typer.Exit(pause_alert_command(name, pause=False, store=store))


@alert_app.command("remove")
def alert_remove(name: Named, by: By = None, store: StoreOption = None) -> None:
    """Take an alert away with its feeds and all that it knew."""
    from waqai.commands.alerting import remove_alert_command

    raise typer.Exit(remove_alert_command(name, by=by, store=store))


@alert_app.command("key")
def alert_key(name: Named, store: StoreOption = None) -> None:
    """Make another key for the webhooks of an alert, and show it this once; the old one signs nothing more."""
    from waqai.commands.alerting import alert_key_command

    raise typer.Exit(alert_key_command(name, store=store))


@alert_app.command("run")
def alert_run(
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME…", help="These alerts only.", show_default=False)] = None,
    every: Annotated[
        str | None, typer.Option("--every", metavar="TIME", help="Go on, with a round in each such time, e.g. 5m; Ctrl-C stops it.", show_default=False)
    ] = None,
    log: LogOption = None,
    store: StoreOption = None,
) -> None:
    """One round: look at what changed, send what is due, and say what was done. For cron or a timer; two at once send nothing twice.

    Exit status 1 where a delivery was given up.
    """
    from waqai.commands.alerting import run_alerts_command

    raise typer.Exit(run_alerts_command(names or (), every=every, store=store, log=log))


@alert_app.command("test")
def alert_test(name: Named, store: StoreOption = None) -> None:
    """Send a test through each webhook and to each mail address of an alert, now; nothing of the store is in it."""
    from waqai.commands.alerting import test_alert_command

    raise typer.Exit(test_alert_command(name, store=store))


@alert_app.command("feed")
def alert_feed(
    name: Named,
    format: Annotated[FeedFormat, typer.Option("--format", help="Atom, or JSON Feed.")] = FeedFormat.atom,
    store: StoreOption = None,
) -> None:
    """Print an alert's last 100 pieces of news as a feed, for whoever puts it on a web server."""
    from waqai.commands.alerting import alert_feed_command

    raise typer.Exit(alert_feed_command(name, format=format.value, store=store))
