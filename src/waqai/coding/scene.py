"""All that the decisions about one report look at: its parse, and what the rules found in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token

from waqai.attribution import DraftClaim
from waqai.codebook.lexicon import Lexicon
from waqai.core import ActorNames, Report
from waqai.reading.accounts import Telling, Told
from waqai.reading.bounds import Quantity
from waqai.reading.quantities import find_quantities
from waqai.reading.text import WorkingText
from waqai.reading.timing import Timeline
from waqai.reading.triggers import Trigger

_CONTENT = frozenset(("VERB", "NOUN", "PROPN", "ADJ", "AUX"))


@dataclass(frozen=True)
class Scene:
    """One report laid out. Tokens are known by their index in `doc`."""

    report: Report
    doc: Doc
    text: WorkingText
    claims: Sequence[DraftClaim]
    timeline: Timeline
    told: Told
    lexicon: Lexicon
    actors: ActorNames

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The numbers that count people, strikes or money."""
        return tuple(find_quantities(self.doc, lexicon=self.lexicon))

    @cached_property
    def triggers(self) -> Mapping[int, Trigger]:
        """The rules' triggers by the index of their token."""
        return {trigger.token.i: trigger for trigger in self.told.triggers}

    @cached_property
    def telling_of(self) -> Mapping[int, Telling]:
        """The rules' telling that a trigger is part of, by the index of the trigger's token."""
        return {trigger.token.i: telling for telling in self.told.tellings for trigger in telling.draft.triggers}

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.doc.sents]

    @cached_property
    def sentences(self) -> int:
        """How many sentences there are."""
        return len(self._starts)

    def sentence_of(self, token: Token) -> int:
        """The number of the token's sentence, from 0."""
        return bisect_right(self._starts, token.i) - 1

    @cached_property
    def _classes(self) -> dict[str, tuple[str, ...]]:
        return {}

    def classes_of(self, token: Token) -> tuple[str, ...]:
        """The word classes of the lexicon that the token's lemma belongs to."""
        lemma = token.lemma_.lower()
        if lemma not in self._classes:
            self._classes[lemma] = tuple(name for name, words in self.lexicon.classes.items() if lemma in words)
        return self._classes[lemma]

    @cached_property
    def content_words(self) -> Sequence[Token]:
        """The words that can tell of a happening."""
        return [t for t in self.doc if t.pos_ in _CONTENT or t.i in self.triggers]

    def types_of(self, token: Token) -> frozenset[str]:
        """The types that the lexicon knows the token's lemma to tell of."""
        lemma = token.lemma_.lower()
        rules = self.lexicon.verbs if token.pos_ in ("VERB", "AUX") else self.lexicon.nouns
        return frozenset(rule.type for rule in rules.get(lemma, ()))
