"""Facilities in words: which words name one, so that they can be left out wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from waqai.bounds.capitals import Word, is_small, iter_capitals, iter_words
from waqai.bounds.common import OPENING, is_common, is_known_word
from waqai.core import ActorNames, PlaceNames, Span

_WIDE = frozenset({"country", "demonym", "region"})
_SITE_WORD = (
    r"(?:(?:[Cc]entral|[Ss]ecurity|[Mm]ilitary|[Cc]ivil|[Mm]aximum|[Mm]edium|[Hh]igh|[Ff]ederal|[Ss]tate|[Dd]istrict|[Mm]ain"
    r"|[Ww]omen['’]s|[Jj]uvenile|[Ii]nternational|[Aa]ir)[ \t-]+)*"
    r"(?:[Pp]risons?|PRISONS?|[Jj]ails?|JAILS?|[Gg]aols?|[Pp]enitentiary|[Cc]amps?|CAMPS?|[Bb]arracks|[Bb]ases?|[Aa]irbases?|[Cc]heckpoints?|[Hh]ospitals?|[Cc]linics?"
    r"|[Ss]chools?|[Mm]osques?|[Cc]hurch(?:es)?|[Aa]irports?|[Dd]ungeons?|[Cc]ompounds?|[Pp]olice [Ss]tations?"
    r"|(?:[Dd]etention|[Cc]ustodial|[Cc]orrectional|[Rr]emand|[Rr]ehabilitation)[ \t]+(?:[Cc]ent(?:er|re)s?|[Ff]acilit(?:y|ies)"
    r"|[Ii]nstitutions?|[Ss]ites?|[Cc]amps?))"
)
_NAME = r"(?:[A-ZÀ-ÞŚŠŞÇĞİÖÜ][\w'’ʼ.-]*|(?:al|el|as|an|ash)-[\w'’ʼ]+)"
_BEFORE = re.compile(rf"(?<![\w'’-])(?P<name>{_NAME}(?:[ \t]+(?:(?:al|el|de|of)[ -])?{_NAME}){{0,4}})[ \t]+{_SITE_WORD}(?![\w-])")
_AFTER = re.compile(rf"(?<![\w-]){_SITE_WORD}[ \t]+(?:of|called|named|known as)[ \t]+(?P<name>{_NAME}(?:[ \t]+{_NAME}){{0,2}})")
_ARTICLE = re.compile(r"^(?:al|el|as|an|ash|the)-")


class Sites:
    """Finds the words that name facilities."""

    def __init__(self, *, places: PlaceNames, actors: ActorNames) -> None:
        self._places, self._actors = places, actors
        self._tells_name = lru_cache(maxsize=50_000)(self._is_telling)

    def find_names(self, text: str, named: Iterable[str], *, known: Collection[str]) -> frozenset[str]:
        """The words by which facilities of a text are called, to be left out wherever they stand alone: of those that were read (`named`) and those that
        the text calls one. `known` towns are told, and so are countries and provinces."""
        towns = {word.low for town in known for word in iter_words(town)}
        phrases = [*named, *(match["name"] for match in _iter_matches(text))]
        words = (word for phrase in phrases for word in iter_words(phrase) if self._tells(word) and word.low not in towns)
        return frozenset(_bare(word.low) for word in words if "admin1" not in self._places.kinds_of(word.text))

    def iter_found(self, words: str, names: Collection[str]) -> Iterator[Span]:
        """Where facilities are named: with the word for what they are ("Tel Salam prison"), or by a name that is one of `names`."""
        if is_small(words):
            return
        for match in _iter_matches(words):
            telling = [word for word in iter_words(match["name"]) if self._tells(word)]
            if telling:
                yield Span(match.start("name") + telling[0].start, max(match.end(), match.end("name")))
        if names:
            yield from (Span(word.start, word.end) for word in iter_capitals(words) if _bare(word.low) in names)

    def _tells(self, word: Word) -> bool:
        """Whether a word of a facility's name says which it is: "Iraqi" and "Central" do not."""
        if not word.is_capital or word.low in OPENING or is_common(word.low) or is_known_word(word.low):
            return False
        return self._tells_name(re.sub(r"['’]s?$", "", word.text))

    def _is_telling(self, name: str) -> bool:
        return _WIDE.isdisjoint(self._places.kinds_of(name)) and self._actors.find_actor(name) is None


def _iter_matches(words: str) -> Iterator[re.Match[str]]:
    yield from _BEFORE.finditer(words)
    yield from _AFTER.finditer(words)


def _bare(low: str) -> str:
    return _ARTICLE.sub("", low).replace("'", "")
