"""Did it happen? The status of a trigger, or that it tells of no happening at all (denied, conditional, habitual, a mere purpose)."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from waqai.core import Span
from waqai.reading.phrases import char_span

_TRY = {"try", "attempt", "seek", "struggle", "fail"}
_PLAN = {
    "plan",
    "intend",
    "expect",
    "schedule",
    "aim",
    "prepare",
    "hope",
    "want",
    "set",
    "due",
    "ready",
    "decide",
    "agree",
    "order",
    "slate",
    "propose",
    "mean",
}
_THREATEN = {"threaten", "vow", "swear"}
_PLEDGE = {"pledge", "promise", "commit", "undertake", "offer"}
_FOIL = {"foil", "thwart", "prevent", "stop", "abort", "disrupt", "repel", "repulse", "avert"}
_REACHED = {
    "manage",
    "able",
    "succeed",
    "begin",
    "start",
    "continue",
    "force",
    "cause",
    "allow",
    "let",
    "help",
    "use",
    "go",
    "come",
    "proceed",
    "appear",
    "seem",
    "believe",
    "report",
    "say",
    "know",
    "think",
    "see",
    "rush",
    "join",
    "send",
    "deploy",
    "fear",
    "confirm",
    "find",
    "enable",
    "refuse_",
}
_HABIT = {
    "often",
    "regularly",
    "frequently",
    "usually",
    "always",
    "sometimes",
    "routinely",
    "repeatedly",
    "occasionally",
    "periodically",
    "generally",
    "typically",
    "commonly",
}
_PLEDGED_TYPES = {"allocate", "pledge", "promise", "offer", "commit", "earmark", "announce"}
_ATTEMPT_NOUNS = {"attempt", "bid", "effort", "try"}
_PLAN_NOUNS = {"plan", "plot", "intention", "preparation", "threat", "decision", "order", "call", "need", "aim", "right", "desire"}


@dataclass(frozen=True, slots=True)
class Told:
    """The status of a trigger with the words that give it; `p` lowers the account's probability where the telling is unsure."""

    value: str
    phrase: Span
    rule: str
    p: float = 0.9


def status_of(trigger: Token, *, type: str, phrase: Span, heading: bool) -> Told | None:
    """The status of the happening that this trigger tells of; None where it tells of none."""
    if trigger.pos_ in ("VERB", "AUX"):
        return _of_verb(trigger, type=type, phrase=phrase, heading=heading)
    return _of_noun(trigger, type=type, phrase=phrase)


def _of_verb(verb: Token, *, type: str, phrase: Span, heading: bool) -> Told | None:
    if _negated(verb) or _conditional(verb) or _habitual(verb, heading=heading):
        return None
    modal = _modal(verb)
    if modal in ("will", "'ll", "shall"):
        return Told("planned", phrase, "future tense")
    if modal in ("would", "could", "should", "must", "can", "may", "might", "ca", "wo"):
        perfect = any(t.lower_ == "have" and t.dep_ == "aux" for t in verb.children)
        return Told("occurred", phrase, "modal perfect", 0.5) if perfect and modal in ("may", "might", "must") else None
    above = _above(verb)
    if above is not None:
        return above
    if type == "aid" and verb.lemma_ in _PLEDGED_TYPES:
        return Told("pledged", phrase, "verb of pledging")
    if type == "detention" or _progressive(verb):
        return Told("ongoing", phrase, "stock" if type == "detention" else "progressive", 0.75)
    return Told("occurred", phrase, "told as fact")


def _above(verb: Token) -> Told | None:
    """What the verb or noun that governs this one makes of it; a Told with empty value never comes out: purposes are told by `is_purpose`."""
    head, word = verb.head, verb.head.lemma_.lower()
    if (verb.dep_ in ("xcomp", "ccomp", "advcl", "acl", "pcomp", "oprd", "relcl", "dobj", "conj") and _infinitive(verb)) or verb.dep_ in ("pcomp", "xcomp"):
        if verb.dep_ == "pcomp":
            word = head.head.lemma_.lower()
            head = head.head
        if word in _FOIL:
            return Told("foiled", char_span(head, head), "foiled by the governing verb")
        if word in _TRY or word in _ATTEMPT_NOUNS:
            return Told("attempted", char_span(head, head), "attempted by the governing word")
        if word in _THREATEN:
            return Told("threatened", char_span(head, head), "threatened by the governing verb")
        if word in _PLEDGE:
            return Told("pledged", char_span(head, head), "pledged by the governing verb")
        if word in _PLAN or word in _PLAN_NOUNS:
            return Told("planned", char_span(head, head), "planned by the governing word")
    return None


