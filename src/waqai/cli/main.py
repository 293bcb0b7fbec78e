"""The commands. Each is a few lines over flow; what takes time to import is imported when its command runs.

Modules of this room do without `from __future__ import annotations`: typer would evaluate each annotation as text, at every start, in the time of all else
that a start takes (0.10 s instead of 0.05 s for a hundred commands; `tests/cli/test_main.py`).
"""

import sys
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Annotated

import typer

from waqai import __version__
from waqai.cli.alert_commands import alert_app
from waqai.cli.compare_commands import compare_app
from waqai.cli.dossier_commands import dossier_app
from waqai.cli.expectation_commands import expectations_app
from waqai.cli.export_commands import export_app
from waqai.cli.gazetteer_commands import gazetteer_app
from waqai.cli.history_commands import history_app
from waqai.cli.import_commands import import_app
from waqai.cli.keeping_commands import keeping_app
from waqai.cli.looking_commands import looking_app
from waqai.cli.options import By, ColumnOption, Format, FormatOption, LogOption, StoreOption, parse_columns, parse_day
from waqai.cli.pattern_commands import pattern_app
from waqai.cli.people_commands import person_app, token_app
from waqai.cli.publish_commands import publish_app
from waqai.cli.release_commands import release_app
from waqai.cli.reviewing_commands import reviewing_app
from waqai.cli.scale_commands import DaskOption, WorkersOption, quarantine_app, scale_app
from waqai.cli.watch_commands import watch_app

INTERRUPTED = 130
"""The exit status that typer gives Ctrl-C."""

app = typer.Typer(
    name="waqai",
    help="Reports in; sourced, comparable, correctable incident records out. Everything runs on this machine.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH…",
        help="Text, HTML, PDF, Word (.docx), JSON or JSON Lines files, tables (.csv, .tsv, .xlsx), folders of these, addresses, or - for standard input.",
        show_default=False,
    ),
]
Published = Annotated[
    date | None, typer.Option("--published", parser=parse_day, metavar="DAY", help="Day of publication (YYYY-MM-DD) of reports that do not say it.")
]
Publisher = Annotated[str | None, typer.Option("--publisher", help="Publisher of reports that do not say it.")]


@app.callback(invoke_without_command=True)
def _main(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    if version:
        print(f"waqai {__version__}")
        raise typer.Exit


ReaderOption = Annotated[str | None, typer.Option("--reader", metavar="NAME", help="The reader that reads, e.g. llm, instead of the one in the settings.")]


@app.command()
def read(
    paths: Paths,
    published: Published = None,
    publisher: Publisher = None,
    column: ColumnOption = None,
    reader: ReaderOption = None,
    store: StoreOption = None,
    format: FormatOption = Format.text,
) -> None:
    """Read reports and show what they say, each value with the words that said it. Keeps nothing.

    The store matters to tables, for which it keeps what their columns hold, and to the reader llm: its calls are logged beside it, and it says which other
    machine may be asked.

    json prints one object for one report, else an array; jsonl a line for every report, in the order they came in. Both are gold format 1.
    """
    from waqai.commands.reading import read_command

    raise typer.Exit(
        read_command(paths, published=published, publisher=publisher, format=format.value, columns=parse_columns(column or ()), reader=reader, store=store)
    )


@app.command()
def add(
    paths: Paths,
    published: Published = None,
    publisher: Publisher = None,
    column: ColumnOption = None,
    reader: ReaderOption = None,
    ignore_robots: Annotated[bool, typer.Option("--ignore-robots", help="Fetch a page whatever the site's robots.txt asks for; that is kept.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Take in texts that were erased, too; needs --because.")] = False,
    because: Annotated[str, typer.Option("--because", metavar="WORDS", help="With --again: why; kept in the log.")] = "",
    by: By = None,
    workers: WorkersOption = None,
    dask: DaskOption = None,
    store: StoreOption = None,
) -> None:
    """Read reports, link them to incidents and keep them in the store. Adding the same reports again changes nothing.

    An address (https://…) is fetched, that one page alone, as the site's robots.txt allows; its bytes, the moment and the way they came are kept.
    A text that was erased is set aside, unless --again says that it comes in after all. Each row of a table is a report; which column holds what is told by its
    headers, or by --column, which is kept for tables with the same headers. A run that was ended goes on where it was when it is started again.
    """
    from waqai.commands.adding import add_command
    from waqai.commands.history import author, reason
    from waqai.commands.many import Workers
    from waqai.flow import Again

    if because and not again:
        raise typer.BadParameter("it is kept with --again only: a report that comes in needs no reason", param_hint="--because")
    said = Again(because=reason(because), by=author(by)) if again else None
    if workers and dask:
        raise typer.BadParameter("the cluster has its own workers: name either --workers or --dask", param_hint="--dask")
    how = Workers(workers=workers or 1, dask=dask) if workers or dask else None
    columns = parse_columns(column or ())
    doing = partial(add_command, paths, published=published, publisher=publisher, columns=columns, store=store, reader=reader)
    raise typer.Exit(doing(again=said, how=how, asks_robots=not ignore_robots))


class PlacesFormat(StrEnum):
    text = "text"
    json = "json"
    geojson = "geojson"


@app.command()
def places(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILES…", help="As PATH… of `waqai read`; standard input where none is given.", show_default=False),
    ] = None,
    publisher: Publisher = None,
    format: Annotated[PlacesFormat, typer.Option("--format", help="text for people, json for programs, geojson for maps.")] = PlacesFormat.text,
) -> None:
    """Find every place that reports name, put it on the map and show it. Keeps nothing.

    A publisher's home, which decides between places of one name, is told by the names in all of its reports given, and by its own. A name that is in no
    gazetteer is listed with what stands beside it, and gets no point. json gives every mention with its span, start and end, in code points of the text;
    geojson a point for every place, with how often it is named.
    """
    from waqai.commands.places import places_command

    raise typer.Exit(places_command(files or ["-"], publisher=publisher, format=format.value))


