"""`waqai publish`."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from waqai.commands.releasing import make_from_store
from waqai.export import NOT_ON
from waqai.releases import Naming
from waqai.releases.contents import INCIDENTS
from waqai.sites import Published, check_folder, copy_release, open_sound, publish
from waqai.terminal.printing import count_of, err, progress_bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of the site: of which profile, what it is compared with, where it will stand."""

    profile: str
    earlier: Path | None
    address: str


def publish_command(
    release: Path | None, *, out: Path, wanted: Wanted, naming: Mapping[str, str], filters: Mapping[str, Any], rule: str | None, store: str | None
) -> int:
    """Raises typer.BadParameter, NotWritten, NoRelease or NotPossible before any work."""
    _check_address(wanted.address)
    check_folder(out)
    for one in (release, wanted.earlier):
        if one is not None:
            open_sound(one, profile=wanted.profile)
    bring = _bring_given(release, naming, filters, rule) if release else _bring_made(Naming(**naming), filters, rule, wanted.profile, store)
    with progress_bar() as progress:
        task = progress.add_task("pages", total=_count_rows(release) if release else None)
        said = {"profile": wanted.profile, "earlier": wanted.earlier, "address": wanted.address}
        made = publish(out, bring=bring, step=lambda done: progress.advance(task, done), **said)  # type: ignore[arg-type]
    _print_made(made)
    return 0


def _bring_given(release: Path, naming: Mapping[str, str], filters: Mapping[str, Any], rule: str | None) -> Callable[[Path], object]:
    """A release is what it is: nothing can be chosen of it, and it bears the names that it was given."""
    given = [*naming, *(name for name, value in filters.items() if value), *(["figures"] if rule else [])]
    if given:
        option = f"--{given[0]}".replace("publisher", "given-by") if given[0] in naming else f"--{given[0]}"
        raise typer.BadParameter("a release is published as it is; leave out RELEASE, and one is made of the store by these options", param_hint=option)
    return copy_release(release)


def _bring_made(naming: Naming, filters: Mapping[str, Any], rule: str | None, profile: str, store: str | None) -> Callable[[Path], object]:
    return lambda target: make_from_store(target, naming=naming, profile=profile, filters=filters, rule=rule, store=store)


def _check_address(address: str) -> None:
    if address and not address.startswith(("https://", "http://")):
        raise typer.BadParameter(f"{address!r} is no address on the web; write it as https://example.org/data/", param_hint="--address")


def _count_rows(release: Path) -> int:
    with (release / INCIDENTS).open(encoding="utf-8", newline="") as rows:
        return sum(1 for _ in csv.reader(rows)) - 1


def _print_made(made: Published) -> None:
    told = f"site of release {made.version} in {made.folder}: {count_of(made.incidents, 'incident')}, profile {made.profile}"
    err.print(told, soft_wrap=True)
    if made.profile == "internal":
        err.print(NOT_ON, style="bold", soft_wrap=True)
    err.print(f"open {made.folder / 'index.html'}", soft_wrap=True)
