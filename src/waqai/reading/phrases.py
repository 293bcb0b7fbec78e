"""Noun phrases of a parse: what a token's phrase is, bare as coders write it, and which slots of a verb or noun it fills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from waqai.core import Span

_DROPPED = {"det", "predet", "poss", "nummod", "case", "punct", "cc", "preconj", "quantmod", "mark", "advmod"}
_DROPPED_WORDS = {"several", "some", "many", "other", "another", "more", "dozens", "hundreds", "thousands", "scores", "least", "about", "around", "nearly", "almost", "so-called", "few", "all", "both",
                  "most", "suspected_", "such", "number", "numerous", "various", "up", "same", "own", "its", "their", "his", "her", "than", "called", "so", "two", "three", "four", "five", "six",
                  "seven", "eight", "nine", "ten", "one", "further", "additional", "any", "no", "every", "each", "these", "those", "this", "that", "the", "a", "an", "dead", "fellow"}  # fmt: skip
_PERSON_PREPS = {"of", "under"}
_SITE_PREPS = {"of", "in", "near", "at", "outside", "for"}
_JOINERS = {"of", "for", "to", "on", "the", "and", "al", "de", "la", "del"}
_LIGHT = {
    "launch",
    "carry",
    "conduct",
    "stage",
    "mount",
    "commit",
    "perpetrate",
    "hold",
    "begin",
    "start",
    "wage",
    "make",
    "execute",
    "undertake",
    "organise",
    "organize",
    "impose",
    "open",
    "lead",
    "attend",
    "announce",
    "declare",
    "sign",
    "reach",
}
_OBJECTS = {"dobj", "obj", "nsubjpass", "nsubj:pass", "attr"}
_SUBJECTS = {"nsubj", "csubj"}


def char_span(first: Token, last: Token) -> Span:
    """From the first character of one token to the last of another."""
    return Span(first.idx, last.idx + len(last))


def plain_phrase(head: Token) -> Span:
    """The noun with the words before it only: "ISIS prisoners" of "25 ISIS prisoners of different nationalities"."""
    return char_span(_phrase_start(head), head)


def bare_phrase(head: Token, *, site: bool = False) -> Span:
    """The noun phrase on this head without article, number, quantifier or possessive; with its "of" complement, for a site also "in", "near"."""
    first = _phrase_start(head)
    last = _phrase_end(head, preps=_SITE_PREPS if site else _PERSON_PREPS)
    return char_span(first, last)


def _phrase_start(head: Token) -> Token:
    first = head
    while first.i > head.sent.start:
        left = first.nbor(-1)
        if not head.is_ancestor(left) or _ends_phrase(left):
            break
        first = left
    while first.i < head.i and (first.is_punct or first.lower_ in _DROPPED_WORDS or first.pos_ == "DET"):
        first = first.nbor()
    return first


def _ends_phrase(token: Token) -> bool:
    """An article, number, quantifier, possessive or comma in front of a noun phrase, unless it is part of a name ("The Hague", "Al-Shabaab")."""
    if token.ent_type_ in ("ORG", "FAC", "GPE", "PERSON", "NORP", "WORK_OF_ART") and token.ent_iob_ == "I":
        return token.lower_ in _DROPPED_WORDS and token.lower_ != "the"
    if token.text in ("-", "'") and not token.whitespace_:
        return False
    return token.dep_ in _DROPPED or token.lower_ in _DROPPED_WORDS or token.like_num or token.is_punct or token.pos_ == "DET"


def _phrase_end(head: Token, *, preps: set[str]) -> Token:
    last = head
    for right in head.rights:
        if right.i > last.i + 1 and not (right.i == last.i + 2 and last.nbor().is_punct and last.nbor().text == "-"):
            break
        if right.dep_ == "prep" and right.lower_ in preps and (end := _complement_end(right, preps=preps)) is not None:
            last = end
        elif right.dep_ == "acl" and right.tag_ == "VBN" and right.nbor(1).lower_ in ("by", "from"):
            last = _clause_end(right)
        else:
            break
    return _name_end(last)


def _complement_end(prep: Token, *, preps: set[str]) -> Token | None:
    objects = [t for t in prep.children if t.dep_ in ("pobj", "pcomp") and t.i > prep.i]
    if not objects or objects[0].ent_type_ in ("DATE", "TIME"):
        return None
    return _phrase_end(objects[0], preps={"of", "under"})


def _clause_end(verb: Token) -> Token:
    last = verb
    for token in verb.subtree:
        if token.i < verb.i:
            continue
        if token.is_punct or token.ent_type_ in ("DATE", "TIME") or token.i > last.i + 1 or token.tag_ in ("VBP", "VBD", "VB") or token.dep_ == "cc":
            break
        last = token
    return last


def _name_end(last: Token) -> Token:
    """Run on to the end of a proper name: "Coalition | to Combat ISIS"."""
    doc = last.doc
    if not last.text[:1].isupper():
        return last
    end = last
    while end.i + 1 < len(doc):
        following = doc[end.i + 1]
        if following.text[:1].isupper() and following.ent_iob_ == "I" and following.sent == last.sent:
            end = following
        elif following.ent_iob_ == "I" and following.lower_ in _JOINERS and following.i + 1 < len(doc) and doc[following.i + 1].ent_iob_ == "I":
            end = doc[following.i + 1]
        else:
            break
    return end


def coordinated(head: Token) -> list[Token]:
    """The token and those joined to it by "and": "a policeman and two soldiers"."""
    return [head, *(t for t in head.conjuncts if t.i > head.i)]


def slots_of(trigger: Token) -> dict[str, tuple[Token, ...]]:
    """Head tokens by slot: subj, obj, by, of, and every preposition ("out of" counts as "from").

    The passive's subject is its obj; a participle and a relative clause take the noun that they hang on; a verb without a subject of its own takes
    that of the verb it continues.
    """
    found: dict[str, list[Token]] = {}
    for slot, token in _slots(trigger):
        for one in coordinated(token):
            if one not in found.setdefault(slot, []):
                found[slot].append(one)
    return {slot: tuple(tokens) for slot, tokens in found.items()}


def _slots(trigger: Token) -> Iterator[tuple[str, Token]]:
    verbal = trigger.pos_ in ("VERB", "AUX")
    passive = verbal and is_passive(trigger)
    own_subject = False
    subjects = [t for t in trigger.children if t.dep_ in _SUBJECTS and t.i < trigger.i]
    for child in trigger.children:
        if child in subjects[:-1]:
            continue
        if child.dep_ in _SUBJECTS:
            own_subject = True
            yield ("obj" if passive and not any(c.dep_ == "nsubjpass" for c in trigger.children) else "subj"), antecedent(child)
        elif child.dep_ in _OBJECTS:
            yield "obj", antecedent(child)
            own_subject = own_subject or child.dep_.startswith("nsubj")
            for prep in child.children:
                if prep.dep_ == "prep" and prep.lower_ in ("from", "out") and prep.i > trigger.i:
                    yield from _prep_slots(prep)
        elif child.dep_ in ("prep", "agent", "dative"):
            yield from _prep_slots(child)
        elif child.dep_ == "prt":
            for grandchild in child.children:
                if grandchild.dep_ == "prep":
                    yield from _prep_slots(grandchild)
        elif not verbal and child.dep_ in ("compound", "amod", "poss", "nmod"):
            yield "mod", child
    if verbal and not own_subject:
        yield from _inherited(trigger, passive=passive)
    if not verbal:
        yield from _light_verb(trigger)


def _light_verb(noun: Token) -> Iterator[tuple[str, Token]]:
    """The parties of a nominal trigger that its verb names: "launched an assault", "came under attack", "an attack was carried out by"."""
    verb = noun.head
    if noun.dep_ in ("dobj", "obj") and verb.lemma_ in _LIGHT:
        for token in slots_of_subject(verb):
            yield "subj", token
        for prep in verb.children:
            if prep.dep_ == "prep" and prep.lower_ in ("on", "against", "at", "with"):
                yield from _prep_slots(prep)
    elif noun.dep_ == "nsubjpass" and verb.lemma_ in _LIGHT:
        for prep in verb.children:
            if prep.dep_ == "agent":
                yield from _prep_slots(prep)
    elif noun.dep_ == "pobj" and verb.lower_ in ("under", "in") and verb.head.lemma_ in ("come", "be", "fall"):
        for token in slots_of_subject(verb.head):
            yield "obj", token
        for prep in verb.head.children:
            if prep.dep_ in ("prep", "agent") and prep.lower_ in ("by", "from"):
                yield from (("by", t) for _, t in _prep_slots(prep))


def _prep_slots(prep: Token) -> Iterator[tuple[str, Token]]:
    name = "from" if prep.lower_ == "out" else "by" if prep.dep_ == "agent" else prep.lower_
    for child in prep.children:
        if child.dep_ == "pobj":
            yield name, child
            if prep.lower_ in ("between", "among"):
                for one in child.conjuncts:
                    yield name, one
        elif child.dep_ == "prep":
            for slot, token in _prep_slots(child):
                yield (name if slot == "of" else slot), token


def _inherited(verb: Token, *, passive: bool) -> Iterator[tuple[str, Token]]:
    slot = "obj" if passive else "subj"
    head = verb.head
    if verb.dep_ in ("relcl", "acl") and head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        yield ("obj" if verb.tag_ == "VBN" else "subj" if verb.tag_ == "VBG" or verb.dep_ == "relcl" else "subj"), head
    elif verb.dep_ in ("conj", "xcomp", "advcl", "ccomp", "dep") and head.pos_ in ("VERB", "AUX"):
        upper = slots_of_subject(head)
        objects = [t for t in head.children if t.dep_ in ("dobj", "obj")]
        if verb.dep_ == "xcomp" and objects and head.lemma_ in ("help", "allow", "force", "enable", "cause", "let", "see", "order", "prevent"):
            upper = objects[:1]
        for token in upper:
            yield slot, token
    elif verb.dep_ == "pcomp" and head.head.pos_ in ("VERB", "AUX"):
        for token in slots_of_subject(head.head):
            yield slot, token


def slots_of_subject(verb: Token, depth: int = 0) -> list[Token]:
    """The subject of a verb (of a passive: its grammatical subject), looked for up the chain of verbs it continues."""
    own = [antecedent(t) for t in verb.children if t.dep_ in ("nsubj", "nsubjpass")]
    if own or depth > 4:
        return own
    if verb.dep_ in ("relcl", "acl") and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
        return [verb.head]
    if verb.dep_ in ("conj", "xcomp", "advcl", "ccomp") and verb.head.pos_ in ("VERB", "AUX"):
        return slots_of_subject(verb.head, depth + 1)
    return []


def antecedent(token: Token) -> Token:
    """For "who", "which", "that" the noun of the relative clause; for "all of whom" too; else the token itself."""
    clause = token.head
    if token.tag_ in ("WDT", "WP") and clause.dep_ == "relcl":
        return clause.head
    if token.lower_ in ("all", "some", "most", "many", "none") and clause.dep_ == "relcl" and any(t.tag_ in ("WDT", "WP") for t in token.subtree):
        return clause.head
    return token


def is_passive(verb: Token) -> bool:
    if any(t.dep_ in ("nsubjpass", "auxpass", "agent") for t in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "relcl", "amod") and not any(t.dep_ in ("dobj", "aux") for t in verb.children)


def head_noun(token: Token) -> Token:
    """The noun that counts: for "three of the guards" and "a group of gunmen" the noun after "of"."""
    if token.like_num or token.lemma_.lower() in (
        "dozen",
        "hundred",
        "thousand",
        "score",
        "number",
        "group",
        "some",
        "several",
        "many",
        "one",
        "all",
        "most",
        "ten",
        "total",
        "couple",
        "rest",
        "remainder",
    ):
        for prep in token.children:
            if prep.dep_ == "prep" and prep.lower_ == "of":
                for noun in prep.children:
                    if noun.dep_ == "pobj" and noun.pos_ in ("NOUN", "PROPN"):
                        return noun
    return token


def slot_heads(slots: Mapping[str, tuple[Token, ...]], *names: str) -> tuple[Token, ...]:
    return tuple(t for name in names for t in slots.get(name, ()))
