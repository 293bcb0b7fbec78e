"""What a number counts by its own words alone, whatever happening is told beside it: "25 were caught again", "four are still at large", "six of them"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from waqai.codebook.lexicon import Lexicon
from waqai.coding.plain_states import is_more_dead, measure_of_state
from waqai.parsing.word_sets import word_set
from waqai.reading.bounds import Quantity
from waqai.reading.governors import iter_governors
from waqai.reading.measures import measure_of_words
from waqai.reading.phrases import text_of
from waqai.reading.slots import head_noun
from waqai.reading.triggers import Trigger, find_expression

_MOVES = ("escape", "recapture", "surrender")  # types whose verbs, with their particles, tell what became of those counted
_STANDING_FOR_PEOPLE = word_set("other rest remainder more total number minor teenager youngster juvenile")
_TOO_WIDE = frozenset(("leave", "crawl", "disappear", "vanish"))  # of escape's verbs, those that need to know who
_LOOSE = frozenset(("acl", "relcl", "amod"))  # clauses that say which people are meant
_PERHAPS = frozenset(("may", "might"))
_QUANTIFYING = word_set("all most half many some none part third quarter")
_GONE = word_set("escapee fugitive runaway")
_PUTTING = word_set("put estimate place")
_PEOPLE = ("held", "outlaw", "civilian", "armed")
STRIKING = word_set("attack assault besiege bombard charge hit invade overrun raid ram rush storm strike")
_OUT_OF_HOSPITAL = re.compile(r"\b(?:released|discharged) from (?:the )?hospitals?\b", re.IGNORECASE)
_NEAR = 50  # characters
_FOILING = word_set("foil frustrate thwart prevent avert block")
_MANAGING = word_set("manage able succeed")
_TAKEN = {"subj": "perpetrators", "obj": "escaped"}
_INSIDE = word_set("in inside within")
_THOSE_WHO_FLED = re.compile(r"[ ,]*\bof (?:those|the \w+) who (?:had |have )?(?:escaped|fled|broke|broken|got|slipped|ran)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Plain:
    """A measure, and the rule that told it."""

    measure: str
    rule: str


def find_plain_measure(quantity: Quantity, *, lexicon: Lexicon, triggers: Mapping[int, Trigger]) -> Plain | None:
    """The measure that a number's verb or the words beside it name, None where they leave it open or where no people are counted.

    What is told of them goes before what says who they are: "300 who fled have been caught" are caught, "30 who were caught" too.
    """
    if is_more_dead(quantity):
        return Plain("killed", "more bodies")
    if not counts_people(quantity, lexicon) or _OUT_OF_HOSPITAL.search(text_of(quantity.head.doc)[quantity.phrase.end :][:_NEAR]):
        return None
    if is_stock(quantity, lexicon):
        return Plain("held", "those of whom a part is told")
    governors = list(iter_governors(quantity.head))
    told = [(slot, verb) for slot, verb in governors if has_happened(verb)]
    asides = [(slot, verb) for slot, verb in told if quantity.noun is None and verb.head == quantity.head]
    for slot, verb in (*((s, v) for s, v in told if not _in_aside(v)), *asides):
        measure = measure_in_slot(slot, verb, quantity, lexicon=lexicon, triggers=triggers)
        if measure is not None:
            return Plain(measure, f"{slot} of {verb.lemma_.lower()}")
    measure = measure_of_words(quantity, lexicon) if not is_share(quantity) else None
    if measure is None or (len(told) < len(governors) and measure != "at_large"):
        return None  # "twelve men did not flee"; but "hundreds have not been found" are at large
    return Plain(measure, f"words beside the number: {measure}")


def measure_in_slot(slot: str, verb: Token, quantity: Quantity, *, lexicon: Lexicon, triggers: Mapping[int, Trigger]) -> str | None:
    """What a verb tells of those who fill its slot: by the verb itself, its type, its particle or its complement."""
    if slot == "obj" and verb.lemma_.lower() == "lose" and _is_lost_by_prison(verb, quantity, lexicon):
        return "escaped"
    if slot in _TAKEN and _takes_prisoners(verb, lexicon):
        return _TAKEN[slot]
    if (state := measure_of_state(slot, verb, quantity, lexicon=lexicon)) is not None:
        return state
    if slot == "with" and is_passive(verb) and _had_fled(quantity, verb):
        slot = "obj"  # "a smuggler was arrested with three of the fugitives"
    measure = _of_verb(slot, verb, lexicon, triggers) or _of_expression(slot, verb, quantity, lexicon)
    return "recaptured" if measure == "detained" and _had_fled(quantity, verb) else measure


def is_passive(verb: Token) -> bool:
    return any(t.dep_ in ("nsubjpass", "auxpass") for t in verb.children)


def _takes_prisoners(verb: Token, lexicon: Lexicon) -> bool:
    """ "200 militants took 384 prisoners away from the jail"."""
    classes = lexicon.classes
    by = any(t.dep_ == "nsubj" and t.lemma_.lower() in classes["outlaw"] | lexicon.words.people for t in verb.children)
    prisoners = any(t.dep_ == "dobj" and t.lemma_.lower() in classes["held"] for t in verb.children)
    return verb.lemma_ == "take" and by and prisoners and _is_from_prison(verb, classes["facility"])


def _is_from_prison(verb: Token, facility: frozenset[str]) -> bool:
    return any(t.lower_ == "from" and any(w.lemma_.lower() in facility for w in t.subtree) for t in verb.subtree)


def _had_fled(quantity: Quantity, verb: Token) -> bool:
    """ "arrested six fugitives", "four of those who fled", "50 fled, of whom six were arrested"."""
    fled = head_noun(quantity.head).lemma_.lower() in _GONE or (quantity.noun is None and any(t.lower_ == "whom" for t in verb.subtree))
    return fled or _THOSE_WHO_FLED.match(text_of(quantity.head.doc), quantity.phrase.end) is not None


def _is_lost_by_prison(verb: Token, quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "lost 95 prisoners from its jail", "the two jails lost 500": gone, not dead."""
    facility = lexicon.classes["facility"]
    by_prison = any(t.dep_ == "nsubj" and t.lemma_.lower() in facility for t in verb.children)
    prisoners = head_noun(quantity.head).lemma_.lower() in lexicon.classes["held"]
    return by_prison or (prisoners and _is_from_prison(verb, facility))


