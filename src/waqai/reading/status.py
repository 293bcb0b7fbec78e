"""Did it happen? The status of a trigger, or that it tells of no happening at all (denied, conditional, habitual, a mere purpose)."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from waqai.codebook.lexicon import Lexicon
from waqai.core import Span
from waqai.reading.phrases import char_span

_GOVERNED = frozenset(("xcomp", "ccomp", "advcl", "acl", "pcomp", "oprd", "relcl", "dobj", "conj"))  # an infinitive in one of these depends on the word above
_MODALS = frozenset(("would", "could", "should", "must", "can", "may", "might", "ca", "wo"))  # "ca", "wo": of "can't", "won't"
_UNREAL = frozenset(("would", "could", "may", "might", "should", "can"))
_WILL = frozenset(("will", "'ll", "shall"))
_NO_ACT = frozenset(("no", "any", "every", "future", "potential", "possible", "such", "further", "more"))  # in front of a noun: no happening
_AIMS = frozenset(("aim", "goal", "purpose", "plan", "idea", "task", "job", "objective", "way", "step", "point", "answer", "option", "strategy", "mission",
                   "intention", "target", "priority", "need", "role", "duty", "challenge", "solution", "hope", "wish", "reason", "best", "thing"))  # fmt: skip
_EACH = frozenset(("each", "every", "any", "no", "such"))  # in front of "attempt to": none in particular
_ACTS_BEFORE = frozenset(("previous", "numerous", "repeated", "frequent", "regular"))  # in front of a plural: a habit or a past
_AIM_PREPS = frozenset(("on", "of", "by", "about", "for", "in", "from", "with", "through", "at"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_DATES = frozenset(("DATE", "TIME"))
_LASTING = frozenset(("ongoing", "continuing"))
_PERIODS = frozenset(("day", "night", "week", "month", "year"))


@dataclass(frozen=True, slots=True)
class Told:
    """The status of a trigger with the words that give it; `p` is lower where the telling is unsure."""

    value: str
    phrase: Span
    rule: str
    p: float = 0.9


@dataclass(frozen=True, slots=True)
class StatusReader:
    """Tells what the words around a trigger make of it, with the lexicon's word lists."""

    lexicon: Lexicon

    def status_of(self, trigger: Token, *, type: str, phrase: Span, heading: bool) -> Told | None:
        """The status of the happening that this trigger tells of; None where it tells of none."""
        if trigger.pos_ in ("VERB", "AUX"):
            return self._of_verb(trigger, type=type, phrase=phrase, heading=heading)
        return self._of_noun(trigger, phrase=phrase)

    def _of_verb(self, verb: Token, *, type: str, phrase: Span, heading: bool) -> Told | None:
        if _negated(verb) or _conditional(verb) or self._habitual(verb, heading=heading):
            return None
        modal = _modal(verb)
        if type == "aid" and modal in ("will", "would", "'ll"):
            return Told("pledged", phrase, "money in the future")
        if modal in _WILL:
            return Told("planned", phrase, "future tense")
        if modal in _MODALS:
            return _modal_perfect(verb, modal, phrase)
        if (governed := self._governed(verb)) is not None:
            return governed
        if _is_to(verb):
            return Told("pledged" if type == "aid" else "planned", phrase, "is to")
        if type == "aid" and verb.lemma_ in self.lexicon.words.pledging_verbs:
            return Told("pledged", phrase, "verb of pledging")
        if type == "detention" and _of_no_place(verb):
            return None
        if type == "detention":
            return Told("ongoing", phrase, "stock", 0.75)
        return Told("ongoing", phrase, "progressive", 0.75) if _progressive(verb) else Told("occurred", phrase, "told as fact")

    def _governed(self, verb: Token) -> Told | None:
        """What the verb or noun above makes of an infinitive or gerund: "tried to flee", "a plan to flee", "foiled in fleeing"."""
        if not ((verb.dep_ in _GOVERNED and _infinitive(verb)) or verb.dep_ in ("pcomp", "xcomp")):
            return None
        above = verb.head.head if verb.dep_ == "pcomp" else verb.head
        word = above.lemma_.lower()
        for status, words in self.lexicon.statuses.items():
            if word in (words.nouns if above.pos_ == "NOUN" else words.verbs | words.nouns):
                return Told(status, char_span(above, above), f"{status} by the governing {'word' if words.nouns else 'verb'}")
        return None

    def _of_noun(self, noun: Token, *, phrase: Span) -> Told | None:
        statuses = self.lexicon.statuses
        lefts = {t.lemma_.lower() for t in noun.lefts}
        governor = noun.head.head if noun.dep_ == "pobj" else noun.head
        word = governor.lemma_.lower()
        if _of_kind(noun) or lefts & _NO_ACT or (noun.tag_ == "NNS" and lefts & _ACTS_BEFORE):
            return None
        before, _ = failure_before(noun, self.lexicon) or ("", None)
        if (noun.dep_ in ("dobj", "nsubjpass", "obj") and word in statuses["foiled"].verbs) or before == "foiled":
            return Told("foiled", phrase, "foiled by the governing verb")
        if before == "attempted" or word in statuses["attempted"].nouns:
            return Told("attempted", phrase, "attempted by its modifier")
        if noun.dep_ == "compound":
            return None
        if lefts & statuses["planned"].modifiers or (noun.dep_ == "dobj" and word in statuses["planned"].objects):
            return Told("planned", phrase, "planned by its modifier")
        if word in statuses["threatened"].objects:
            return Told("threatened", phrase, "threatened by the governing verb")
        return self._of_clause(noun, governor, phrase=phrase)

    def _of_clause(self, noun: Token, governor: Token, *, phrase: Span) -> Told | None:
        """What the verb of its clause makes of a nominal trigger."""
        if governor.pos_ in ("VERB", "AUX"):
            modal = _modal(governor)
            if _negated(governor) or _conditional(governor) or modal in _UNREAL:
                return None
            if modal in ("will", "shall"):
                return Told("planned", phrase, "future tense")
            if noun.dep_ == "nsubj" and _progressive(governor):
                return Told("ongoing", phrase, "progressive", 0.75)
        if going_on(noun, self.lexicon) is not None:
            return Told("ongoing", phrase, "told as going on", 0.75)
        return Told("occurred", phrase, "told as fact", 0.85)

    def _habitual(self, verb: Token, *, heading: bool) -> bool:
        """An adverb of habit, or the simple present of an act outside a headline and without a date."""
        if any(t.lower_ in self.lexicon.words.habit_adverbs for t in verb.children):
            return True
        if heading or verb.tag_ not in ("VBZ", "VBP") or any(t.dep_ in ("aux", "auxpass") for t in verb.children):
            return False
        return verb.lemma_ not in self.lexicon.words.lasting_verbs and not any(t.ent_type_ in _DATES for t in verb.sent)

    def is_purpose(self, verb: Token) -> bool:
        """An infinitive or gerund that names an aim or an activity, not an act: "to break its members out of prisons", "focusing on storming prisons"."""
        if verb.pos_ not in ("VERB", "AUX"):
            return False
        if _infinitive(verb):
            return self._infinitive_is_aim(verb)
        if verb.tag_ == "VB" and verb.dep_ in ("ccomp", "xcomp") and verb.head.lemma_ in ("help", "let", "make"):
            return self.is_purpose(verb.head)  # "to help people return"
        return verb.tag_ == "VBG" and self._gerund_is_aim(verb)

    def _infinitive_is_aim(self, verb: Token) -> bool:
        if verb.dep_ == "conj":
            return self.is_purpose(verb.head)
        if verb.head.tag_ == "NNS" and not any(t.dep_ in ("det", "nummod", "poss") for t in verb.head.children):
            return True
        if _is_to(verb):
            return False
        if verb.head.pos_ == "NOUN" and any(t.lower_ in _EACH for t in verb.head.lefts):
            return True  # "to learn from each attempt to free them"
        return verb.head.lemma_.lower() not in self.lexicon.words.fulfilled_verbs and not self._gives_status(verb.head)

    def _gives_status(self, above: Token) -> bool:
        """Whether the word makes an infinitive under it a happening that was tried, planned, pledged or threatened; "the promise to free them" does not."""
        word, named = above.lemma_.lower(), above.pos_ == "NOUN"
        return any(word in (words.nouns if named else words.verbs | words.nouns) for status, words in self.lexicon.statuses.items() if status != "foiled")

    def _gerund_is_aim(self, verb: Token) -> bool:
        if verb.dep_ == "pcomp":
            named = verb.head.head.lemma_ in self.lexicon.statuses["foiled"].verbs | self.lexicon.words.acting
            return verb.head.lower_ in _AIM_PREPS and not named and not _has_specific_object(verb)
        if verb.dep_ == "acl" and verb.lemma_ in self.lexicon.words.combating_verbs:
            return not any(t.ent_type_ in _DATES for t in verb.subtree)
        if verb.dep_ == "conj":
            return self.is_purpose(verb.head) or (
                verb.head.pos_ == "ADJ" and any(t.dep_ == "prep" for t in verb.head.children)
            )  # "bent on raiding and freeing"
        return verb.dep_ in ("csubj", "ROOT", "nsubj") and not any(t.dep_ in ("aux", "nsubj") for t in verb.children)


