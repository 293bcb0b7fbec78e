"""Incidents on their way out of the desk: each passes the bounds of the profile that whoever asks for it may have (docs/safety.md).

A person at the desk sees all, and may take it along as it is or under a profile. A program with a token that lacks the scope "internal" is a stranger: it is
given lists of incidents in the public profile, and nothing else.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import Query, Request

from waqai.bounds import INTERNAL, PUBLIC, Cleared, Profile, forbids_passing_on, get_profile
from waqai.core import NotAllowed
from waqai.desk.house import Desk
from waqai.desk.pages import desk_of
from waqai.flow import now
from waqai.folding.records import NotToLeave, Record
from waqai.store import Filters
from waqai.wording import _

DOORS = ("/incidents.json", "/incidents.csv", "/incidents.geojson", "/incidents.atom")
"""What a token without the scope "internal" opens, beside the feeds of alerts that tell in the public profile."""
_FEED = re.compile(r"/alerts/[^/]+\.(?:atom|json)")
Named = Annotated[Literal["", "public", "partner", "internal"], Query(description="how much may be seen; by default all that whoever asks may see")]


def is_door(path: str) -> bool:
    """Whether a stranger may ask there.

    >>> is_door("/incidents.csv"), is_door("/alerts/al-1.atom"), is_door("/alerts"), is_door("/alerts/add")
    (True, True, False, False)
    """
    return path in DOORS or _FEED.fullmatch(path) is not None


def profile_for(request: Request, named: str, *, default: Profile = INTERNAL) -> Profile:
    """The profile that was named, else the default; for a stranger the public one. Raises NotAllowed for a stranger who names another."""
    inside = request.state.visitor.may("internal")
    wanted = get_profile(named) if named else default if inside else PUBLIC
    if wanted is not PUBLIC and not inside:
        request.state.visitor.check("internal")
    return wanted


def narrow(request: Request, filters: Filters) -> Filters:
    """The filters as whoever asks may ask them: for a stranger days are widened to their months, as some happenings are told by month only.

    Raises NotAllowed for a stranger's words: whether a text holds a name is an answer, too.
    """
    if request.state.visitor.may("internal"):
        return filters
    if filters.words is not None or filters.actor:
        raise NotAllowed(_("without the scope “internal” incidents cannot be looked for by words or actors: an answer would tell what is masked"))
    since, until = filters.since, filters.until
    first = since.replace(day=1) if since else None
    last = until.replace(day=monthrange(until.year, until.month)[1]) if until else None
    return replace(filters, since=first, until=last)


def iter_cleared(desk: Desk, records: Iterable[Record | NotToLeave], profile: Profile) -> Iterator[Cleared]:
    """The records as the profile lets them be seen; what is held back is left out."""
    bounds = desk.bounds(profile, at=now())
    return (one for one in map(bounds.clear, records) if isinstance(one, Cleared))


def clear_filtered(request: Request, filters: Filters, profile: Profile) -> Iterator[Cleared]:
    """All incidents that pass, by id."""
    desk = desk_of(request)
    return iter_cleared(desk, desk.store.iter_records(narrow(request, filters), forbids=forbids_passing_on), profile)
