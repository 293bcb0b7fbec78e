"""Words that announce a happening: each trigger with its type, its status and the slots it fills."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from waqai.codebook.lexicon import Lexicon, TriggerRule
from waqai.core import Span
from waqai.reading.classes import WordClasses
from waqai.reading.phrases import char_span, slots_of
from waqai.reading.status import Told, is_purpose, status_of
from waqai.reading.text import WorkingText

_NOT_SPEECH = {"say", "tell", "report", "announce", "add"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One telling of a happening: the token, the words, the rule that took it, and the heads in its slots."""

    token: Token
    phrase: Span
    rule: TriggerRule
    type: str
    told: Told
    slots: dict[str, tuple[Token, ...]]
    block: int
    heading: bool

    @property
    def effect(self) -> bool:
        return self.rule.told == "effect"

    @property
    def sentence(self) -> int:
        return int(self.token.sent.start)


def find_triggers(doc: Doc, text: WorkingText, *, lexicon: Lexicon, classes: WordClasses) -> tuple[Trigger, ...]:
    """Every trigger of the report that tells of a happening, in order of the text."""
    found = []
    for sentence in doc.sents:
        tokens = list(sentence)
        content = [t for t in tokens if t.pos_ in ("NOUN", "PROPN", "VERB", "ADJ", "NUM")]
        block = text.block_at(sentence.start_char)
        heading = block in text.headings
        for token in tokens:
            trigger = _trigger(token, content, block=block, heading=heading, lexicon=lexicon, classes=classes)
            if trigger is not None:
                found.append(trigger)
    return tuple(_without_parts(found))


def _trigger(token: Token, content: list[Token], *, block: int, heading: bool, lexicon: Lexicon, classes: WordClasses) -> Trigger | None:
    verbal = (token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod", "compound")) or (
        token.tag_ in ("VBD", "VBN", "VBG", "VB", "VBZ", "VBP") and token.dep_ in ("ROOT", "advcl", "relcl", "conj", "acl", "xcomp", "ccomp")
    )
    rules = lexicon.verbs.get(token.lemma_.lower(), ()) if verbal else lexicon.nouns.get(token.lemma_.lower(), ()) if token.pos_ in ("NOUN", "PROPN") else ()
    if not rules or (verbal and is_purpose(token)):
        return None
    slots = slots_of(token)
    for rule in rules:
        phrase = _rest(token, rule.rest, before=not verbal)
        if phrase is None or not classes.allows(rule, slots, content):
            continue
        told = status_of(token, type=rule.type, phrase=phrase, heading=heading)
        if told is None:
            return None
        return Trigger(token=token, phrase=phrase, rule=rule, type=rule.type, told=told, slots=slots, block=block, heading=heading)
    return None


def _rest(token: Token, rest: tuple[str, ...], *, before: bool) -> Span | None:
    """The trigger's words when the rest of its expression stands close by, else None."""
    if not rest:
        return char_span(token, token)
    doc = token.doc
    window = doc[max(token.sent.start, token.i - 2 - len(rest)) : token.i] if before else doc[token.i + 1 : min(token.sent.end, token.i + 3 + 2 * len(rest))]
    wanted = list(rest)
    hit: list[Token] = []
    for near in window:
        if wanted and wanted[0] in (near.lemma_.lower(), near.lower_):
            wanted.pop(0)
            hit.append(near)
    if wanted:
        return None
    return char_span(hit[0], token) if before else char_span(token, hit[-1])


def _without_parts(found: list[Trigger]) -> Iterator[Trigger]:
    """Drop a trigger whose word lies inside a longer one ("bomb" in "suicide bomb")."""
    for trigger in found:
        own = Span(trigger.token.idx, trigger.token.idx + len(trigger.token))
        if not any(
            o is not trigger
            and o.phrase.covers(own)
            and o.phrase != trigger.phrase
            and (o.phrase.end - o.phrase.start) > (trigger.phrase.end - trigger.phrase.start)
            for o in found
        ):
            yield trigger
