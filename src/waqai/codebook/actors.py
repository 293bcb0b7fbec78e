"""The register of actors: which body a name in a report stands for. Bodies only; it holds no person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from waqai.codebook.load import DATA
from waqai.codebook.offices import find_nation
from waqai.codebook.shapes import ActorShape, ActorsShape, ExtraShape, list_faults, load_yaml, read_shape
from waqai.core import CodebookError

LONGEST_ACRONYM = 5
"""Names of up to so many letters, all capitals, are matched in capitals only: "IS", "US", "WHO", "SITE" are words otherwise."""
WITH_PEOPLE = frozenset({"armed_group", "criminal_group", "state_force", "security_body", "coalition"})
"""Kinds whose "fighters", "members" or "troops" act as the body; soldiers of a state are its army's, which its bare name does not say."""
ORGANS = frozenset({"state", "state_force", "security_body"})
"""Kinds whose people hold an office of the state that their name begins with."""
_PEOPLE = (
    "militants?|fighters?|terrorists?|insurgents?|gunm[ae]n|members?|rebels?|jihadists?|extremists?|elements?|operatives?|soldiers?|troops|forces|commandos?|men|"
    "militiam[ae]n|militia|(?:sleeper )?cells?"
)
_BODY = "(?:(?:militant|terrorist|terror|armed|jihadist) )?(?:group|organi[sz]ation|movement)"
_ARTICLE = re.compile(r"(?i)^(?:the|an?) ")
_BODY_TAIL = re.compile(rf"(?i)\s+(?:{_BODY})$")
_PEOPLE_TAIL = re.compile(rf"(?i)\s+(?:{_PEOPLE})$")
_PEOPLE_HEAD = re.compile(rf"(?i)^(?:{_PEOPLE}|force|units?) (?:of|from) ")
_HEADS = re.compile(rf"(?i)^(?:(?:the|an?|(?:{_PEOPLE}|force|units?) (?:of|from)|{_BODY}) )+")
_POSSESSIVE = re.compile(r"(?i)['’]s?(?=\s|$)")
_SIGNS = re.compile(r"['’`ʿʾ\"“”.]")
_WORD = re.compile(r"\w+")
_BRACKET = re.compile(r"(.+?)\s*\(([^()]+)\)(.*)")
_ARTICLES = frozenset({"the", "a", "an", "al", "el", "so", "called"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A body that reports name. `country` is the ISO 3166-1 alpha-2 code of its seat, None where there are several.

    `demonyms` are a state's adjectives ("German"): they name it before an office only, so `find_actor` does not take them.
    """

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    country: str | None = None
    wikidata: str | None = None


class ActorRegister:
    """Finds actors by name, whatever its case, diacritics, articles, hyphens or possessives. Implements core's `ActorNames`."""

    def __init__(self, actors: Iterable[Actor], *, kinds: Mapping[str, str], version: str = "") -> None:
        """Raises CodebookError when two actors share an id, a name or an alias, or a kind is unknown."""
        listed = tuple(actors)
        self.version, self.kinds = version, dict(kinds)
        self.actors = {actor.id: actor for actor in listed}
        self._by_key, faults = _index(listed, self.kinds)
        self._key_words = frozenset(word for key in self._by_key for word in key.split())
        self._nations, shared = _index_nations(listed)
        if faults := [*faults, *shared]:
            raise CodebookError(list_faults("the actor register", faults))

    def __len__(self) -> int:
        return len(self.actors)

    def get_actor(self, actor_id: str) -> Actor:
        """The actor of that id. Raises CodebookError."""
        if actor_id not in self.actors:
            raise CodebookError(f"no actor {actor_id!r} among the {len(self)} of the register")
        return self.actors[actor_id]

    def find_actor(self, name: str) -> str | None:
        """The id of the actor that the name stands for, or None.

        "Syrian Democratic Forces (SDF)" is found by either form; "ISIS militants", "members of the SDF" and "the Islamic State group" by the body in them;
        "positions of the Rapid Support Forces (RSF)" are not that force.
        """
        if self._is_none(name) or ("(" in name and self._is_part_of_bracketed(name)):
            return None
        forms = _forms(name)
        for form in forms:
            if (found := self._by_key.get(name_key(form))) is not None:
                return found
        for form in _people_of(forms):
            found = self._by_key.get(name_key(form))
            if found is not None and self.actors[found].kind in WITH_PEOPLE:
                return found
        return None

    def _is_none(self, name: str) -> bool:
        """Whether the words alone say so, as they do of most names of persons: plain words, none of which stands in a name of the register."""
        words = name.split()
        if not all(word.isascii() and word.isalpha() and not word.isupper() for word in words):
            return False
        return self._key_words.isdisjoint([word.casefold() for word in words])

    def find_state(self, words: str) -> str | None:
        """The id of the state that an office title, a demonym or a name stands for, or None: "US Secretary of State Antony Blinken" is the United States'.

        A body of the register that is no organ of a state is none: "Syrian Democratic Forces commander" and "Syrian Observatory for Human Rights director".
        """
        whole = self.find_actor(words)
        if whole is not None and self.actors[whole].kind == "state":
            return whole
        return None if self._begins_with_other_body(words) else find_nation(words, self._nations)

    def _begins_with_other_body(self, words: str) -> bool:
        """Whether the words, or the first of them, name a body that is neither a state nor an organ of one ("Palestinian Islamic Jihad spokesman")."""
        said = words.split()
        bodies = (self.find_actor(" ".join(said[:n])) for n in range(len(said), 1, -1))
        first = next((self.actors[body] for body in bodies if body is not None), None)
        return first is not None and first.kind not in ORGANS and not (first.kind == "authority" and first.country == "US")

    def _is_part_of_bracketed(self, name: str) -> bool:
        """Whether the bracket's long form is only the tail of the words before it, after more than people of the body or a word for it."""
        bracketed = _BRACKET.fullmatch(" ".join(name.split()))
        if bracketed is None or name_key(name) in self._by_key:
            return False
        words = _HEADS.sub("", bracketed[1]).split(" ")
        return any(name_key(" ".join(words[n:])) in self._by_key for n in range(1, len(words))) and name_key(" ".join(words)) not in self._by_key


def load_actors(extra: Path | None = None) -> ActorRegister:
    """The shipped register, and with `extra` the actors of an installation's codebook file added to it. Raises CodebookError."""
    if extra is None:
        return _shipped()
    added = read_shape(ExtraShape, load_yaml(extra) or {}, name=extra.name)
    shipped = _shipped()
    return ActorRegister([*shipped.actors.values(), *map(_actor, added.actors)], kinds=shipped.kinds, version=shipped.version)


def name_key(name: str) -> str:
    """What two spellings of one name share: folded words without articles; short names in capitals stay capitals.

    >>> name_key("the Hay’at Tahrir al-Shām") == name_key("Hayat Tahrir Al Sham")
    True
    >>> name_key("U.S."), name_key("us"), name_key("Taliban's")
    ('US', 'us', 'taliban')
    """
    plain = name
    if not name.isascii():
        plain = "".join([c for c in unicodedata.normalize("NFKD", name.replace("ı", "i")) if not unicodedata.combining(c)])
    words = _WORD.findall(_SIGNS.sub("", _POSSESSIVE.sub("", plain)))
    letters = "".join(words)
    if len(letters) <= LONGEST_ACRONYM and letters.isupper():
        return letters
    folded = [w.casefold() for w in words]
    return " ".join([w for w in folded if w not in _ARTICLES] or folded)


def _forms(name: str) -> tuple[str, ...]:
    """The name without article, without its bracket, the bracket, and each without a word such as "group" at its end."""
    bare = _ARTICLE.sub("", " ".join(name.split()))
    forms = (bare, *_unbracketed(bare))
    return tuple(dict.fromkeys((*forms, *(_BODY_TAIL.sub("", form) for form in forms))))


def _people_of(forms: Iterable[str]) -> tuple[str, ...]:
    """The body whose people a name in these forms speaks of: "ISIS" in "ISIS militants" and in "members of ISIS"."""
    bare = [(form, pattern.sub("", form)) for form in forms for pattern in (_PEOPLE_TAIL, _PEOPLE_HEAD)]
    return tuple(_ARTICLE.sub("", body) for form, body in bare if body != form)


def _unbracketed(name: str) -> tuple[str, ...]:
    bracketed = _BRACKET.fullmatch(name)
    return (f"{bracketed[1]}{bracketed[3]}", bracketed[2]) if bracketed else ()


def _index(actors: tuple[Actor, ...], kinds: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    by_key: dict[str, str] = {}
    faults = [f"actor {a.id!r}: no kind {a.kind!r}; known: {', '.join(kinds)}" for a in actors if a.kind not in kinds]
    ids = [a.id for a in actors]
    faults += [f"actor id {id!r} stands twice" for id in sorted({id for id in ids if ids.count(id) > 1})]
    for actor in actors:
        for name in (actor.name, *actor.aliases):
            other = by_key.setdefault(name_key(name), actor.id)
            if other != actor.id:
                faults.append(f"the name {name!r} stands for both {other!r} and {actor.id!r}")
    return by_key, faults


def _index_nations(actors: tuple[Actor, ...]) -> tuple[dict[str, str], list[str]]:
    """Names and demonyms of the states, in their capitals, to ids; and what is wrong with the demonyms."""
    faults = [f"actor {a.id!r} is a {a.kind!r} and has demonyms; only a state has them" for a in actors if a.demonyms and a.kind != "state"]
    by_name: dict[str, str] = {}
    for actor in actors:
        for name in (actor.name, *actor.aliases, *actor.demonyms) if actor.kind == "state" else ():
            other = by_name.setdefault(name, actor.id)
            if other != actor.id:
                faults.append(f"the demonym {name!r} stands for both {other!r} and {actor.id!r}")
    return by_name, faults


@cache
def _shipped() -> ActorRegister:
    raw = read_shape(ActorsShape, load_yaml(DATA / "actors.yaml"), name="actors.yaml")
    return ActorRegister(map(_actor, raw.actors), kinds=raw.kinds, version=raw.version)


def _actor(raw: ActorShape) -> Actor:
    return Actor(**dict(raw))
