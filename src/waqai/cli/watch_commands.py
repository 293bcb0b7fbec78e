"""The commands of what is watched: feeds, sitemaps, pages and folders."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from waqai.cli.options import By, Format, FormatOption, LogOption, StoreOption, parse_day

watch_app = typer.Typer(help="Feeds, sitemaps, pages and folders that are looked at again and again.", no_args_is_help=True, rich_markup_mode=None)


class KindName(StrEnum):
    auto = "auto"
    feed = "feed"
    sitemap = "sitemap"
    page = "page"
    folder = "folder"


Named = Annotated[str, typer.Argument(metavar="NAME", help="The feed's name, in whatever case, its address or its id.", show_default=False)]


@watch_app.command("add")
def watch_add(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="An address (https://…) or a folder of this machine.", show_default=False)],
    name: Annotated[str | None, typer.Option("--name", metavar="WORDS", help="What it is called; default: its address, shortened.", show_default=False)] = None,
    publisher: Annotated[
        str | None, typer.Option("--publisher", metavar="NAME", help="Who publishes what it brings, where that does not say so itself.", show_default=False)
    ] = None,
    every: Annotated[str, typer.Option("--every", metavar="TIME", help="The time between two looks: 5m, 6h, 1d.")] = "30m",
    kind: Annotated[KindName, typer.Option("--kind", help="What it is; auto: its first answer tells.")] = KindName.auto,
    since: Annotated[
        date | None,
        typer.Option(
            "--since", metavar="DAY", parser=parse_day, help="Take nothing that is older; of a sitemap by default a week is taken.", show_default=False
        ),
    ] = None,
    by: By = None,
    store: StoreOption = None,
) -> None:
    """Watch a feed (RSS, Atom), a sitemap, one page or a folder of files. `waqai watch run` looks, fetches and reads.

    What it brings is asked for politely: robots.txt is kept to, hosts are asked one question at a time, and only whether something is new.
    """
    from waqai.commands.watching import add_feed_command

    raise typer.Exit(add_feed_command(address, name=name, publisher=publisher, every=every, kind=kind.value, since=since, by=by, store=store))


@watch_app.command("list")
def watch_list(store: StoreOption = None, format: FormatOption = Format.text) -> None:
    """List all feeds: when each answered last, what it brought, what failed."""
    from waqai.commands.watching import list_feeds_command

    raise typer.Exit(list_feeds_command(store=store, format=format.value))


@watch_app.command("show")
def watch_show(name: Named, store: StoreOption = None, format: FormatOption = Format.text) -> None:
    """Show a feed with what it brought last, and why something was set aside."""
    from waqai.commands.watching import show_feed_command

    raise typer.Exit(show_feed_command(name, store=store, format=format.value))


@watch_app.command("pause")
def watch_pause(name: Named, store: StoreOption = None) -> None:
    """Look at nothing there until `waqai watch resume`."""
    from waqai.commands.watching import pause_feed_command

    raise typer.Exit(pause_feed_command(name, pause=True, store=store))


@watch_app.command("resume")
def watch_resume(name: Named, store: StoreOption = None) -> None:
    """Let a paused feed go on."""
    from waqai.commands.watching import pause_feed_command

    raise typer.Exit(pause_feed_command(name, pause=False, store=store))


@watch_app.command("retry")
def watch_retry(name: Named, store: StoreOption = None) -> None:
    """Try again what a feed brought and what was set aside; the next round does it."""
    from waqai.commands.watching import retry_feed_command

    raise typer.Exit(retry_feed_command(name, store=store))


@watch_app.command("remove")
def watch_remove(name: Named, by: By = None, store: StoreOption = None) -> None:
    """Watch it no longer; the reports that it brought stay."""
    from waqai.commands.watching import remove_feed_command

    raise typer.Exit(remove_feed_command(name, by=by, store=store))


@watch_app.command("run")
def watch_run(
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME…", help="These feeds only, now, whatever their time.", show_default=False)] = None,
    every: Annotated[
        str | None, typer.Option("--every", metavar="TIME", help="Go on, with a round in each such time, e.g. 1m; Ctrl-C stops it.", show_default=False)
    ] = None,
    workers: Annotated[
        int,
        typer.Option("--workers", metavar="N", min=1, max=512, help="Read in N processes of this machine; a report that ends its process costs itself only."),
    ] = 1,
    log: LogOption = None,
    store: StoreOption = None,
) -> None:
    """One round: look at the feeds whose time has come, fetch what is new, read it and keep it. For cron or a timer; two at once do nothing twice.

    It may be broken off at any time: the next round goes on. Exit status 1 where a feed did not answer.
    """
    from waqai.commands.rounds import run_feeds_command

    raise typer.Exit(run_feeds_command(names or (), every=every, store=store, workers=workers, log=log))
