"""Names of persons in quoted words, masked unless the report gives their bearer a public role. In doubt a name is masked.

What begins with a capital is taken for a name unless it is known for something else: a country, province or people of the gazetteer; a place that the report's
accounts lie in; a body of the register or words that are built like one; an office, with its holder; a word with which any sentence may begin. Whoever has been
named with an office, as a spokesman or an expert in a report may be named again in it by the last of his names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from waqai.codebook.naming import BODIES, OFFICE_WORDS, PRIVATE, may_be_gathered
from waqai.core import ActorNames, PlaceNames, Span


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


WITHHELD = "[name withheld]"
ROLES = _words(
    "ambassador attaché ceo chair chairman chairperson chairwoman chancellor chief colonel commander commissar commissioner congressman congresswoman consul"
    " coordinator diplomat director emir envoy general governor head high-commissioner king lawmaker leader legislator deputy mayor minister monarch mp"
    " ombudsman premier president prince princess prosecutor queen rapporteur representative secretary secretary-general senator sheriff spokesman spokesmen"
    " spokesperson spokespersons spokeswoman sultan superintendent treasurer warden"
    " academic adviser advisor analyst anthropologist economist expert fellow historian lecturer professor researcher scholar scientist"
)
"""What somebody is who holds a public office, speaks for one, or is quoted as an expert. Ranks and trades ("officer", "lawyer", "driver") are none of these."""
_PARTICLES = _words("al el ul ad an ar as ash at az bin bint ibn abu abd umm de da di del der den du van von la le")
_ALWAYS = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march july september october november december"
    " north south east west northern southern eastern western central islamic arab arabic kurdish muslim christian sunni shia shiite i ii iii iv gmt utc am pm"
)
_OPENING = _words(
    "a about after against all also although among an and another any as at because before both but by despite during each earlier even every few first"
    " for from had has have he her here his how however i if in instead into it its last later least many meanwhile more most much near nearly no none nor"
    " not now of on once one only or other others our over several she since so some still such than that the their then there these they this those though"
    " three through thus to today two under until up we were what when where which while who whose why with within without yesterday yet you according"
)
"""With which sentences open, and no name."""
_SURE = frozenset({"country", "admin1", "demonym", "region"})
_LOCATING = re.compile(
    r"\b(?:in|near|at|outside|around|city of|town of|village of|province of|governorate of|district of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W\d_]+(?:[.'’ʼ‘`-]+[^\W\d_]+)*")
_END = re.compile(r"(?:^|[.!?:;…\n]|[\"“”«»‘(\[•–—-])\s*$")
_BETWEEN = re.compile(r"[\s ]+|\.\s*")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.casefold().replace("’", "'").removesuffix("'s").rstrip("'")

    @property
    def is_capital(self) -> bool:
        return any(part[:1].isupper() for part in re.split(r"[-'’ʼ‘`]", self.text))


class NameMask:
    """Masks names. Holds no text; may be used for many reports."""

    def __init__(self, *, places: PlaceNames, actors: ActorNames) -> None:
        self._places, self._actors = places, actors

    def mask(self, words: str, *, text: str = "", known: Iterable[str] = ()) -> str:
        """The words with WITHHELD in place of each name. `text` is the report that they stand in, `known` names of places that may be told.

        A run of names is masked as one.
        """
        return _cut(words, self.find(words, text=text, known=known))

    def find(self, words: str, *, text: str = "", known: Iterable[str] = (), title: bool = False) -> tuple[Span, ...]:
        """Where the names to be masked stand, in order. `title`: any word may have a capital there."""
        told, public = frozenset(name.casefold() for name in known), _public_in(text or words)
        found: list[Span] = []
        for whole in _iter_runs(words):
            run = _strip(whole, words)
            if run and not self._is_known(words, run, told=told, public=public, title=title):
                found += self._find_apart(words, run, told=told, public=public) if title else [Span(run[0].start, run[-1].end)]
        return tuple(found)

    def mask_name(self, name: str, *, text: str = "", known: Iterable[str] = ()) -> str:
        """A speaker, participant or publisher: itself where it may be gathered or is no name, else masked as words are."""
        return name if may_be_gathered(name, actors=self._actors) else self.mask(name, text=f"{text}\n{name}", known=known)

    # -- inside

    def _find_apart(self, words: str, run: Sequence[_Word], *, told: frozenset[str], public: frozenset[str]) -> Iterator[Span]:
        """In a headline, what is left of a run when all that is known is taken from it."""
        left: list[_Word] = []
        for word in run:
            if self._is_known(words, [word], told=told, public=public, title=True):
                yield from _spans(left)
                left = []
            else:
                left.append(word)
        yield from _spans(left)

    def _is_known(self, words: str, run: Sequence[_Word], *, told: frozenset[str], public: frozenset[str], title: bool) -> bool:
        """Whether these words in a row are known for something else than a private person's name: together, or cut in two that are, each."""
        if self._is_one(words, run, told=told, public=public, title=title):
            return True
        return any(
            self._is_one(words, run[:cut], told=told, public=public, title=title) and self._is_known(words, run[cut:], told=told, public=public, title=title)
            for cut in range(1, len(run))
        )

    def _is_one(self, words: str, run: Sequence[_Word], *, told: frozenset[str], public: frozenset[str], title: bool) -> bool:
        first, last = run[0], run[-1]
        if not last.is_capital:
            return False
        bare = re.sub(r"['’]s?$", "", words[first.start : last.end])
        if bare.casefold() in told or self._actors.find_actor(bare) is not None or _SURE & self._places.kinds_of(bare):
            return True
        if len(run) == 1:
            return _is_plain(first, words, title=title) or first.low in public
        return _is_office_or_body(run) or self._is_placed(words, first, bare) or all(word.low in public or word.low in _PARTICLES for word in run)

    def _is_placed(self, words: str, first: _Word, bare: str) -> bool:
        return _LOCATING.search(words[: first.start]) is not None and bool(self._places.kinds_of(bare) - {"facility"})


