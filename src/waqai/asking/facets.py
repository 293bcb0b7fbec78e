"""The facets of an account, made of the words that an answer points at: when, where, who, how many.

The answer says which words, and in which role. What the words are worth is read by the same code as without a model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from waqai.asking.answer import read_item
from waqai.asking.form import ANNOUNCEMENT, DATE_TELLS, PLACE_ROLES, DateShape, RoleShape
from waqai.asking.material import SURE, Material
from waqai.core import Involvement, PlaceMention, Span, UnresolvedDate, When
from waqai.dating import resolve_phrase
from waqai.reading.phrases import bare_phrase, words_of
from waqai.reading.placing import describe_standing
from waqai.reading.situating import PlaceRole

Shape = TypeVar("Shape", bound=BaseModel)

_FUTURE = frozenset(("planned", "pledged", "threatened"))
_PROXY_P = 0.5
_LEADING = re.compile(r"(?i)^(?:(?:the|an?|this|that|these|those|its|their|his|her|some|several|most|all|of|at least|\d[\d,]*)\s+)+(?=\S)")
RULE = "model's answer"


def iter_items(shape: type[Shape], values: Iterable[Any], *, what: str, material: Material) -> Iterator[Shape]:
    """The items that have the shape; a notice for each other one."""
    for value in values:
        item = read_item(shape, value)
        if isinstance(item, str):
            material.set_aside(what, str(value), f"it has another form ({item})")
        else:
            yield item


def read_when(value: Any, *, trigger: Span, status: str, anchor: When | None, material: Material) -> When | None:
    """The days of an account, put on the calendar by `dating`. `anchor`: the last dated account before it, which "the same day" counts from."""
    for item in iter_items(DateShape, [] if value is None else [value], what="date", material=material):
        if item.tells not in DATE_TELLS:
            material.set_aside("date", item.words, f"{item.tells!r} is none of {', '.join(DATE_TELLS)}")
        elif (span := material.find(item.words, what="date", near=trigger.start)) is not None:
            return _dated(item, span, trigger=trigger, status=status, anchor=anchor, material=material)
    return None


def _dated(item: DateShape, span: Span, *, trigger: Span, status: str, anchor: When | None, material: Material) -> When | None:
    phrases = [p for p in material.phrases if p.span.overlaps(span) and p.kind != "year_modifier"]
    if len(phrases) != 1:
        material.set_aside("date", item.words, "no day or period is named in it" if not phrases else "it names several days")
        return None
    phrase = phrases[0]
    try:
        future, ongoing = status in _FUTURE, status == "ongoing"
        days = resolve_phrase(phrase, clock=material.clock, future=future, ongoing=ongoing, anchor=None if phrase.names_anchor else anchor)
    except UnresolvedDate as error:
        material.set_aside("date", item.words, f"{error}; the account's date is left open")
        return None
    basis: str = days.basis
    if item.tells == ANNOUNCEMENT:
        basis = "announcement_date_as_proxy"
    elif material.tokens(phrase.span).sent != material.tokens(trigger).sent:
        basis = "inherited_from_context"
    p = min(days.p, _PROXY_P if item.tells == ANNOUNCEMENT else SURE)
    return When(earliest=days.earliest, latest=days.latest, basis=basis, phrase=phrase.span, p=p, rule=f"{RULE}; {days.rule}")


def read_places(values: Iterable[Any], *, trigger: Span, material: Material) -> tuple[PlaceMention, ...]:
    """The places of an account, each mention once."""
    mentions: dict[Span, PlaceMention] = {}
    for item in iter_items(RoleShape, values, what="place", material=material):
        if item.role not in PLACE_ROLES:
            material.set_aside("place", item.words, f"there is no role of a place {item.role!r}")
        elif (span := material.find(item.words, what="place", near=trigger.start)) is not None:
            for mention in _mentions(item, span, material):
                mentions.setdefault(mention.phrase, mention)
    return tuple(mentions.values())


def _mentions(item: RoleShape, span: Span, material: Material) -> Iterator[PlaceMention]:
    """The names that our own search finds in the words, else the words themselves where they look like a name."""
    role = cast(PlaceRole, item.role)
    found = [place for place in material.places if place.phrase.overlaps(span)]
    for place in found:
        yield PlaceMention(name=place.name, phrase=place.phrase, role=role, relation=place.relation, kind=place.kind, p=SURE, rule=f"{RULE}: {role}")
    name = _bare(span, material)
    if not found and any(c.isupper() for c in name):
        standing = describe_standing(material.tokens(span), material.ground.lexicon.places, part_of=False)
        yield PlaceMention(name=name, phrase=span, role=role, relation=standing.relation, p=SURE, rule=f"{RULE}: {role}")
    elif not found:
        material.set_aside("place", item.words, "it names no place")


def read_involved(values: Iterable[Any], *, trigger: Span, material: Material) -> tuple[Involvement, ...]:
    """Who takes part, once for each role and name."""
    involved: dict[tuple[str, str], Involvement] = {}
    for item in iter_items(RoleShape, values, what="participant", material=material):
        if item.role not in material.ground.codebook.roles:
            material.set_aside("participant", item.words, f"the codebook has no role {item.role!r}")
        elif (span := material.find(item.words, what="participant", near=trigger.start)) is not None:
            name = _bare(span, material)
            found = Involvement(role=item.role, name=name, phrase=span, p=SURE, rule=f"{RULE}: {item.role}", actor_id=material.ground.actors.find_actor(name))
            involved.setdefault((item.role, name.lower()), found)
    return tuple(involved.values())


def _bare(span: Span, material: Material) -> str:
    """The words as coders write a name: without article, number or quantifier."""
    tokens = material.tokens(span)
    bare = bare_phrase(tokens.root)
    if tokens.root.pos_ in ("NOUN", "PROPN") and span.covers(bare) and bare.end == span.end:
        return words_of(bare, tokens.root)
    words = " ".join(span.of(material.report.text).split())
    return _LEADING.sub("", words)
