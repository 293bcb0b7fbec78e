"""How the words right before and behind a name put a happening to it: near it, in its island, under what it is called elsewhere in the report.

A reader hands over a name with the words that it took for its own. What stands before them ("close to", "five kilometres from", "the edge of") or behind them
("Koton's outskirts") says as much, and so does what the report calls the place at another mention ("Koton, a district in Borno").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from waqai.core import PlaceMention, Span
from waqai.places.kinds import Level, split_kind
from waqai.places.names import fold

_OF_TOWN = r"(?:(?:the\s+)?(?:capital|city|town|village|port\s+city|settlement)(?:\s+of|\s*,)?\s+)?"
_NEAR_BEFORE = re.compile(
    r"\b(?:close\s+(?:to|by)|near(?:\s+to)?|not\s+far\s+from|in\s+the\s+(?:vicinity|environs)\s+of"
    r"|(?:edges?|fringes?|outskirts|periphery|suburbs|surroundings|vicinity|environs|countryside)\s+of"
    r"|(?:rural|remote)\s+(?:parts?|zones?|areas?|sectors?|outskirts)\s+(?:of|in|around)"
    r"|(?:km|kms|kilomet(?:re|er)s?|miles?)\s+(?:away\s+)?(?:(?:north|south|east|west)[\w-]*\s+)?(?:from|of|outside)"
    r"|(?:road|highway|route)\s+(?:(?:that|which)\s+leads\s+|leading\s+)?(?:from|to|towards?))"
    rf"\s+(?:the\s+)?{_OF_TOWN}$",
    re.I,
)
_NEAR_BEHIND = re.compile(
    r"(?:['’]s)?\s+(?:(?:city|town|village)(?:['’]s)?\s+)?(?:(?:north|south|east|west)[\w-]*\s+)?"
    r"(?:outskirts|countryside|suburbs|surroundings|front\s?lines?|fringes?|edges?)\b",
    re.I,
)
_AREA_BEFORE = re.compile(r"\bthe\s+area\s+of\s+(?:the\s+)?$", re.I)
_AREA_BEHIND = re.compile(r"\s+area\b", re.I)
_HOLDS_TOWNS = re.compile(
    r"\b(?:parts?\s+of|(?:districts|villages|towns|hamlets|cities|communities|townships|local\s+governments)\s+(?:of|in|across|within)"
    r"|(?:district|village|town|hamlet|community|township)\s+(?:in|within))\s+$",
    re.I,
)
_REACH = 90


def words_around(mention: PlaceMention, text: str) -> str:
    """The words of a mention beside the name itself ("the outskirts of"), lest "North" in "North Sinai" be a direction."""
    return mention.phrase.of(text).replace(mention.name, " ")


def is_near(text: str, phrase: Span) -> bool:
    """Whether the words beside the mention put the happening near the place rather than in it.

    >>> text = "A mine went off close to the town of Koton."
    >>> is_near(text, Span(text.index("Koton"), len(text) - 1))
    True
    """
    before = text[max(0, phrase.start - _REACH) : phrase.start]
    return _NEAR_BEFORE.search(before) is not None or _NEAR_BEHIND.match(text, phrase.end, phrase.end + _REACH) is not None


def is_area(text: str, phrase: Span) -> bool:
    """Whether the words beside the mention speak of the area of a place: "the Koton area", "the area of Koton"."""
    before = text[max(0, phrase.start - _REACH) : phrase.start]
    return _AREA_BEFORE.search(before) is not None or _AREA_BEHIND.match(text, phrase.end, phrase.end + _REACH) is not None


_OF_SITE = re.compile(r"\s+(?:[A-Z]\w+\s+)?(?:offices?|embassy|headquarters|hospital|police\s+station|courthouse|university|mosque|parliament|bureau|branch)\b")


def is_of_site(text: str, phrase: Span) -> bool:
    """Whether the name only says whose a building is: "outside the Koton office", which is in Koton."""
    return _OF_SITE.match(text, phrase.end) is not None


def holds_towns(text: str, phrase: Span) -> bool:
    """Whether the words before the mention make the place larger than a town: "another part of Koton", "two villages in Koton"."""
    return _HOLDS_TOWNS.search(text[max(0, phrase.start - _REACH) : phrase.start]) is not None


_DISTRICT = r"(?:sub-?district|district|township|county|LGA|local\s+government(?:\s+area)?|tehsil|taluk|woreda)"
_TOWN = r"(?:city|town|village|capital|hamlet|quarter|suburb|neighbou?rhood)"


_JUST_BEFORE = 300  # characters; what is called a district farther off is as often meant as a town (data/composed)


def called_level(text: str, name: str, at: int) -> Level | None:
    """What the report calls the place of a mention at `at`: "admin2" where it says a district of that name and nowhere a town.

    >>> text = "Rebels hold Koton. Koton, a district in Borno, is poor."
    >>> called_level(text, "Koton", 12), called_level(text + " They left the town of Koton.", "Koton", 12)
    ('admin2', None)
    """
    bare = split_kind(name)[0]
    named = list(_iter_named(text, bare))
    if any(_TOWN_BEFORE.search(text[max(0, start - _REACH) : start]) or _TOWN_BEHIND.match(text, end) for start, end in named):
        return None
    just_before = any(start >= at - _JUST_BEFORE and (found := _DISTRICT_BEHIND.match(text, end)) and found.end() <= at for start, end in named)
    told = any(_DISTRICT_OF.search(text[max(0, start - _REACH) : start]) or _DISTRICT_TOLD.match(text, end) for start, end in named)
    return "admin2" if just_before or told else None


_TOWN_BEFORE = re.compile(rf"\b{_TOWN}\s+of\s+$", re.I)
_TOWN_BEHIND = re.compile(rf"(?:\s+|\s*,\s+(?:also\s+)?(?:an?|the)\s+(?:[\w-]+\s+){{0,2}}?){_TOWN}\b", re.I)
_DISTRICT_BEHIND = re.compile(rf"\s+{_DISTRICT}\b", re.I)
_DISTRICT_OF = re.compile(rf"\b(?-i:The|[a-z]+)\s+{_DISTRICT}\s+of\s+$", re.I)  # not "the Sahwa district of Koton"
_DISTRICT_TOLD = re.compile(
    rf"\s*,\s+(?:also\s+)?an?\s+(?:[\w-]+\s+){{0,2}}?{_DISTRICT}\s+(?:of|in|on)\s+(?:the\s+)?"
    r"(?-i:[A-Z]|(?:north|south|east|west|cent)\w*)(?![^.,;]{0,30}\b(?:city|capital|town)\b)",
    re.I,
)


def _iter_named(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where the name stands in the text as words of its own, in capitals or not."""
    low, wanted = (text.lower(), name.lower()) if len(text.lower()) == len(text) else (text, name)
    start = low.find(wanted) if wanted else -1
    while start >= 0:
        end = start + len(wanted)
        if not (low[start - 1 : start].isalnum() or low[end : end + 1].isalnum()):
            yield start, end
        start = low.find(wanted, end)


