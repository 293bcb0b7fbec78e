"""A comparison on the screen: how many are where, how far what both tell agrees, which figures part, what only one of the two has."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from waqai.comparing import Alone, Comparison, Difference, Matched, count_agreement, count_places, count_reasons, list_differences, tell_place, tell_span
from waqai.terminal.printing import count_of

_WORDS = {"both": "in both", "perhaps": "perhaps in both", "alone": "in this one only", "outside": "outside the other"}


def print_comparison(console: Console, comparison: Comparison, *, most: int) -> None:
    """At most `most` of each list."""
    console.print(_counts(comparison))
    _print_reasons(console, comparison)
    if comparison.count("match")[0]:
        console.print(Text("\nHow far both agree, of what is in both", style="bold"))
        console.print(_agreement(comparison))
    figures = list_differences(comparison.matched, figures=True)
    _print_list(console, "Figures that differ, the furthest apart first", [_difference(one) for one in figures], most)
    others = list_differences(comparison.matched, figures=False)
    _print_list(console, "Days, places and types that differ", [_difference(one) for one in others], most)
    _print_list(console, "Perhaps in both, to be looked at", [_possible(one) for one in comparison.matched if one.match.verdict == "possible"], most)
    _print_list(console, "In our record only", [_alone(one) for one in comparison.ours_only if not one.outside], most)
    _print_list(console, "In theirs only", [_alone(one) for one in comparison.theirs_only if not one.outside], most)


def _counts(comparison: Comparison) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("")
    table.add_column("ours", justify="right")
    table.add_column("theirs", justify="right")
    ours, theirs = count_places(comparison)
    for name, words in _WORDS.items():
        table.add_row(words, f"{getattr(ours, name):,}", f"{getattr(theirs, name):,}")
    table.add_row("all", f"{ours.all:,}", f"{theirs.all:,}", style="bold")
    return table


def _print_reasons(console: Console, comparison: Comparison) -> None:
    title = comparison.scheme.title
    for words, alone in ((f"Outside what {title} holds, of ours", comparison.ours_only), ("Outside what our record holds, of theirs", comparison.theirs_only)):
        reasons = count_reasons(alone)
        if reasons:
            console.print(Text(f"\n{words}", style="bold"))
            for why, many in reasons:
                console.print(f"{many:7,}  {why}", soft_wrap=True)


def _agreement(comparison: Comparison) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("")
    for name in ("agree", "differ", "only we tell", "only they tell"):
        table.add_column(name, justify="right")
    for one in count_agreement(comparison.matched):
        table.add_row(one.field.replace("_", " "), *(f"{many:,}" if many else "·" for many in (one.agree, one.differ, one.only_ours, one.only_theirs)))
    return table


def _print_list(console: Console, words: str, lines: Sequence[Text], most: int) -> None:
    if not lines:
        return
    console.print(Text(f"\n{words}", style="bold").append(f" ({len(lines):,})", style="dim"))
    for line in lines[:most]:
        console.print(line, soft_wrap=True)
    if len(lines) > most:
        console.print(f"  … and {len(lines) - most:,} more; --most shows more, --format csv has them all", style="dim", soft_wrap=True)


def _difference(one: Difference) -> Text:
    field, matched = one.field, one.matched
    unit = {"day": count_of(int(field.apart or 0), "day"), "place": f"{field.apart:g} km" if field.apart else ""}.get(field.name, "")
    line = Text.assemble("  ", (field.name.replace("_", " "), "bold"), f"  ours {field.ours}, theirs {field.theirs}{f' ({unit} apart)' if unit else ''}  ")
    if field.name != "day":
        line.append(f"{tell_span_of(matched)}  ")
    return line.append(ids_of(matched), style="cyan")


def _possible(one: Matched) -> Text:
    line = Text.assemble(f"  {one.match.probability:.0%}  ", (ids_of(one), "cyan"), f"  {', '.join(one.match.because)}")
    return line.append(f"; as well: {', '.join(one.rivals[:3])}{' …' if len(one.rivals) > 3 else ''}" if one.rivals else "", style="dim")


def _alone(one: Alone) -> Text:
    side = one.side
    killed = f"  {side.figures['killed']} killed" if "killed" in side.figures else ""
    span = tell_span(None if side.first is None or side.last is None else (side.first, side.last)) or "day not told"
    line = Text.assemble(f"  {span}  {side.type or side.code or 'type not told'}  {tell_place(side) or 'place not told'}{killed}  ", (side.id, "cyan"))
    return line.append(f"  fits {one.near} too, which is matched elsewhere" if one.near else "", style="dim")


def tell_span_of(matched: Matched) -> str:
    """Our days of it, else theirs."""
    day = next(field for field in matched.fields if field.name == "day")
    return day.ours or day.theirs or "day not told"


def ids_of(matched: Matched) -> str:
    """Both sides' ids, several joined.

    >>> from waqai.comparing.deciding import Match
    >>> from waqai.comparing.sides import Side
    >>> sides = [Side(id=one, type="", family="") for one in ("i-1", "S7", "S8")]
    >>> match = Match(ours=(0,), theirs=(0, 1), probability=1, verdict="match", because=())
    >>> ids_of(Matched(match=match, ours=(sides[0],), theirs=(sides[1], sides[2]), fields=(), rivals=()))
    'i-1 = S7 + S8'
    """
    return f"{' + '.join(side.id for side in matched.ours)} = {' + '.join(side.id for side in matched.theirs)}"
