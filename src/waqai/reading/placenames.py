"""Words of a report that name a place, with how they stand to it ("in", "near", "countryside", "north") and what they call it ("governorate", "prison").

The parser's labels are not trusted: spaCy's small model calls Hasakah an organisation and Ras al-Ain a person. A run of capitalised words counts as a place
name when the gazetteer knows it and it stands where places stand, or when the model says place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from waqai.codebook.lexicon import Lexicon, PlaceWords
from waqai.core import ActorNames, PlaceNames, Span
from waqai.parsing.word_sets import DAY_NAMES
from waqai.reading.name_runs import ARTICLES, iter_parts, iter_runs
from waqai.reading.phrases import char_span, text_of
from waqai.reading.placing import describe_standing

_PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))
_DATED = frozenset(("DATE", "TIME"))
_DATELINE = re.compile(r"[ \t]*[A-Z\u00c0-\u00de][\w.'/ ,-]{1,60}?(?:\([^)\n]{2,40}\))?\s?(?:-{1,2}|:|\|)\s")
_SITES = frozenset(("prison", "jail", "camp", "center", "centre", "base", "barracks"))
_LOOSE_ENDS = frozenset(("of", "de", "la", "del", "el", "al", "upon", "sur"))
_TITLE_ROOM = 14  # characters before a name that can hold a title
_BEFORE_NAMES = frozenset(("the", "a", "mr", "dr", "in", "at", "on", "near", "from", "around", "outside", "inside"))  # of a sentence's first words
_LONGEST_GUESS = 6  # words
_ABBREVIATION = 5  # letters; a longer word in capitals may be a town's
_TITLES = re.compile(
    r"\b(?:Mr|Mrs|Dr|President|Minister|Sheikh|General|Colonel|Maj|Capt|Gen|Lt|Secretary|Ambassador|Sen|Judge|King|Prince|Imam|Pope|Saint|Professor)\.?\s$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlace:
    """A place name in the text: bare name, its words, the token it hangs on, and how it is put. `prep` is the preposition before it ("" if none).

    `wide`: a country, province or region rather than a town or site. `kinds` are the gazetteer's for the name, `kind` is what the words call it.
    `guessed`: a name that may as well be of something else.
    """

    name: str
    phrase: Span
    head: Token
    relation: str
    kind: str | None
    kinds: frozenset[str]
    prep: str
    wide: bool
    dateline: bool = False
    site: bool = False
    guessed: bool = False

    @property
    def unknown_site(self) -> bool:
        """A prison or camp that no gazetteer holds, whatever else bears its name."""
        return self.site and "facility" not in self.kinds

    @property
    def country(self) -> bool:
        return "country" in self.kinds


def find_places(doc: Doc, names: PlaceNames, *, lexicon: Lexicon) -> tuple[FoundPlace, ...]:
    """Place names in order of the text. A name is found at every place where it stands, not once a report."""
    finder = _Finder(names, lexicon.places)
    found = [place for start, end in iter_runs(doc) if (place := finder.find_place(doc, start, end)) is not None]
    return tuple(replace(p, dateline=_in_dateline(doc, p.phrase)) for p in _with_shared_preposition(found))


def guess_places(doc: Doc, found: Sequence[FoundPlace], names: PlaceNames, *, actors: ActorNames, lexicon: Lexicon) -> tuple[FoundPlace, ...]:
    """Other names that may be of places, in order of the text: villages and sites that no gazetteer holds, countries where no place usually stands."""
    finder = _Finder(names, lexicon.places)
    taken = {token.i for place in found for token in doc.char_span(place.phrase.start, place.phrase.end, alignment_mode="expand") or ()}
    free = [stretch for start, end in iter_runs(doc) for stretch in _iter_free(taken, start, end)]
    guesses = [(doc[start:end].text, finder.guess_place(doc, start, end)) for start, end in free]
    return tuple(p for run, p in guesses if p is not None and (p.country or not (actors.find_actor(p.name) or actors.find_actor(run))))


def _iter_free(taken: Set[int], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of [start, end) that nothing has taken."""
    first = start
    for i in range(start, end + 1):
        if i == end or i in taken:
            if first < i:
                yield first, i
            first = i + 1


@dataclass(frozen=True, slots=True)
class _Run:
    """What is left of a run of capitalised words without article, kind and direction; `kind` is what the words call it."""

    start: int
    end: int
    kind: str | None
    part_of: bool  # a direction stood in front: "Northern Hasakah"


