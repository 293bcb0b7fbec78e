"""What several commands take: the store, the form of the output, days, and whose word it is."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer


class Format(StrEnum):
    text = "text"
    json = "json"
    jsonl = "jsonl"


def parse_day(value: str) -> date:
    """A day written as YYYY-MM-DD. Raises typer.BadParameter."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise typer.BadParameter(f"{value!r} is no day; write it as YYYY-MM-DD, e.g. 2023-06-20") from error


StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store", envvar="WAQAI_STORE", metavar="PATH", help="The store: a file, or a postgresql:// address. Default: your own store, see `waqai doctor`."
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="text for people, json or jsonl for programs.")]
Because = Annotated[str, typer.Option("--because", metavar="WORDS", help="Why, in a few words; kept in the log.", show_default=False)]
By = Annotated[str | None, typer.Option("--by", envvar="WAQAI_BY", metavar="NAME", help="Your name, as the log shall have it.")]
