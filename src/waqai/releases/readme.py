"""The page that a person opens first: what is here, how many, what is not here, and under which terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from waqai.export import About
from waqai.releases.contents import DATA, OTHERS

if TYPE_CHECKING:
    from waqai.releases.making import Naming

LIMITS = (
    "Every value is what reports say, read by a program and checked by persons only where `review` or `corrected` says so. It is no count of what happened.",
    "What no report tells is not here. Regions, languages and kinds of happening that few report on are thin for that reason, not for peace.",
    "Figures that disagree stand side by side in `figures.csv`; low, best and high of `incidents.csv` follow from them by the rule named there.",
    "Places are as exact as `precision` and `radius_km` say, no more.",
    "Names of persons without a public role are masked by rules, in doubt too many. Whoever finds one that is not: tell the publisher, and do not pass it on.",
    "A later release may change or withdraw anything here: `waqai release diff` says what and by which entry of the log.",
)


def make_readme(about: About, *, naming: Naming, version: str, rows: Mapping[str, int]) -> str:
    """The whole page. `rows` is how many rows each file of data holds. Ends with a newline."""
    return "\n".join(_iter_lines(about, naming=naming, version=version, rows=rows)) + "\n"


def _iter_lines(about: About, *, naming: Naming, version: str, rows: Mapping[str, int]) -> Iterator[str]:
    yield f"# {naming.title}, {version}"
    yield ""
    yield f"Given out by {naming.publisher}." if naming.publisher else "Who gives this out is not told."
    yield f"Licence: {naming.licence}." if naming.licence else "Licence: none is told; ask whoever gave you this before you pass it on."
    yield ""
    yield "## Files"
    yield ""
    yield "| file | rows | what it holds |"
    yield "|---|---|---|"
    yield from (f"| `{one.path}` | {rows[one.path]} | {one.what} |" for one in DATA)
    yield from (f"| `{path}` | | {what} |" for path, what in OTHERS.items())
    yield ""
    yield "## What is to be known"
    yield ""
    yield from (f"- **{name}**: {value}" for name, value in about.lines() if not name.startswith("rows of "))
    yield ""
    yield "## Known limits"
    yield ""
    yield from (f"- {limit}" for limit in LIMITS)
