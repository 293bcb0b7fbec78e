"""Two words of one clause that tell the same: "a car bomb exploded" is one bombing."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from waqai.coding.scene import Scene
from waqai.coding.teller import Teller

_WITHIN = frozenset(("nsubj", "nsubjpass", "dobj", "compound", "pobj", "prep", "amod", "agent", "attr", "nmod", "poss"))
_STEPS = 3


def without_echoes(scene: Scene, tellers: Sequence[Teller]) -> list[Teller]:
    """The tellers without those that hang on a likelier one of their type as part of its clause, or have it hang on them so."""
    return [t for t in tellers if not any(_echoes(scene, t, other) for other in tellers)]


def _echoes(scene: Scene, one: Teller, other: Teller) -> bool:
    if one is other or one.type != other.type or not other.p > one.p or scene.sentence_of(one.token) != scene.sentence_of(other.token):
        return False
    return _hangs_on(one.token, other.token) or _hangs_on(other.token, one.token)


def _hangs_on(token: Token, governor: Token) -> bool:
    """Whether it is a part of the governor's clause, some steps down: its subject, its object, the noun behind its preposition."""
    for _ in range(_STEPS):
        if token.dep_ not in _WITHIN:
            return False
        token = token.head
        if token.i == governor.i:
            return True
    return False