def _strip(run: Sequence[_Word], words: str) -> Sequence[_Word]:
    """The run without the words that open a sentence, and days and months at its ends."""
    while run and (run[0].low in _ALWAYS or (run[0].low in _OPENING and _END.search(words[: run[0].start])) or not run[0].is_capital):
        run = run[1:]
    while run and (run[-1].low in _ALWAYS or not run[-1].is_capital):
        run = run[:-1]
    return run


def _is_office_or_body(run: Sequence[_Word]) -> bool:
    """Whether capitals in a row are built like a body ("Norwegian Refugee Council") or an office with its holder ("Interior Minister Karim Aziz")."""
    low = [word.low for word in run]
    if PRIVATE & set(low):
        return False
    return low[-1] in BODIES or low[-1] in OFFICE_WORDS or bool(ROLES & set(low[:-1]))


@cache
def _common_words() -> frozenset[str]:
    return frozenset(files("waqai.bounds").joinpath("common_words.txt").read_text(encoding="utf-8").split())


def _is_plain(word: _Word, words: str, *, title: bool) -> bool:
    """Whether a capitalised word alone is none of a name: an abbreviation, a day, an office or body, or a common word where any would have its capital."""
    if word.text.isupper() and 2 <= len(word.text) <= 6:
        return True
    if word.low in _ALWAYS or word.low in BODIES or word.low in OFFICE_WORDS or word.low in ROLES:
        return True
    begins = _END.search(words[: word.start]) is not None
    return (begins or title) and all(part in _common_words() or part == "" for part in word.low.split("-"))


def _iter_runs(words: str) -> Iterator[tuple[_Word, ...]]:
    """Words with a capital in a row, particles between them included."""
    run: list[_Word] = []
    for found in _TOKEN.finditer(words):
        word = _Word(found[0], found.start(), found.end())
        joined = bool(run) and _BETWEEN.fullmatch(words[run[-1].end : word.start]) is not None
        if run and not joined:
            yield from _ended(run)
            run = []
        if word.is_capital or (run and word.low in _PARTICLES):
            run.append(word)
        else:
            yield from _ended(run)
            run = []
    yield from _ended(run)


def _ended(run: list[_Word]) -> Iterator[tuple[_Word, ...]]:
    while run and not run[-1].is_capital:
        run = run[:-1]
    if run:
        yield tuple(run)


def _spans(left: Sequence[_Word]) -> Iterator[Span]:
    names = list(left)
    while names and not names[-1].is_capital:
        names.pop()
    while names and not names[0].is_capital:
        names.pop(0)
    if names:
        yield Span(names[0].start, names[-1].end)


def _cut(words: str, spans: Sequence[Span]) -> str:
    for span in reversed(spans):
        words = words[: span.start] + WITHHELD + words[span.end :]
    return words


_NAME = r"(?:[A-ZÀ-ÞŚŠŞÇĞİÖÜ][\w'’ʼ.-]*|al-[A-Z]\w+)(?:[ \t]+(?:(?:al|el|bin|ibn|abu|abd|de|da|van|von)[ -])?[A-ZÀ-ÞŚŠŞÇĞİÖÜ][\w'’ʼ-]*){0,4}"
_BEFORE = re.compile(rf"\b(?P<role>[\w-]+)[ \t]+(?P<name>{_NAME})")
_AFTER = re.compile(rf"(?P<name>{_NAME}), (?P<said>[^.;!?\n]{{2,80}})")
_BESIDE_ROLE = re.compile(
    r"(?:an?|the|its|their|his|her|acting|deputy|senior|chief|top|local|regional|provincial|national|media|press|official|prime|foreign|interior|defen[cs]e"
    r"|justice|security|police|army|military|political|humanitarian|human|rights|state|government|group|ministry|vice|\w+'s|[A-ZÀ-Þ]\w*)"
)


@lru_cache(maxsize=64)
def _public_in(text: str) -> frozenset[str]:
    """The names of those whom the text names beside a role: "governor X", "X, spokesman of …", "X, the ministry's spokesman"."""
    found: set[str] = set()
    for match in _BEFORE.finditer(text):
        if match["role"].casefold() in ROLES and not _is_private(text[max(0, match.start() - 30) : match.start()]):
            found |= _parts(match["name"])
    for match in _AFTER.finditer(text):
        if _says_role(match["said"]):
            found |= _parts(match["name"])
    return frozenset(found)


def _says_role(said: str) -> bool:
    """Whether these words, which stand behind a name and a comma, begin with a role: nothing but what belongs to one stands before it."""
    for word in said.split()[:8]:
        bare = word.strip("\"“”'’(),")
        if bare.casefold() in ROLES:
            return True
        if PRIVATE & {bare.casefold().removesuffix("'s").removesuffix("’s")} or not _BESIDE_ROLE.fullmatch(bare.replace("’", "'")):
            return False
    return False


def _is_private(before: str) -> bool:
    words = [word.casefold() for word in _TOKEN.findall(before)][-3:]
    return bool(PRIVATE & {word.removesuffix("'s") for word in words})


def _parts(name: str) -> set[str]:
    """Each of the names by which somebody may be called again, casefolded as `_Word.low` has them."""
    words = [_Word(found[0], found.start(), found.end()) for found in _TOKEN.finditer(name)]
    return {word.low for word in words if word.is_capital}
