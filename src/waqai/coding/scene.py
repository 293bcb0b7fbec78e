"""All that the decisions about one report look at: its parse, and what the rules found in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from waqai.attribution import DraftClaim
from waqai.codebook.lexicon import Lexicon
from waqai.coding.senses import load_senses
from waqai.core import ActorNames, Report, Span
from waqai.parsing.text import WorkingText
from waqai.reading.accounts import Telling, Told
from waqai.reading.bounds import Quantity
from waqai.reading.phrases import text_of
from waqai.reading.placenames import FoundPlace, guess_places
from waqai.reading.quantities import find_quantities
from waqai.reading.timing import Timeline
from waqai.reading.triggers import Trigger

_INSIDE = frozenset(("in", "at", "near", "from"))  # before a name within a speaker's, which else is a person's
_CONTENT = frozenset(("VERB", "NOUN", "PROPN", "ADJ", "AUX"))


@dataclass(frozen=True)
class Scene:
    """One report laid out. Tokens are known by their index in `doc`; `families` maps types to theirs."""

    report: Report
    doc: Doc
    text: WorkingText
    claims: Sequence[DraftClaim]
    timeline: Timeline
    told: Told
    lexicon: Lexicon
    actors: ActorNames
    families: Mapping[str, str]

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The numbers that count people, strikes or money."""
        return tuple(find_quantities(self.doc, lexicon=self.lexicon))

    @cached_property
    def sites(self) -> tuple[FoundPlace, ...]:
        """The place names, and other names that may be of places, in order of the text."""
        guessed = guess_places(self.doc, self.told.places, self.told.classes.places, actors=self.actors, lexicon=self.lexicon)
        places = [p for p in guessed if p.kinds or p.prep in _INSIDE or not any(c.speaker is not None and c.speaker.overlaps(p.phrase) for c in self.claims)]
        return tuple(sorted((*self.told.places, *places), key=lambda place: place.phrase))

    @cached_property
    def triggers(self) -> Mapping[int, Trigger]:
        """The rules' triggers by the index of their token."""
        return {trigger.token.i: trigger for trigger in self.told.triggers}

    @cached_property
    def telling_of(self) -> Mapping[int, Telling]:
        """The rules' telling that a trigger is part of, by the index of the trigger's token."""
        return {trigger.token.i: telling for telling in self.told.tellings for trigger in telling.draft.triggers}

    @cached_property
    def _sentences(self) -> list[TokenSpan]:
        return list(self.doc.sents)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self._sentences]

    def sentence_span(self, token: Token) -> TokenSpan:
        """The token's sentence; spaCy's own `token.sent` looks at the whole report each time."""
        return self._sentences[self.sentence_of(token)]

    @cached_property
    def _roots(self) -> list[Token]:
        return [sentence.root for sentence in self._sentences]

    def root_of(self, token: Token) -> Token:
        """The word on which the token's sentence hangs."""
        return self._roots[self.sentence_of(token)]

    @cached_property
    def sentences(self) -> int:
        """How many sentences there are."""
        return len(self._starts)

    def sentence_of(self, token: Token) -> int:
        """The number of the token's sentence, from 0."""
        return bisect_right(self._starts, token.i) - 1

    @cached_property
    def _kept(self) -> dict[tuple[str, int], list[str]]:
        return {}

    def once(self, key: tuple[str, int], work: Callable[[], list[str]]) -> list[str]:
        """What `work` gives, worked out the first time that this key is asked for."""
        if key not in self._kept:
            self._kept[key] = work()
        return self._kept[key]

    @cached_property
    def _places_of_lemma(self) -> Mapping[str, list[int]]:
        places: dict[str, list[int]] = {}
        for token in self.doc:
            places.setdefault(token.lemma_.lower(), []).append(token.i)
        return places

    def times_before(self, token: Token) -> int:
        """How often the token's lemma stands before it."""
        return bisect_left(self._places_of_lemma[token.lemma_.lower()], token.i)

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
    def _senses(self) -> dict[int, tuple[str, ...]]:
        return {}

    def senses_of(self, token: Token) -> tuple[str, ...]:
        """What the token is about, by the thesaurus."""
        if token.i not in self._senses:
            self._senses[token.i] = load_senses().of(token)
        return self._senses[token.i]

    def is_act(self, token: Token) -> bool:
        """Whether it is a noun for something done, by the thesaurus."""
        return not load_senses().acts.isdisjoint(self.senses_of(token))

    @cached_property
    def _first_of_sense(self) -> Mapping[str, int]:
        first: dict[str, int] = {}
        for token in self.content_words:
            for sense in self.senses_of(token):
                first.setdefault(sense, token.i)
        return first

    def senses_before(self, token: Token, sense: str) -> bool:
        """Whether a word before it has this sense."""
        return self._first_of_sense.get(sense, token.i) < token.i

    @cached_property
    def content_words(self) -> Sequence[Token]:
        """The words that can tell of a happening."""
        return [t for t in self.doc if t.pos_ in _CONTENT or t.i in self.triggers]

    def types_of(self, token: Token) -> frozenset[str]:
        """The types that the lexicon knows the token's lemma to tell of."""
        lemma = token.lemma_.lower()
        rules = self.lexicon.verbs if token.pos_ in ("VERB", "AUX") else self.lexicon.nouns
        return frozenset(rule.type for rule in rules.get(lemma, ()))

    def days_of(self, token: Token) -> frozenset[str]:
        """The words of the date phrases in the token's sentence that tell when something happened."""
        return self._near_days.get(self.sentence_of(token), frozenset())

    @cached_property
    def _near_days(self) -> Mapping[int, frozenset[str]]:
        return self._by_sentence([(d.token, d.phrase.span.of(text_of(self.doc)).lower()) for d in self.timeline.phrases if d.speech_of is None])

    def towns_of(self, token: Token) -> frozenset[str]:
        """The names of the places in the token's sentence that are no countries."""
        return self._near_towns.get(self.sentence_of(token), frozenset())

    @cached_property
    def _near_towns(self) -> Mapping[int, frozenset[str]]:
        return self._by_sentence([(p.head, p.name.lower()) for p in self.told.places if not p.country])

    def nouns_at(self, number: int) -> list[int]:
        """The indices of the words of a sentence that a noun phrase can hang on, in order."""
        if number not in self._heads:
            self._heads[number] = [t.i for t in self._sentences[number] if t.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "PRON") and t.dep_ != "compound"]
        return self._heads[number]

    @cached_property
    def _heads(self) -> dict[int, list[int]]:
        return {}

    def nouns_of(self, token: Token) -> frozenset[str]:
        """The lemmas of the nouns in the token's sentence."""
        return self._near_nouns.get(self.sentence_of(token), frozenset())

    @cached_property
    def _near_nouns(self) -> Mapping[int, frozenset[str]]:
        return self._by_sentence([(t, t.lemma_.lower()) for t in self.doc if t.pos_ in ("NOUN", "PROPN")])

    def _by_sentence(self, found: Sequence[tuple[Token, str]]) -> Mapping[int, frozenset[str]]:
        grouped: dict[int, set[str]] = {}
        for token, word in found:
            grouped.setdefault(self.sentence_of(token), set()).add(word)
        return {number: frozenset(words) for number, words in grouped.items()}

    @cached_property
    def _lemmas(self) -> frozenset[str]:
        return frozenset(t.lemma_.lower() for t in self.doc) | frozenset(t.lower_ for t in self.doc)

    def speaks_of(self, words: frozenset[str]) -> bool:
        """Whether one of these words stands in the report, as a lemma or as printed."""
        return not self._lemmas.isdisjoint(words)

    @cached_property
    def other_world(self) -> int:
        """How many words of one other world (sport, film ...) the report holds."""
        return max((len(self._lemmas & words) for words in self.lexicon.other_worlds.values()), default=0)

    @cached_property
    def conflict_share(self) -> float:
        """The share of conflict's own words among those of the report."""
        return len(self._lemmas & self.lexicon.conflict_words) / max(1, len(self._lemmas))


def words_at(doc: Doc, span: Span) -> TokenSpan:
    """The tokens that a stretch of the text touches. Raises ValueError where the text does not reach so far."""
    words = doc.char_span(span.start, span.end, alignment_mode="expand")
    if words is None:
        raise ValueError(f"no words at {span.start} to {span.end} of {len(text_of(doc))} characters")
    return words
