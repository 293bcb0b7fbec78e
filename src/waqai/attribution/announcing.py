"""Attributions of figures: "gave a list", "from the agency came a higher figure", "accounted for 70", "by the army's count"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from waqai.attribution.cues import ANNOUNCING, COMING, LISTING, PERSON_NOUNS, RECKONINGS
from waqai.attribution.layout import Layout
from waqai.attribution.said import Said
from waqai.attribution.stretches import clause_end, has_finite, left_content, skip_comma
from waqai.attribution.subjects import can_speak, is_passive, subject_of

_SOURCES = frozenset(("source", "observer", "witness", "communique", "list", "bulletin"))
_TELLING = frozenset(("post", "account", "report", "estimate", "claim", "message"))
_DEGREES = frozenset(("far", "high"))
_MANY = frozenset(("hundreds", "thousands", "dozens"))
_LEADING = {"account": "for", "settle": "on"}
_SHOWING = frozenset(("show", "display", "present", "exhibit"))
_BODIES = frozenset(("body", "corpse"))
_FINITE = ("VBD", "VBZ", "VBP")


def find_announcing(verb: Token, *, layout: Layout) -> Said | None:
    """ "gave a list: 12 were gone", "had a higher figure": whoever announces figures says what follows the colon, else only that there are some."""
    nouns = ANNOUNCING.get(verb.lemma_.lower(), frozenset())
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.lemma_.lower() in nouns and c.i > verb.i), None)
    speaker = subject_of(verb)
    if thing is None or not _tells_itself(verb, speaker):
        return None
    if (thing.lemma_.lower() == "list" and any(c.lower_ == "of" for c in thing.children)) or any(c.lower_ == "no" for c in thing.children):
        return None
    return _announced(verb, speaker, thing, layout=layout)


def _tells_itself(verb: Token, speaker: Token | None) -> bool:
    withheld = any(c.dep_ == "neg" or c.tag_ in ("MD", "TO") for c in verb.children)
    return speaker is not None and _is_somebody(speaker) and not is_passive(verb) and not withheld


def _announced(verb: Token, speaker: Token | None, thing: Token, *, layout: Layout) -> Said | None:
    """What is announced: the words behind the colon, else the thing itself."""
    assert speaker is not None
    doc, end, start = verb.doc, layout.ends[verb.i], thing.left_edge.i
    colon = next((i for i in range(thing.i + 1, end - 1) if doc[i].text == ":"), None)
    content = (start, min(end, thing.right_edge.i + 1)) if colon is None else (colon + 1, clause_end(doc, colon + 1, end))
    low = min(speaker.left_edge.i, verb.i)
    return Said((verb.i, verb.i + 1), verb.i, speaker.i, content, (low, content[0]), "announced") if content[0] < content[1] else None


def _is_somebody(noun: Token) -> bool:
    """A person or body, or a name that an apposition says to be one: "Ada Bell, a commissioner"."""
    described = noun.pos_ == "PROPN" and any(c.dep_ == "appos" and c.lemma_.lower() in PERSON_NOUNS for c in noun.children)
    return can_speak(noun) or noun.lemma_.lower() in _SOURCES | _TELLING or described


def find_coming(verb: Token, *, layout: Layout) -> Said | None:
    """ "From the agency came a higher figure, 12 prisoners": said by whom it comes from."""
    if verb.lemma_.lower() != "come" or verb.tag_ not in _FINITE or any(c.dep_ == "neg" for c in verb.children):
        return None
    thing = next((c for c in verb.children if c.dep_ in ("nsubj", "attr", "dobj") and c.lemma_.lower() in COMING), None)
    told = (c for prep in verb.children if prep.lower_ == "from" for c in prep.children if c.dep_ == "pobj" and can_speak(c))
    speaker = next(told, None)
    return None if thing is None or speaker is None else _announced(verb, speaker, thing, layout=layout)


def find_telling_number(verb: Token, *, layout: Layout) -> Said | None:
    """ "accounted for 70 in the hills", "lists four dead", "estimates go as high as 90": verbs that tell only numbers."""
    number = next((c for c in _things_told(verb) if c.i > verb.i and (c.like_num or c.lower_ in _MANY or any(g.like_num for g in c.lefts))), None)
    speaker = _teller(verb) if number is not None else None
    if number is None or speaker is None or not _tells_itself(verb, speaker):
        return None
    cue_end = number.head.i + 1 if number.dep_ == "pobj" else verb.i + 1
    reach = max(c.right_edge.i for c in verb.children if c.right_edge.i >= number.i and c.dep_ in ("prep", "conj", "dobj", "advmod"))
    content = (number.left_edge.i, clause_end(verb.doc, number.left_edge.i, min(layout.ends[verb.i], reach + 1)))
    return Said((verb.i, cue_end), verb.i, speaker.i, content, (min(speaker.left_edge.i, verb.i), content[0]), "object: figure")


def _things_told(verb: Token) -> list[Token]:
    """What such a verb tells: behind "account for", "settle on" and "go as far as", the objects of "list" and "name", the bodies that are shown."""
    lemma = verb.lemma_.lower()
    if (leading := _LEADING.get(lemma)) is not None:
        return [c for prep in verb.children if prep.lower_ == leading for c in prep.children if c.dep_ == "pobj"]
    if lemma == "go":
        return [c for far in verb.children if far.lower_ in _DEGREES for prep in far.children if prep.lower_ == "as" for c in prep.children if c.dep_ == "pobj"]
    things = [c for c in verb.children if c.dep_ == "dobj"]
    shown = lemma in _SHOWING or (lemma == "put" and any(t.lower_ == "display" for t in verb.subtree))
    return things if lemma in LISTING else [c for c in things if shown and c.lemma_.lower() in _BODIES]


def _teller(verb: Token) -> Token | None:
    """The subject; where the parser found none, a name that it hung on the preposition before the verb: "On Sunday Ada Bell, the chief, accounted for"."""
    if (subject := subject_of(verb)) is not None:
        return subject
    names = (c for prep in verb.children if prep.dep_ == "prep" and prep.i < verb.i for c in prep.children if c.dep_ == "pobj")
    return next((name for name in names if name.pos_ == "PROPN" and _is_somebody(name)), None)


def find_reckonings(doc: Doc, *, layout: Layout) -> Iterator[Said]:
    """ "By the army's count 30 fled", "30 fled, by his account": what stands behind at the start of a sentence, else what stands before."""
    for noun in doc:
        owner = next((c for c in noun.children if c.dep_ == "poss"), None) if noun.lemma_.lower() in RECKONINGS else None
        if owner is None or noun.i + 1 >= layout.ends[noun.i] or doc[owner.left_edge.i - 1].lower_ != "by" or owner.left_edge.i == 0:
            continue
        low, start, end = owner.left_edge.i - 1, layout.starts[noun.i], layout.ends[noun.i]
        cue, rest = (noun.i, noun.i + 1), skip_comma(doc, noun.i + 1)
        left = left_content(doc, low, start=start, layout=layout, verb=noun) if low > start else None
        if left is not None and has_finite(doc, *left):
            yield Said(cue, noun.i, owner.i, left, (low, noun.i + 1), "according: before")
        elif rest < end - 1:
            yield Said(cue, noun.i, owner.i, (rest, clause_end(doc, rest, end)), (low, rest), "according: after")
