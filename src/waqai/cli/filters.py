"""The filters that commands over many incidents share, declared once: a command that is `filtered` takes them all, and is handed what was given."""

import functools
import inspect
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, TypeAlias

import typer

from waqai.cli.options import parse_day

Given: TypeAlias = dict[str, Any]
"""What was given, by the names of the store's filters: a tuple of values, a day, words, or None."""
_SEVERAL: Mapping[str, str] = {
    "type": "An event type, e.g. escape (see `waqai codebook`).",
    "family": "A family of types, e.g. custody_exit.",
    "status": "occurred, ongoing, attempted, foiled, planned, pledged, threatened or denied_only.",
    "grade": "confirmed, fair, weak, contested or discounted.",
    "country": "Two-letter code of a country, e.g. SY.",
    "admin1": "A province or state, as the gazetteer spells it; with its country where two share a name: SY/Aleppo.",
    "actor": "An actor's id, or words of the name of an involved body, office or facility.",
    "publisher": "Told by this publisher.",
    "tag": "Bears this tag.",
}
FILTERS: Mapping[str, Any] = {
    **{name: Annotated[list[str] | None, typer.Option(f"--{name}", help=text)] for name, text in _SEVERAL.items()},
    "since": Annotated[date | None, typer.Option("--since", parser=parse_day, metavar="DAY", help="Not before this day.")],
    "until": Annotated[date | None, typer.Option("--until", parser=parse_day, metavar="DAY", help="Not after this day.")],
    "words": Annotated[str | None, typer.Option("--words", help="Words in its reports, as in `waqai search`.")],
}
"""Each filter with its option, in the order in which they are listed."""


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """The command with every filter as an option, in the place of its parameter `filters`, which gets what was given."""
    own = inspect.signature(command, eval_str=True)
    parameters = [one for parameter in own.parameters.values() for one in (_options() if parameter.name == "filters" else [parameter])]

    @functools.wraps(command)
    def called(**given: Any) -> None:
        said = {name: given.pop(name) for name in FILTERS}
        command(filters={name: tuple(value or ()) if name in _SEVERAL else value for name, value in said.items()}, **given)

    called.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {one.name: one.annotation for one in parameters}
    return called


def _options() -> list[inspect.Parameter]:
    return [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation=option) for name, option in FILTERS.items()]
