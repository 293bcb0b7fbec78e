"""What the words around a name put it in or near: "Jadid Akidat, a town in the eastern Deir ez-Zor countryside", "the village of Sahwa, west of Tel Tamr".

It is asked for a name that the gazetteer does not hold: the town or district that the words give is then the best that is known of where it lies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from waqai.core import PlaceMention, Span
from waqai.places.names import fold

_AREA = r"(?:state|province|governorate)"
_KIND = rf"(?:village|town|hamlet|suburb|quarter|neighbou?rhood|sub-?district|settlement|locality|area|camp|region|taluk|tehsil|canton|district|{_AREA})"
_OWN = rf"(?:{_KIND}|LGA|Local\s+Government(?:\s+Area)?|District|County|Township|Province)"
_DISTANCE = r"(?:(?:just|some|about|around|roughly|over|nearly)\s+)*(?:\d+(?:\.\d+)?[\s-]*(?:km|kms|kilomet(?:re|er)s|miles)\s+(?:\([^)]{1,20}\)\s*)?)?"
_WAY = r"(?:north|south|east|west)(?:-?\s?(?:east|west))?(?:ern)?"
_NAME = r"(?P<name>(?:al|el|ash|as|at|an|ar|ez|az|ed|er)?-?[A-Z][\w’'\-]*(?:[ \n](?:al-|el-|ez-|de |la )?[A-Z][\w’'\-]*){0,4})"
_EDGE = r"(?:at|on)\s+the\s+(?:foot|edge|outskirts)\s+of"
_LINK = rf"(?P<near>near|outside|close\s+to|not\s+far\s+from|(?:to\s+the\s+)?{_WAY}\s+of|{_EDGE})|of|in|inside"
_ADDED = rf"(?:(?:{_WAY}|rural|central|city|countryside|outskirts|cent(?:re|er)|suburbs|{_KIND})\s+(?:of\s+)?(?:the\s+)?){{0,4}}"
_BEHIND = re.compile(
    rf"(?:\s+{_OWN}\b)?\s*,?\s*(?:(?:which|that)\s+(?:lies|stands|is)\s+|lying\s+)?"
    rf"(?:(?:an?|the|another)\s+(?:[a-z]+\s+){{0,2}}?(?:{_KIND}|place)\s+)?(?:to\s+the\s+)?{_DISTANCE}(?:{_LINK})\s+(?:the\s+)?"
    rf"(?P<added>{_ADDED}){_NAME}(?:\s+(?P<kind>{_AREA})\b)?",
)
_OF_AREA = re.compile(rf"\s+{_OWN}\s*,\s*(?P<added>){_NAME}(?:\s+(?P<kind>{_AREA})\b)?(?P<near>\b\B)?")
_BEFORE = re.compile(rf"{_NAME}['’]s\s+(?:(?:{_WAY}|central|old|city)\s+)?$")
_NO_HOLDER = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|.*['’]s?\b",
    re.DOTALL,
)
_SPEAKS = re.compile(r",?\s+(?:said|says|told|who|added|reported)\b")
_AREA_OF = re.compile(rf"(?P<kind>{_AREA})\s+of\s+(?:the\s+)?$")
_REACH = 140
_WITHIN_TOWNS = frozenset(
    re.findall(
        r"\w+",
        """square street avenue hospital hotel university college faculty mosque church market palace embassy stadium neighbourhood neighborhood quarter area
        roundabout junction cinema theater theatre restaurant cafe mall court courthouse headquarters command garden park bridge""",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A name that the words give as holding another, or as what it lies near; with the word for what it is, where that stands before it ("Kaduna state")."""

    name: str
    is_near: bool


def holders_beside(text: str, phrase: Span) -> tuple[Holder, ...]:
    """The holders that stand beside the name, the closest first.

    >>> text = "A mine went off in Sahwa village, west of Tel Tamr."
    >>> holders_beside(text, Span(text.index("Sahwa"), text.index(" village")))
    (Holder(name='Tel Tamr', is_near=True),)
    """
    return tuple(_iter_holders(text, phrase))


def _iter_holders(text: str, phrase: Span) -> Iterator[Holder]:
    before = _BEFORE.search(text[max(0, phrase.start - 60) : phrase.start])
    if before is not None:
        yield Holder(name=before["name"], is_near=False)
    at = phrase.end
    while (behind := _BEHIND.match(text, at, phrase.end + _REACH) or _OF_AREA.match(text, at, phrase.end + _REACH)) is not None:
        area = _AREA_OF.search(behind["added"])
        kind = behind["kind"] or (area["kind"] if area is not None else None)
        name = f"{behind['name']} {kind}" if kind else behind["name"]
        if _NO_HOLDER.match(behind["name"]) or _SPEAKS.match(text, behind.end()):
            return
        yield Holder(name=" ".join(name.split()), is_near=behind["near"] is not None)
        at = behind.end()


def lies_within_town(mention: PlaceMention, text: str) -> bool:
    """Whether the words for what a place is call it a part of a town: a hospital, a square, a quarter.

    >>> text = "A blast at the city's Haboubi Square hurt 11."
    >>> lies_within_town(PlaceMention(name="Haboubi Square", phrase=Span(22, 36), role="event_place"), text)
    True
    """
    words = {*fold(mention.name).split(), *fold(mention.phrase.of(text)).split(), *fold(mention.kind or "").split()}
    behind = fold(text[mention.phrase.end : mention.phrase.end + 20]).split()[:1]
    return bool((words | {*behind}) & _WITHIN_TOWNS)
