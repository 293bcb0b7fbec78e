"""`waqai patterns`: a question put to the record, and the answer on the screen, as JSON or as a picture."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import typer

from waqai.bounds import get_profile
from waqai.codebook import load_actors, load_codebook
from waqai.commands.dossier import write_file
from waqai.commands.filter_checks import check_filters
from waqai.commands.opening import open_named_store
from waqai.core import BeyondBounds
from waqai.flow import Filters, Store, now
from waqai.observing import Answer, Happening, Happenings, check_question, describe_filters, load_happenings
from waqai.plots import to_png, to_svg
from waqai.terminal.answers import print_answer
from waqai.terminal.printing import err, out

Ask = Callable[[Happenings, str], Answer]
NO_FILTERS: Mapping[str, Any] = dict.fromkeys(("type", "family", "status", "grade", "country", "admin1", "actor", "publisher", "tag"), ()) | {
    "since": None,
    "until": None,
    "words": None,
}


def ask_command(ask: Ask, *, filters: Mapping[str, Any], profile: str, store: str | None, format: str, picture: Path | None) -> int:
    """Load what passes, ask, show. Raises typer.BadParameter for what may not be asked."""
    return _run(lambda opened: _ask(ask, opened, filters, profile), store=store, format=format, picture=picture)


def after_command(
    *,
    filters: Mapping[str, Any],
    after: Mapping[str, Any],
    dates: Sequence[date],
    days: Sequence[int],
    profile: str,
    store: str | None,
    format: str,
    picture: Path | None,
) -> int:
    """Happenings in the days after others, or after dates that are given. Raises typer.BadParameter."""
    from waqai.observing.after import ask_after

    if not dates and not any(after.values()):
        raise typer.BadParameter("say after what: --after-type meeting, or --date 2023-06-08 for each day of your own")

    def ask(opened: Store) -> Answer:
        asked = _check({**filters})
        wanted = _check({**NO_FILTERS, **after})
        counted = load_happenings(opened, asked, profile=get_profile(profile), at=now())
        references = _dated(dates) if dates else load_happenings(opened, wanted, profile=get_profile(profile), at=now())
        told = f"{len(set(dates))} given dates" if dates else describe_filters(wanted)
        return ask_after(counted, references, asked=f"{describe_filters(asked)}; after {told}", windows_days=days)

    return _run(ask, store=store, format=format, picture=picture)


def _ask(ask: Ask, opened: Store, filters: Mapping[str, Any], profile: str) -> Answer:
    asked = _check(filters)
    return ask(load_happenings(opened, asked, profile=get_profile(profile), at=now()), describe_filters(asked))


def _check(filters: Mapping[str, Any]) -> Filters:
    try:
        return check_question(Filters(**check_filters(filters, load_codebook())), actors=frozenset(load_actors().actors))
    except BeyondBounds as error:
        raise typer.BadParameter(str(error)) from error


def _dated(dates: Sequence[date]) -> Happenings:
    """Dates of a person's own, as references."""
    blank = Happening("", "", "", "", None, None, None, None, None, None, None)
    return Happenings(all=tuple(blank._replace(id=f"given:{day}", earliest=day, latest=day) for day in sorted(set(dates))))


def _run(ask: Callable[[Store], Answer], *, store: str | None, format: str, picture: Path | None) -> int:
    if picture is not None and picture.suffix.lower() not in (".svg", ".png"):
        raise typer.BadParameter(f"{picture.name!r} is neither .svg nor .png", param_hint="--picture")
    with open_named_store(store, must_exist=True) as opened:
        answer = ask(opened)
    if format == "json":
        out.print(json.dumps(answer.as_plain(), ensure_ascii=False, indent=2), soft_wrap=True)
    else:
        print_answer(out, answer)
    if picture is not None:
        _draw(answer, picture)
    return 0


def _draw(answer: Answer, path: Path) -> None:
    if answer.picture is None:
        err.print(f"no picture: {answer.says[0] if not answer.testable else 'there is nothing to draw'}", soft_wrap=True)
        return
    drawn = replace(answer.picture, title=f"{answer.title} {answer.asked}")
    write_file(path, to_png(drawn) if path.suffix.lower() == ".png" else to_svg(drawn).encode())
    err.print(f"{path}: {drawn.alt}", soft_wrap=True)