app.add_typer(looking_app)
app.add_typer(export_app)
app.add_typer(compare_app)
app.add_typer(import_app, name="import")
app.add_typer(release_app, name="release")
app.add_typer(publish_app)
app.add_typer(dossier_app)
app.add_typer(pattern_app, name="patterns", help="Patterns in what happened, each beside what chance alone gives; or why it is not testable.")
app.add_typer(watch_app, name="watch")
app.add_typer(alert_app, name="alert")
app.add_typer(expectations_app, name="expectations")
app.add_typer(history_app)
app.add_typer(quarantine_app, name="quarantine")
app.add_typer(scale_app)
app.add_typer(keeping_app)
app.add_typer(reviewing_app)


class CodebookFormat(StrEnum):
    text = "text"
    markdown = "markdown"


@app.command()
def codebook(
    format: Annotated[CodebookFormat, typer.Option("--format", help="A table for the screen, or the whole codebook as Markdown.")] = CodebookFormat.text,
) -> None:
    """Print the codebook: families and types with their usual roles, counts and crosswalk."""
    from waqai.commands.about import codebook_command

    raise typer.Exit(codebook_command(format.value))


@app.command()
def doctor(
    mend: Annotated[
        bool, typer.Option("--mend", help="Mend what can be mended without losing anything: schema, views, search index, leftovers of what was broken off.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Say what is installed, which data and versions are used, what is wrong with the store, and what would help. Exit 1 when something is wrong."""
    from waqai.commands.about import doctor_command

    raise typer.Exit(doctor_command(mend=mend, store=store))


@app.command()
def settings(
    changed: Annotated[bool, typer.Option("--changed", help="Only what differs from the defaults by a line of the settings file.")] = False,
    format: FormatOption = Format.text,
) -> None:
    """Print the settings in force here, each with where it came from; passwords are not shown."""
    from waqai.commands.settings import settings_command

    raise typer.Exit(settings_command(format=format.value, changed=changed))


reader_app = typer.Typer(help="Whether the reader llm may send a store's reports to another machine.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(reader_app, name="reader")


@reader_app.command("allow-remote")
def reader_allow_remote(store: StoreOption = None) -> None:
    """Allow the machine in the settings to be sent this store's reports, after its name has been typed. Kept in the store's log.

    The other key is `allow_remote = true` in the settings; without both nothing is sent.
    """
    from waqai.commands.remote import allow_remote_command

    raise typer.Exit(allow_remote_command(store=store))


@reader_app.command("forbid-remote")
def reader_forbid_remote(store: StoreOption = None) -> None:
    """Take that permission back."""
    from waqai.commands.remote import forbid_remote_command

    raise typer.Exit(forbid_remote_command(store=store))


app.add_typer(gazetteer_app, name="gazetteer")
app.add_typer(person_app, name="person")
app.add_typer(token_app, name="token")


@app.command()
def demo(store: StoreOption = None) -> None:
    """Read the shipped corpus (98 reports, our own wording of public facts) into a store of its own and show what comes out."""
    from waqai.commands.demo import demo_command

    raise typer.Exit(demo_command(store=store))


@app.command()
def desk(
    port: Annotated[
        int | None,
        typer.Option(
            "--port", min=0, max=65535, help="The port on this machine; 0 takes one that is free. [default: 8765, else one that is free]", show_default=False
        ),
    ] = None,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Listen on this IP address of the machine, for others too; not before somebody may log in.")
    ] = "127.0.0.1",
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="Answer under this name, too; can be given several times.", show_default=False),
    ] = None,
    proxy: Annotated[
        str | None,
        typer.Option("--proxy", metavar="ADDRESS", help="Believe the proxy at this IP address of who asks, and whether by https.", show_default=False),
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Open the store that `waqai demo` makes.")] = False,
    no_open: Annotated[bool, typer.Option("--no-open", help="Only print the start address; open no browser.")] = False,
    workers: Annotated[int, typer.Option("--workers", metavar="N", help="Serve by so many processes, each on a core of its own; see docs/operations.md.")] = 1,
    log: LogOption = None,
    by: By = None,
    store: StoreOption = None,
) -> None:
    """Serve the desk: web pages to read, check and correct in, for this machine only unless told otherwise. Ctrl-C stops it.

    Prints a start address that lets one browser in, once; where others can reach the desk (--host, --proxy), the address of the login.
    """
    from waqai.commands.desk import desk_command

    raise typer.Exit(
        desk_command(
            port=port, host=host, names=allow_host or (), proxy=proxy, demo=demo, open_browser=not no_open, by=by, store=store, workers=workers, log=log
        )
    )


def main() -> None:
    """Run the command line; errors that waqai raises on purpose are printed as one sentence. Exit 1: nothing could be done, 2: wrong usage."""
    from waqai.core import SettingsError, WaqaiError

    try:
        app()
    except WaqaiError as error:
        print(f"waqai: {error}", file=sys.stderr)
        sys.exit(2 if isinstance(error, SettingsError) else 1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except SystemExit as end:
        if end.code == INTERRUPTED:
            print("waqai: stopped", file=sys.stderr)
        raise


if __name__ == "__main__":
    main()
