"""What the rules tell in full stands as they tell it.

Of a break out of custody they also know what the coder does not learn: how it was done, who ran the prison, whether a destination was reached or only expected.
Where they have the number, the prison and the people, there is nothing to gain by asking again (decision 0019).
"""

from __future__ import annotations

from collections.abc import Sequence

from waqai.coding.scene import Scene, words_at
from waqai.coding.teller import Teller
from waqai.core import Account
from waqai.reading.accounts import Telling

BREAKS = frozenset(("escape", "jailbreak"))
_SURE = 0.6  # chosen so that reports like the seed and its variants gain nothing that they do not tell; hardly touches data/gold (bench gold)


def is_settled(telling: Telling) -> bool:
    """Whether the rules have all that makes a telling of its type whole."""
    if not telling.happens:
        return False
    roles = {i.role for i in telling.involved}
    if telling.draft.type in BREAKS:
        return {"facility", "person_held"} <= roles and any(c.measure == "escaped" for c in telling.counts)
    if telling.draft.type == "meeting":
        return telling.when is not None and "participant" in roles
    return telling.draft.type == "aid" and bool(telling.counts)


def tells_settled(scene: Scene, teller: Teller, settled: Sequence[Telling]) -> bool:
    """Whether the word only tells what already stands: a trigger of it, one of its family in a sentence that tells it, one where the text goes on about it.

    A report that the rules tell in full has little else to tell: a word of which the coder is not sure (below `_SURE`) is taken for part of it.
    """
    if settled and (teller.p * teller.type_p < _SURE or _tells_by_the_way(scene, teller)):
        return True
    for telling in settled:
        own = {t.token.i for t in telling.draft.triggers}
        if teller.token.i in own or (teller.token.dep_ in ("relcl", "acl") and teller.token.head.i in own):
            return True  # "the meeting, which was held in ..."
        alike = scene.families[telling.draft.type] == teller.family
        if alike and any(scene.sentence_of(t.token) == scene.sentence_of(teller.token) for t in telling.draft.triggers):
            return True
        if teller.token.i not in scene.triggers and scene.sentence_of(teller.token) in _goes_on(scene, telling):
            return True
    return False


def _tells_by_the_way(scene: Scene, teller: Teller) -> bool:
    """A relative clause without a day: "the prisons where its men are held"."""
    return teller.token.dep_ == "relcl" and not scene.days_of(teller.token)


def _goes_on(scene: Scene, telling: Telling) -> set[int]:
    """The sentences that go on about the prison and the people: who runs it, where they are expected."""
    phrases = [i.phrase for i in telling.involved if i.role in ("custodian", "destination")]
    return {scene.sentence_of(words_at(scene.doc, phrase)[0]) for phrase in phrases}


def repeats_break(account: Account, settled: Sequence[Account]) -> bool:
    """Whether it is a break on the days of one that stands, or one without a day beside it: a headline, a habit."""
    breaks = [a for a in settled if a.type in BREAKS]
    if account.type not in BREAKS or not breaks:
        return False
    if account.when is None:
        return True
    return any(account.when.earliest <= a.when.latest and a.when.earliest <= account.when.latest for a in breaks if a.when is not None)
