"""The filter that lives in the address: read from it, written into links, named in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any

from babel import Locale
from fastapi import Query

from waqai.browse import Order
from waqai.codebook.actors import ActorRegister
from waqai.core import NotPossible
from waqai.desk.pages import link
from waqai.store import Filters
from waqai.store.tagged import fold_tag
from waqai.wording import _

SEVERAL = ("type", "family", "status", "grade", "country", "admin1", "actor", "publisher", "tag")
Several = Annotated[list[str], Query()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks for: a filter, an order, and where the page begins."""

    filters: Filters
    order: Order = "newest"
    after: str | None = None

    def query(self, **other: Any) -> dict[str, Any]:
        """The address's query, with these in place of its own; the first page."""
        own = {name: getattr(self.filters, name) for name in (*SEVERAL, "since", "until", "words")}
        return own | {"order": self.order if self.order != "newest" else None} | other

    def toggled(self, name: str, value: str) -> dict[str, Any]:
        """The query with this value of a facet chosen, or not any more where it is."""
        if name == "period":
            return self.query(**_period(value, chosen=_period(value) == {"since": self.filters.since, "until": self.filters.until}))
        mine: tuple[str, ...] = getattr(self.filters, name)
        return self.query(**{name: tuple(one for one in mine if one != value) if value in mine else (*mine, value)})

    @property
    def is_narrowed(self) -> bool:
        return self.filters != Filters()


def asked(
    type: Several = [],  # noqa: B006  FastAPI reads the default of a list this way
    family: Several = [],  # noqa: B006
    status: Several = [],  # noqa: B006
    grade: Several = [],  # noqa: B006
    country: Several = [],  # noqa: B006
    admin1: Several = [],  # noqa: B006
    actor: Several = [],  # noqa: B006
    publisher: Several = [],  # noqa: B006
    tag: Several = [],  # noqa: B006
    since: str = "",
    until: str = "",
    words: str = "",
    order: Order = "newest",
    after: str | None = None,
) -> Asked:
    """A route's dependency: the filter of the address. Raises NotPossible for what is no day."""
    given = (type, family, status, grade, country, admin1, actor, publisher, tag)
    several = {name: tuple(dict.fromkeys(one for one in values if one)) for name, values in zip(SEVERAL, given, strict=True)}
    several["tag"] = tuple(map(fold_tag, several["tag"]))
    filters = Filters(**several, since=read_day("since", since), until=read_day("until", until), words=words.strip() or None)
    return Asked(filters=filters, order=order, after=after or None)


def link_to(asked: Asked, *, ending: str = "", **other: Any) -> str:
    """The address of what is asked, in another form ("json") or with other values."""
    return link(f"/incidents{ending}", **asked.query(**other))


def label(name: str, value: str, *, actors: ActorRegister) -> str:
    """A value of a facet as a person reads it."""
    if name == "country":
        return country_name(value)
    if name == "admin1":
        country, _slash, province = value.partition("/")
        return f"{province} ({country})" if province else value
    if name == "actor":
        return actors.actors[value].name if value in actors.actors else value
    return value if name in ("publisher", "tag", "period") else value.replace("_", " ")


@cache
def country_name(code: str) -> str:
    """
    >>> country_name("SY"), country_name("??")
    ('Syria', '??')
    """
    name: str = Locale("en").territories.get(code, code)
    return name


def _period(value: str, *, chosen: bool = False) -> dict[str, date | None]:
    """The first and last day of "2021" or "2021-03"; no days where it is chosen already."""
    if chosen:
        return {"since": None, "until": None}
    year, _dash, month = value.partition("-")
    first = date(int(year), int(month or 1), 1)
    behind = date(first.year + 1, 1, 1) if not month else date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return {"since": first, "until": date.fromordinal(behind.toordinal() - 1)}


def read_day(name: str, said: str) -> date | None:
    """The day that a field holds; None for an empty one. Raises NotPossible."""
    try:
        return date.fromisoformat(said.strip()) if said.strip() else None
    except ValueError as error:
        raise NotPossible(_("{name}: {said} is no day; write it as 2023-06-18").format(name=name, said=repr(said))) from error
