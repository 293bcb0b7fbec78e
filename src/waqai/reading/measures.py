"""What a number counts and which happening it belongs to: by the verb whose slot it fills, else by the words beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from waqai.codebook.lexicon import Lexicon
from waqai.reading.bounds import Quantity
from waqai.reading.drafts import Draft
from waqai.reading.governors import iter_governors
from waqai.reading.phrases import text_of
from waqai.reading.slots import head_noun

_BEHIND = 28  # characters behind a number in which a phrase still tells what it counts
_BEFORE = 34  # characters before it
_FAR = 220  # tokens between a happening and a number told behind it
_HARM = frozenset(("killed", "wounded"))


@dataclass(frozen=True, slots=True)
class Measured:
    """The measure of a number, the index of its draft, and the rule that told so."""

    measure: str
    draft: int
    rule: str


def measure_of_words(quantity: Quantity, lexicon: Lexicon) -> str | None:
    """The measure that the noun, the words behind, a verb close by or the words before the number name, in this order."""
    measures, text, phrase = lexicon.measures, text_of(quantity.head.doc), quantity.phrase
    behind = text[phrase.end : phrase.end + _BEHIND].lower()
    before = text[max(0, phrase.start - _BEFORE) : phrase.start].lower()
    next_words = [w.strip(".,;:") for w in behind.split()[:2]]
    return (
        measures.of_noun.get(head_noun(quantity.head).lemma_.lower())
        or next((m for words, m in measures.phrases_behind.items() if words in behind), None)
        or next((m for word, m in measures.words_behind.items() if word in next_words), None)
        or _window(tuple(measures.stems.items())).find_measure(quantity)
        or next((m for words, m in measures.phrases_before.items() if words in before), None)
    )


@dataclass(frozen=True, slots=True)
class Measurer:
    """Finds what the numbers of one report count."""

    lexicon: Lexicon
    drafts: Sequence[Draft]

    def find_measure(self, quantity: Quantity) -> Measured | None:
        """What a number counts, or None where it counts nothing that we know."""
        if quantity.unit is not None:
            return self._in_sentence(quantity, "amount", rule="money of an aid account")
        if head_noun(quantity.head).lemma_.lower() in self.lexicon.words.strikes:
            return self._in_sentence(quantity, "strikes", rule="number of strikes")
        for slot, verb in iter_governors(quantity.head):
            known = self.lexicon.measures.of_verb.get(verb.lemma_.lower())
            if known is not None and known[0] == slot and (measured := self._of_verb(known[1], verb, rule=f"{slot} of {verb.lemma_}")) is not None:
                return measured
            if (measured := self._of_trigger(slot, verb, quantity)) is not None:
                return measured
        return self._in_slot(quantity) or self._by_words(quantity)

    def _in_slot(self, quantity: Quantity) -> Measured | None:
        """By the slot of a nominal trigger: "25 inmates made their escape"."""
        for index, draft in enumerate(self.drafts):
            own = self.lexicon.measures.of_slot.get(draft.type, {})
            for trigger in draft.triggers:
                slot = next((s for s, heads in trigger.slots.items() if s in own and quantity.head in map(head_noun, heads)), None)
                if slot is not None and not trigger.effect and (own[slot] != "perpetrators" or self._can_attack(quantity)):
                    return Measured(own[slot], index, f"{slot} of the trigger")
        return None

    def _in_sentence(self, quantity: Quantity, measure: str, *, rule: str) -> Measured | None:
        index = self._nearest(quantity.head, measure, sentence_only=True)
        return Measured(measure, index, rule) if index is not None else None

    def _of_trigger(self, slot: str, word: Token, quantity: Quantity) -> Measured | None:
        """By the type of the draft that this word triggers."""
        for index, draft in self._told_by(word):
            if any(t.effect and t.token == word for t in draft.triggers):
                return Measured("killed", index, "those who lost their lives") if (slot, word.lemma_.lower()) == ("subj", "lose") else None
            own = self.lexicon.measures.of_slot.get(draft.type, {})
            if slot in own and (own[slot] != "perpetrators" or self._can_attack(quantity)):
                return Measured(own[slot], index, f"{slot} of the trigger")
        return None

    def _can_attack(self, quantity: Quantity) -> bool:
        """Whether those counted are people who attack: not prisoners, guards or nobody named."""
        noun = head_noun(quantity.head)
        return quantity.noun is not None and noun.lemma_.lower() in self.lexicon.classes["outlaw"] | self.lexicon.words.people

    def _told_by(self, word: Token) -> Iterator[tuple[int, Draft]]:
        return ((i, draft) for i, draft in enumerate(self.drafts) if any(t.token == word for t in draft.triggers))

    def _of_verb(self, measure: str, verb: Token, *, rule: str) -> Measured | None:
        """By the verb itself: for the draft that it triggers, else for the nearest whose type takes the measure."""
        told = next(self._told_by(verb), None)
        if told is not None:
            return Measured(self._in_type(measure, told[1].type), told[0], rule)
        index = self._nearest(verb, measure, sentence_only=False)
        return Measured(measure, index, rule) if index is not None else None

    def _in_type(self, measure: str, type: str) -> str:
        """A verb's measure in an account of this type, which has measures of its own: men freed in a jailbreak have escaped."""
        measures = self.lexicon.measures
        measure = measures.in_type.get(type, {}).get(measure, measure)
        own = measures.of_slot.get(type, {})
        if measure in _HARM or measure in own.values():
            return measure
        return own.get("obj", measure)

    def _by_words(self, quantity: Quantity) -> Measured | None:
        measure = measure_of_words(quantity, self.lexicon)
        index = self._nearest(quantity.head, measure, sentence_only=False) if measure is not None else None
        return Measured(measure, index, f"words beside the number: {measure}") if measure is not None and index is not None else None

    def _nearest(self, token: Token, measure: str, *, sentence_only: bool) -> int | None:
        """Index of the draft that takes the measure and is told nearest: in the token's sentence, else (not `sentence_only`) before it."""
        types = self.lexicon.measures.told_by.get(measure, frozenset())
        gaps = [(gap, i) for i, d in enumerate(self.drafts) if d.type in types for t in d.triggers if not t.heading and (gap := _gap(t.token, token))]
        within = [(gap, i) for gap, i in gaps if gap[0] == 0 or not sentence_only]
        return min(within, key=lambda pair: pair[0])[1] if within else None


