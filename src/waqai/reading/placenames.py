"""Words of a report that name a place, with how they stand to it ("in", "near", "countryside", "north") and what they call it ("governorate", "prison").

The parser's labels are not trusted: spaCy's small model calls Hasakah an organisation and Ras al-Ain a person. A run of capitalised words counts as a place name
when the gazetteer knows it and it stands where places stand, or when the model says place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from waqai.core import PlaceNames, Span
from waqai.reading.phrases import char_span

KINDS = {"governorate", "province", "state", "city", "town", "village", "district", "county", "region", "neighborhood", "neighbourhood", "camp", "prison", "jail", "crossing", "desert", "valley", "river",
         "mountains", "mountain", "island", "airport", "subdistrict", "sub-district", "area", "suburb", "hamlet", "commune", "department", "prefecture", "territory", "republic", "kingdom", "border", "countryside",
         "quarter", "lga", "municipality", "capital", "oblast", "sector", "road", "highway", "base", "dam", "barracks", "port", "coast", "peninsula", "forest", "lake", "center", "centre"}  # fmt: skip
_DIRECTIONS = {"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "northern", "southern", "eastern", "western", "northeastern", "northwestern", "southeastern", "southwestern", "central",
               "north-east", "north-west", "south-east", "south-west", "north-eastern", "north-western", "south-eastern", "south-western"}  # fmt: skip
_NEAR = {"near", "outside", "around", "nearby", "toward", "towards", "outskirts", "vicinity"}
_COUNTRYSIDE = {"countryside", "outskirts", "suburbs", "suburb", "rural", "surroundings", "vicinity", "environs"}
_LOCATIVE = {
    "in",
    "at",
    "near",
    "from",
    "to",
    "of",
    "outside",
    "inside",
    "around",
    "across",
    "into",
    "toward",
    "towards",
    "within",
    "throughout",
    "over",
    "between",
    "on",
    "and",
    "out",
    "through",
    "for",
    "off",
    "via",
}
_ARTICLES = {"al", "el", "ad", "ash", "as", "at", "an", "ar", "ez", "az", "el-", "al-", "ed", "er"}
_INNER = {"of", "the", "de", "la", "del", "el", "al", "upon", "sur", "and"}
_GENERIC = {
    "central",
    "main",
    "general",
    "federal",
    "national",
    "military",
    "local",
    "high",
    "special",
    "state",
    "medium",
    "maximum",
    "provincial",
    "northern",
    "southern",
    "eastern",
    "western",
    "old",
    "new",
    "international",
    "civil",
    "women",
    "men",
    "public",
    "supreme",
    "regional",
    "city",
    "municipal",
}
_DATELINE = re.compile(r"[ \t]*[A-Z\u00c0-\u00de][\w.'/ ,-]{1,60}?(?:\([^)\n]{2,40}\))?\s?(?:-{1,2}|:|\|)\s")
_TITLES = re.compile(
    r"\b(?:Mr|Mrs|Dr|President|Minister|Sheikh|General|Colonel|Maj|Capt|Gen|Lt|Secretary|Ambassador|Sen|Judge|King|Prince|Imam|Pope|Saint|Professor)\.?\s$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlace:
    """A place name in the text: bare name, its words, the token it hangs on, and how it is put. `prep` is the preposition before it ("" if none)."""

    name: str
    phrase: Span
    head: Token
    relation: str
    kind: str | None
    kinds: frozenset[str]
    prep: str
    dateline: bool = False

    @property
    def wide(self) -> bool:
        """A country, province or region rather than a town or site."""
        if self.kind in (
            "governorate",
            "province",
            "state",
            "region",
            "department",
            "county",
            "prefecture",
            "oblast",
            "desert",
            "republic",
            "kingdom",
            "district",
        ):
            return True
        return bool(self.kinds & {"country", "region"}) or (bool(self.kinds) and self.kinds <= {"admin1", "admin2"})

    @property
    def country(self) -> bool:
        return "country" in self.kinds


def find_places(doc: Doc, names: PlaceNames) -> tuple[FoundPlace, ...]:
    """Place names in order of the text. A name is found at every place where it stands, not once a report."""
    found = [place for start, end in _runs(doc) if (place := _place(doc, start, end, names)) is not None]
    return tuple(replace(p, dateline=_in_dateline(doc, p.phrase)) for p in _joined_kind(found))


def _in_dateline(doc: Doc, phrase: Span) -> bool:
    """Whether the name stands in the header of a dispatch: "ERBIL, Kurdistan Region - ", "DAMASCUS, July 14 (Xinhua) -- "."""
    start = doc.text.rfind("\n", 0, phrase.start) + 1
    header = _DATELINE.match(doc.text, start)
    return header is not None and phrase.end <= header.end()


def _runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Token ranges of capitalised words with what can stand inside a name ("Ras al - Ain", "Kingdom of Saudi Arabia", "Deir ez-Zor")."""
    i = 0
    while i < len(doc):
        if not _capital(doc[i]):
            i += 1
            continue
        end = i + 1
        while end < len(doc) and doc[end].sent == doc[i].sent and (step := _continues(doc, end)):
            end += step
        yield i, end
        i = end


