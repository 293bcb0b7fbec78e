"""The commands that look for patterns in what the store holds, each beside what chance alone gives."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from waqai.cli.filters import Given, filtered
from waqai.cli.options import ProfileName, ProfileOption, StoreOption, parse_day

pattern_app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)


class AnswerFormat(StrEnum):
    text = "text"
    json = "json"


class PeriodName(StrEnum):
    week = "week"
    month = "month"


FormatOption = Annotated[AnswerFormat, typer.Option("--format", help="text for people, json for programs.")]
PictureOption = Annotated[Path | None, typer.Option("--picture", metavar="FILE", help="Draw it, too: .svg or .png.", show_default=False)]
ByOption = Annotated[PeriodName, typer.Option("--by", help="Count by week or month; nothing finer is told.")]


@pattern_app.command("rates")
@filtered
def rates(
    filters: Given = {},  # noqa: B006  `filtered` puts the options in its place
    by: ByOption = PeriodName.month,
    profile: ProfileOption = ProfileName.public,
    format: FormatOption = AnswerFormat.text,
    picture: PictureOption = None,
    store: StoreOption = None,
) -> None:
    """How many in each week or month, with intervals; whether the newest differs from those before, once late reports are allowed for.

    What is known to a month only is never put on a day: it is counted as what may lie in a week. The newest counts say how much is probably reported by now.
    """
    _put("rates", filters, by=by.value, profile=profile, format=format, picture=picture, store=store)


@pattern_app.command("changes")
@filtered
def changes(
    filters: Given = {},  # noqa: B006
    by: ByOption = PeriodName.month,
    profile: ProfileOption = ProfileName.public,
    format: FormatOption = AnswerFormat.text,
    picture: PictureOption = None,
    store: StoreOption = None,
) -> None:
    """When did the level change, how surely, and how often would a record without any change show as much? Needs 50, and 20 weeks or months."""
    _put("changes", filters, by=by.value, profile=profile, format=format, picture=picture, store=store)


@pattern_app.command("since")
@filtered
def since(
    day: Annotated[date, typer.Argument(parser=parse_day, metavar="DAY", help="The day, e.g. 2023-06-18.")],
    filters: Given = {},  # noqa: B006
    profile: ProfileOption = ProfileName.public,
    format: FormatOption = AnswerFormat.text,
    store: StoreOption = None,
) -> None:
    """Has the level, or the mix of types, changed since a day? Up to 26 weeks before it are set beside as many from it on."""
    _put("since", filters, day=day, profile=profile, format=format, picture=None, store=store)


@pattern_app.command("after")
@filtered
def after(
    filters: Given = {},  # noqa: B006  `filtered` puts the options in its place
    after_type: Annotated[list[str] | None, typer.Option("--after-type", help="After happenings of this type, e.g. meeting.")] = None,
    after_family: Annotated[list[str] | None, typer.Option("--after-family", help="After happenings of this family.")] = None,
    after_country: Annotated[list[str] | None, typer.Option("--after-country", help="After happenings in this country.")] = None,
    day: Annotated[list[date] | None, typer.Option("--date", parser=parse_day, metavar="DAY", help="After this day of your own; instead of --after-….")] = None,
    days: Annotated[list[int] | None, typer.Option("--days", min=3, max=90, help="Look at so many days after; several are held together.")] = None,
    profile: ProfileOption = ProfileName.public,
    format: FormatOption = AnswerFormat.text,
    picture: PictureOption = None,
    store: StoreOption = None,
) -> None:
    """Is something more frequent in the days after something else? Under five separate dates the answer is: not testable.

    Each date is moved about near where it stands, some thousand times, so that waves of violence are no finding. Example: waqai patterns after --type jailbreak
    --country SY --after-type meeting
    """
    wanted = {"type": tuple(after_type or ()), "family": tuple(after_family or ()), "country": tuple(after_country or ())}
    more = {"after": wanted, "dates": tuple(day or ()), "windows_days": tuple(days or (7, 14, 28))}
    _put("after", filters, profile=profile, format=format, picture=picture, store=store, **more)


@pattern_app.command("recurrence")
@filtered
def recurrence(
    filters: Given = {},  # noqa: B006
    profile: ProfileOption = ProfileName.public,
    format: FormatOption = AnswerFormat.text,
    picture: PictureOption = None,
    store: StoreOption = None,
) -> None:
    """Do happenings repeat near in place soon after? Needs 50 of which day and place are exactly known.

    Pairs near in space and time are counted, and held against days dealt out anew within blocks of days, since fighting moves; the usual comparison stands
    beside, to show what it would claim.
    """
    _put("recurrence", filters, profile=profile, format=format, picture=picture, store=store)


@pattern_app.command("excitation")
@filtered
def excitation(
    filters: Given = {},  # noqa: B006
    by_type: Annotated[bool, typer.Option("--by-type", help="Which type raises which, on later days: every pair of types with 50 or more.")] = False,
    profile: ProfileOption = ProfileName.public,
    format: FormatOption = AnswerFormat.text,
    picture: PictureOption = None,
    store: StoreOption = None,
) -> None:
    """Does one happening raise the rate of the next? A range over ways to draw the trend, never one number. Needs 50 with a sure day.

    With a constant rate, as usual, any trend passes for self-excitation: what that fit says here, and what it says where there is none, stands beside.
    """
    _put("excitation", filters, by_type=by_type, profile=profile, format=format, picture=picture, store=store)


@pattern_app.command("forecast")
def forecast(
    family: Annotated[list[str] | None, typer.Option("--family", help="Count happenings of this family; several are counted together.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", help="SY, or SY/Aleppo with --area admin1. Default: where most happened.")] = None,
    area: Annotated[str, typer.Option("--area", metavar="AREA", help="country, or admin1 where nothing of custody is counted.")] = "country",
    register: Annotated[bool, typer.Option("--register", help="Keep the forecasts of all units, to be scored when their months are over.")] = False,
    format: FormatOption = AnswerFormat.text,
    picture: PictureOption = None,
    store: StoreOption = None,
) -> None:
    """How many a month in the six months ahead, as chances? Shown where the model was measured on this record, beside the last twelve months drawn again.

    It is tested from past months with what the store knew then. Custody is forecast by country only; nothing is forecast for a place within, a day or a person.
    """
    from waqai.commands.forecasting import forecast_command

    told = {"register": register, "format": format.value, "picture": picture, "store": store}
    raise typer.Exit(forecast_command(families=tuple(family or ()), unit=unit, area=area, **told))  # type: ignore[arg-type]


@pattern_app.command("scores")
def scores(format: FormatOption = AnswerFormat.text, store: StoreOption = None) -> None:
    """Score the registered forecasts whose months are over, and list what is on record. A score stays as it is."""
    from waqai.commands.forecasting import scores_command

    raise typer.Exit(scores_command(format=format.value, store=store))


def _put(kind: str, filters: Given, *, profile: ProfileName, format: AnswerFormat, picture: Path | None, store: str | None, **more: Any) -> None:
    from waqai.commands.patterning import pattern_command

    raise typer.Exit(pattern_command(kind, filters=filters, profile=profile.value, format=format.value, picture=picture, store=store, **more))
