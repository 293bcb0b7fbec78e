"""The latest figures, kept in bench/results.json and shown as a table between two markers of docs/quality.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from bench.figures import ROOT, Figure, Measured
from bench.floors import Floor

RESULTS = ROOT / "bench" / "results.json"
QUALITY = ROOT / "docs" / "quality.md"
START, END = "<!-- bench:start -->", "<!-- bench:end -->"


def load_results(file: Path = RESULTS) -> list[Measured]:
    if not file.exists():
        return []
    return [Measured(**{**one, "figure": Figure(**one["figure"])}) for one in json.loads(file.read_text(encoding="utf-8"))]


def save_results(measured: Iterable[Measured], file: Path = RESULTS) -> None:
    file.write_text(json.dumps([asdict(one) for one in measured], indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def merged(kept: Iterable[Measured], new: Iterable[Measured], *, benches: Iterable[str]) -> list[Measured]:
    """The kept figures with those of each bench that ran now replaced as a whole, in the order of `benches`; those of benches that are no more are dropped."""
    fresh = list(new)
    ran = {one.bench for one in fresh}
    order = {name: place for place, name in enumerate(benches)}
    return sorted([one for one in (*(k for k in kept if k.bench not in ran), *fresh) if one.bench in order], key=lambda one: order[one.bench])


def render_table(measured: Iterable[Measured], floors: Mapping[str, Floor]) -> str:
    """The figures as a Markdown table."""
    head = "| bench | figure | value | target | floor | on | measured | data |\n|---|---|---|---|---|---|---|---|\n"
    return head + "".join(_row(one, floors.get(one.key)) for one in measured)


def _row(one: Measured, floor: Floor | None) -> str:
    figure = one.figure
    target = (
        "–" if figure.target is None else f"{'≥' if figure.better == 'higher' else '≤'} {figure.target:.4g} {'(reached)' if figure.reached else '(not yet)'}"
    )
    cells = (
        one.bench,
        figure.name,
        f"{figure.value:.4g} {figure.unit}".strip(),
        target,
        "–" if floor is None else f"{floor.value:.4g}",
        str(figure.n),
        one.day,
        f"`{one.digest}`",
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def with_table(page: str, table: str) -> str:
    """The page with the table between its markers. Raises ValueError when they are missing.

    >>> with_table("a <!-- bench:start --> old <!-- bench:end --> b", "new")
    'a <!-- bench:start -->\\n\\nnew\\n<!-- bench:end --> b'
    """
    if START not in page or END not in page.split(START, 1)[1]:
        raise ValueError(f"the page has no {START} … {END}")
    head, rest = page.split(START, 1)
    return f"{head}{START}\n\n{table}\n{END}{rest.split(END, 1)[1]}"
