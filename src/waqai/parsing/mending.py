"""Where the parser goes astray in the sentences of news agencies, its tree is set right before anything is read from it.

"14 prisoners, most of them members of a group, got away": the parser takes the group, or nothing, for the subject. The verb's subject is the noun before the
first comma. Nothing is changed where the tree is sound.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

from waqai.parsing.word_sets import DAY_NAMES, word_set

SHARES = frozenset(("all", "some", "most", "many", "none", "several", "half", "both", "among"))
_OF_THEM = frozenset(("of them", "of whom", "of these"))
_GROUPED = frozenset(("belonging", "affiliated", "linked", "suspected", "members", "them"))
_LONGEST_ASIDE = 24  # tokens between the two commas
_BETWEEN = frozenset(("AUX", "ADV", "PART"))
_CONJUNCTIONS = frozenset(("since", "after", "before", "until", "as"))
_NEVER_PASSIVE = word_set(
    "escaped fled sneaked snuck tunnelled tunneled bolted slipped absconded crawled ran vanished disappeared clashed marched protested rioted died climbed"
)
_PASTS = {"ran": "run", "fled": "flee", "went": "go", "came": "come", "got": "get", "died": "die"}  # never nouns
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_SIDES = frozenset(("nsubj", "nsubjpass"))
_SIDEWAYS = frozenset(("nsubj", "nsubjpass", "conj", "dobj", "dep"))


@Language.component("waqai_mending")
def mend(doc: Doc) -> Doc:
    """Make counted nouns nouns; give each verb behind an aside between commas ("all of them members of a group") the subject before the aside."""
    for token in doc:
        if _is_counted(token):
            _make_noun(token)
        if _is_counted_verb(token):
            _make_verb(token)
    for token in doc:
        if _hangs_on_date(token):
            _raise_from_date(token)
        elif token.dep_ in ("nsubj", "nsubjpass") and token.is_title and token.lower_ in DAY_NAMES and _is_day(token):
            token.dep_ = "npadvmod"
        elif _dates_speaker(token):
            token.head = token.head.head
    for token in doc:
        if _is_simple_past(token):
            token.tag_ = "VBD"
        if _is_swallowed_subject(token):
            _free_subject(token)
        if (verb := _verb_of_number(token)) is not None:
            token.head, token.dep_ = verb, "nsubj"
        if _is_bounded_subject(token):
            token.head, token.dep_ = token.doc[token.i + 1], "nsubj"
        if token.dep_ == "conj" and token.pos_ == "VERB" and _is_loose_infinitive(token):
            token.dep_ = "xcomp"
        if _is_garden_path(token):
            _make_finite(token)
    for share in doc:
        if opens_aside(share) and (verb := _verb_behind(share)) is not None and (noun := _noun_before(share)) is not None:
            _join(noun, share, verb)
    for token in doc:
        if (verb := _verb_of_speaker(token)) is not None:
            token.head, token.dep_ = verb, "nsubj"
    return doc


def _is_counted(token: Token) -> bool:
    """ "eleven inmates" where the tagger takes the inmates for a verb."""
    if token.tag_ != "VBZ" or token.i == token.sent.start or not token.lower_.endswith("s") or token.lower_ == "says":
        return False
    number = token.nbor(-1)
    return number.like_num and not (number.i and number.nbor(-1).lower_ in DAY_NAMES)


def _make_noun(token: Token) -> None:
    token.tag_, token.pos_ = "NNS", "NOUN"
    token.set_morph("Number=Plur")  # type: ignore[attr-defined]  # missing from spaCy's stubs
    number = token.nbor(-1)
    if number.head == token:
        number.tag_, number.pos_, number.dep_ = "CD", "NUM", "nummod"


def _is_counted_verb(token: Token) -> bool:
    """ "Some 40 ran and were caught": a past tense that the parser took for what is counted."""
    return (
        token.lower_ in _PASTS and token.pos_ in ("NOUN", "PROPN", "ADJ") and token.i > 0 and token.nbor(-1).dep_ == "nummod" and token.nbor(-1).head == token
    )


def _make_verb(past: Token) -> None:
    past.pos_, past.tag_, past.lemma_ = "VERB", "VBD", _PASTS[past.lower_]
    past.nbor(-1).dep_ = "nsubj"


def _verb_of_number(number: Token) -> Token | None:
    """ "Of 54 men held in the jail | 41 were missing": the verb without a subject right behind a bare number that the parser hung on a verb before it."""
    if number.pos_ != "NUM" or number.i + 1 >= len(number.doc) or number.dep_ in _SIDES or number.head.i > number.i:
        return None
    behind = number.nbor()
    verb = behind.head if behind.dep_ in ("aux", "auxpass") else behind
    fits = behind.tag_ in ("VBD", "VBP") and verb.i >= behind.i and verb not in number.subtree and verb != number.head and not number.is_ancestor(verb)
    return verb if fits and not any(t.dep_ in (*_SIDES, "expl", "csubj") for t in verb.children) else None


def _hangs_on_date(token: Token) -> bool:
    """ "reported on Sunday 21 August to have fled", "announced on 19 May by X that": what the parser hangs on the month belongs to the verb above."""
    if token.head.lower_ not in DAY_NAMES or token.head.i > token.i:
        return False
    clause = token.pos_ == "VERB" and (_has_subject(token) or any(t.dep_ == "aux" and t.lower_ == "to" for t in token.children))
    return clause or token.dep_ == "agent" or (token.dep_ == "prep" and token.lower_ == "by")


def _raise_from_date(token: Token) -> None:
    above = next((t for t in token.ancestors if t.pos_ == "VERB"), None)
    if above is not None:
        token.head = above
        if token.pos_ == "VERB":
            token.dep_ = "ccomp" if _has_subject(token) else "xcomp"
        else:
            token.dep_ = "agent"


def _is_day(month: Token) -> bool:
    """ "May 2", "2 May": a number beside the name; a month does nothing."""
    return any(month.doc[i].is_digit for i in (month.i - 1, month.i + 1) if 0 <= i < len(month.doc))


def _dates_speaker(prep: Token) -> bool:
    """ "said the Network on 18 July": the day is that of the verb, not of its subject."""
    noun = prep.head
    dated = prep.lower_ == "on" and any(t.dep_ == "pobj" and t.lower_ in DAY_NAMES for t in prep.children)
    return dated and noun.dep_ == "nsubj" and noun.pos_ == "PROPN" and noun.head.i < noun.i < prep.i


def _is_swallowed_subject(noun: Token) -> bool:
    """ "since an alliance of forces was able to": the noun that "since" takes, although the verb right behind it has no other subject."""
    verb = noun.head.head
    if noun.dep_ != "pobj" or noun.head.lower_ not in _CONJUNCTIONS or verb.tag_ not in _FINITE or not noun.i < verb.i:
        return False
    return noun.head.i < noun.i and not _has_subject(verb) and noun.right_edge.i + 1 == _first_of_verb(verb)


def _is_simple_past(verb: Token) -> bool:
    """A participle with a subject of its own and no auxiliary: "as X reported, dozens absconded"."""
    own = any(t.dep_ == "nsubj" and t.i < verb.i and t.tag_ not in ("WDT", "WP") for t in verb.children)
    return bool(verb.tag_ == "VBN" and own and not any(t.dep_ in ("aux", "auxpass", "agent") for t in verb.children))


def _is_garden_path(verb: Token) -> bool:
    """ "25 inmates bolted from the jail, X said", "that 25 inmates bolted": a past tense taken for a participle that hangs on its own subject."""
    noun, above = verb.head, _clause_above(verb.head)
    if verb.tag_ != "VBN" or verb.dep_ != "acl" or not _stands_before(noun, verb) or noun.tag_ not in ("NNS", "NNPS"):
        return False
    if any(t.dep_ in ("agent", "aux", "auxpass") for t in verb.children):
        return False
    if verb.lower_ in _NEVER_PASSIVE and (noun.dep_ == "ROOT" or (noun.dep_ == "appos" and noun.head.lower_ in DAY_NAMES)):
        return True
    cut_off = noun.dep_ == "nsubj" and any(t.dep_ == "nsubj" and verb.i < t.i < above.i for t in above.children)
    if noun.dep_ == "ROOT":
        return any(t.lower_ == "according" and t.i < noun.i for t in noun.children)
    behind_comma = noun.dep_ == "dobj" and noun.left_edge.i > noun.sent.start and noun.left_edge.nbor(-1).text == ","
    marked = any(t.dep_ == "mark" and t.lower_ == "that" for t in noun.children)
    return above.pos_ == "VERB" and (marked or noun.dep_ == "ccomp" or _is_that(noun.head) or cut_off or behind_comma)


def _clause_above(noun: Token) -> Token:
    """What the noun hangs on; past a "that" which the parser takes for a preposition."""
    return noun.head.head if _is_that(noun.head) else noun.head


def _is_that(token: Token) -> bool:
    return token.lower_ == "that" and token.dep_ in ("dep", "prep", "dobj", "mark") and token.head.pos_ == "VERB"


def _stands_before(noun: Token, verb: Token) -> bool:
    """Right before the verb, or with its "of" phrase between: "captives of various nationalities tunnelled out"."""
    return all(noun.is_ancestor(t) and t.pos_ in ("ADP", "ADJ", "NOUN", "DET") for t in noun.doc[noun.i + 1 : verb.i])


def _make_finite(verb: Token) -> None:
    noun, above = verb.head, _clause_above(verb.head)
    verb.tag_ = "VBD"
    if noun.dep_ in ("ROOT", "appos"):
        _lift(verb, noun)
    else:
        verb.head, verb.dep_ = above, "ccomp"
    noun.head, noun.dep_ = verb, "nsubj"


def _is_bounded_subject(noun: Token) -> bool:
    """ "between 20 and 30 convicts fled": the noun is no object of "between", but what the verb right behind it tells of."""
    numbers = [t for t in noun.children if t.dep_ == "nummod" and any(c.dep_ == "conj" for c in t.children)]
    if noun.dep_ != "pobj" or noun.head.lower_ != "between" or not numbers or noun.i + 1 >= noun.sent.end:
        return False
    verb = noun.nbor()
    return verb.pos_ == "VERB" and verb.tag_ == "VBD" and not _has_subject(verb) and not noun.is_ancestor(verb)


def _verb_of_speaker(noun: Token) -> Token | None:
    """ "most of them fighters, got away," the Network said": the verb right behind a noun that opens behind a quotation, where it has no subject."""
    doc, behind = noun.doc, noun.right_edge.i + 1
    if noun.dep_ not in ("appos", "conj", "dep") or noun.left_edge.i < 1 or behind >= noun.sent.end or doc[noun.left_edge.i - 1].text != '"':
        return None
    verb = doc[behind]
    return verb if verb.tag_ in _FINITE and verb.pos_ == "VERB" and not _has_subject(verb) and not noun.is_ancestor(verb) else None


