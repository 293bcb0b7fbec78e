"""The filters that commands over many incidents share: how they are given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import typer

from waqai.cli.options import parse_day

TypeFilter = Annotated[list[str] | None, typer.Option("--type", help="An event type, e.g. escape (see `waqai codebook`).")]
FamilyFilter = Annotated[list[str] | None, typer.Option("--family", help="A family of types, e.g. custody_exit.")]
StatusFilter = Annotated[list[str] | None, typer.Option("--status", help="occurred, ongoing, attempted, foiled, planned, pledged, threatened or denied_only.")]
GradeFilter = Annotated[list[str] | None, typer.Option("--grade", help="confirmed, fair, weak, contested or discounted.")]
CountryFilter = Annotated[list[str] | None, typer.Option("--country", help="Two-letter code of a country, e.g. SY.")]
Admin1Filter = Annotated[
    list[str] | None,
    typer.Option("--admin1", help="A province or state, as the gazetteer spells it; with its country where two share a name: SY/Aleppo."),
]
SinceFilter = Annotated[date | None, typer.Option("--since", parser=parse_day, metavar="DAY", help="Not before this day.")]
UntilFilter = Annotated[date | None, typer.Option("--until", parser=parse_day, metavar="DAY", help="Not after this day.")]
ActorFilter = Annotated[list[str] | None, typer.Option("--actor", help="An actor's id, or words of the name of an involved body, office or facility.")]
PublisherFilter = Annotated[list[str] | None, typer.Option("--publisher", help="Told by this publisher.")]
TagFilter = Annotated[list[str] | None, typer.Option("--tag", help="Bears this tag.")]
WordsFilter = Annotated[str | None, typer.Option("--words", help="Words in its reports, as in `waqai search`.")]


def gather_filters(*, since: date | None, until: date | None, words: str | None, **several: Sequence[str] | None) -> dict[str, Any]:
    """What was given, by the names of the store's filters.

    >>> gather_filters(since=None, until=None, words=None, type=["escape"], tag=None)
    {'type': ('escape',), 'tag': (), 'since': None, 'until': None, 'words': None}
    """
    return {name: tuple(values or ()) for name, values in several.items()} | {"since": since, "until": until, "words": words}