def is_purpose(verb: Token) -> bool:
    """An infinitive or gerund that names an aim or a general activity, not an act: "to break its members out of prisons", "focusing on storming prisons"."""
    if verb.pos_ not in ("VERB", "AUX"):
        return False
    head = verb.head.lemma_.lower()
    if _infinitive(verb):
        if verb.dep_ == "conj":
            return is_purpose(verb.head)
        if verb.head.tag_ == "NNS" and not any(t.dep_ in ("det", "nummod", "poss") for t in verb.head.children):
            return True
        return head not in _REACHED | _TRY | _PLAN | _THREATEN | _PLEDGE | _ATTEMPT_NOUNS | _PLAN_NOUNS
    if verb.tag_ == "VBG" and verb.dep_ == "pcomp":
        return (
            verb.head.lower_ in ("on", "of", "by", "about", "for", "in", "from", "with", "through", "at")
            and verb.head.head.lemma_ not in (_FOIL | {"accuse", "suspect", "succeed", "after", "follow", "charge"})
            and not _has_specific_object(verb)
        )
    if verb.tag_ == "VBG" and verb.dep_ == "acl" and verb.lemma_ in ("fight", "battle", "combat", "target", "attack"):
        return not any(t.ent_type_ in ("DATE", "TIME") for t in verb.subtree)
    if verb.tag_ == "VBG" and verb.dep_ == "conj":
        return is_purpose(verb.head)
    return verb.tag_ == "VBG" and verb.dep_ in ("csubj", "ROOT", "nsubj") and not any(t.dep_ in ("aux", "nsubj") for t in verb.children)


def _has_specific_object(verb: Token) -> bool:
    for child in verb.children:
        if child.dep_ in ("dobj", "obj"):
            return any(t.like_num or t.lower_ in ("a", "the", "an", "two", "several") for t in child.children) or child.pos_ == "PROPN"
    return False


def _of_noun(noun: Token, *, type: str, phrase: Span) -> Told | None:
    lefts = {t.lemma_.lower() for t in noun.lefts}
    if lefts & {"no", "any", "every", "future", "potential", "possible", "such", "further", "more"} or (
        noun.tag_ == "NNS" and lefts & {"previous", "many", "numerous", "repeated", "frequent", "regular"} - {"many"}
    ):
        return None
    governor = noun.head.head if noun.dep_ == "pobj" else noun.head
    word = governor.lemma_.lower()
    if (noun.dep_ in ("dobj", "nsubjpass", "obj") and word in _FOIL) or lefts & {"foiled", "thwarted", "foil", "thwart"}:
        return Told("foiled", phrase, "foiled by the governing verb")
    if lefts & {"attempted", "attempt", "failed", "abortive", "botched", "fail"} or word in _ATTEMPT_NOUNS:
        return Told("attempted", phrase, "attempted by its modifier")
    if noun.dep_ == "compound":
        return None
    if lefts & {"planned", "upcoming", "planning", "next", "proposed", "expected", "imminent", "plan"} or (
        noun.dep_ == "dobj" and word in ("plan", "plot", "prepare", "expect", "propose", "want", "demand", "urge")
    ):
        return Told("planned", phrase, "planned by its modifier")
    if word in ("threaten",):
        return Told("threatened", phrase, "threatened by the governing verb")
    if governor.pos_ in ("VERB", "AUX"):
        if _negated(governor) or _conditional(governor) or _modal(governor) in ("would", "could", "may", "might", "should", "can"):
            return None
        if _modal(governor) in ("will", "shall"):
            return Told("planned", phrase, "future tense")
        if noun.dep_ in ("nsubj",) and (_progressive(governor) or word in ("continue", "persist", "rage")):
            return Told("ongoing", phrase, "progressive", 0.75)
    return Told("occurred", phrase, "told as fact", 0.85)


def _negated(verb: Token) -> bool:
    if any(t.dep_ == "neg" for t in verb.children):
        return True
    return any(
        t.dep_ in ("nsubj", "nsubjpass", "dobj") and (t.lower_ in ("nobody", "none") or any(c.lower_ == "no" for c in t.children)) for t in verb.children
    )


def _conditional(verb: Token) -> bool:
    node = verb
    for _ in range(3):
        if any(t.dep_ == "mark" and t.lower_ in ("if", "unless", "whether") for t in node.children):
            return True
        if node.dep_ not in ("conj", "advcl", "ccomp", "xcomp"):
            return False
        node = node.head
    return False


def _modal(verb: Token) -> str | None:
    for child in verb.children:
        if child.dep_ == "aux" and child.tag_ == "MD":
            return str(child.lower_)
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not any(t.dep_ in ("nsubj", "nsubjpass", "aux") for t in verb.children):
        return _modal(verb.head)
    return None


def _habitual(verb: Token, *, heading: bool) -> bool:
    if any(t.lower_ in _HABIT for t in verb.children):
        return True
    if heading or verb.tag_ not in ("VBZ", "VBP") or any(t.dep_ in ("aux", "auxpass") for t in verb.children):
        return False
    return verb.lemma_ not in ("hold", "house", "keep", "remain") and not any(t.ent_type_ in ("DATE", "TIME") for t in verb.sent)


def _infinitive(verb: Token) -> bool:
    return any(t.dep_ == "aux" and t.lower_ == "to" for t in verb.children)


def _progressive(verb: Token) -> bool:
    return verb.tag_ == "VBG" and any(t.dep_ == "aux" and t.lower_ in ("is", "are", "'s", "'re", "been") for t in verb.children)
