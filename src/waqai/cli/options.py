"""What several commands take: the store, the form of the output, days, and whose word it is."""

from collections.abc import Sequence
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


def parse_columns(values: Sequence[str]) -> dict[str, list[str]]:
    """The headers by field of "FIELD=HEADER" options; a field without one has no column. Raises typer.BadParameter.

    >>> parse_columns(["text=Notes", "text=More", "url=", "dates=day-first"])
    {'text': ['Notes', 'More'], 'url': [], 'dates': ['day_first']}
    """
    from waqai.core import COLUMN_FIELDS  # here, as `waqai --help` answers at once

    named: dict[str, list[str]] = {}
    for value in values:
        field, equals, header = value.partition("=")
        if not equals or field not in (*COLUMN_FIELDS, "dates"):
            raise typer.BadParameter(
                f"{value!r} names no column; write FIELD=HEADER, where FIELD is {', '.join(COLUMN_FIELDS)} or dates", param_hint="--column"
            )
        if field == "dates" and header not in ("day-first", "month-first", ""):
            raise typer.BadParameter(f"dates are day-first or month-first, not {header!r}", param_hint="--column")
        named.setdefault(field, []).extend([header.replace("-", "_") if field == "dates" else header] if header else [])
    several = next((field for field, headers in named.items() if field != "text" and len(headers) > 1), None)
    if several:
        raise typer.BadParameter(f"{several} is named more than once; only text can be joined from several columns", param_hint="--column")
    return named


ColumnOption = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="FIELD=HEADER",
        help="Of a table: the column that holds a field (text, title, publisher, published, url, id, language); text can be given several times. "
        "dates=day-first or dates=month-first says how 03/04/2023 is meant.",
    ),
]
StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store", envvar="WAQAI_STORE", metavar="PATH", help="The store: a file, or a postgresql:// address. Default: your own store, see `waqai doctor`."
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="text for people, json or jsonl for programs.")]
Because = Annotated[str, typer.Option("--because", metavar="WORDS", help="Why, in a few words; kept in the log.", show_default=False)]
By = Annotated[str | None, typer.Option("--by", envvar="WAQAI_BY", metavar="NAME", help="Your name, as the log shall have it.")]


LogOption = Annotated[
    str | None,
    typer.Option(
        "--log",
        metavar="FORMAT",
        help="Log each request and round on standard error: json, an object a line, or text. Default: WAQAI_LOG, else warnings only.",
        show_default=False,
    ),
]


class FigureRuleName(StrEnum):
    ucdp = "ucdp-like"
    acled = "acled-like"
    every_casualty = "every-casualty-like"


FiguresOption = Annotated[
    FigureRuleName | None,
    typer.Option(
        "--figures", metavar="RULE", help="Give low, best and high of the competing figures by this rule: ucdp-like, acled-like or every-casualty-like."
    ),
]


class ProfileName(StrEnum):
    public = "public"
    partner = "partner"
    internal = "internal"


ProfileOption = Annotated[
    ProfileName,
    typer.Option(
        "--profile", help="For whom: public for anybody, partner for those you share with under terms, internal for nobody else (see docs/safety.md)."
    ),
]
