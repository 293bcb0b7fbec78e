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
_LINK = rf"(?P<near>near|outside|close\s+to|not\s+far\s+from|(?:to\s+the\s+)?{_WAY}\s+of|{_EDGE})|of|in|inside|under"
_ADDED = rf"(?:(?:{_WAY}|rural|central|city|countryside|outskirts|cent(?:re|er)|suburbs|{_KIND})\s+(?:of\s+)?(?:the\s+)?){{0,4}}"
_BEHIND = re.compile(
    rf"(?:\s+{_OWN}\b)?\s*,?\s*(?:(?:which|that)\s+(?:lies|stands|is)\s+|lying\s+|lies\s+)?"
    rf"(?:(?:an?|the|another)\s+(?:[a-z]+\s+){{0,2}}?(?:{_KIND}|place)\s+(?:(?:that|which)\s+(?:lies|stands|falls|is)\s+)?)?(?:to\s+the\s+)?{_DISTANCE}(?:{_LINK})\s+(?:the\s+)?"
    rf"(?P<added>{_ADDED}){_NAME}(?:\s+(?P<kind>{_AREA})\b)?",
)
_OF_AREA = re.compile(rf"\s+{_OWN}\s*,\s*(?P<added>){_NAME}(?:\s+(?P<kind>{_AREA})\b)?(?P<near>\b\B)?")
_OF_PART = re.compile(rf"\s*,\s*(?:(?:to|in)\s+the\s+)?(?P<added>(?:{_WAY}|central|downtown))\s+{_NAME}(?P<kind>\b\B)?(?P<near>\b\B)?")
_LISTED = re.compile(r"\s+and\s+(?:[A-Z][\w’'\-]*\s+){1,2}?(?=in\s)")
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
    listed = _LISTED.match(text, phrase.end, phrase.end + _REACH)
    at, end = listed.end() if listed is not None else phrase.end, phrase.end + _REACH
    while (behind := _BEHIND.match(text, at, end) or _OF_AREA.match(text, at, end) or _OF_PART.match(text, at, end)) is not None:
        area = _AREA_OF.search(behind["added"])
        kind = behind["kind"] or (area["kind"] if area is not None else None)
        name = f"{behind['name']} {kind}" if kind else behind["name"]
        if _NO_HOLDER.match(behind["name"]) or _SPEAKS.match(text, behind.end()):
            return
        yield Holder(name=" ".join(name.split()), is_near=behind["near"] is not None)
        at = behind.end()


_EARLIER = re.compile(rf"\b(?:in|at)\s+(?:the\s+)?(?:(?:[a-z]+\s+)?(?P<of>city|town|district)\s+of\s+)?{_NAME}(?:\s+(?P<kind>city|town|district)\b)?")
_SENTENCE = re.compile(r"[.!?”\"]\s|\n")


def holder_earlier(text: str, phrase: Span) -> str | None:
    """The city, town or district that the sentence has named before, as such: "16 were shot in Koton district as bandits stormed the village of Sahwa".

    >>> text = "It took place in Koton city, where men shot at a patrol in the Sahwa area."
    >>> holder_earlier(text, Span(text.index("Sahwa"), text.index(" area")))
    'Koton city'
    """
    start = max((m.end() for m in _SENTENCE.finditer(text, max(0, phrase.start - 300), phrase.start)), default=max(0, phrase.start - 300))
    found = [m for m in _EARLIER.finditer(text, start, phrase.start) if m["of"] or m["kind"]]
    return f"{found[-1]['name']} {found[-1]['of'] or found[-1]['kind']}" if found else None


def lies_within_town(mention: PlaceMention, text: str) -> bool:
    """Whether the words for what a place is call it a part of a town: a hospital, a square, a quarter.

    >>> text = "A blast at the city's Haboubi Square hurt 11."
    >>> lies_within_town(PlaceMention(name="Haboubi Square", phrase=Span(22, 36), role="event_place"), text)
    True
    """
    words = {*fold(mention.name).split(), *fold(mention.phrase.of(text)).split(), *fold(mention.kind or "").split()}
    behind = fold(text[mention.phrase.end : mention.phrase.end + 20]).split()[:1]
    return bool((words | {*behind}) & _WITHIN_TOWNS)
