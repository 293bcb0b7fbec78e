"""What the words around a name call the place: a governorate, a city, a prison, a road.

`level_of` turns such a word into the gazetteer's level; `split_kind` takes the word off the name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, TypeAlias

from waqai.places.names import fold, tidy

Level: TypeAlias = Literal["country", "admin1", "admin2", "town", "facility", "region", "sea"]

_LEVELS: dict[Level, str] = {
    "country": "country|republic|kingdom|nation",
    "admin1": "governorate|province|state|oblast|krai|emirate|prefecture|muhafazah|wilaya|wilayat|governate|voivodeship|autonomous region|region",
    "admin2": "district|county|subdistrict|sub district|local government area|lga|municipality|tehsil|taluk|canton|woreda|commune|cercle|township|territory|"
    "constituency|raion|rayon|parish|nahiya|department",
    "town": "city|town|village|hamlet|capital|quarter|neighbourhood|neighborhood|suburb|settlement|port city|barangay|locality|area|outskirts|oasis",
    "facility": "prison|jail|gaol|camp|penitentiary|correctional centre|correctional center|correctional facility|correctional institution|custodial centre|"
    "custodial center|detention centre|detention center|detention facility|central prison|central jail|provincial jail|prison complex|crossing|border crossing|"
    "checkpoint|base|air base|airbase|military base|airport|international airport|hospital|hotel|university|school|mosque|church|dam|barracks|compound|port|"
    "headquarters|police station|stadium|bridge|junction|roundabout|refinery|market|embassy|square|street|prisons|jails|camps|facility|remand prison",
    "region": "road|highway|desert|valley|river|border|mountain|mountains|mount|jabal|jebel|forest|strip|triangle|lake|corridor|route|plain|peninsula|"
    "basin|zone|coast|island|islands|heights|hills|wadi|governorates|provinces|states|districts|villages|towns|cities|areas",
    "sea": "sea|gulf|ocean|strait|straits|waters",
}
_LEVEL_OF: dict[str, Level] = {word: level for level, words in _LEVELS.items() for word in words.split("|")}
_LONGEST_FIRST = sorted(_LEVEL_OF, key=lambda word: -len(word))
_LAST_WORDS = frozenset(word.rpartition(" ")[2] for word in _LEVEL_OF)


def level_of(kind: str | None) -> Level | None:
    """The level that a kind word stands for; None for no word or one that we do not know.

    >>> level_of("Governorate"), level_of("border crossing"), level_of("prison"), level_of(None)
    ('admin1', 'facility', 'facility', None)
    """
    if kind is None:
        return None
    word = fold(kind)
    return _LEVEL_OF.get(word) or _LEVEL_OF.get(word.split(" ")[-1] if word else "")


@lru_cache(maxsize=16384)
def split_kind(name: str) -> tuple[str, Level | None]:
    """The name without the kind word it begins or ends with, and that word's level.

    >>> split_kind("Hasakah Governorate"), split_kind("Kuje Correctional Centre"), split_kind("the town of Koton"), split_kind("Mosul")
    (('Hasakah', 'admin1'), ('Kuje', 'facility'), ('Koton', 'town'), ('Mosul', None))
    """
    text = tidy(name)
    low = text.casefold()
    if low.rpartition(" ")[2] not in _LAST_WORDS and " of " not in low:
        return text, None  # as most names are
    for word in _LONGEST_FIRST:
        if low.endswith(" " + word):
            return text[: -len(word) - 1].rstrip(), _LEVEL_OF[word]
        if low.startswith(word + " of "):
            return tidy(text[len(word) + 4 :]), _LEVEL_OF[word]
    return text, None


_COMPASS = r"(?:(?:far\s+)?(?:north|south)(?:\s*-?\s*(?:east|west))?|east|west|cent(?:er|re)|middle|central|upper|lower|rural)(?:ern)?(?:most)?"
_ANY_COMPASS = re.compile("north|south|east|west|cent(?:er|re|ral)|middle|upper|lower|rural", re.I)
_COMPASSES = rf"{_COMPASS}(?:\s+and\s+{_COMPASS})?"
_BEFORE = re.compile(rf"(?:the\s+)?(?P<way>{_COMPASSES})\s+(?P<of>(?:(?:part|parts|edge|side|countryside|outskirts)\s+)?of\s+)?(?P<base>.+)", re.I | re.S)
_BEHIND = re.compile(rf"(?P<base>.+?)(?:['’]s)?\s+(?P<way>{_COMPASSES})(?:\s+(?:region|part))?", re.I | re.S)
_ALONE = re.compile(rf"(?:the\s+)?{_COMPASSES}(?:\s+of\s+the\s+country)?", re.I)


@lru_cache(maxsize=16384)
def split_direction(name: str) -> tuple[str, str | None]:
    """The name without a compass word around it, and that word as a relation: "northern" (within) or "north of" (which may be outside).

    >>> split_direction("north-eastern Syria"), split_direction("the north of Syria"), split_direction("Syria's northeast")
    (('Syria', 'north-eastern'), ('Syria', 'north of'), ('Syria', 'northeast'))
    >>> split_direction("the northwest"), split_direction("Mosul")
    (('', 'northwest'), ('Mosul', None))
    """
    text = tidy(name)
    if _ANY_COMPASS.search(text) is None:
        return text, None  # as most names are
    if _ALONE.fullmatch(text):
        return "", text
    match = _BEFORE.fullmatch(text)
    if match:
        return tidy(match["base"]), match["way"].lower() + (" of" if match["of"] else "")
    match = _BEHIND.fullmatch(text)
    return (tidy(match["base"]), match["way"].lower()) if match else (text, None)
