"""The places of a report on the screen: what is on the map, and what was named but is in no gazetteer."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from waqai.flow import Gazetteer, Home, NamedPlace, Place, ReportPlaces, count_names, group_places

MOST_NAMES = 4  # ways of writing one place that are shown
LEAST_HOME = 0.1  # a home less sure than this moves no place


def print_report_places(console: Console, one: ReportPlaces, gazetteer: Gazetteer) -> None:
    """The places in the order in which the text first names them, names without a place after them, and what they were looked up in."""
    report = one.report
    console.print()
    console.rule(Text(report.title or report.id, style="bold"), align="left")
    origin = [report.publisher or "publisher not given", report.published.isoformat() if report.published else "", f"id {report.id}"]
    console.print(Text(" · ".join(part for part in origin if part), style="dim"))
    groups = group_places(one.placed)
    known, unknown = [group for group in groups if group.place is not None], [group for group in groups if group.place is None]
    if known:
        console.print()
        console.print(_places_table(known, report.text))
    if unknown:
        console.print()
        console.print(_unknown_table(unknown, report.text))
    if not groups:
        console.print("No place name was found in this report.", style="dim")
    console.print()
    if one.home is not None and one.home.p >= LEAST_HOME:
        console.print(Text(describe_home(one.home, one.home_reports, gazetteer), style="dim"))
    console.print(f"places: gazetteer {gazetteer.stamp}; GeoNames data, CC BY 4.0", style="dim")


def _places_table(groups: Sequence[NamedPlace], text: str) -> Table:
    table = _table("places", "as written", "means", "where", "p")
    for group in groups:
        if (place := group.place) is not None:
            means = Text.assemble((place.name, "bold"), f", {describe_place(place)}\n", (place.id, "cyan"), (f" · {group.because}", "dim"))
            table.add_row(_written(group, text), means, _where(place), f"{group.p:.2f}")
    return table


def _unknown_table(groups: Sequence[NamedPlace], text: str) -> Table:
    table = _table("in no gazetteer", "as written", "said of it", "p")
    for group in groups:
        table.add_row(_written(group, text), describe_holder(group), f"{group.p:.2f}")
    return table


def _table(title: str, *names: str) -> Table:
    """As wide as the screen, so that tables of one report stand under each other."""
    table = Table(title=Text(title, style="bold"), title_justify="left", header_style="dim", box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    for name in names:
        if name in ("where", "p"):
            table.add_column(name, no_wrap=True)
        else:
            table.add_column(name, overflow="fold", ratio=1 if name == "as written" else 2)
    return table


def _written(group: NamedPlace, text: str) -> Text:
    """The ways in which it is written, each with how often, if more than once."""
    names = count_names(group.placed, text)
    shown = [f"“{name}”" + (f" {times}×" if times > 1 else "") for name, times in names[:MOST_NAMES]]
    more = [f"and {len(names) - MOST_NAMES} more"] if len(names) > MOST_NAMES else []
    people = [" (its people)"] if all(placed.mention.people for placed in group.placed) else []
    return Text(", ".join([*shown, *more]) + "".join(people))


def describe_place(place: Place) -> str:
    """What it is and lies in: "town, Al-Hasakah, SY"."""
    countries = place.country or (f"{len(place.countries)} countries" if place.countries else None)
    lies_in = place.admin1 if place.kind != "admin1" else None
    return ", ".join(part for part in (place.facility or place.kind, lies_in, countries) if part)


def _where(place: Place) -> str:
    """The point, and how far from it the place may reach."""
    if place.lat is None or place.lon is None:
        return "no point"
    radius = f"\nwithin {place.radius_km:g} km" if place.radius_km else ""
    return f"{place.lat:.4f}, {place.lon:.4f}{radius}"


def describe_holder(group: NamedPlace) -> str:
    """What an unknown name bears or stands beside, which is not where it lies."""
    if group.holder is None:
        return "nothing beside it says where"
    how = "bears the name of" if group.bears_name else "stands beside"
    return f"{how} {group.holder.name}, {describe_place(group.holder)} ({group.holder.id})"


def describe_home(home: Home, reports: int, gazetteer: Gazetteer) -> str:
    """Where the publisher seems at home, and what told so."""
    area = gazetteer.get(home.admin1_id).name if home.admin1_id is not None else None
    where = ", ".join(part for part in (area, home.country) if part) or "at sea"
    told = "this report alone" if reports == 1 else f"{reports} reports of it"
    return f"publisher's home, by the names in {told}: near {home.lat:.1f}, {home.lon:.1f} ({where}), p {home.p:.2f}"