def failure_before(word: Token, lexicon: Lexicon) -> tuple[str, Token] | None:
    """Which of "foiled" and "attempted" a modifier makes of this word, and the modifier ("an attempted prison escape").

    None where there is none, and for verbs, before which stands their subject ("the attempt killed two").
    """
    if word.pos_ in ("VERB", "AUX"):
        return None
    found = ((status, t) for status in ("foiled", "attempted") for t in word.lefts if t.lemma_.lower() in lexicon.statuses[status].modifiers)
    return next(found, None)


def going_on(word: Token, lexicon: Lexicon) -> Token | None:
    """The word that says that what this word tells of goes on, None where there is none: "the clashes continued", "entered a third day", "is under way"."""
    lasting = lexicon.words.raging_verbs
    if word.pos_ in ("VERB", "AUX"):
        return word.head if word.dep_ == "xcomp" and _infinitive(word) and word.head.lemma_.lower() in lasting else None
    modifier = next((t for t in word.lefts if t.lower_ in _LASTING), None)
    if modifier is not None:
        return modifier
    verb = word.head
    if word.dep_ in ("nsubj", "dobj") and verb.pos_ == "VERB":
        enters = verb.lemma_ == "enter" and any(t.dep_ in ("dobj", "npadvmod") and t.lemma_ in _PERIODS for t in verb.children)
        if enters or verb.lemma_.lower() in lasting:
            return verb
    return _under_way(word.doc[word.i + 1 : word.i + 4])


