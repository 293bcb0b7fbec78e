"""Floors: the figures that we do not fall below. They rise with `--pin`; one falls only with `--lower` and a reason, which goes into the changelog."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.figures import ROOT, Measured, at_least

FLOORS = ROOT / "bench" / "floors.json"
CHANGELOG = ROOT / "CHANGELOG.md"
UNRELEASED, LOWERED = "## [Unreleased]", "### Floors lowered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The least good value we accept, pinned on a day (ISO) for data of this digest."""

    value: float
    digest: str
    day: str


def load_floors(file: Path = FLOORS) -> dict[str, Floor]:
    if not file.exists():
        return {}
    return {key: Floor(**floor) for key, floor in json.loads(file.read_text(encoding="utf-8")).items()}


def save_floors(floors: Mapping[str, Floor], file: Path = FLOORS) -> None:
    file.write_text(json.dumps({key: asdict(floors[key]) for key in sorted(floors)}, indent=1) + "\n", encoding="utf-8")


def find_falls(measured: Iterable[Measured], floors: Mapping[str, Floor]) -> list[str]:
    """A sentence for each figure below its floor, or whose floor was pinned on other data. Empty: all stand."""
    falls = []
    for one in measured:
        floor, figure = floors.get(one.key), one.figure
        if floor is None:
            continue
        if floor.digest != one.digest:
            falls.append(f"{one.key}: its floor was pinned on other data ({floor.digest}, now {one.digest}); pin it anew with --lower {one.key!r} --reason …")
        elif not at_least(figure.value, floor.value, better=figure.better, noise=figure.noise):
            falls.append(f"{one.key}: {figure.value:.4g} is {'below' if figure.better == 'higher' else 'above'} its floor {floor.value:.4g}")
    return falls


def raised(measured: Iterable[Measured], floors: Mapping[str, Floor]) -> dict[str, Floor]:
    """The floors with new figures added and better ones raised; none falls, and none moves to other data."""
    higher = dict(floors)
    for one in measured:
        floor = floors.get(one.key)
        better = floor is not None and floor.digest == one.digest and not at_least(floor.value, one.figure.value, better=one.figure.better)
        if floor is None or better:
            higher[one.key] = Floor(value=one.figure.value, digest=one.digest, day=one.day)
    return higher


def lowered(one: Measured, floors: Mapping[str, Floor], *, reason: str, changelog: str) -> tuple[dict[str, Floor], str]:
    """The floors with this one at its measured value, and the changelog's text with the reason. Raises ValueError without a reason or an Unreleased section."""
    if not reason.strip():
        raise ValueError(f"lowering the floor of {one.key!r} needs a --reason")
    if UNRELEASED not in changelog:
        raise ValueError(f"the changelog has no {UNRELEASED!r} section to write the reason to")
    before = f"{floors[one.key].value:.4g}" if one.key in floors else "none"
    line = f"- `{one.key}`: {before} to {one.figure.value:.4g} (data {one.digest}, {one.day}): {reason.strip()}\n"
    return {**floors, one.key: Floor(value=one.figure.value, digest=one.digest, day=one.day)}, _with_line(changelog, line)


def _with_line(changelog: str, line: str) -> str:
    """The line under Floors lowered of the Unreleased section, which is made where it is missing."""
    head, _, tail = changelog.partition(UNRELEASED)
    section, bar, older = tail.partition("\n## ")
    if LOWERED not in section:
        section = f"{section.rstrip()}\n\n{LOWERED}\n"
    section = section.replace(f"{LOWERED}\n", f"{LOWERED}\n{line}", 1)
    return head + UNRELEASED + section + bar + older