@dataclass(frozen=True, slots=True)
class _Finder:
    names: PlaceNames
    words: PlaceWords

    def find_place(self, doc: Doc, start: int, end: int) -> FoundPlace | None:
        """The longest part of a run that can be a place, or None."""
        run = self._trimmed(doc, start, end)
        if run is None:
            return None
        for first, last in iter_parts(run.start, run.end):
            words = doc[first:last]
            kinds = self.names.kinds_of(words.text) - {"demonym"}
            if words.text.lower() not in self.words.generic and self._can_be_place(words, run, kinds):
                return self._found(words, run, kinds)
        return None

    def guess_place(self, doc: Doc, start: int, end: int) -> FoundPlace | None:
        """The run as a place, unless its words are those of a body, a person with a title, a day or an abbreviation."""
        while end > start and (doc[end - 1].lower_ in _LOOSE_ENDS or not doc[end - 1].text[0].isalnum()):
            end -= 1
        run = self._trimmed(doc, start, end)
        if run is None or run.end - run.start > _LONGEST_GUESS:
            return None
        words = doc[_with_article(doc, run.start) : run.end]
        last = words[-1]
        kinds = self.names.kinds_of(words.text) - {"demonym"}
        abbreviated = len(words) == 1 and last.is_upper and len(last) <= _ABBREVIATION
        if not kinds and not run.kind and (last.pos_ != "PROPN" or last.lower_ in self.words.bodies or abbreviated):
            return None
        if all(self._is_mere(t) for t in words) or words.text.lower() in self.words.generic or last.lower_ in DAY_NAMES:
            return None
        if _follows_title(words) or _TITLES.search(f"{words[0].text} "):
            return None
        return replace(self._found(words, run, kinds), guessed=True)

    def _is_mere(self, token: Token) -> bool:
        """A kind or direction ("District", "North"), which is no name by itself."""
        return token.lower_ in self.words.kinds or token.lower_ in self.words.directions or token.text == "-"

    def _trimmed(self, doc: Doc, start: int, end: int) -> _Run | None:
        while start < end and (doc[start].lower_ in _BEFORE_NAMES or not doc[start].text[0].isalnum() or self._is_dated(doc[start])):
            start += 1
        if start == end:
            return None
        kind, start, end = self._without_kind(doc, start, end)
        bare = start
        while bare < end - 1 and doc[bare].lower_ in self.words.directions and not self._is_named(doc[bare:end]):
            bare += 1
        return _Run(bare, end, kind, part_of=bare > start)

    def _is_named(self, words: TokenSpan) -> bool:
        """A name that begins with a direction ("North Darfur", "South Sudan"), written as one."""
        return words[0].text[0].isupper() and bool(self.names.kinds_of(words.text) - {"demonym", "town"})

    def _is_dated(self, token: Token) -> bool:
        """Part of a date by the model's label; a town that it takes for one ("near Manbij in") is none."""
        return token.ent_type_ in _DATED and (token.lower_ in DAY_NAMES or not self.names.kinds_of(token.text))

    def _without_kind(self, doc: Doc, start: int, end: int) -> tuple[str | None, int, int]:
        """Take "Governorate", "City of", "town of" off a run, as the kind that the words name."""
        kinds, kind = self.words.kinds, None
        if end - start > 1 and doc[end - 1].lower_ in kinds:
            kind, end = doc[end - 1].lower_, end - 1
        elif end < len(doc) and doc[end].lower_ in kinds and doc[end].dep_ != "ROOT" and doc[end].pos_ in ("NOUN", "PROPN"):
            kind = doc[end].lower_
        elif (site := _site_behind(doc, end)) is not None:
            kind = site
        elif end - start > 1 and doc[start].lower_ == "district":
            kind, start = "district", start + 1  # "District Bannu"
        elif start >= 2 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in kinds:
            kind = doc[start - 2].lower_
        elif start >= 1 and doc[start - 1].lower_ in kinds:
            kind = doc[start - 1].lower_
        if end - start > 2 and doc[start].lower_ in ("city", "town", "province", "state", "governorate") and doc[start + 1].lower_ == "of":
            kind, start = doc[start].lower_, start + 2
        return kind, start, end

    def _can_be_place(self, words: TokenSpan, run: _Run, kinds: frozenset[str]) -> bool:
        """Known to the gazetteer, labelled by the model or called a town by the text, and standing where places stand."""
        whole = (words.start, words.end) == (run.start, run.end)
        if words.end < run.end and run.kind is None and words.doc[words.end].pos_ == "PROPN":
            return False  # "Haqqani Network" is no place because Haqqani is one
        labelled = all(t.ent_type_ in _PLACE_LABELS for t in words)
        if not (kinds or labelled or (whole and run.kind in self.words.naming)) or _names_person(words, run.kind) or _names_body(words, run.kind):
            return False
        if not kinds and words[-1].lower_ in self.words.bodies:
            return False  # "Syrian Observatory", which the model takes for a building
        before = words.doc[words.start - 1] if words.start else None
        if before is not None and self._leads_to_place(before):
            return not _inside_body(words, before) and (bool(kinds) or labelled or run.kind is not None)
        return whole and (labelled or (bool(kinds) and (words[0].ent_type_ in _PLACE_LABELS | {""} or run.kind in _SITES)))

    def _leads_to_place(self, before: Token) -> bool:
        word = before.lower_
        words = self.words
        return word in words.locative or word in words.kinds or word in words.directions or word in words.countryside or word in (",", "(", "/", "the")

    def _found(self, words: TokenSpan, run: _Run, kinds: frozenset[str]) -> FoundPlace:
        wide = run.kind in self.words.wide or bool(kinds & {"country", "region"}) or (bool(kinds) and kinds <= {"admin1", "admin2"})
        told = describe_standing(words, self.words, part_of=run.part_of)
        standing = told.of_area() if wide else told.of_town()
        return FoundPlace(
            name=words.text,
            phrase=char_span(words[0], words[-1]),
            head=words.root,
            relation=standing.relation,
            kind=None if run.kind in _SITES and "facility" not in kinds and "town" in kinds else run.kind,
            kinds=kinds,
            prep=standing.prep,
            site=run.kind in _SITES,
            wide=wide,
        )


