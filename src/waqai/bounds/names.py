"""Names of persons in quoted words, masked unless the report gives their bearer a public role. In doubt a name is masked.

What begins with a capital is taken for a name unless it is known for something else: a country, province or people of the gazetteer; a place that the report's
accounts lie in, or of which the text says that something is in it; a body of the register or words that are built like one; an office, with its holder; a word
with which any sentence may begin. Whoever has been named with an office, as a spokesman or an expert in a report may be named again in it by his last name.
A word that is part of a private person's name in a text is masked wherever it stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from waqai.bounds.capitals import Run, Word, begins_sentence, is_small, iter_runs, span_of
from waqai.bounds.common import OPENING, begins_thing, is_body_word, is_common, is_date_word, is_known_word, is_prefix, is_short_form, is_sure_day
from waqai.bounds.roles import ROLES, ROYAL, PublicNames, find_public
from waqai.bounds.rows import bare_name, cut, is_beside, is_calling_day, is_dated, iter_letters, loud_lines, spans, stands_for_a_thing, strip, with_days
from waqai.codebook.naming import PRIVATE, may_be_gathered
from waqai.core import ActorNames, PlaceNames, Span

_SURE = frozenset({"country", "admin1", "demonym", "region"})
_TOWN = frozenset({"town", "admin2", "admin1", "country"})
_IN = re.compile(
    r"(?<!\bconfidence )(?<!\btrust )(?<!\bfaith )(?<!\binterest )(?<!\binterested )(?<!\bbelief )(?<!\bbelieve )(?<!\bbelieved )\bin\s+(?:the\s+)?$"
)
_LOCATING = re.compile(
    r"\b(?:outside|around|(?:city|town|village|villages|province|governorate|district|districts|state|capital|camp|region|outskirts|countryside) of"
    r"|(?:north|south|east|west|(?:north|south)-?(?:east|west)|km|kilomet(?:er|re)s|miles) (?:of|from)|road to)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_PLACE_OF = re.compile(r"\b(?:city|town|village|province|governorate|district) of\s+$", re.IGNORECASE)
_SEAT = re.compile(
    r"^\s+(?:city|province|governorate|district|airport|countryside)\b"
    r"|^, (?:the|an?) (?:[a-z]+ )?(?:city|town|village|capital|province|district)\b"
)
_DATELINE = re.compile(r"^\s*(?:[(–—]|- |, )")
_AND_AREA = re.compile(r"^\s*,\s+(?=[A-Z])")
_THE = re.compile(r"\bthe\s+$", re.I)
LONGEST = 9
"""Words of a name, a body or an office with its holder."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a text says of the names in it. `told`: names that may be told; `located`: towns in which it says that something is; `private`: parts of names of
    private persons; `letters`: short forms of bodies."""

    public: PublicNames
    told: frozenset[str] = frozenset()
    located: frozenset[str] = frozenset()
    private: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()


class NameMask:
    """Masks names. May be used for many reports, by several threads."""

    def __init__(self, *, places: PlaceNames, actors: ActorNames) -> None:
        self._places, self._actors = places, actors
        self._see = lru_cache(maxsize=128)(self._see_anew)
        self._is_actor = lru_cache(maxsize=50_000)(lambda name: actors.find_actor(name) is not None)

    def mask(self, words: str, *, text: str = "", known: Iterable[str] = ()) -> str:
        """The words with WITHHELD in place of each name. `text` is the report that they stand in, `known` names of places that may be told.

        A run of names is masked as one.
        """
        return cut(words, self.find(words, text=text, known=known))

    def find(self, words: str, *, text: str = "", known: Iterable[str] = (), title: bool = False, towns: bool = True) -> tuple[Span, ...]:
        """Where the names to be masked stand, in order. `title`: any word may have a capital there; `towns`: those may stay in which something is."""
        if is_small(words):
            return ()
        seen = self._see(text or words, towns, title and not text)
        told = frozenset(name.casefold() for name in known)
        if (text and words not in text) or told:
            seen = replace(seen, public=seen.public | find_public(words), told=told)
        return tuple(self._iter_found(words, seen, title=title))

    def mask_name(self, name: str, *, text: str = "", known: Iterable[str] = (), towns: bool = True) -> str:
        """A speaker or participant: itself where it may be gathered or is no name, else masked as words are."""
        if may_be_gathered(name, actors=self._actors):
            return name
        return cut(name, self.find(name, text=text, known=known, towns=towns))

    # -- inside

    def _see_anew(self, text: str, towns: bool, title: bool) -> Seen:
        """Looks through a text twice: for names in a row, then for what else their parts stand for. Of a title's rows nobody knows where names end."""
        first = Seen(find_public(text))
        runs, loud = tuple(iter_runs(text)), loud_lines(text)
        quiet = [run for run in runs if len(run) > 1 and not title and not any(line.overlaps(span_of(run)) for line in loud)]
        private = {word.low for run in quiet for word in self._private_parts(text, run, first)}
        located = frozenset(self._iter_located(text, runs, private)) if towns else frozenset()
        return Seen(first.public, frozenset(), located, frozenset(private), frozenset(iter_letters(text)))

    def _private_parts(self, text: str, run: Run, seen: Seen) -> Sequence[Word]:
        """The parts of what is taken for a private person's name; none of a run that is known, or in which only one word is not."""
        run = with_days(run, stripped) if (stripped := strip(run, text)) else ()
        if len(run) < 2 or self._is_known(text, run, seen, title=False):
            return ()
        odd = [word for word in run if word.is_capital and not self._is_sure(text[word.start : word.end]) and not is_known_word(word.low)]
        return odd if len(odd) > 1 or (odd and len(run) == 2 and not is_common(odd[0].low)) else ()

    def _iter_located(self, text: str, runs: Iterable[Run], private: Iterable[str]) -> Iterator[str]:
        """Names of towns of which the text says that something is in them, casefolded."""
        taken = frozenset(private)
        for run in runs:
            if not run[-1].is_possessive and not (len(run) == 1 and run[0].low in taken) and self._is_told_as_place(text, run):
                yield bare_name(text, run).casefold()

    def _is_told_as_place(self, text: str, run: Run) -> bool:
        before, after = text[max(0, run[0].start - 40) : run[0].start], text[run[-1].end : run[-1].end + 40]
        if _PLACE_OF.search(before):
            return True
        if run[0].text.isupper() and begins_sentence(text, run[0].start) and _DATELINE.match(after):
            return not _TOWN.isdisjoint(self._places.kinds_of(bare_name(text, run)))
        if not (_IN.search(before) or _LOCATING.search(before) or _SEAT.match(after) or self._is_before_area(after)):
            return False
        return not _TOWN.isdisjoint(self._places.kinds_of(bare_name(text, run)))

    def _is_before_area(self, after: str) -> bool:
        """Whether a comma and a country or province follow, as behind "Mosul" in "Mosul, Iraq"."""
        comma = _AND_AREA.match(after)
        beside = next(iter_runs(after[comma.end() :]), None) if comma else None
        return comma is not None and beside is not None and beside[0].start == 0 and self._is_sure(bare_name(after[comma.end() :], beside))

    def _iter_found(self, words: str, seen: Seen, *, title: bool) -> Iterator[Span]:
        loud = loud_lines(words)
        for whole in iter_runs(words):
            apart = title or any(line.overlaps(span_of(whole)) for line in loud)
            if not self._is_known(words, whole, seen, title=apart):
                yield from self._find_within(words, whole, seen, apart=apart)

    def _find_within(self, words: str, whole: Run, seen: Seen, *, apart: bool) -> Iterator[Span]:
        if apart:
            yield from self._find_apart(words, whole, seen)
            return
        run = strip(whole, words)
        if run and (len(run) == len(whole) or not self._is_known(words, run, seen, title=False)):  # the whole is not known, as is known
            yield span_of(with_days(whole, run))

    def _find_apart(self, words: str, run: Run, seen: Seen) -> Iterator[Span]:
        """In a headline, what is left of a run when all that is known is taken from it; what may be a first name stays with what follows."""
        left: list[Word] = []
        for word in run:
            if not self._is_known(words, [word], seen, title=True):
                left.append(word)
                continue
            yield from self._named(left)
            left = [word] if self._may_be_first(word) else []
        yield from self._named(left)

    def _named(self, left: Sequence[Word]) -> Iterator[Span]:
        if any(word.is_capital and not self._may_be_first(word) for word in left):
            yield from spans(left)

    def _may_be_first(self, word: Word) -> bool:
        """Whether a known word is a first name of some, too: a province ("Santiago") or a day ("Sunday")."""
        kinds = self._places.kinds_of(word.text)
        return is_calling_day(word) or ("admin1" in kinds and kinds.isdisjoint(("country", "demonym")))

    def _is_known(self, words: str, run: Run, seen: Seen, *, title: bool) -> bool:
        """Whether these words in a row are known for something else than a private person's name: together, or cut into parts that are, each."""
        reached = [True] + [False] * len(run)
        for end in range(1, len(run) + 1):
            reached[end] = any(reached[at] and self._is_part(words, run[at:end], seen, run, title=title) for at in range(max(0, end - LONGEST), end))
        return reached[-1]

    def _is_part(self, words: str, part: Run, seen: Seen, run: Run, *, title: bool) -> bool:
        """Whether a part of a run is known; a common word with a capital is where it stands beside what is."""
        if len(part) == 1 < len(run) and is_beside(part[0]) and part[0].low not in seen.private:
            return True
        return self._is_one(words, part, seen, title=title)

    def _is_one(self, words: str, run: Run, seen: Seen, *, title: bool) -> bool:
        if not run[-1].is_capital:
            return False
        bare = bare_name(words, run)
        if bare.casefold() in seen.told or self._is_actor(bare) or self._is_sure(bare) or seen.public.holds(run):
            return True
        if bare.casefold() in seen.located:
            return True
        if len(run) == 1:
            return self._is_plain(run[0], words, seen, title=title)
        return self._is_office_or_body(words, run) or self._is_all_common(run, seen)

    def _is_sure(self, name: str) -> bool:
        return not _SURE.isdisjoint(self._places.kinds_of(name))

    def _is_all_common(self, run: Run, seen: Seen) -> bool:
        """Whether it is made of words that texts write small, as "Human Rights" is; none of them part of a name in this text."""
        return all((is_common(word.low) or is_known_word(word.low)) and len(word.low) > 2 and word.low not in seen.private for word in run)

    def _is_office_or_body(self, words: str, run: Run) -> bool:
        """Whether capitals in a row are built like a body ("Norwegian Refugee Council"), an area, or an office with its holder ("Interior Minister X")."""
        low = [word.low for word in run]
        if PRIVATE & set(low):
            return False
        if is_body_word(low[-1]) or begins_thing(low[0]):
            return True
        if not ROLES.isdisjoint(low[:-1]):
            return not any(word.is_possessive for word in run[next(n for n, one in enumerate(low) if one in ROLES) + 1 : -1])
        return (low[0] in ROYAL and _THE.search(words[: run[0].start]) is not None) or ("crown" in low[:2] and not ROYAL.isdisjoint(low[1:3]))

    def _is_plain(self, word: Word, words: str, seen: Seen, *, title: bool) -> bool:
        """Whether a capitalised word alone is none of a name: letters, a day, an office or body, or a common word where any would have its capital."""
        if word.low in seen.private:
            return False
        if len(word.text) == 1:
            return True
        if is_short_form(word.text) or is_known_word(word.low) or is_sure_day(word.low) or word.text in seen.letters:
            return True
        if is_date_word(word.low):
            return is_dated(word, words)
        if "-" in word.text and self._is_compound(word):
            return True
        if title or begins_sentence(words, word.start):
            return word.low in OPENING or is_common(word.low)
        return (word.low in OPENING or is_common(word.low)) and len(word.low) > 2 and (word.low in OPENING or stands_for_a_thing(word, words))

    def _is_compound(self, word: Word) -> bool:
        """Whether each part with a capital is known, each without one a prefix or common: "Kurdish-led", "pro-Turkish", "mid-April"."""
        parts = word.text.split("-")
        return all(
            (is_known_word(part.casefold()) or is_date_word(part.casefold()) or self._is_sure(part) or self._is_actor(part))
            if part[:1].isupper()
            else is_prefix(part)
            for part in parts
        )
