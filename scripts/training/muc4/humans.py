"""What befell the human targets of an incident, how many they were, and how far it was carried out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from scripts.training.muc4.entities import Offer, sentence_chances
from scripts.training.muc4.looks import Look
from scripts.training.muc4.mentions import Words, mention_features
from waqai.codebook.lexicon import Lexicon
from waqai.reading.bounds import Quantity
from waqai.reading.quantities import find_quantities

UNTOLD = ""
"""The label of a target of whom no effect is told."""
_MENTIONS = 4
_TOP_SENTENCES = 3


def effect_features(look: Look, type: str, offer: Offer, *, words: Words) -> list[str]:
    """What speaks for each effect: all that is told of the target's mentions and of others with its head, its sentence, the type."""
    same = [i for i, m in enumerate(look.mentions) if look.parsed.doc[m.head].lemma_.lower() == offer.head and i not in offer.at]
    features = {f"type={type}"}
    for i in (*offer.at, *same)[:_MENTIONS]:
        own = mention_features(look.parsed, look.mentions[i], words=words)
        features.update(own)
        features.update(f"{type}/{f}" for f in own if ":" in f)
    start, end = look.parsed.sentences[look.parsed.sentence_of[offer.mention(look).head]]
    features.update(f"sentence={t.lemma_.lower()}" for t in look.parsed.doc[start:end] if t.is_alpha)
    return sorted(features)


def stage_features(look: Look, type: str, *, lexicon: Lexicon) -> list[str]:
    """What speaks for each stage of execution: the words of the sentences that tell most of it, and whose they are."""
    tells = sentence_chances(look, type)
    features = {f"type={type}"}
    for rank, number in enumerate(tells.argsort()[::-1][:_TOP_SENTENCES]):
        start, end = look.parsed.sentences[int(number)]
        lemmas = [t.lemma_.lower() for t in look.parsed.doc[start:end] if t.is_alpha]
        features.update(f"w={lemma}" for lemma in lemmas)
        features.update(f"pair={a} {b}" for a, b in pairwise(lemmas))
        features.update(f"top={lemma}" for lemma in lemmas if rank == 0)
        features.update(f"aux={t.lemma_.lower()}/{t.head.lemma_.lower()}" for t in look.parsed.doc[start:end] if t.dep_ in ("aux", "neg"))
    return sorted(features)


def find_number(look: Look, offer: Offer, *, quantities: tuple[Quantity, ...], named: bool) -> str:
    """How many the target is, as the templates write it: a number that counts its head at some mention, else one or several by the noun's form."""
    if named:
        return "1"
    doc = look.parsed.doc
    heads = list(dict.fromkeys(look.mentions[i].head for i in offer.at))
    heads += [m.head for m in look.mentions if doc[m.head].lemma_.lower() == offer.head and m.head not in heads]
    for head in heads:
        for quantity in quantities:
            if _counts(quantity, doc[head].idx, {t.idx for t in doc[head].children if t.dep_ == "nummod"}):
                return write_number(quantity)
    plural = any(doc[look.mentions[i].head].tag_ in ("NNS", "NNPS") for i in offer.at)
    return "PLURAL" if plural else "1"


def _counts(quantity: Quantity, at: int, numbers: set[int]) -> bool:
    return quantity.head.idx == at or bool(numbers & set(range(quantity.phrase.start, quantity.phrase.end)))


def write_number(quantity: Quantity) -> str:
    """A number in the form of the templates: "7", "7-" (at least), "-7" (at most), "~7" (about), "5 - 7"; PLURAL for vague words."""
    if quantity.best is None:
        if quantity.high is None or quantity.kind == "vague":
            return "PLURAL"
        return f"{quantity.low:.0f} - {quantity.high:.0f}"
    best = f"{quantity.best:.0f}"
    marks = {"at_least": f"{best}-", "at_most": f"-{best}", "approx": f"~{best}"}
    return marks.get(quantity.kind, best)


def quantities_of(look: Look, *, lexicon: Lexicon) -> tuple[Quantity, ...]:
    """The numbers of the text."""
    return find_quantities(look.parsed.doc, lexicon=lexicon)


def iter_named(offers: tuple[tuple[Offer, float], ...], others: tuple[tuple[Offer, float], ...]) -> Iterator[tuple[Offer, bool]]:
    """The human targets: those with a name first, then the others."""
    yield from ((offer, True) for offer, _ in offers)
    yield from ((offer, False) for offer, _ in others)
