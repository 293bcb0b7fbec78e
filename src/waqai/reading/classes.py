"""Is this noun a prison, a crowd, an armed side? Word classes of the lexicon, tested on a head token."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from waqai.codebook.lexicon import Lexicon, TriggerRule
from waqai.core import PlaceNames
from waqai.reading.phrases import char_span, head_noun


@dataclass(frozen=True, slots=True)
class WordClasses:
    """Class tests over one lexicon and one gazetteer."""

    lexicon: Lexicon
    places: PlaceNames

    def has(self, token: Token, name: str) -> bool:
        """Whether the noun belongs to the class; "facility" also takes "detention centre" and "Kuje prison", "place_name" asks the gazetteer."""
        noun = head_noun(token)
        if name == "name":
            return noun.pos_ == "PROPN"
        if name == "place_name":
            return self.is_place(noun)
        if name == "facility":
            return self.is_facility(noun)
        words = self.lexicon.classes[name]
        return noun.lemma_.lower() in words or noun.lower_ in words

    def is_facility(self, noun: Token) -> bool:
        word = noun.lemma_.lower()
        if word in self.lexicon.classes["facility"]:
            return True
        if word not in self.lexicon.classes["facility_if"]:
            return False
        phrase = {t.lower_ for t in noun.subtree if t.i <= noun.i or t.dep_ in ("compound", "pobj")}
        return bool(phrase & self.lexicon.classes["facility_word"])

    def is_place(self, noun: Token) -> bool:
        if noun.ent_type_ in ("GPE", "LOC"):
            return True
        if noun.pos_ != "PROPN":
            return False
        left = min((t.i for t in noun.lefts if t.dep_ in ("compound", "punct")), default=noun.i)
        kinds = self.places.kinds_of(char_span(noun.doc[left], noun).of(noun.doc.text))
        return bool(kinds - {"demonym"})

    def allows(self, rule: TriggerRule, slots: dict[str, tuple[Token, ...]], sentence: list[Token]) -> bool:
        """Whether the slots of a trigger, and the words of its sentence, meet a rule's conditions."""
        filled = {**slots, "subj": (*slots.get("subj", ()), *slots.get("by", ()))}
        for slot, names in rule.slots.items():
            if not self._slot_fits(filled.get(slot, ()), names):
                return False
        if rule.near and not any(self._near(t, rule.near) for t in sentence):
            return False
        return not any(self._near(t, rule.not_near) for t in sentence)

    def _slot_fits(self, tokens: tuple[Token, ...], names: tuple[str, ...]) -> bool:
        wanted = [n for n in names if not n.startswith("!")]
        barred = [n[1:] for n in names if n.startswith("!")]
        if "-" in wanted:
            return not tokens
        if any(self.has(t, n) for t in tokens for n in barred):
            return False
        if not wanted:
            return True
        return bool(tokens) and ("?" in wanted or any(self.has(t, n) for t in tokens for n in wanted))

    def _near(self, token: Token, names: tuple[str, ...]) -> bool:
        return any(self.has(token, n) for n in names if not n.startswith("!"))
