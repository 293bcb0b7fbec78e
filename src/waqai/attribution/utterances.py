"""Every utterance of a report: which words are cues here, and what each introduces."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from waqai.attribution.announcing import find_announcing, find_coming, find_reckonings, find_telling_number
from waqai.attribution.attributed import find_according, find_cited, find_hedge, find_likely, find_passive, find_report_noun
from waqai.attribution.cues import CITING, CLAUSE, FIGURE, INFINITIVE, NO_SPEECH_OBJECT, NOUN, PREPOSITIONS, WITH_OBJECT, StanceOfCue
from waqai.attribution.layout import Layout
from waqai.attribution.said import Said, find_said
from waqai.attribution.subjects import is_passive

_CUE_VERBS = CLAUSE | NOUN | INFINITIVE | WITH_OBJECT | FIGURE | frozenset(PREPOSITIONS) | {"go"}
_CLAUSE_RULES = frozenset(("clause: that", "clause: before", "quote: before", "clause: clause after", "clause: quote after colon"))
_NOBODY = frozenset(("nobody", "none", "what", "anyone", "few"))


def find_utterances(doc: Doc, *, layout: Layout, lookup: StanceOfCue) -> tuple[Said, ...]:
    """What is said in the report, in the order of its cues; each cue once."""
    by_cue: dict[tuple[int, int], Said] = {}
    for said in (*find_according(doc, layout=layout), *find_reckonings(doc, layout=layout)):
        by_cue.setdefault(said.cue, said)
    for token in doc:
        found = _find_at(token, layout=layout, lookup=lookup)
        if found is not None:
            by_cue.setdefault(found.cue, found)
    for said in list(_find_cited(doc, list(by_cue.values()), layout=layout)):
        by_cue.setdefault(said.cue, said)
    return tuple(sorted(by_cue.values(), key=lambda s: (s.verb, s.cue)))


def _find_at(token: Token, *, layout: Layout, lookup: StanceOfCue) -> Said | None:
    if token.pos_ in ("VERB", "AUX"):
        lemma = token.lemma_.lower()
        for find in (find_announcing, find_coming, find_telling_number):
            if (figures := find(token, layout=layout)) is not None:
                return figures
        if lemma in CITING or (lemma not in _CUE_VERBS and (lookup(lemma) is None or lemma in ("be", "have", "do"))):
            return None
        if is_passive(token):
            return find_passive(token, layout=layout)
        said = find_said(token, layout=layout) if is_speech(token) else None
        return said if said is None or token.tag_ != "VBN" or _has_auxiliary(token) or _misread(token, said) else None
    if token.lower_ == "likely":
        return find_likely(token, layout=layout)
    if token.pos_ == "ADV":
        return find_hedge(token, layout=layout)
    return find_report_noun(token, layout=layout) if token.pos_ == "NOUN" else None


def _find_cited(doc: Doc, found: list[Said], *, layout: Layout) -> Iterator[Said]:
    """Whom a speaker cites says what the nearest utterance of the sentence says."""
    for token in doc:
        if token.lemma_.lower() not in CITING or token.tag_ not in ("VBG", "VBN", "VBD"):
            continue
        near = [s for s in found if layout.starts[s.verb] == layout.starts[token.i]]
        governing = min(near, key=lambda s: abs(s.verb - token.i), default=None)
        said = find_cited(token, layout=layout, governing=governing)
        if said is not None:
            yield said


def is_speech(verb: Token) -> bool:
    """Whether this use of the word is an utterance that happened: no bare infinitive, nobody's silence, no lives "claimed" by a blast."""
    if verb.tag_ == "VB" and not any(c.dep_ == "aux" and c.tag_ in ("MD", "VBD", "VBZ", "VBP") for c in verb.children):
        return verb.head.lemma_ in ("go", "continue") or _reads_past(verb)
    if verb.tag_ == "VBG" and (verb.head.lower_ == "worth" or verb.dep_ in ("amod", "compound") or any(c.lower_ == "no" for c in verb.children)):
        return False
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is not None and (subject.lower_ in _NOBODY or any(c.lower_ == "no" for c in subject.children)):
        return False
    thing = next((c for c in verb.children if c.dep_ in ("dobj", "obj")), None)
    if thing is not None and verb.lemma_.lower() == "claim" and NO_SPEECH_OBJECT.search(thing.text):
        return False
    return not (verb.lemma_.lower() == "condemn" and _condemned_to(verb, thing))


def _reads_past(verb: Token) -> bool:
    """ "Officials put the number at 30": a past tense that looks like the infinitive, with a subject of its own before it and nothing that it depends on."""
    return verb.dep_ == "ROOT" and any(c.dep_ == "nsubj" and c.i < verb.i for c in verb.children) and not any(c.dep_ == "aux" for c in verb.children)


def _misread(verb: Token, said: Said) -> bool:
    """Whether a bare participle is in truth a past tense that the parser took for one: "the Observatory announced on Sunday that"."""
    return said.rule in _CLAUSE_RULES and said.speaker is not None and not any(c.dep_ in ("agent", "auxpass") for c in verb.children)


def _has_auxiliary(verb: Token) -> bool:
    own = any(c.dep_ == "aux" for c in verb.children)
    return own or (verb.dep_ == "conj" and any(c.dep_ == "aux" for c in verb.head.children))


def _condemned_to(verb: Token, thing: Token | None) -> bool:
    """ "condemned 16 women to death" is a sentence, no opinion."""
    return any(c.dep_ == "prep" and c.lower_ == "to" for c in [*verb.children, *(thing.children if thing is not None else ())])
