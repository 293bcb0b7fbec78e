"""What words are about, by a thesaurus of this field's language (senses.yaml): "torched" and "burned" share a sense, and so do "constable" and "policeman"."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Token

from waqai.codebook.shapes import load_yaml
from waqai.core import CodebookError

FILE = Path(__file__).with_name("senses.yaml")
_VERBS = frozenset(("VERB", "AUX"))
_NOUNS = frozenset(("NOUN", "PROPN", "ADJ", "NUM"))
_CARRIERS = frozenset(("prt", "dobj", "oprd", "acomp", "advmod", "nsubjpass", "attr"))


@dataclass(frozen=True, slots=True)
class Senses:
    """Lemmas, and verbs with the word that completes them ("break out", "open fire"), to the names of their senses; `acts` are the senses of nouns that tell of
    something done."""

    verbs: Mapping[str, Sequence[str]]
    nouns: Mapping[str, Sequence[str]]
    acts: frozenset[str]

    def of(self, token: Token) -> tuple[str, ...]:
        """The senses of the token; those of a whole phrase that it leads come first."""
        lemma = token.lemma_.lower()
        if token.pos_ in _VERBS:
            phrases = (*_hyphened(token), *_phrases(token, lemma), lemma)
            return tuple(dict.fromkeys(sense for phrase in phrases for sense in self.verbs.get(phrase, ())))
        if token.pos_ in _NOUNS:
            return tuple(dict.fromkeys(sense for word in (*_hyphened(token), lemma) for sense in self.nouns.get(word, ())))
        return ()


@cache
def digest_of_senses() -> str:
    """Changes with any word of the thesaurus."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()[:12]


@cache
def load_senses() -> Senses:
    """The senses shipped with the package. Raises CodebookError where the file has another shape."""
    raw = load_yaml(FILE)
    if not isinstance(raw, dict) or set(raw) != {"verbs", "acts", "things"} or not all(map(_is_listing, raw.values())):
        raise CodebookError(f"{FILE.name}: has to hold verbs, acts and things, each a list of words for each sense")
    if twice := raw["acts"].keys() & raw["things"].keys():
        raise CodebookError(f"{FILE.name}: {', '.join(sorted(twice))} stand among acts and among things")
    nouns = {**raw["acts"], **raw["things"]}
    return Senses(verbs=_by_word(raw["verbs"], "v"), nouns=_by_word(nouns, "n"), acts=frozenset(f"n.{sense}" for sense in raw["acts"]))


def _is_listing(senses: object) -> bool:
    return isinstance(senses, dict) and all(isinstance(words, list) and all(isinstance(w, str) for w in words) for words in senses.values())


def _by_word(senses: Mapping[str, Sequence[str]], mark: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for sense, words in senses.items():
        for word in words:
            found.setdefault(str(word), {})[f"{mark}.{sense}"] = None
    return {word: tuple(names) for word, names in found.items()}


def _hyphened(token: Token) -> Iterator[str]:
    """The whole of "shoot-outs", which the parser cuts in three, as it is and without its s."""
    doc, first, last = token.doc, token.i, token.i
    while first > 0 and not doc[first - 1].whitespace_ and "-" in (doc[first - 1].text, doc[first].text):
        first -= 1
    while last + 1 < len(doc) and not doc[last].whitespace_ and "-" in (doc[last].text, doc[last + 1].text):
        last += 1
    if first < last:
        word = doc[first : last + 1].text.lower()
        yield word
        yield word.removesuffix("s")


def _phrases(verb: Token, lemma: str) -> Iterator[str]:
    """The verb with each word that may complete it: particle, object, the words behind it, the noun of a preposition."""
    doc = verb.doc
    for child in verb.children:
        if child.dep_ in _CARRIERS:
            yield f"{lemma} {child.lemma_.lower()}"
        elif child.dep_ == "prep":
            yield from (f"{lemma} {child.lower_} {noun.lemma_.lower()}" for noun in child.children)
    if verb.i + 1 < len(doc):
        yield f"{lemma} {doc[verb.i + 1].lower_}"
    if verb.i + 2 < len(doc):
        yield f"{lemma} {doc[verb.i + 1].lower_} {doc[verb.i + 2].lower_}"