def _capital(token: Token) -> bool:
    return (token.text[0].isupper() and token.is_alpha) or (
        token.text[0].isupper() and any(c.isalpha() for c in token.text) and token.pos_ in ("PROPN", "NOUN", "ADJ", "DET", "X")
    )


def _continues(doc: Doc, i: int) -> int:
    """How many tokens from here on still belong to the run: 0 ends it."""
    token = doc[i]
    following = doc[i + 1] if i + 1 < len(doc) else None
    if _capital(token) and token.ent_type_ not in ("DATE", "TIME"):
        return 1
    if following is None:
        return 0
    tight = not doc[i - 1].whitespace_
    if token.text in ("-", "'") and tight and not token.whitespace_ and (following.text[0].isalpha()):
        return 2
    if token.lower_ in _ARTICLES and following.text == "-":
        return 2 + (1 if i + 2 < len(doc) else 0)
    if token.lower_ in _INNER - {"and"} and _capital(following) and (token.lower_ != "the"):
        return 2
    return 0


def _place(doc: Doc, start: int, end: int, names: PlaceNames) -> FoundPlace | None:
    """The longest part of a run that can be a place, or None."""
    while start < end and (doc[start].lower_ in ("the", "a", "mr", "dr") or doc[start].ent_type_ in ("DATE", "TIME")):
        start += 1
    if start >= end:
        return None
    kind, start, end = _strip_kind(doc, start, end)
    relation_word = ""
    while start < end - 1 and doc[start].lower_ in _DIRECTIONS:
        relation_word = "area"
        start += 1
    for first, last in _parts(start, end):
        span = char_span(doc[first], doc[last - 1])
        name = span.of(doc.text)
        if name.lower() in _GENERIC:
            continue
        kinds = names.kinds_of(name) - {"demonym"}
        place_label = all(doc[i].ent_type_ in ("GPE", "LOC", "FAC") for i in range(first, last))
        if not (
            kinds
            or place_label
            or (kind in ("governorate", "province", "city", "town", "village", "district", "camp", "prison", "jail") and first == start and last == end)
        ):
            continue
        if not _stands_as_place(doc, first, last, known=bool(kinds), labelled=place_label, kind=kind, whole=(first, last) == (start, end)):
            continue
        return _describe(doc, first, last, name=name, kinds=kinds, kind=kind, relation_word=relation_word)
    return None


