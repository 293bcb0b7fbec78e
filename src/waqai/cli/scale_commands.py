"""The commands for many reports: what ended its reader."""

from typing import Annotated

import typer

from waqai.cli.options import StoreOption

scale_app = typer.Typer(rich_markup_mode=None)
quarantine_app = typer.Typer(
    help="Reports that ended, stalled or overfilled the process that read them, time and again.", no_args_is_help=True, rich_markup_mode=None
)
WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", min=1, max=512, help="Read in N processes of this machine; a report that ends its process costs itself only."),
]
DaskOption = Annotated[
    str | None, typer.Option("--dask", metavar="ADDRESS", help="Read on the Dask cluster whose scheduler is at this address, e.g. tcp://10.0.0.1:8786.")
]


@quarantine_app.command("list")
def list_quarantine(store: StoreOption = None) -> None:
    """Show the reports in quarantine, the newest first: when, after how many attempts, by which reader, and why."""
    from waqai.commands.many import quarantine_list_command

    raise typer.Exit(quarantine_list_command(store=store))


@quarantine_app.command("retry")
def retry_quarantine(
    reports: Annotated[list[str] | None, typer.Argument(metavar="[REPORT…]", help="Ids of reports; without any, all.", show_default=False)] = None,
    reader: Annotated[str | None, typer.Option("--reader", metavar="NAME", help="The reader that reads, instead of the one in the settings.")] = None,
    workers: Annotated[int, typer.Option("--workers", metavar="N", min=1, max=512, help="Read in N processes.")] = 1,
    store: StoreOption = None,
) -> None:
    """Read reports in quarantine again, each from its first attempt on. What ends its reader again is in quarantine again, and the exit status is 1."""
    from waqai.commands.many import quarantine_retry_command

    raise typer.Exit(quarantine_retry_command(reports or [], store=store, reader=reader, workers=workers))


@scale_app.command("worker")
def worker(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="The scheduler's address, e.g. tcp://10.0.0.1:8786.", show_default=False)],
    workers: Annotated[int, typer.Option("--workers", metavar="N", min=1, max=512, help="Read in N processes.")] = 1,
) -> None:
    """Read for the runs of other machines: be workers of a Dask cluster until Ctrl-C, whenever its scheduler is there.

    Whoever reaches the scheduler can run programs on this machine: only in a network of your own, see docs/scale.md.
    """
    from waqai.commands.many import worker_command

    raise typer.Exit(worker_command(address, workers=workers))
