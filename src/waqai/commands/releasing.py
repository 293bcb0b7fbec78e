"""`waqai release`, `waqai release diff`, `waqai release verify`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from waqai.codebook import RULES, load_actors, load_codebook
from waqai.commands.bounding import open_bounds
from waqai.commands.filter_checks import check_filters
from waqai.commands.opening import open_named_store
from waqai.core import to_plain
from waqai.export import Combiner, Making
from waqai.flow import Filters
from waqai.releases import Made, Naming, compare_releases, make_release, open_release, verify_release
from waqai.releases.contents import DATA
from waqai.releases.making import check_folder
from waqai.terminal.printing import out, progress_bar
from waqai.terminal.releases import iter_diff, print_made


def release_command(*, out: Path, naming: Naming, profile: str, filters: Mapping[str, Any], rule: str | None, store: str | None) -> int:
    """Raises typer.BadParameter or NotWritten before any work."""
    print_made(make_from_store(out, naming=naming, profile=profile, filters=filters, rule=rule, store=store))
    return 0


def make_from_store(out: Path, *, naming: Naming, profile: str, filters: Mapping[str, Any], rule: str | None, store: str | None) -> Made:
    """A release of the store's incidents that pass, with a progress bar. Raises typer.BadParameter or NotWritten before any work."""
    codebook, actors = load_codebook(), load_actors()
    making = Making(codebook=codebook, combiner=Combiner(rule=RULES[rule] if rule else None, codebook=codebook, actors=actors))
    wanted = check_filters(filters, codebook)
    check_folder(out)
    with open_named_store(store, must_exist=True) as opened:
        bounds = open_bounds(profile, opened)
        chosen = Filters(**wanted)
        with progress_bar() as progress:
            task = progress.add_task("files", total=opened.count_incidents(chosen) * len(DATA))
            said: dict[str, Any] = {"bounds": bounds, "making": making, "filters": chosen, "told": wanted, "naming": naming}
            return make_release(opened, out, step=lambda done: progress.advance(task, done), **said)


def diff_command(earlier: Path, later: Path, *, format: str) -> int:
    """Exit 0, whether anything changed or not. Raises NoRelease."""
    found = compare_releases(open_release(earlier), open_release(later))
    if format == "json":
        sys.stdout.write(json.dumps(to_plain(found), ensure_ascii=False, indent=1) + "\n")
    else:
        for line in iter_diff(found):
            out.print(line, soft_wrap=True, highlight=False, markup=False)
    return 0


def verify_command(folder: Path) -> int:
    """Exit 1 where something is not as it was made. Raises NoRelease."""
    release = open_release(folder)
    faults = verify_release(release)
    for fault in faults:
        out.print(fault, soft_wrap=True, highlight=False, markup=False)
    if not faults:
        out.print(f"release {release.version} is as it was made", soft_wrap=True, highlight=False)
    return 1 if faults else 0