def _in_aside(verb: Token) -> bool:
    """Whether a verb stands in a clause that only says which people are meant: "14 prisoners held on charges"; not "there were 14 rebels holed up"."""
    there = verb.dep_ == "acl" and verb.head.dep_ == "attr" and any(t.dep_ == "expl" for t in verb.head.head.children)
    return not there and any(t.dep_ in _LOOSE for t in (verb, *verb.ancestors))


def has_happened(verb: Token) -> bool:
    """Whether a verb tells it as done, perhaps: not "could flee", "to free", "did not flee", but "may have fled". A noun only tells not if it was foiled."""
    if verb.pos_ == "NOUN":
        return not (verb.dep_ == "dobj" and verb.head.lemma_.lower() in _FOILING)
    helpers = [t for t in verb.children if t.dep_ in ("aux", "auxpass")]
    perhaps = any(t.lower_ in _PERHAPS for t in helpers) and any(t.lower_ == "have" for t in helpers)
    managed = verb.dep_ == "xcomp" and verb.head.lemma_ in _MANAGING and has_happened(verb.head)  # "were able to catch six"
    return not any(t.dep_ == "neg" for t in verb.children) and (perhaps or managed or not any(t.tag_ in ("MD", "TO") for t in helpers))


def counts_people(quantity: Quantity, lexicon: Lexicon) -> bool:
    """Whether the noun, if there is one, is one for people: not "two hospitals", "five warrants"."""
    noun = head_noun(quantity.head)
    word = noun.lemma_.lower()
    if quantity.noun is None or noun.like_num or word in _STANDING_FOR_PEOPLE | lexicon.words.people | lexicon.words.members:
        return True
    of_people = any(word in lexicon.classes[name] for name in _PEOPLE) or word in lexicon.measures.of_noun or noun.ent_type_ == "NORP"
    return of_people and noun.tag_ != "NN" and word not in lexicon.words.collective


def is_share(quantity: Quantity) -> bool:
    """ "four of the fugitives", of whom something else is told; "hundreds of fugitives" are all that are told of."""
    noun = head_noun(quantity.head)
    return quantity.noun is not None and noun is not quantity.head and any(t.dep_ in ("det", "poss") for t in noun.lefts)


