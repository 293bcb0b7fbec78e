"""Competing figures on the screen: who gives which, which were revised, denied or left out, and what a chosen rule makes of them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from waqai.codebook import FigureStanding, group_figures
from waqai.core import Figure
from waqai.export import Combiner
from waqai.wording import MARKS, describe_bounds, describe_range, shorten


def figure_lines(figures: Sequence[Figure], combiner: Combiner, *, restated: frozenset[str] = frozenset(), most: int = 4) -> list[Text]:
    """A line for each measure and group, its competing values side by side, each with who gives it; the measures most told first."""
    groups = sorted(group_figures(figures).items(), key=lambda g: (-len(g[1]), g[0].measure))
    lines = [_figure_line(group, combiner, restated) for _, group in groups[:most]]
    return [*lines, Text(f"… {len(groups) - most} more", style="dim")] if len(groups) > most else lines


def figures_table(figures: Sequence[Figure], combiner: Combiner) -> Table:
    """Every figure with its words; the last column says why one does not count, and who corrected it."""
    table = Table(title=Text("figures", style="bold"), title_justify="left", box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    rows = [(f, standing) for group in group_figures(figures).values() for f, standing in combiner.sort_out(group).items()]
    remarked = any(_remark(f, standing) for f, standing in rows)
    for name in ("measure", "of whom", "figure", "words", "said by", "in report", "published", *(["remark"] if remarked else [])):
        table.add_column(name, overflow="fold")
    for f, standing in rows:
        said = f.said_at.isoformat() if f.said_at else "–"
        words = f"“{' '.join(f.expr.split())}”" if f.expr else ""
        cells = (f.measure, f.of_whom or "", describe_bounds(f.low, f.high, f.best), words, f.speaker, f.report, said, _remark(f, standing))
        table.add_row(*(cells if remarked else cells[:-1]), style="dim" if standing != "counts" else "")
    return table


def ranges_table(figures: Sequence[Figure], combiner: Combiner) -> Table:
    """Low, best and high of each group by the rule that was chosen, and why."""
    assert combiner.rule is not None
    title = Text.assemble(("low, best and high", "bold"), (f" by {combiner.rule} ({combiner.rule.source})", "dim"))
    table = Table(title=title, title_justify="left", box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("measure", "of whom", "low", "best", "high", "why"):
        table.add_column(name, overflow="fold", justify="right" if name in ("low", "best", "high") else "left")
    for key, group in group_figures(figures).items():
        found = combiner.combine(group)
        low, best, high = describe_range(found)
        table.add_row(key.measure, f"{key.of_whom}{f' ({key.unit})' if key.unit else ''}", low, best, high, found.because)
    return table


def _figure_line(group: Sequence[Figure], combiner: Combiner, restated: frozenset[str]) -> Text:
    """ "escaped (prisoners): 25 Syrian Observatory · 37 local sources · revised later: 20 Syrian Observatory"."""
    whom = group[0].of_whom
    line = Text(f"{group[0].measure}{f' ({whom})' if whom and whom != 'people' else ''}: ")
    if combiner.rule is not None:
        low, best, high = describe_range(combiner.combine(group))
        line.append("low ", style="dim").append(low, style="bold").append(" best ", style="dim").append(best, style="bold")
        line.append(" high ", style="dim").append(high, style="bold").append(f" ({combiner.rule.name}) ← ", style="dim")
    standing = combiner.sort_out(group)
    for n, kind in enumerate(kind for kind in MARKS if kind in standing.values()):
        line.append(" · " if n else "").append(f"{MARKS[kind]}: " if MARKS[kind] else "", style="dim")
        line.append_text(_values([f for f, found in standing.items() if found == kind], restated, bold=kind == "counts"))
    return line


def _values(figures: Sequence[Figure], restated: frozenset[str], *, bold: bool) -> Text:
    by_value: dict[str, list[str]] = {}
    for figure in figures:
        star = "*" if figure.report in restated else ""
        by_value.setdefault(describe_bounds(figure.low, figure.high, figure.best), []).append(shorten(figure.speaker) + star)
    line = Text()
    for i, (value, speakers) in enumerate(by_value.items()):
        line.append(" · " if i else "").append(value, style="" if not bold else "bold red" if len(by_value) > 1 else "bold")
        named = list(dict.fromkeys(speakers))
        line.append(f" {named[0]}{f' and {len(named) - 1} more' if len(named) > 1 else ''}", style="dim")
    return line


def _remark(figure: Figure, standing: FigureStanding) -> str:
    corrected = f"corrected by {figure.corrected_by}" if figure.corrected_by else ""
    return "; ".join(part for part in (MARKS[standing], corrected) if part)
