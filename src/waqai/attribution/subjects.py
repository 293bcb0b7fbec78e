"""Who does what a verb says: its subject by the parser, or the noun beside it where the parser found none.

All indices are token indices.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from waqai.attribution.cues import ADDRESSED, BODY_NOUNS, PERSON_NOUNS, PREPOSITIONS
from waqai.attribution.layout import Layout

_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))
_APPOSITION_STARTS = frozenset(("det", "poss", "compound", "amod", "appos", "nsubj", "attr", "dobj", "npadvmod"))
INVERTED = frozenset(
    (
        "say",
        "add",
        "tell",
        "warn",
        "note",
        "explain",
        "report",
        "state",
        "write",
        "announce",
        "continue",
        "declare",
        "insist",
        "argue",
        "assure",
        "recall",
        "claim",
        "admit",
        "remark",
        "confirm",
        "reveal",
        "go",
    )
)
DAY_WORDS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)


def subject_of(verb: Token, *, depth: int = 0) -> Token | None:
    """Who does it: the verb's own subject, else that of the verb it is coordinated with, depends on as a participle, or completes ("went on to say")."""
    subjects = [c for c in verb.children if c.dep_ in _SUBJECTS and c.dep_ != "expl"]
    own = min((c for c in subjects if len(subjects) == 1 or not _ends_clause(c)), key=lambda c: abs(c.i - verb.i), default=None)
    if own is not None:
        return own
    if depth > 3 or verb.head.i == verb.i:
        return None
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return subject_of(verb.head, depth=depth + 1)
    if verb.dep_ in ("advcl", "xcomp", "pcomp", "dep") and verb.head.pos_ in ("VERB", "AUX") and verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return subject_of(verb.head, depth=depth + 1)
    if verb.dep_ in ("acl",) and verb.tag_ == "VBG":
        return verb.head
    if verb.dep_ == "pcomp" and verb.head.dep_ == "prep" and verb.head.head.pos_ in ("VERB", "AUX"):
        return subject_of(verb.head.head, depth=depth + 1)
    return None


def _ends_clause(pronoun: Token) -> bool:
    """ "People who saw it put the toll at nine": a pronoun right behind another verb is that verb's object."""
    return pronoun.pos_ == "PRON" and pronoun.i > 0 and pronoun.nbor(-1).pos_ == "VERB"


def is_passive(verb: Token) -> bool:
    return verb.tag_ == "VBN" and any(c.dep_ in ("auxpass", "nsubjpass") or (c.dep_ == "aux" and c.lemma_ == "be") for c in verb.children)


def agent_of(verb: Token) -> Token | None:
    """Whom "by" names after a passive or a bare participle."""
    for child in verb.children:
        if child.dep_ in ("agent", "prep") and child.lower_ == "by":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def informant_of(verb: Token) -> Token | None:
    """Who told those that learned: "the agency learned from a security official", "from local sources it is learned"."""
    if verb.lemma_.lower() not in ("learn", "hear", "understand"):
        return None
    told = (c for prep in verb.children if prep.lower_ == "from" for c in prep.children if c.dep_ == "pobj")
    return next((noun for noun in told if can_speak(noun)), None)


def noun_end(noun: Token) -> int:
    """One past the last word of a noun phrase with its appositions and relative clauses, inside its sentence."""
    return int(noun.right_edge.i) + 1


def speaker_of(verb: Token, *, start: int, layout: Layout) -> Token | None:
    """The subject where the parser's choice can stand (same sentence, after the dateline), else the noun beside the cue."""
    subject = _inverted_speaker(verb, layout=layout) or subject_of(verb)
    if subject is not None and subject.i == verb.i + 1 and (subject.like_num or subject.lower_ == "zero"):
        subject = None  # "the commander says zero"
    astray = subject is not None and (subject.head.i != verb.i or _is_matter(subject, verb))
    if astray and (beside := _closing_speaker(verb, layout=layout)) is not None:
        return beside
    if (
        subject is None
        or subject.i < start
        or (any(verb.doc[i].text == ";" for i in range(min(subject.i, verb.i), max(subject.i, verb.i))) and verb.dep_ != "conj")
    ):
        return neighbour_of(verb, layout=layout) or (subject if subject is not None and subject.i >= start else None)
    return _after_and(subject, verb)


