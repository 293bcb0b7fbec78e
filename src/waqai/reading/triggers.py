"""Words that announce a happening: each trigger with its type, its status and the slots it fills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from waqai.codebook.lexicon import Lexicon, TriggerRule
from waqai.core import Span
from waqai.parsing.text import WorkingText
from waqai.parsing.word_sets import DAY_NAMES
from waqai.reading.classes import WordClasses
from waqai.reading.phrases import char_span
from waqai.reading.slots import SlotFinder
from waqai.reading.status import StatusReader, Told

_VERB_TAGS = frozenset(("VBD", "VBN", "VBG", "VB", "VBZ", "VBP"))
_CLAUSES = frozenset(("ROOT", "advcl", "relcl", "conj", "acl", "xcomp", "ccomp"))
_CONTENT = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "NUM"))  # the words that a rule's `near` looks at


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One telling of a happening: the token, the words, the rule that took it, and the heads in its slots."""

    token: Token
    phrase: Span
    rule: TriggerRule
    told: Told
    slots: dict[str, tuple[Token, ...]]
    block: int
    heading: bool

    @property
    def type(self) -> str:
        return self.rule.type

    @property
    def effect(self) -> bool:
        """A consequence (people killed) rather than an act."""
        return self.rule.told == "effect"

    @property
    def sentence(self) -> int:
        """Index of the first token of its sentence."""
        return int(self.token.sent.start)

    def heads(self, *slots: str) -> tuple[Token, ...]:
        """The heads in these slots."""
        return tuple(t for slot in slots for t in self.slots.get(slot, ()))


def find_triggers(doc: Doc, text: WorkingText, *, lexicon: Lexicon, classes: WordClasses) -> tuple[Trigger, ...]:
    """Every trigger of the report that tells of a happening, in order of the text."""
    finder = _Finder(lexicon, classes, SlotFinder(lexicon), StatusReader(lexicon))
    return tuple(_without_parts([trigger for sentence in doc.sents for trigger in finder.iter_triggers(list(sentence), text)]))


@dataclass(frozen=True, slots=True)
class _Finder:
    lexicon: Lexicon
    classes: WordClasses
    slots: SlotFinder
    statuses: StatusReader

    def iter_triggers(self, sentence: Sequence[Token], text: WorkingText) -> Iterator[Trigger]:
        block = text.block_at(sentence[0].idx)
        content = [t for t in sentence if t.pos_ in _CONTENT]
        for token in sentence:
            trigger = self._trigger(token, content, block=block, heading=block in text.headings)
            if trigger is not None:
                yield trigger

    def _trigger(self, token: Token, content: Sequence[Token], *, block: int, heading: bool) -> Trigger | None:
        """The trigger that the first rule whose conditions hold makes of this word; None, too, where its status is that nothing happened."""
        verbal = _is_verbal(token)
        rules = self._rules(token, verbal=verbal)
        if not rules or (verbal and self.statuses.is_purpose(token)):
            return None
        slots = self.slots.slots_of(token)
        for rule in rules:
            phrase = find_expression(token, rule.rest, before=not verbal)
            if phrase is None or not self.classes.allows(rule, slots, content):
                continue
            told = self.statuses.status_of(token, type=rule.type, phrase=phrase, heading=heading)
            if told is None:
                return None
            return Trigger(token=token, phrase=phrase, rule=rule, told=told, slots=slots, block=block, heading=heading)
        return None

    def _rules(self, token: Token, *, verbal: bool) -> tuple[TriggerRule, ...]:
        lemma = token.lemma_.lower()
        if verbal:
            return self.lexicon.verbs.get(lemma, ())
        return self.lexicon.nouns.get(lemma, ()) if token.pos_ in ("NOUN", "PROPN") else ()


def _is_verbal(token: Token) -> bool:
    """A verb by its word class, or (where the tagger takes a headline's verb for a noun) by its form and its place in the sentence."""
    if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod", "compound"):
        return True
    return token.tag_ in _VERB_TAGS and token.dep_ in _CLAUSES


def find_expression(token: Token, rest: Sequence[str], *, before: bool) -> Span | None:
    """The trigger's words when the rest of its expression stands close by (a verb's behind it, a noun's before it), else None."""
    if not rest:
        return char_span(token, token)
    hit: list[Token] = []
    for near in _window(token, len(rest), before=before):
        if len(hit) < len(rest) and rest[len(hit)] in (near.lemma_.lower(), near.lower_) and not _is_day_name(near):
            hit.append(near)
    if len(hit) < len(rest):
        return None
    return char_span(hit[0], token) if before else char_span(token, hit[-1])


def _is_day_name(token: Token) -> bool:
    """The "March" of "held on March 24", which is no march."""
    return token.is_title and token.lower_ in DAY_NAMES


def _window(token: Token, size: int, *, before: bool) -> Sequence[Token]:
    sentence = token.sent
    if before:
        return list(token.doc[max(sentence.start, token.i - 2 - size) : token.i])
    return list(token.doc[token.i + 1 : min(sentence.end, token.i + 3 + 2 * size)])


def _without_parts(found: Sequence[Trigger]) -> Iterator[Trigger]:
    """Drop a trigger whose word lies inside a longer one ("bomb" in "suicide bomb")."""
    for trigger in found:
        own = char_span(trigger.token, trigger.token)
        if not any(other.phrase.covers(own) and _length(other.phrase) > _length(trigger.phrase) for other in found):
            yield trigger


def _length(span: Span) -> int:
    return span.end - span.start
