"""Which incidents of a picture pass a filter, and which pass all filters but one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias

import numpy as np

from waqai.browse.picture import NO_DAY, Mask, Picture
from waqai.store import Filters
from waqai.store.tagged import fold_tag

PERIOD = "period"
"""The filter that `since` and `until` make together."""
Asked: TypeAlias = Callable[[str], Mask]
"""What the database has to say of words: which rows of the picture they find."""
Tagged: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Each tag with its incidents, as the log has it: it changes without the picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What passes: `parts` are masks (n,) of the filters that keep something out, by name; `among` incidents."""

    parts: Mapping[str, Mask]
    among: int

    def all(self) -> Mask:
        """Those that pass every filter."""
        return self.without("")

    def without(self, name: str) -> Mask:
        """Those that pass every filter but the one of this name."""
        return reduce(np.logical_and, (mask for part, mask in self.parts.items() if part != name), np.ones(self.among, dtype=bool))


def choose(picture: Picture, filters: Filters, *, named: Asked, worded: Asked, tagged: Tagged) -> Chosen:
    """The incidents that pass. `named` finds those that name somebody by words, `worded` those whose reports or facets hold words; `tagged` are the incidents
    of each tag."""
    parts = dict(_iter_parts(picture, filters, named=named))
    if filters.tag:
        parts["tag"] = bearing(picture, filters.tag, tagged)
    if filters.words is not None:
        parts["words"] = worded(filters.words)
    return Chosen(parts=parts, among=len(picture))


def _iter_parts(picture: Picture, filters: Filters, *, named: Asked) -> Iterator[tuple[str, Mask]]:
    for name in ("type", "family", "status", "grade", "country", "admin1", "publisher"):
        if wanted := getattr(filters, name):
            yield name, having(picture, name, picture.find_codes(name, wanted))
    if filters.actor:
        yield "actor", _of_actors(picture, filters.actor, named)
    if filters.since is not None or filters.until is not None:
        yield PERIOD, _between(picture, filters)


def bearing(picture: Picture, tags: Sequence[str], tagged: Tagged) -> Mask:
    """The incidents that bear one of these tags."""
    by_tag, found = dict(tagged), np.zeros(len(picture), dtype=bool)
    rows = [picture.find_row(incident) for tag in tags for incident in by_tag.get(fold_tag(tag), ())]
    found[[row for row in rows if row is not None]] = True
    return found


def having(picture: Picture, name: str, codes: Sequence[int]) -> Mask:
    """The incidents that have a value of one of these codes."""
    wanted = np.zeros(len(picture.values(name)) + 1, dtype=bool)  # the last is asked for by the code of no value
    wanted[list(codes)] = True
    if name in picture.columns:
        return np.asarray(wanted[picture.columns[name]])
    pairs, found = picture.pairs[name], np.zeros(len(picture), dtype=bool)
    found[pairs.rows[wanted[pairs.codes]]] = True
    return found


def is_actor(picture: Picture, actor: str) -> bool:
    """Whether an actor of this id takes part in some incident; else it is words."""
    return bool(np.isin(picture.pairs["actor"].codes, picture.find_codes("actor", [actor])).any())


def _of_actors(picture: Picture, actors: Sequence[str], named: Asked) -> Mask:
    by_id = [actor for actor in actors if is_actor(picture, actor)]
    masks = [named(words) for words in actors if words not in by_id]
    return reduce(np.logical_or, masks, having(picture, "actor", picture.find_codes("actor", by_id)))


def _between(picture: Picture, filters: Filters) -> Mask:
    earliest, latest = picture.columns["earliest"], picture.columns["latest"]
    dated: Mask = latest != NO_DAY
    since = dated if filters.since is None else latest >= filters.since.toordinal()
    until = dated if filters.until is None else earliest <= filters.until.toordinal()
    return since & until
