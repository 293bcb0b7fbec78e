"""Which number counts what, for which happening: "25 prisoners escaped" is 25 escaped, "killing six" is six killed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from waqai.core import Count, Span
from waqai.reading.classes import WordClasses
from waqai.reading.drafts import VIOLENCE, Draft
from waqai.reading.phrases import antecedent, char_span, head_noun, plain_phrase
from waqai.reading.quantities import Quantity, find_quantities

_BY_VERB = {
    "kill": ("obj", "killed"), "slay": ("obj", "killed"), "martyr": ("obj", "killed"), "murder": ("obj", "killed"), "behead": ("obj", "killed"), "execute": ("obj", "killed"), "hang": ("obj", "killed"), "assassinate": ("obj", "killed"),
    "massacre": ("obj", "killed"), "slaughter": ("obj", "killed"), "die": ("subj", "killed"), "perish": ("subj", "killed"), "eliminate": ("obj", "killed"), "neutralise": ("obj", "killed"), "neutralize": ("obj", "killed"),
    "wound": ("obj", "wounded"), "injure": ("obj", "wounded"), "hurt": ("obj", "wounded"), "escape": ("subj", "escaped"), "flee": ("subj", "escaped"), "abscond": ("subj", "escaped"),
    "recapture": ("obj", "recaptured"), "rearrest": ("obj", "recaptured"), "re-arrest": ("obj", "recaptured"), "retake": ("obj", "recaptured"), "arrest": ("obj", "detained"), "detain": ("obj", "detained"), "apprehend": ("obj", "detained"),
    "release": ("obj", "released"), "free": ("obj", "released"), "pardon": ("obj", "released"), "abduct": ("obj", "abducted"), "kidnap": ("obj", "abducted"), "surrender": ("subj", "surrendered"), "displace": ("obj", "displaced"),
    "transfer": ("obj", "transferred"), "extradite": ("obj", "transferred"), "deport": ("obj", "transferred"), "repatriate": ("obj", "returned"), "hold": ("obj", "held"), "house": ("obj", "held"), "imprison": ("obj", "held"), "sentence": ("obj", "detained"),
}  # fmt: skip
_BY_NOUN = {
    "death": "killed",
    "fatality": "killed",
    "dead": "killed",
    "wounded": "wounded",
    "injured": "wounded",
    "injury": "wounded",
    "arrest": "detained",
    "escapee": "escaped",
    "fugitive": "escaped",
    "protester": "participants",
    "demonstrator": "participants",
}
_BY_TYPE = {"escape": {"subj": "escaped", "of": "escaped", "by": "escaped"}, "jailbreak": {"obj": "escaped", "of": "escaped", "subj": "perpetrators", "by": "perpetrators"}, "arrest": {"obj": "detained", "of": "detained"},
            "recapture": {"obj": "recaptured", "of": "recaptured"}, "release": {"obj": "released", "of": "released"}, "transfer": {"obj": "transferred", "of": "transferred"}, "abduction": {"obj": "abducted", "of": "abducted"},
            "surrender": {"subj": "surrendered", "of": "surrendered"}, "displacement": {"subj": "displaced", "obj": "displaced", "of": "displaced"}, "return": {"subj": "returned"}, "repatriation": {"obj": "returned", "of": "returned"},
            "detention": {"obj": "held", "of": "held"}, "sentence": {"obj": "detained", "of": "detained"}, "execution": {"obj": "killed", "of": "killed"}, "prisoner_exchange": {"obj": "released", "of": "released"}, "amnesty": {"obj": "released", "to": "released", "for": "released"},
            "protest": {"subj": "participants", "of": "participants", "by": "participants"}, "crowd_violence": {"subj": "participants", "of": "participants"}, "death_in_custody": {"subj": "killed", "of": "killed"}, "deployment": {"subj": "participants", "obj": "participants", "of": "participants"},
            "clash": {"subj": "perpetrators", "by": "perpetrators"}, "attack_on_civilians": {"subj": "perpetrators", "by": "perpetrators", "obj": "killed"}, "suicide_attack": {"subj": "perpetrators", "by": "perpetrators"}, "bombing": {"by": "perpetrators"},
            "prison_riot": {"subj": "participants", "of": "participants", "by": "participants"}, "meeting": {"subj": "participants"}}  # fmt: skip
_LARGE = {"at_large": ("at large", "on the run", "still missing", "unaccounted for", "remain free")}
_SLAIN = ("attack_on_civilians",)
_TYPE_OF_MEASURE = {"escaped": ("escape", "jailbreak", "prison_riot"), "recaptured": ("recapture", "escape", "jailbreak"), "detained": ("arrest", "raid", "recapture", "sentence", "protest", "protest_repression"), "released": ("release", "prisoner_exchange", "amnesty", "jailbreak"),
                    "abducted": ("abduction",), "transferred": ("transfer",), "held": ("detention",), "displaced": ("displacement",), "returned": ("repatriation", "return"), "surrendered": ("surrender",), "amount": ("aid",), "at_large": ("escape", "jailbreak", "recapture"),
                    "strikes": ("air_strike", "shelling"), "participants": ("protest", "crowd_violence", "meeting", "deployment", "prison_riot")}  # fmt: skip


def assign_counts(doc: Doc, drafts: Sequence[Draft], classes: WordClasses) -> dict[int, list[Count]]:
    """Counts by the index of their draft; a number that counts nothing we know is left out."""
    assigned: dict[int, list[Count]] = {i: [] for i in range(len(drafts))}
    seen: set[Span] = set()
    for quantity in (*find_quantities(doc), *_single_persons(drafts, classes)):
        if quantity.phrase in seen:
            continue
        seen.add(quantity.phrase)
        found = _measure(quantity, drafts)
        if found is None:
            continue
        measure, index, rule = found
        count = Count(
            measure=measure,
            of_whom=quantity.unit or _of_whom(quantity),
            low=quantity.low,
            high=quantity.high,
            best=quantity.best,
            kind=quantity.kind,
            phrase=quantity.phrase,
            p=0.75,
            rule=rule,
            unit=quantity.unit,
        )
        if not any(c.measure == count.measure and (c.low, c.high) == (count.low, count.high) and c.of_whom == count.of_whom for c in assigned[index]):
            assigned[index].append(count)
    return assigned


def _of_whom(quantity: Quantity) -> str:
    if quantity.noun is None:
        return "people"
    noun = head_noun(quantity.head)
    return " ".join(plain_phrase(noun).of(noun.doc.text).split()) if noun.pos_ in ("NOUN", "PROPN") else quantity.noun


def _measure(quantity: Quantity, drafts: Sequence[Draft]) -> tuple[str, int, str] | None:
    """(measure, index of the draft, rule) of a number."""
    if quantity.unit is not None:
        index = _nearest(quantity.head, drafts, ("aid",), sentence_only=True)
        return ("amount", index, "money of an aid account") if index is not None else None
    noun = head_noun(quantity.head).lemma_.lower()
    if noun in ("strike", "airstrike", "raid", "rocket", "shell", "missile"):
        index = _nearest(quantity.head, drafts, ("air_strike", "shelling"), sentence_only=True)
        return ("strikes", index, "number of strikes") if index is not None else None
    for slot, verb in _governors(quantity.head):
        known = _BY_VERB.get(verb.lemma_.lower())
        if known is not None and known[0] == slot:
            return _placed(known[1], verb, quantity, drafts, rule=f"{slot} of {verb.lemma_}")
        for index, draft in enumerate(drafts):
            if any(t.token == verb for t in draft.triggers) and slot in _BY_TYPE.get(draft.type, {}):
                return _BY_TYPE[draft.type][slot], index, f"{slot} of the trigger"
    return _by_words(quantity, drafts, noun)


def _placed(measure: str, verb: Token, quantity: Quantity, drafts: Sequence[Draft], *, rule: str) -> tuple[str, int, str] | None:
    for index, draft in enumerate(drafts):
        if any(t.token == verb for t in draft.triggers):
            own = _BY_TYPE.get(draft.type, {})
            if measure == "detained" and draft.type == "recapture":
                measure = "recaptured"
            if measure == "released" and draft.type == "jailbreak":
                measure = "escaped"
            if measure == "escaped" and draft.type == "displacement":
                measure = "displaced"
            return (own.get("obj", measure) if measure not in ("killed", "wounded") and measure not in own.values() and own else measure), index, rule
    types = _TYPE_OF_MEASURE.get(measure, tuple(VIOLENCE) + ("death_in_custody",))
    nearest = _nearest(verb, drafts, types, sentence_only=False)
    return (measure, nearest, rule) if nearest is not None else None


def _by_words(quantity: Quantity, drafts: Sequence[Draft], noun: str) -> tuple[str, int, str] | None:
    doc = quantity.head.doc
    after = doc.text[quantity.phrase.end : quantity.phrase.end + 28].lower()
    measure = _BY_NOUN.get(noun)
    if measure is None:
        measure = next((m for m, phrases in _LARGE.items() if any(p in after for p in phrases)), None)
    if measure is None:
        words = after.split()
        near = [w.strip(".,;") for w in words[:2]]
        measure = "killed" if "dead" in near or "deaths" in near else "wounded" if {"wounded", "injured", "hurt"} & set(near) else None
    if measure is None:
        measure = _by_window(quantity)
    if measure is None:
        before = doc.text[max(0, quantity.phrase.start - 34) : quantity.phrase.start].lower()
        if any(w in before for w in ("death toll", "toll rose to", "toll to", "dead at", "death of", "deaths of", "killing of", "lives of")):
            measure = "killed"
    if measure is None:
        return None
    types = _TYPE_OF_MEASURE.get(measure, tuple(VIOLENCE) + ("death_in_custody",))
    index = _nearest(quantity.head, drafts, types, sentence_only=False)
    return (measure, index, f"words beside the number: {measure}") if index is not None else None


_WORDS = {"kill": "killed", "dead": "killed", "died": "killed", "die": "killed", "slain": "killed", "wound": "wounded", "injur": "wounded", "hurt": "wounded", "escap": "escaped", "fled": "escaped", "flee": "escaped", "arrest": "detained",
          "detain": "detained", "releas": "released", "freed": "released", "abduct": "abducted", "kidnap": "abducted", "recaptur": "recaptured", "surrender": "surrendered", "displac": "displaced"}  # fmt: skip
_AFTER = re.compile(
    r"^(?:,? ?[\w'-]+ ){0,3}(?:was |were |have been |had been |has been |are |is |being |also |had |have )*(" + "|".join(_WORDS) + r")", re.IGNORECASE
)
_BEFORE = re.compile(r"\b(" + "|".join(_WORDS) + r")\w* (?:[\w'-]+ ){0,2}$", re.IGNORECASE)


def _by_window(quantity: Quantity) -> str | None:
    """The measure that a verb within four words names, where the parse did not connect the two."""
    text, phrase = quantity.head.doc.text, quantity.phrase
    ahead = text[phrase.end : phrase.end + 60].split(".")[0].split("\n")[0].lstrip()
    behind = re.split(r"[.;\n]", text[max(0, phrase.start - 40) : phrase.start])[-1]
    if quantity.noun is not None and (after := _AFTER.match(ahead)):
        return _WORDS[after[1].lower()]
    before = _BEFORE.search(behind)
    return _WORDS[before[1].lower()] if before else None


def _governors(head: Token) -> Iterator[tuple[str, Token]]:
    """(slot, verb or noun) pairs that this head fills, nearest first."""
    node = head
    for _ in range(4):
        if (node.dep_ == "conj" and node.head.pos_ in ("NOUN", "PROPN", "NUM", "PRON")) or (
            node.dep_ in ("nummod", "appos", "amod", "quantmod", "compound") and node.head.pos_ in ("NOUN", "NUM")
        ):
            node = node.head
        else:
            break
    for clause in node.children:
        if clause.dep_ == "relcl" and any(antecedent(t) == node and t != node for t in clause.children if t.dep_ in ("nsubj", "nsubjpass")):
            passive = any(t.dep_ == "nsubjpass" for t in clause.children)
            yield ("obj" if passive else "subj"), clause
        elif clause.dep_ == "acl":
            yield ("obj" if clause.tag_ == "VBN" else "subj"), clause
    yield from _upward(node)


def _upward(node: Token) -> Iterator[tuple[str, Token]]:
    dep, head = node.dep_, node.head
    if dep in ("nsubj", "nsubjpass", "dobj", "obj", "attr", "oprd"):
        slot = "subj" if dep == "nsubj" else "obj"
        yield slot, head
        if slot == "subj" or dep == "nsubjpass":
            for verb in (
                t
                for t in head.children
                if t.dep_ in ("xcomp", "conj", "ccomp", "advcl") and t.pos_ == "VERB" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in t.children)
            ):
                passive = any(c.dep_ == "auxpass" for c in verb.children) or (verb.tag_ == "VBN" and not any(c.dep_ == "aux" for c in verb.children))
                yield ("obj" if passive else "subj"), verb
        if head.lemma_ in ("leave", "find", "shoot") and any(t.lower_ in ("dead", "killed") for t in head.children):
            yield "obj", head
    elif dep == "pobj":
        if head.lower_ == "of" and head.head.pos_ in ("NOUN", "PROPN"):
            yield "of", head.head
            yield from _upward(head.head) if head.head.lemma_ in ("number", "group", "total") else ()
        elif head.dep_ == "agent" or head.lower_ == "by":
            yield "by", head.head
        else:
            yield head.lower_, head.head


def _nearest(token: Token, drafts: Sequence[Draft], types: Sequence[str], *, sentence_only: bool) -> int | None:
    """Index of the draft of one of these types told nearest before the token: in its sentence, else in its block and the block before."""
    best: tuple[int, int] | None = None
    for index, draft in enumerate(drafts):
        if draft.type not in types:
            continue
        for trigger in draft.triggers:
            if trigger.heading:
                continue
            distance = abs(trigger.token.i - token.i)
            if trigger.token.sent == token.sent:
                score = distance
            elif not sentence_only and trigger.token.i < token.i and distance < 220:
                score = 1000 + distance
            else:
                continue
            if best is None or score < best[0]:
                best = (score, index)
    return best[1] if best else None


def _single_persons(drafts: Sequence[Draft], classes: WordClasses) -> Iterator[Quantity]:
    """ "a policeman was killed" counts one; so do "his driver", "another man" and the like, in the slots that a measure looks at."""
    for draft in drafts:
        if draft.lead.told.value not in ("occurred", "ongoing"):
            continue
        for trigger in draft.triggers:
            verb = trigger.token.lemma_.lower()
            slot = _BY_VERB[verb][0] if verb in _BY_VERB else None
            slots = [slot] if slot else [s for s, m in _BY_TYPE.get(draft.type, {}).items() if m not in ("participants", "perpetrators")]
            for name in slots:
                for head in trigger.slots.get(name or "", ()):
                    if (
                        head.tag_ == "NN"
                        and head_noun(head) is head
                        and any(t.lower_ in ("a", "an", "another") for t in head.lefts)
                        and _is_person(head, classes)
                    ):
                        first = next(t for t in head.lefts if t.lower_ in ("a", "an", "another"))
                        yield Quantity(low=1, high=1, best=1, kind="exact", phrase=char_span(first, head), head=head, noun=head.text)


def _is_person(head: Token, classes: WordClasses) -> bool:
    group = {"family", "couple", "group", "gang", "cell", "unit", "patrol", "convoy", "army", "force", "militia", "police", "military", "crowd", "faction", "garrison", "brigade", "battalion", "checkpoint", "base", "outpost", "post", "barracks", "camp", "position", "station", "headquarters", "organization", "organisation", "clan", "youth", "staff"}  # fmt: skip
    return head.lemma_.lower() not in group and any(classes.has(head, c) for c in ("civilian", "armed", "held", "outlaw"))