def is_stock(quantity: Quantity, lexicon: Lexicon) -> bool:
    """Whether it is the number of those who were held: "870 of the 1,000 prisoners were missing", "of the jail's 1,150 inmates nearly all left", "the jail's
    population, which he put at some 1,500"."""
    noun = quantity.head
    if (prep := noun.head).lower_ == "at" and noun.dep_ == "pobj" and prep.head.lemma_ in _PUTTING:
        return _is_put_for_population(prep.head, lexicon)
    if (
        noun.lemma_.lower() not in lexicon.classes["held"] - _GONE
        or noun.dep_ != "pobj"
        or noun.head.lower_ != "of"
        or any(t.dep_ in _LOOSE for t in noun.children)
    ):
        return False
    owned = any(t.dep_ == "poss" and t.lemma_.lower() in lexicon.classes["facility"] for t in noun.children)
    definite = owned or any(t.dep_ == "det" and t.lower_ == "the" for t in noun.children)
    above, of = noun.head.head, noun.head
    return (owned and of.is_sent_start is True) or (definite and of.i == above.i + 1 and (above.like_num or above.lower_ in _QUANTIFYING))


def _is_put_for_population(verb: Token, lexicon: Lexicon) -> bool:
    """ "put the prison's population at", "the population of the prison, which he put at"."""
    things = [verb.head] if verb.dep_ == "relcl" else [t for t in verb.children if t.dep_ == "dobj"]
    return any(t.lemma_ == "population" and any(w.lemma_.lower() in lexicon.classes["facility"] for w in t.subtree) for t in things)


def in_custody(quantity: Quantity, lexicon: Lexicon) -> bool:
    """Whether those counted can be people who were held: prisoners, fighters, people, or nobody named."""
    noun = head_noun(quantity.head)
    word = noun.lemma_.lower()
    return quantity.noun is None or noun.like_num or word in lexicon.classes["held"] | lexicon.classes["outlaw"] | lexicon.words.people | lexicon.words.members


def _of_verb(slot: str, verb: Token, lexicon: Lexicon, triggers: Mapping[int, Trigger]) -> str | None:
    """By the verb's own measure, else by the type of which it is a trigger."""
    own, measure = lexicon.measures.of_verb.get(verb.lemma_.lower(), ("", ""))
    if own == slot:
        return measure
    trigger = triggers.get(verb.i)
    return lexicon.measures.of_slot.get(trigger.type, {}).get(slot) if trigger is not None and not trigger.effect else None


def _of_expression(slot: str, verb: Token, quantity: Quantity, lexicon: Lexicon) -> str | None:
    """By a verb and its particle alone, though nobody is named that they are known to hold of: "1,200 got out", "six were taken back"."""
    lemma = verb.lemma_.lower()
    held = in_custody(quantity, lexicon)
    for own, rest, measure in lexicon.measures.of_expression.get(lemma, ()):
        if own == slot and (held or measure == "killed") and find_expression(verb, rest, before=False) is not None:
            return measure
    if slot == "subj" and _attacks_prison(verb, quantity, lexicon):
        return "perpetrators"
    if not held:
        return None
    if slot == "subj" and (state := _of_state(verb, quantity, lexicon)) is not None:
        return state
    if slot == "obj" and _tells_stock(verb, lexicon):
        return "held" if head_noun(quantity.head).lemma_.lower() in lexicon.classes["held"] else None
    for rule in lexicon.verbs.get(lemma, ()):
        wide = not rule.rest and lemma in _TOO_WIDE
        found = lexicon.measures.of_slot.get(rule.type, {}).get(slot) if rule.type in _MOVES and not wide else None
        if found is not None and find_expression(verb, rule.rest, before=False) is not None:
            return found
    return None


def _of_state(verb: Token, quantity: Quantity, lexicon: Lexicon) -> str | None:
    """ "64 prisoners are free", "5,000 detainees were in the prison"."""
    if verb.lemma_ != "be":
        return None
    if any(t.dep_ == "acomp" and t.lower_ == "free" for t in verb.children):
        return "escaped"
    inside = any(t.dep_ == "prep" and t.lower_ in _INSIDE and any(w.lemma_.lower() in lexicon.classes["facility"] for w in t.children) for t in verb.children)
    return "held" if inside and head_noun(quantity.head).lemma_.lower() in lexicon.classes["held"] - _GONE else None


def _attacks_prison(verb: Token, quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "dozens of insurgents had struck the jail"."""
    attackers = head_noun(quantity.head).lemma_.lower() in lexicon.classes["outlaw"]
    target = (t for t in verb.children if t.dep_ == "dobj" and t.lemma_.lower() in lexicon.classes["facility"])
    return attackers and verb.lemma_.lower() in STRIKING and next(target, None) is not None


def _tells_stock(verb: Token, lexicon: Lexicon) -> bool:
    """ "there were 2,000 prisoners", "the jail had 1,793"."""
    if verb.lemma_ == "be":
        return any(t.dep_ == "expl" for t in verb.children)
    return verb.lemma_ == "have" and any(t.dep_ == "nsubj" and t.lemma_.lower() in lexicon.classes["facility"] for t in verb.children)
