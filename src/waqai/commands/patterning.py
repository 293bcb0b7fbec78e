"""`waqai patterns`: a question put to the record, and the answer on the screen, as JSON or as a picture."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer

from waqai.bounds import get_profile
from waqai.codebook import load_actors, load_codebook
from waqai.commands.filter_checks import check_filters
from waqai.commands.opening import open_named_store
from waqai.core import BadQuestion
from waqai.export.placing import write_file
from waqai.flow import Filters, now
from waqai.observing import Answer, Question, Record, put_question
from waqai.plots import to_png, to_svg
from waqai.terminal.answers import print_answer
from waqai.terminal.printing import err, out


def pattern_command(
    kind: str,
    *,
    filters: Mapping[str, Any],
    profile: str,
    store: str | None,
    format: str,
    picture: Path | None,
    after: Mapping[str, Any] | None = None,
    **more: Any,
) -> int:
    """Put the question, show the answer. `after` holds filters of the references, `more` what else a Question has. Raises typer.BadParameter."""
    if picture is not None and picture.suffix.lower() not in (".svg", ".png"):
        raise typer.BadParameter(f"{picture.name!r} is neither .svg nor .png", param_hint="--picture")
    asked: dict[str, Any] = {"kind": kind, "filters": _filters(filters), "after": _filters(after or {})} | more
    with open_named_store(store, must_exist=True) as opened:
        record = Record(store=opened, profile=get_profile(profile), at=now(), actors=frozenset(load_actors().actors))
        try:
            answer = put_question(Question(**asked), record)
        except BadQuestion as error:
            raise typer.BadParameter(str(error)) from error
    show_answer(answer, format=format, picture=picture)
    return 0


def _filters(given: Mapping[str, Any]) -> Filters:
    wanted = {"type": (), "family": (), "status": (), "grade": (), "country": ()} | dict(given)
    return Filters(**check_filters(wanted, load_codebook()))


def show_answer(answer: Answer, *, format: str, picture: Path | None) -> None:
    """On the screen or as JSON, and into a file where one is named."""
    if format == "json":
        out.print(json.dumps(answer.as_plain(), ensure_ascii=False, indent=2), soft_wrap=True)
    else:
        print_answer(out, answer)
    if picture is None:
        return
    if answer.picture is None:
        err.print("no picture: there is nothing to draw", soft_wrap=True)
        return
    drawn = replace(answer.picture, title=f"{answer.title} {answer.asked}")
    write_file(picture, to_png(drawn) if picture.suffix.lower() == ".png" else to_svg(drawn).encode())
    err.print(f"{picture}: {drawn.alt}", soft_wrap=True)