def _inverted_speaker(verb: Token, *, layout: Layout) -> Token | None:
    """ "Two of them died, reported the Wire, a local agency.": who stands last speaks, though the parser makes it the object."""
    doc, end = verb.doc, layout.ends[verb.i]
    if verb.lemma_.lower() not in INVERTED - ADDRESSED or verb.i <= layout.starts[verb.i] or doc[verb.i - 1].text != "," or verb.tag_ not in ("VBD", "VBZ"):
        return None
    named = next((c for c in verb.children if c.dep_ == "dobj" and c.left_edge.i == verb.i + 1), None)
    if named is None or not (named.pos_ == "PROPN" or can_speak(named)):
        return None
    closed = named.right_edge.i + 1 >= end or doc[named.right_edge.i + 1].is_punct or doc[named.right_edge.i + 1].is_space
    return named if closed and verb.dep_ in ("conj", "ROOT", "parataxis") else None


def _is_matter(subject: Token, verb: Token) -> bool:
    """ "Neither an escape nor a riot, the army said", "Four guards, an official told": a thing, or a number of people, is rather what is told."""
    parted = any(t.text == "," for t in verb.doc[subject.i : verb.i])
    return parted and subject.pos_ == "NOUN" and (not can_speak(subject) or any(c.like_num for c in subject.lefts))


def _closing_speaker(verb: Token, *, layout: Layout) -> Token | None:
    """ "..., the Network said": whoever stands between a comma and a cue without a subject of its own speaks, not the subject of the verb before."""
    noun = _noun_before(verb, start=layout.starts[verb.i])
    if noun is None or verb.tag_ not in ("VBD", "VBZ", "VBP") or noun.left_edge.i > verb.i:
        return None
    opening = next((i for i in range(noun.i - 1, layout.starts[verb.i], -1) if verb.doc[i].text in (",", '"', ";")), None)
    if opening is None or verb.doc[opening + 1].dep_ == "cc" or not (noun.pos_ == "PROPN" or can_speak(noun)):
        return None
    return noun if opening < noun.i < verb.i else None


def _after_and(subject: Token, verb: Token) -> Token:
    """ "..., and residents said": what follows ", and" speaks alone when no comma parts it from the verb; the parser coordinates it with the noun before."""
    joined = [c for c in subject.children if c.dep_ == "conj"]
    if len(joined) != 1 or joined[0].pos_ not in ("NOUN", "PROPN") or joined[0].i > verb.i or verb.doc[verb.i - 1].text == ",":
        return subject
    edge = int(joined[0].left_edge.i)
    alone = edge - 2 > subject.i and verb.doc[edge - 1].lower_ == "and" and verb.doc[edge - 2].text == ","
    return joined[0] if alone else subject


def neighbour_of(verb: Token, *, layout: Layout) -> Token | None:
    """The noun beside a cue for which the parser found no subject: `..., X said.` or `..., said X.`"""
    return _noun_before(verb, start=layout.starts[verb.i]) or _noun_after(verb, start=layout.starts[verb.i], end=layout.ends[verb.i])


def _noun_before(verb: Token, *, start: int) -> Token | None:
    doc, i = verb.doc, verb.i - 1
    while i >= start and (doc[i].pos_ in ("AUX", "ADV") or doc[i].lower_ in ("also", "has", "had", "have")):
        i -= 1
    if i - 2 > start and doc[i].text == ",":
        opening = next((j for j in range(i - 2, max(start, i - 30), -1) if doc[j].text == ","), None)
        if opening is None or not (doc[opening + 1].dep_ in _APPOSITION_STARTS or doc[opening + 1].lower_ in ("who", "which", "whose")):
            return None
        i = opening - 1
    if i > start and doc[i].text == ")":
        i = next((j - 1 for j in range(i, max(start, i - 8), -1) if doc[j].text == "("), i)
    if i < start or doc[i].pos_ not in ("NOUN", "PROPN", "PRON") or doc[i].lower_ in DAY_WORDS or doc[i].head.i == verb.i:
        return None
    comma = next((j for j in range(i - 1, start, -1) if doc[j].text in (",", '"', ";")), start - 1)
    return climb(doc[i], low=comma + 1)