def _under_way(words: TokenSpan) -> Token | None:
    """The end of "under way" where the words begin with it, or with "is" and it."""
    told = [t.lower_ for t in words]
    skipped = 1 if told[:1] in (["is"], ["are"], ["was"], ["were"]) else 0
    if told[skipped : skipped + 1] == ["underway"]:
        return words[skipped]
    return words[skipped + 1] if told[skipped : skipped + 2] == ["under", "way"] else None


def _is_to(verb: Token) -> bool:
    """ "the country is to give", but not "the aim is to give"."""
    if verb.dep_ != "xcomp" or verb.head.lower_ not in ("is", "are") or not _infinitive(verb):
        return False
    return any(t.dep_ == "nsubj" and t.pos_ in ("NOUN", "PROPN") and t.lemma_.lower() not in _AIMS for t in verb.head.children)


def _of_kind(noun: Token) -> bool:
    """ "escapes of this kind": none in particular."""
    return any(t.lemma_ in ("kind", "sort", "type") for prep in noun.children if prep.lower_ == "of" for t in prep.children)


def _of_no_place(verb: Token) -> bool:
    """ "camps and jails where men are kept": such places in general, in the simple present, and nobody counted."""
    place, now = verb.head, any(t.dep_ == "auxpass" and t.tag_ in ("VBP", "VBZ") for t in verb.children)
    bare = place.tag_ == "NNS" and not any(t.dep_ in ("nummod", "poss", "compound") for t in place.children)
    return now and bare and verb.dep_ in ("relcl", "ccomp", "acl") and not any(t.like_num for t in verb.subtree)


def _modal_perfect(verb: Token, modal: str, phrase: Span) -> Told | None:
    """ "may have fled" is a guess at a fact; "would have fled" and "could flee" tell of nothing."""
    perfect = any(t.lower_ == "have" and t.dep_ == "aux" for t in verb.children)
    return Told("occurred", phrase, "modal perfect", 0.5) if perfect and modal in ("may", "might", "must") else None


def _has_specific_object(verb: Token) -> bool:
    """An object with an article or a number, or a name."""
    thing = next((t for t in verb.children if t.dep_ in ("dobj", "obj")), None)
    if thing is None:
        return False
    return thing.pos_ == "PROPN" or any(t.like_num or t.lower_ in ("a", "the", "an", "two", "several") for t in thing.children)


def _negated(verb: Token) -> bool:
    if any(t.dep_ == "neg" for t in verb.children):
        return True
    parts = (t for t in verb.children if t.dep_ in ("nsubj", "nsubjpass", "dobj"))
    return any(t.lower_ in ("nobody", "none") or any(_denies(c) for c in t.children) for t in parts)


def _denies(word: Token) -> bool:
    """A "no", but not that of "no fewer than 12"."""
    return word.lower_ == "no" and word.nbor().lower_ not in ("fewer", "less", "more")


def _conditional(verb: Token) -> bool:
    """Under "if", "unless" or "whether", its own or that of the verbs above it, three steps up."""
    node = verb
    for _ in range(3):
        if any(t.dep_ == "mark" and t.lower_ in ("if", "unless", "whether") for t in node.children):
            return True
        if node.dep_ not in ("conj", "advcl", "ccomp", "xcomp"):
            return False
        node = node.head
    return False


def _modal(verb: Token) -> str | None:
    """The modal verb, also that of the verb which this one continues."""
    own = next((t for t in verb.children if t.dep_ == "aux" and t.tag_ == "MD"), None)
    if own is not None:
        return str(own.lower_)
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not any(t.dep_ in _SUBJECTS or t.dep_ == "aux" for t in verb.children):
        return _modal(verb.head)
    return None


def _infinitive(verb: Token) -> bool:
    return any(t.dep_ == "aux" and t.lower_ == "to" for t in verb.children)


def _progressive(verb: Token) -> bool:
    return verb.tag_ == "VBG" and any(t.dep_ == "aux" and t.lower_ in ("is", "are", "'s", "'re", "been") for t in verb.children)
