"""Is this noun a prison, a crowd, an armed side? Word classes of the lexicon, tested on a head token."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from waqai.codebook.lexicon import Lexicon, TriggerRule
from waqai.core import PlaceNames
from waqai.reading.phrases import char_span, text_of
from waqai.reading.slots import head_noun


@dataclass(frozen=True, slots=True)
class WordClasses:
    """Class tests over one lexicon and one gazetteer."""

    lexicon: Lexicon
    places: PlaceNames

    def has(self, token: Token, name: str) -> bool:
        """Whether the noun belongs to the class; "facility" also takes "detention centre", "place_name" asks the gazetteer. Raises KeyError for no class."""
        noun = head_noun(token)
        if name == "name":
            return bool(noun.pos_ == "PROPN")
        if name == "place_name":
            return self.is_place(noun)
        if name == "facility":
            return self.is_facility(noun)
        words = self.lexicon.classes[name]
        singular = noun.lower_.removesuffix("s") if noun.tag_ == "NNPS" or noun.pos_ == "PROPN" else noun.lower_  # "Ministers" as a name keeps its s
        return noun.lemma_.lower() in words or noun.lower_ in words or singular in words

    def has_any(self, token: Token, *names: str) -> bool:
        """Whether the noun belongs to one of the classes."""
        return any(self.has(token, name) for name in names)

    def is_facility(self, noun: Token) -> bool:
        """A prison by its own word, or a centre, camp, wing ... whose phrase says that people are held there."""
        word = noun.lemma_.lower()
        if word in self.lexicon.classes["facility"]:
            return True
        if word not in self.lexicon.classes["facility_if"]:
            return False
        phrase = {t.lower_ for t in noun.subtree if t.i <= noun.i or t.dep_ in ("compound", "pobj")}
        return bool(phrase & self.lexicon.classes["facility_word"])

    def is_place(self, noun: Token) -> bool:
        """A place by the model's label, or a proper noun that the gazetteer knows as more than a people's name."""
        if noun.ent_type_ in ("GPE", "LOC"):
            return True
        if noun.pos_ != "PROPN":
            return False
        left = min((t.i for t in noun.lefts if t.dep_ in ("compound", "punct")), default=noun.i)
        kinds = self.places.kinds_of(char_span(noun.doc[left], noun).of(text_of(noun.doc)))
        return bool(kinds - {"demonym"})

    def allows(self, rule: TriggerRule, slots: Mapping[str, Sequence[Token]], sentence: Sequence[Token]) -> bool:
        """Whether the slots of a trigger, and the words of its sentence, meet a rule's conditions. The agent of a passive counts as subject."""
        filled = {**slots, "subj": (*slots.get("subj", ()), *slots.get("by", ()))}
        if not all(self._slot_fits(filled.get(slot, ()), names) for slot, names in rule.slots.items()):
            return False
        if rule.near and not any(self.has_any(t, *rule.near) for t in sentence):
            return False
        return not any(self.has_any(t, *rule.not_near) for t in sentence)

    def _slot_fits(self, tokens: Sequence[Token], names: Sequence[str]) -> bool:
        wanted = [n for n in names if not n.startswith("!")]
        barred = [n[1:] for n in names if n.startswith("!")]
        if "-" in wanted:
            return not tokens
        if any(self.has_any(t, *barred) for t in tokens):
            return False
        if not wanted:
            return True
        return bool(tokens) and ("?" in wanted or any(self.has_any(t, *wanted) for t in tokens))
