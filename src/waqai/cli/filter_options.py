"""The filters that several commands take, as options, and what is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import typer

from waqai.cli.options import parse_day

TypeOption = Annotated[list[str] | None, typer.Option("--type", help="An event type, e.g. escape (see `waqai codebook`).")]
FamilyOption = Annotated[list[str] | None, typer.Option("--family", help="A family of types, e.g. custody_exit.")]
StatusOption = Annotated[list[str] | None, typer.Option("--status", help="occurred, ongoing, attempted, foiled, planned, pledged, threatened or denied_only.")]
GradeOption = Annotated[list[str] | None, typer.Option("--grade", help="confirmed, fair, weak, contested or discounted.")]
CountryOption = Annotated[list[str] | None, typer.Option("--country", help="Two-letter code of a country, e.g. SY.")]
Admin1Option = Annotated[list[str] | None, typer.Option("--admin1", help="A province or state, as the gazetteer spells it; SY/Aleppo where two share a name.")]
SinceOption = Annotated[date | None, typer.Option("--since", parser=parse_day, metavar="DAY", help="Not before this day.")]
UntilOption = Annotated[date | None, typer.Option("--until", parser=parse_day, metavar="DAY", help="Not after this day.")]
ActorOption = Annotated[list[str] | None, typer.Option("--actor", help="An actor's id, or words of the name of an involved body, office or facility.")]
PublisherOption = Annotated[list[str] | None, typer.Option("--publisher", help="Told by this publisher.")]
TagOption = Annotated[list[str] | None, typer.Option("--tag", help="Bears this tag.")]
WordsOption = Annotated[str | None, typer.Option("--words", help="Words in its reports, as in `waqai search`.")]


def gather_filters(*, since: date | None, until: date | None, words: str | None, **several: Sequence[str] | None) -> dict[str, Any]:
    """The options as fields of `Filters`."""
    return {name: tuple(values or ()) for name, values in several.items()} | {"since": since, "until": until, "words": words}
