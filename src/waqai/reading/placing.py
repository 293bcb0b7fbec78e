"""How the words before and behind a place name put it: in it, near it, in its countryside, in a part of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from waqai.codebook.lexicon import PlaceWords
from waqai.core import Span

_REACH = 6  # tokens before the name that are looked at
_DISTANCES = frozenset(("km", "kilometers", "kilometres", "miles"))
_PASSED_OVER = frozenset(("the", "a", "an", "city", "town", "village", "both"))


_SEAT_REACH = 60  # code points
_SEAT_BEFORE = re.compile(
    r"\b(?:(?:monitor|monitoring group|watchdog|observatory|news agency|newspaper|broadcaster|advocacy group|rights group|charity)"
    r" (?:that (?:is|sits) )?(?:based )?in|based in) (?:the )?$",
    re.IGNORECASE,
)
_SEAT_BEHIND = re.compile(r"\s?-\s?based\b", re.IGNORECASE)


def is_seat(text: str, phrase: Span) -> bool:
    """Whether a place is where those sit who tell, which says nothing of what they tell.

    >>> [is_seat(t, Span(t.index("Lund"), t.index("Lund") + 4)) for t in ("a monitor in Lund said", "the Lund-based group", "a raid in Lund")]
    [True, True, False]
    """
    before = text[max(0, phrase.start - _SEAT_REACH) : phrase.start]
    return bool(_SEAT_BEFORE.search(before) or _SEAT_BEHIND.match(text, phrase.end))


@dataclass(frozen=True, slots=True)
class Standing:
    """`relation`: "in", "near", "countryside" or "part"; `prep`: the preposition before the name, "" if none."""

    relation: str
    prep: str

    def of_area(self) -> Standing:
        """The same of a country or province: "in the north of Syria" is a part of it, where "north of Baquba" is near."""
        return Standing("part", self.prep) if self.relation == "towards" else self

    def of_town(self) -> Standing:
        """The same of a town or site."""
        return Standing("near", self.prep) if self.relation == "towards" else self


def describe_standing(name: TokenSpan, words: PlaceWords, *, part_of: bool) -> Standing:
    """The standing of a place name. `part_of`: a direction stood inside the capitalised words ("Northern Hasakah")."""
    relation, prep, direction = _read_back(name, words, direction=part_of)
    if name.doc[name.end : name.end + 3].text.lower().startswith(("countryside", "suburb")):
        relation = "countryside"
    elif name.end + 1 < len(name.doc) and name.doc[name.end].tag_ == "POS" and name.doc[name.end + 1].lower_ in words.directions:
        direction = True  # "Syria's north"
    return Standing("part" if relation == "in" and direction else relation, prep)


def _read_back(name: TokenSpan, words: PlaceWords, *, direction: bool) -> tuple[str, str, bool]:
    """(relation, preposition, whether a direction stands there), read word by word from the name towards the start of the sentence."""
    doc, relation, prep = name.doc, "in", ""
    for i in range(name.start - 1, max(name.start - 1 - _REACH, name.sent.start - 1), -1):
        word = doc[i].lower_
        if word in words.countryside:
            relation = "countryside"
        elif word in words.directions or _is_hyphen_of_direction(doc, i):
            direction = True
            relation = "towards" if doc[i + 1].lower_ == "of" and not _in_the(doc, i) else relation
        elif word in _DISTANCES:
            relation = "near"
        elif word in words.near:
            return "near", word, direction
        elif word in words.locative:
            if word not in ("of", "and"):
                return relation, word, direction
            prep = prep or word
        elif word not in _PASSED_OVER and word not in words.kinds:
            break
    return relation, prep, direction


def _in_the(doc: Doc, i: int) -> bool:
    """ "in the west of Mosul", "in the north-east of Mosul": within it."""
    while i > 2 and (doc[i - 1].text == "-" or doc[i - 1].lower_ in ("north", "south")):
        i -= 1
    return i > 1 and doc[i - 1].lower_ == "the" and doc[i - 2].lower_ == "in"


def _is_hyphen_of_direction(doc: Doc, i: int) -> bool:
    """ "north - east", which the tokeniser takes apart."""
    return doc[i].text == "-" and i > 0 and doc[i - 1].lower_ in ("north", "south")