def _noun_after(verb: Token, *, start: int, end: int) -> Token | None:
    doc, i = verb.doc, verb.i + 1
    if (
        verb.lemma_.lower() not in INVERTED
        or i >= end
        or verb.i <= start
        or not (doc[verb.i - 1].text in (",", '"', "?", "!") or doc[verb.i - 1].lower_ == "also")
    ):
        return None
    if i + 2 < end and doc[i].dep_ == "prep" and doc[i].right_edge.i < i + 4:
        i = int(doc[i].right_edge.i) + 1
    token = doc[i]
    while token.i < end - 1 and token.pos_ in ("DET", "ADJ", "PROPN", "NOUN", "NUM") and doc[token.i + 1].pos_ in ("PROPN", "NOUN", "ADJ"):
        token = doc[token.i + 1]
    return token if token.pos_ in ("NOUN", "PROPN", "PRON") and token.lower_ not in DAY_WORDS else None


def climb(token: Token, *, low: int = 0) -> Token:
    """From the last word of a noun phrase to its head, not before `low`: "Rights" in "the Observatory for Human Rights" to "Observatory"."""
    while low <= token.head.i < token.i and token.dep_ in ("pobj", "prep", "appos", "nmod") and token.head.pos_ in ("NOUN", "PROPN", "ADP"):
        token = token.head
    while token.head.i > token.i and token.dep_ in ("compound", "amod", "nmod"):
        token = token.head
    return token


def past_days(doc: Doc, index: int, end: int) -> int:
    """Past the rest of a date that goes on after the comma at `index` ("Friday[,] June 18, 2023"); `index` itself where none does."""
    while index + 1 < end and doc[index].text == "," and is_day_word(doc[index - 1]) and (is_day_word(doc[index + 1], name=True) or _is_year(doc[index + 1])):
        index += 2
        while index < end and (doc[index].is_digit or is_day_word(doc[index], name=True)):
            index += 1
    return index


def is_day_word(token: Token, *, name: bool = False) -> bool:
    """Whether the word is part of a date: the name of a day or month, or, unless a `name` is asked for, a number."""
    return (token.lower_ in DAY_WORDS and token.text[0].isupper() and token.tag_ != "MD") or (not name and token.is_digit)


def _is_year(token: Token) -> bool:
    return token.is_digit and len(token) == 4 and token.text[:2] in ("19", "20")


def can_describe(appositive: Token) -> bool:
    """Whether an apposition may tell of the noun that the parser hangs it on: "seven men" tell of no monitor."""
    many = ("NNS", "NNPS")
    return not (appositive.tag_ in many and appositive.head.tag_ not in many and appositive.head.pos_ in ("NOUN", "PROPN"))


def can_speak(noun: Token) -> bool:
    """Whether this is a person, a body or a pronoun for one: "he went on" is speech, "the shooting went on" is not."""
    return noun.lower_ in ("he", "she", "it", "they") or noun.ent_type_ in ("PERSON", "ORG") or noun.lemma_.lower() in BODY_NOUNS | PERSON_NOUNS


def is_told_of(prep: Token, verb: Token) -> bool:
    """ "informed the Belo agency | of the flight": what a name is told of, which the parser hangs on the name."""
    addressee, wanted = prep.head, PREPOSITIONS.get(verb.lemma_.lower(), frozenset())
    told = verb.lemma_.lower() in ADDRESSED and addressee.head.i == verb.i and addressee.i > verb.i and prep.lower_ in wanted
    named = addressee.pos_ == "PROPN" or any(c.pos_ == "PROPN" for c in addressee.lefts)
    return told and named and any(c.dep_ == "pobj" and c.pos_ == "NOUN" and c.left_edge.dep_ == "det" for c in prep.children)


def dependent_of(token: Token, verb: Token) -> Token:
    """The dependent of the verb that this token starts."""
    while token.head.i != verb.i and token.head.i != token.i and token.head.left_edge.i >= token.i:
        token = token.head
    return token