def _gap(trigger: Token, token: Token) -> tuple[int, int] | None:
    """(0 in the same sentence, 1 before it, tokens between), None where the trigger is too far before the token or behind its sentence."""
    distance = abs(trigger.i - token.i)
    if trigger.sent == token.sent:
        return 0, distance
    return (1, distance) if trigger.i < token.i and distance < _FAR else None


@dataclass(frozen=True, slots=True)
class _Window:
    """Finds a verb within four words of a number, where the parse did not connect the two. `stems`: beginning of a word -> measure."""

    stems: Mapping[str, str]
    behind: re.Pattern[str]
    before: re.Pattern[str]

    @classmethod
    def of(cls, stems: Mapping[str, str]) -> _Window:
        any_stem = _any_of(stems)
        behind = rf"^(?:,? ?[\w'-]+ ){{0,3}}(?:was |were |have been |had been |has been |are |is |being |also |had |have )*({any_stem})"
        before = rf"\b({any_stem})\w* (?:[\w'-]+ ){{0,2}}$"
        return cls(stems, re.compile(behind, re.IGNORECASE), re.compile(before, re.IGNORECASE))

    def find_measure(self, quantity: Quantity) -> str | None:
        text, phrase = text_of(quantity.head.doc), quantity.phrase
        ahead = re.split(r"[.\n]", text[phrase.end : phrase.end + 60])[0].lstrip()
        back = re.split(r"[.;\n]", text[max(0, phrase.start - 40) : phrase.start])[-1]
        found = (self.behind.match(ahead) if quantity.noun is not None else None) or self.before.search(back)
        return self.stems[found[1].lower()] if found is not None else None


@cache
def _window(stems: tuple[tuple[str, str], ...]) -> _Window:
    return _Window.of(dict(stems))


def _any_of(words: Collection[str]) -> str:
    """
    >>> _any_of(["fled", "flee"])
    'fled|flee'
    """
    return "|".join(map(re.escape, words))
