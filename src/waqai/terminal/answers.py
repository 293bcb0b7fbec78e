"""What is told of a pattern, on the screen: in words first, then the figures beside their null, then what was left out."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from waqai.observing import Answer
from waqai.observing import Table as Figures
from waqai.terminal.screen import tame


def print_answer(console: Console, answer: Answer) -> None:
    """The whole answer."""
    console.print(Text(answer.title, style="bold"))
    console.print(Text(tame(answer.asked), style="dim"))
    for words in answer.says:
        console.print()
        console.print(tame(words))
    for table in answer.tables:
        console.print(Text(f"\n{table.title}", style="bold"))
        console.print(_table(table))
    if answer.notes:
        console.print()
    for note in answer.notes:
        console.print(Text(tame(note), style="dim"))


def _table(figures: Figures) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for n, name in enumerate(figures.columns):
        table.add_column(name, justify="left" if n == 0 else "right")
    for row in figures.rows:
        table.add_row(*map(tame, row))
    return table