_HELD = r"(?:prisoners|captives|detainees|inmates|convicts)"
_PRISON = r"(?:prison|jail|gaol|penitentiary|(?:reform|rehabilitation|correctional|correction|detention|custodial)\s+(?:cent(?:re|er)|facility|institution))"
_PRISON_BEFORE = re.compile(rf"\b(?:{_HELD}\s+(?:(?:are\s+|were\s+)?(?:still\s+)?(?:left|held|kept)\s+)?|{_PRISON}\s+)at\s+$", re.I)
_CAMP_BEFORE = re.compile(r"\bcamp\s+(?:at|of)\s+$", re.I)
_PRISON_BEHIND = re.compile(rf"\s*,\s+(?:an?|the)\s+(?:[\w-]+\s+){{0,3}}?{_PRISON}\b", re.I)
_CAMP_BEHIND = re.compile(r"\s*,\s+(?:an?|the)\s+(?:[\w-]+\s+){0,3}?camp\b", re.I)


_CUSTODY_BEHIND = re.compile(rf"\s+(?P<kind>camp|{_PRISON})\b", re.I)


def custody_beside(text: str, phrase: Span) -> str | None:
    """ "prison" or "camp" where the words beside the mention speak of one: "prisoners left at Koton", "Koton, the main jail"; None where they do not."""
    before = text[max(0, phrase.start - _REACH) : phrase.start]
    if _PRISON_BEFORE.search(before) or _PRISON_BEHIND.match(text, phrase.end):
        return "prison"
    return "camp" if _CAMP_BEFORE.search(before) or _CAMP_BEHIND.match(text, phrase.end) else None


def custody_behind(text: str, end: int) -> str | None:
    """ "prison" or "camp" where that word stands behind a name that ends here: "Koton prison"."""
    found = _CUSTODY_BEHIND.match(text, end)
    return None if found is None else "camp" if found["kind"].casefold() == "camp" else "prison"


def custody_called(text: str, name: str) -> str | None:
    """As `custody_behind`, wherever the report first puts such a word behind the name."""
    return next((site for _, end in _iter_named(text, name) if (site := custody_behind(text, end))), None)


_DISTRICT_BEFORE = re.compile(r"\b(?:tambon|amphoe|mukim|upazila|kabupaten|kecamatan|woreda|thana)\s+$", re.I)


def is_district_before(text: str, phrase: Span) -> bool:
    """Whether a country's own word for a district stands before the name, as it does without "of": "tambon Koton"."""
    return _DISTRICT_BEFORE.search(text[max(0, phrase.start - _REACH) : phrase.start]) is not None


def is_called(mention: PlaceMention, text: str, *kinds: str) -> bool:
    """Whether the words at the mention call the place so in one word: "the island of Koton", "Koton Island"."""
    behind = text[mention.phrase.end : mention.phrase.end + 30].split()[:1]
    words = (*fold(mention.name).split()[-1:], *fold(mention.kind or "").split(), *(fold(word) for word in behind))
    return not {*kinds}.isdisjoint(words)