def _is_loose_infinitive(verb: Token) -> bool:
    """ "were reported on Friday, May 27 to have escaped": joined to the verb by no "and"."""
    to = any(t.dep_ == "aux" and t.lower_ == "to" for t in verb.children)
    return to and verb.head.pos_ == "VERB" and not any(t.dep_ in ("cc", "conj") and t.i < verb.i for t in verb.head.children)


def _has_subject(verb: Token) -> bool:
    return any(t.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for t in verb.children)


def _first_of_verb(verb: Token) -> int:
    """Index of the verb's first auxiliary or adverb, else its own."""
    return min([int(verb.i), *(int(t.i) for t in verb.children if t.i < verb.i and t.pos_ in _BETWEEN and t.i > verb.i - 4)])


def _free_subject(noun: Token) -> None:
    conjunction, verb = noun.head, noun.head.head
    noun.head, noun.dep_ = verb, "nsubj"
    conjunction.dep_ = "mark"


def opens_aside(token: Token) -> bool:
    """ "all of whom", "most of them", "all belonging to" behind a comma."""
    if token.lower_ not in SHARES or not token.i or token.nbor(-1).text != ",":
        return False
    behind = token.doc[token.i + 1 : token.i + 3].text.lower()
    return behind in _OF_THEM or behind.split(" ")[0] in _GROUPED