def _with_article(doc: Doc, start: int) -> int:
    """Where a name begins whose small article is joined to it: "al-Shaheel"."""
    joined = start >= 2 and doc[start - 1].text == "-" and not doc[start - 1].whitespace_ and doc[start - 2].lower_ in ARTICLES
    return start - 2 if joined else start


def _site_behind(doc: Doc, end: int) -> str | None:
    """The kind of a site whose own word stands between it and its name: "Lashkar Gah | detention | centre", "Bosaso | central | prison"."""
    for i in range(end + 1, min(end + 3, len(doc))):
        if doc[i - 1].pos_ not in ("NOUN", "ADJ") or not doc[i - 1].is_lower or doc[i].pos_ != "NOUN":
            return None
        if doc[i].lower_ in _SITES:
            return str(doc[i].lower_)
    return None


def _follows_title(words: TokenSpan) -> bool:
    start = words[0].idx
    return _TITLES.search(text_of(words.doc)[max(0, start - _TITLE_ROOM) : start]) is not None


def _names_person(words: TokenSpan, kind: str | None) -> bool:
    """Behind a title, or a person by the model's label that no "in", "city" ... contradicts, and no "prison" behind the name."""
    if _follows_title(words):
        return True
    before = words.doc[words.start - 1].lower_ if words.start else ""
    return words[0].ent_type_ == "PERSON" and kind not in _SITES and before not in ("in", "at", "near", "of", "from", "to", "city", "town", "village")


def _names_body(words: TokenSpan, kind: str | None) -> bool:
    """The start of an organisation's name: "Kandahar Police Academy"."""
    if kind or words.end >= words.sent.end:
        return False
    after = words.doc[words.end]
    return after.pos_ == "PROPN" and after.ent_type_ == "ORG" and after.ent_iob_ == "I"


def _inside_body(words: TokenSpan, before: Token) -> bool:
    """The end of an organisation's name: "Bank of Ghana"."""
    return words[0].ent_type_ == "ORG" and words[0].ent_iob_ == "I" and before.lower_ not in ("in", "at", "near")


def _in_dateline(doc: Doc, phrase: Span) -> bool:
    """Whether the name stands in the header of a dispatch: "ERBIL, Kurdistan Region - ", "DAMASCUS, July 14 (Xinhua) -- "."""
    header = _DATELINE.match(text_of(doc), text_of(doc).rfind("\n", 0, phrase.start) + 1)
    return header is not None and phrase.end <= header.end()


def _with_shared_preposition(found: Sequence[FoundPlace]) -> Iterator[FoundPlace]:
    """In "in A, B" the second contains the first: it takes the first's preposition."""
    previous: FoundPlace | None = None
    for place in found:
        if previous is not None and not place.prep and 0 < place.phrase.start - previous.phrase.end <= 3:
            place = replace(place, prep=previous.prep)
        yield place
        previous = place