def _parts(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The run itself, then its ends from long to short."""
    yield start, end
    for size in range(end - start - 1, 0, -1):
        yield end - size, end
        if size > 1:
            yield start, start + size


def _strip_kind(doc: Doc, start: int, end: int) -> tuple[str | None, int, int]:
    """Take "Governorate", "City of", "town of" off a run, as the kind that the words name."""
    kind = None
    if end - start > 1 and doc[end - 1].lower_ in KINDS:
        kind, end = doc[end - 1].lower_, end - 1
    elif end < len(doc) and doc[end].lower_ in KINDS and doc[end].dep_ != "ROOT" and doc[end].pos_ in ("NOUN", "PROPN"):
        kind = doc[end].lower_
    elif start >= 2 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in KINDS:
        kind = doc[start - 2].lower_
    elif start >= 1 and doc[start - 1].lower_ in KINDS:
        kind = doc[start - 1].lower_
    if end - start > 2 and doc[start].lower_ in ("city", "town", "province", "state", "governorate") and doc[start + 1].lower_ == "of":
        kind, start = doc[start].lower_, start + 2
    return kind, start, end


def _stands_as_place(doc: Doc, first: int, last: int, *, known: bool, labelled: bool, kind: str | None, whole: bool) -> bool:
    before = doc[first - 1] if first else None
    person = doc[first].ent_type_ == "PERSON" and not (
        before is not None and before.lower_ in ("in", "at", "near", "of", "from", "to", "city", "town", "village")
    )
    if _TITLES.search(doc.text[: doc[first].idx][-14:]) or person:
        return False
    if doc[last - 1].i + 1 < len(doc) and doc[last - 1].i + 1 < doc[first].sent.end:
        after = doc[last]
        if after.pos_ == "PROPN" and after.ent_type_ == "ORG" and after.ent_iob_ == "I" and not kind:
            return False
    if before is not None and (
        before.lower_ in _LOCATIVE or before.lower_ in KINDS or before.lower_ in _DIRECTIONS or before.text in (",", "(", "/") or before.lower_ == "the"
    ):
        in_organisation = doc[first].ent_type_ == "ORG" and doc[first].ent_iob_ == "I" and before.lower_ not in ("in", "at", "near")
        return not in_organisation and (known or labelled or kind is not None)
    if labelled and whole:
        return True
    return known and whole and doc[first].ent_type_ in ("GPE", "LOC", "FAC", "")


def _describe(doc: Doc, first: int, last: int, *, name: str, kinds: frozenset[str], kind: str | None, relation_word: str) -> FoundPlace:
    relation, prep = "in", ""
    i = first - 1
    steps = 0
    direction = bool(relation_word)
    while i >= 0 and steps < 6 and doc[i].sent == doc[first].sent:
        word = doc[i].lower_
        if word in _COUNTRYSIDE:
            relation = "countryside"
        elif word in _DIRECTIONS or (word == "-" and i and doc[i - 1].lower_ in ("north", "south")):
            direction = True
            if i + 1 < len(doc) and doc[i + 1].lower_ == "of":
                relation = "near"
        elif word in ("km", "kilometers", "kilometres", "miles"):
            relation = "near"
        elif word in _NEAR:
            relation, prep = "near" if word not in _COUNTRYSIDE else relation, word
            break
        elif word in _LOCATIVE:
            if not prep:
                prep = word
            if word not in ("of", "and"):
                prep = word
                break
        elif word not in ("the", "a", "an", "city", "town", "village", "both") and word not in KINDS:
            break
        i -= 1
        steps += 1
    after = doc[last : last + 3].text.lower()
    if after.startswith("countryside") or after.startswith("suburb"):
        relation = "countryside"
    if relation == "in" and direction:
        relation = "part"
    return FoundPlace(name=name, phrase=char_span(doc[first], doc[last - 1]), head=doc[first:last].root, relation=relation, kind=kind, kinds=kinds, prep=prep)


def _joined_kind(found: list[FoundPlace]) -> Iterator[FoundPlace]:
    """In "A, B" the second contains the first: it takes the first's preposition."""
    previous: FoundPlace | None = None
    for place in found:
        if previous is not None and not place.prep and 0 < place.phrase.start - previous.phrase.end <= 3:
            place = replace(place, prep=previous.prep)
        yield place
        previous = place