def _verb_behind(share: Token) -> Token | None:
    """The finite verb right behind the comma that closes the aside, past its auxiliaries."""
    doc = share.doc
    closing = next((t for t in doc[share.i + 1 : min(share.sent.end, share.i + _LONGEST_ASIDE)] if t.text == ","), None)
    if closing is None:
        return None
    for token in doc[closing.i + 1 : min(share.sent.end, closing.i + 6)]:
        if token.pos_ == "VERB" and (token.tag_ in ("VBD", "VBN", "VBP", "VBZ") or (token.tag_ == "VB" and token.nbor(-1).text == ",")):
            return token
        if token.pos_ not in _BETWEEN:
            return None
    return None


def _noun_before(share: Token) -> Token | None:
    """The head of the noun phrase that ends at the comma before the aside."""
    noun = share.doc[share.i - 2] if share.i >= 2 else share
    while (above := _above_in_phrase(noun)) is not None:
        noun = above
    return noun if noun.pos_ in ("NOUN", "PROPN", "NUM") and noun.sent == share.sent else None


def _above_in_phrase(noun: Token) -> Token | None:
    """The noun that this one hangs on, from the right: "prisoners" for "nationalities" of "prisoners of several nationalities"."""
    of = noun.dep_ == "pobj" and noun.head.lower_ in ("of", "from", "with")
    above = noun.head.head if of else noun.head if noun.dep_ in ("compound", "nmod", "amod", "nummod") else noun
    return above if above.i < noun.i and above.pos_ in ("NOUN", "PROPN", "NUM") else None


