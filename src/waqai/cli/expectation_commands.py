"""The commands of the expectations register."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from waqai.cli.options import By, Format, FormatOption, ProfileName, ProfileOption, StoreOption, parse_day

expectations_app = typer.Typer(
    help="What speakers say is to come: register it, resolve it by what came, score it.", no_args_is_help=True, rich_markup_mode=None
)
Why = Annotated[str, typer.Option("--because", metavar="WORDS", help="Why, in a few words; kept in the log.", show_default=False)]


class Outcome(StrEnum):
    proposed = "proposed"
    yes = "yes"
    no = "no"
    unresolvable = "unresolvable"
    void = "void"


class FileFormat(StrEnum):
    csv = "csv"
    json = "json"
    jsonl = "jsonl"


@expectations_app.command("list")
def list_claims(
    registered: Annotated[bool, typer.Option("--registered", help="The register instead of the claims.")] = False,
    report: Annotated[str | None, typer.Option("--report", metavar="REPORT", help="Claims of this report, those on what happens again and again too.")] = None,
    stance: Annotated[str | None, typer.Option("--stance", help="expects, plans, warns, threatens or pledges.")] = None,
    country: Annotated[str | None, typer.Option("--country", metavar="XX", help="Of reports that tell of this country.")] = None,
    most: Annotated[int, typer.Option("--most", min=1, help="How many claims.")] = 20,
    format: FormatOption = Format.text,
    store: StoreOption = None,
) -> None:
    """List claims about what is to come, the newest report first, each with the question that it comes to, or why it is not resolvable as it was said."""
    from waqai.commands import expecting

    with expecting.open_named_store(store, must_exist=True) as opened:
        if registered:
            expecting.list_register(opened, format=format.value)
        else:
            expecting.list_claims(opened, report=report, stance=stance, country=country, most=most, format=format.value)


@expectations_app.command("show")
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="An entry (x-…) or a claim (c-…).")], format: FormatOption = Format.text, store: StoreOption = None
) -> None:
    """Show an entry: the words, the question as it was frozen, what the record says to it by now, what persons said."""
    from waqai.commands import expecting

    with expecting.open_named_store(store, must_exist=True) as opened:
        expecting.show(id, opened, format=format.value)


@expectations_app.command("register")
def register(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="A claim (c-…), or with --words a report.")],
    words: Annotated[str | None, typer.Option("--words", metavar="WORDS", help="The words of the report, as they stand there.")] = None,
    route: Annotated[str | None, typer.Option("--route", help="event: one to come; rate: after each, another; event_study: more after a day.")] = None,
    type: Annotated[list[str] | None, typer.Option("--type", metavar="TYPE", help="What is to come about: a type or family of the codebook.")] = None,
    country: Annotated[str | None, typer.Option("--country", metavar="XX", help="Where.")] = None,
    admin1: Annotated[str | None, typer.Option("--admin1", metavar="NAME", help="In which province, as incidents have it. Nothing finer.")] = None,
    actor: Annotated[str | None, typer.Option("--actor", metavar="NAME", help="A body of the register that has to take part; '' for none.")] = None,
    direction: Annotated[str | None, typer.Option("--direction", help="occurs, does_not, more or fewer (than in as many days before).")] = None,
    since: Annotated[date | None, typer.Option("--since", parser=parse_day, metavar="DAY", help="The first day that counts.")] = None,
    until: Annotated[date | None, typer.Option("--until", parser=parse_day, metavar="DAY", help="The last.")] = None,
    days: Annotated[int | None, typer.Option("--days", min=1, max=730, help="The horizon in days, instead of --until.")] = None,
    low: Annotated[float | None, typer.Option("--low", help="The band's lower probability.")] = None,
    high: Annotated[float | None, typer.Option("--high", help="The band's upper probability.")] = None,
    speakers: Annotated[int | None, typer.Option("--speakers", min=1, help="How many independent speakers have to tell of it.")] = None,
    after: Annotated[list[str] | None, typer.Option("--after", metavar="TYPE", help="What it counts from: the condition, or the reference.")] = None,
    silence: Annotated[str | None, typer.Option("--silence", help="What it means where nothing is reported: no, or unresolvable.")] = None,
    late: Annotated[bool, typer.Option("--late", help="Register it although its days have begun: marked so, and left out of scores.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be registered.")] = False,
    because: Why = "",
    by: By = None,
    store: StoreOption = None,
) -> None:
    """Register a claim: its question is frozen with a hash, before the days that count begin. `waqai undo` withdraws it, which goes on being counted.

    What the claim's words do not say is said by options; what they do say can be changed by them. Nothing finer than a province and a day is asked.
    """
    from waqai.commands import expecting
    from waqai.commands.history import author
    from waqai.expectations import Given

    horizon = {"since": since, "until": until, "days": days}
    what = {"what": tuple(type or ()), "after": tuple(after or ()), "country": country, "admin1": admin1, "actor": actor, "speakers": speakers}
    given = Given(route=route, direction=direction, silence=silence, low=low, high=high, **horizon, **what)  # type: ignore[arg-type]
    with expecting.open_named_store(store, must_exist=True) as opened:
        expecting.register(claim, given, opened, words=words, late=late, dry_run=dry_run, because=because, by=author(by))


@expectations_app.command("resolve")
def resolve(
    id: Annotated[str, typer.Argument(metavar="ID", help="An entry (x-…).")],
    outcome: Annotated[Outcome, typer.Argument(help="proposed confirms what the rule says; another outcome wants --because.")],
    incident: Annotated[list[str] | None, typer.Option("--incident", metavar="INCIDENT", help="What it rests on, where the rule did not find it.")] = None,
    because: Why = "",
    by: By = None,
    store: StoreOption = None,
) -> None:
    """Resolve an entry: confirm what its rule makes of the record, or correct it with a reason. `waqai undo` takes it back."""
    from waqai.commands import expecting
    from waqai.commands.history import author

    with expecting.open_named_store(store, must_exist=True) as opened:
        expecting.resolve(id, outcome.value, opened, incidents=incident or (), because=because, by=author(by))


@expectations_app.command("scores")
def scores(format: FormatOption = Format.text, store: StoreOption = None) -> None:
    """Score what was resolved: Brier and log score as intervals over the bands, beside the base rate; calibration by strength word."""
    from waqai.commands import expecting

    with expecting.open_named_store(store, must_exist=True) as opened:
        expecting.show_scores(opened, format=format.value)


@expectations_app.command("export")
def export(
    out: Annotated[str, typer.Option("--out", metavar="FILE", help="Where to write; - is standard output.", show_default=False)],
    format: Annotated[FileFormat, typer.Option("--format", help="csv, json or jsonl.")] = FileFormat.csv,
    profile: ProfileOption = ProfileName.public,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
    store: StoreOption = None,
) -> None:
    """Write the register to a file, as the profile allows it to be seen."""
    from waqai.commands import expecting

    with expecting.open_named_store(store, must_exist=True) as opened:
        expecting.export(opened, target=out, format=format.value, profile=profile.value, force=force)
