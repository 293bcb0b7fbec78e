"""Competing figures of one incident: a row for each, in the order in which they were said, with its speaker, its publisher and its bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from waqai.bounds import Cleared
from waqai.codebook import FigureStanding, sort_out
from waqai.core import ActorNames, Figure
from waqai.plots.axes import choose_ticks
from waqai.plots.colours import FAINT, GRID, INK, SEVERAL
from waqai.plots.fonts import width_of
from waqai.plots.picture import Disc, Label, Picture, Shape, Stroke

WIDTH, ROW, TOP, BOTTOM = 720, 24, 10, 40
LABEL = 330
"""Pixels for who says it; longer names are cut."""
MOST_ROWS = 30
_STANDING: dict[FigureStanding, str] = {
    "counts": "",
    "revised": " (revised later)",
    "part": " (part of a larger figure)",
    "denied": " (denied)",
    "left_out": " (left out)",
}


def make_figures(record: Cleared, *, title: str, measure: str | None = None, actors: ActorNames | None = None) -> Picture | None:
    """The figures of one measure, that of most figures unless named; None where there is none. Raises MissingPart."""
    counted = Counter(figure.measure for figure in record.incident.figures)
    chosen = measure or min(counted, key=lambda name: (-counted[name], name), default=None)
    figures = [figure for figure in record.incident.figures if figure.measure == chosen]
    if not figures:
        return None
    standing = sort_all_out(figures, actors=actors)
    told = sorted(standing, key=lambda f: (f.said_at is None, f.said_at.isoformat() if f.said_at else "", f.report, -f.low, f.expr, f.speaker))
    rows = told[:MOST_ROWS]
    publishers = {account.report.id: account.report.publisher for account in record.accounts}
    top = choose_ticks(max(max(f.high or 0, f.best or 0, f.low) for f in rows))[-1]
    height = TOP + ROW * len(rows) + BOTTOM
    speakers = {name: n for n, name in enumerate(dict.fromkeys(f.speaker for f in rows))}
    shapes: list[Shape] = [*_axes(top, height, chosen or "")]
    for n, figure in enumerate(rows):
        colour = SEVERAL[speakers[figure.speaker] % len(SEVERAL)]
        shapes += _row(figure, standing[figure], y=TOP + ROW * (n + 0.5), top=top, colour=colour, publisher=publishers.get(figure.report))
    return Picture(width=WIDTH, height=height, title=title, alt=_alt(rows, told, chosen or ""), shapes=tuple(shapes))


def sort_all_out(figures: Sequence[Figure], *, actors: ActorNames | None) -> dict[Figure, FigureStanding]:
    """Whether each figure counts, each measure and group for itself."""
    groups: dict[tuple[str, str | None, str | None], list[Figure]] = {}
    for figure in figures:
        groups.setdefault((figure.measure, figure.of_whom, figure.unit), []).append(figure)
    return {figure: found for group in groups.values() for figure, found in sort_out(group, actors=actors).items()}


def _x(number: float, top: float) -> float:
    return LABEL + 14 + number / top * (WIDTH - LABEL - 14 - 70)


def _axes(top: float, height: int, measure: str) -> Iterator[Shape]:
    for tick in choose_ticks(top):
        x = _x(tick, top)
        yield Stroke(points=((x, TOP), (x, height - BOTTOM)), line=GRID)
        yield Label(x=x, y=height - BOTTOM + 14, words=f"{tick:,g}", size=10, anchor="middle", colour=FAINT)
    yield Label(x=_x(top / 2, top), y=height - 8, words=measure.replace("_", " "), size=11, anchor="middle", colour=FAINT)


def _row(figure: Figure, standing: FigureStanding, *, y: float, top: float, colour: str, publisher: str | None) -> Iterator[Shape]:
    counts = standing == "counts"
    best = figure.best if figure.best is not None else figure.low
    high = figure.high if figure.high is not None else top
    yield Label(x=LABEL, y=y + 4, words=_cut(_who(figure, publisher)), size=10.5, anchor="end", colour=INK if counts else FAINT)
    if figure.high != figure.low:
        vague = figure.best is None and figure.high is not None
        down = y + 7 if vague else y  # its words stand above it
        yield Stroke(points=((_x(figure.low, top), down), (_x(high, top), down)), line=colour, width=4 if vague else 2, dashed=figure.high is None)
    if figure.best is not None or figure.high is None or figure.high == figure.low:
        yield Disc(x=_x(best, top), y=y, radius=5, fill=colour if counts else "#ffffff", line=colour, width=1.8)
    words = f"{figure.expr if not figure.best else format(figure.best, ',g')}{_STANDING[standing]}"
    yield _beside(words, best=_x(best, top), end=_x(best if figure.high is None else high, top), y=y, colour=INK if counts else FAINT)


def _beside(words: str, *, best: float, end: float, y: float, colour: str) -> Label:
    """The number's words behind its line; where there is no room for them, above the line, and at the edge before the dot."""
    wide = width_of(words, size=10)
    if end + 10 + wide <= WIDTH:
        return Label(x=max(best, end) + 10, y=y + 4, words=words, size=10, colour=colour, halo=True)
    if best + 10 + wide <= WIDTH:
        return Label(x=best + 10, y=y + 4, words=words, size=10, colour=colour, halo=True)
    return Label(x=best - 10, y=y + 4, words=words, size=10, anchor="end", colour=colour, halo=True)


def _who(figure: Figure, publisher: str | None) -> str:
    day = f"{figure.said_at.isoformat()}  " if figure.said_at else ""
    printed = f", in {publisher}" if publisher and publisher.casefold() not in figure.speaker.casefold() else ""
    return f"{day}{figure.speaker}{printed}"


def _cut(words: str) -> str:
    """The words as far as there is room."""
    if width_of(words, size=10.5) <= LABEL - 8:
        return words
    while words and width_of(words + "…", size=10.5) > LABEL - 8:
        words = words[:-1]
    return words.rstrip() + "…"


def _alt(rows: Sequence[Figure], told: Sequence[Figure], measure: str) -> str:
    lowest, highest = min(f.low for f in rows), max(max(f.high or 0, f.best or 0, f.low) for f in rows)
    less = f", the first {len(rows)} of {len(told)}" if len(rows) < len(told) else ""
    told_of = f"{len(rows)} figures ({measure.replace('_', ' ')}){less}, from {lowest:,g} to {highest:,g}"
    return f"{told_of}, in the order in which they were said; hollow: does not count."