def _join(noun: Token, share: Token, verb: Token) -> None:
    """Make the noun the verb's subject, and what the aside hangs on outside of it the noun's apposition. Changes the tree."""
    if noun.is_ancestor(verb) and not _lift(verb, noun):
        return
    above = next((t for t in verb.ancestors if share.i <= t.i < verb.i and not share.i <= t.head.i < verb.i), None)
    if above is not None and above.head not in (above, noun):
        verb.head, verb.dep_ = above.head, "ccomp"
    noun.head, noun.dep_ = verb, "nsubjpass" if any(t.dep_ == "auxpass" for t in verb.children) else "nsubj"
    aside = verb.doc[share.i : verb.i]
    for token in aside:
        if token.dep_ in _SIDEWAYS and not share.i <= token.head.i < verb.i and not token.is_ancestor(noun):
            token.head, token.dep_ = noun, "appos"
    if verb.dep_ == "conj" and noun.left_edge.i and noun.doc[noun.left_edge.i - 1].lower_ == "that":
        verb.dep_ = "ccomp"
    if verb.tag_ in ("VBN", "VB") and not any(t.dep_ in ("aux", "auxpass") for t in verb.children):
        verb.tag_ = "VBD"


def _lift(verb: Token, noun: Token) -> bool:
    """Hang a verb that hangs below its subject on the verb above that, or make it the root; False where something else stands between."""
    above = next((t for t in noun.ancestors if t.pos_ in ("VERB", "AUX") and t != verb), None)
    if above is not None:
        verb.head, verb.dep_ = above, "ccomp"
    elif noun.dep_ == "ROOT":
        verb.head, verb.dep_ = verb, "ROOT"
        for behind in [t for t in noun.children if t.i > verb.i]:
            behind.head = verb
    else:
        return False
    return True
