"""How wide the columns of a table are, on paper and in Word."""

from __future__ import annotations

from collections.abc import Sequence

from waqai.plots import width_of

_AROUND_MM = 3.0
"""What stands around the words of a cell."""
_MOST_MM = 60.0


def share_width(heads: Sequence[str], rows: Sequence[Sequence[str]], *, across_mm: float, size: float) -> tuple[float, ...]:
    """Widths in mm that sum to `across_mm`, of words of this size in points: each column's longest word fits, what is left goes to those that hold more."""

    def wide(words: str) -> float:
        return width_of(words, size=size, bold=True) * 25.4 / 72 + _AROUND_MM

    columns = list(zip(heads, *rows, strict=True))
    least = [max(wide(word) for cell in column for word in cell.split() or [""]) for column in columns]
    wanted = [max(min(max(map(wide, column)), _MOST_MM), low) for column, low in zip(columns, least, strict=True)]
    spare, asked = max(across_mm - sum(least), 0.0), sum(wanted) - sum(least)
    given = [low + (spare * (want - low) / asked if asked else spare / len(least)) for low, want in zip(least, wanted, strict=True)]
    return tuple(width * across_mm / sum(given) for width in given)
