"""Counts whose measure the words around them make another: participants of violence, prisoners let go in an attack, a figure set against one of escapees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from waqai.coding.plain_measures import STRIKING
from waqai.coding.scene import Scene
from waqai.core import Account, Count
from waqai.reading.phrases import text_of

FOUGHT = frozenset(("raid", "clash", "attack_on_civilians", "suicide_attack", "territory_change"))
_COMPARED = re.compile(r"\b(?:higher|lower|different|another|other) (?:figure|number|count|total),? $", re.IGNORECASE)
_REACH = 40  # characters before a number


def renamed(counts: Sequence[Count], account: Account, *, scene: Scene, accounts: Sequence[Account]) -> tuple[Count, ...]:
    """The counts of an account, each with the measure that its surroundings give it."""
    escapes = [c.phrase.start for a in accounts for c in a.counts if c.measure == "escaped"]
    return tuple(_renamed(count, account, scene=scene, escapes=escapes) for count in counts)


def _renamed(count: Count, account: Account, *, scene: Scene, escapes: Sequence[int]) -> Count:
    if count.measure == "participants" and account.type in FOUGHT:
        return replace(count, measure="perpetrators")  # who took part in violence did it; in a riot they stay its participants
    if count.measure == "released" and _is_let_go_in_attack(count, scene):
        return replace(count, measure="escaped")
    before = text_of(scene.doc)[max(0, count.phrase.start - _REACH) : count.phrase.start]
    if count.measure == "at_large" and any(start < count.phrase.start for start in escapes) and _COMPARED.search(before):
        return replace(count, measure="escaped")  # "four had fled. From the ministry came a higher figure, 12 prisoners on the run"
    return count


def _is_let_go_in_attack(count: Count, scene: Scene) -> bool:
    """ "Rebels attacked the jail, and 200 prisoners were let go": by no court or office."""
    number = scene.doc.char_span(count.phrase.start, count.phrase.end, alignment_mode="expand")
    if number is None:
        return False
    striking = (t for t in number.root.sent if t.pos_ == "VERB" and t.lemma_.lower() in STRIKING and t.i < number.start)
    outlaws = scene.lexicon.classes["outlaw"]
    return any(s.dep_ == "nsubj" and s.lemma_.lower() in outlaws for verb in striking for s in verb.children)
