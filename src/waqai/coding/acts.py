"""Every word that might tell of something, with what it would tell of: an item hangs on one of them, and so belongs to the happening that it tells again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from waqai.coding.scene import Scene
from waqai.coding.teller import Teller
from waqai.learned.keyed import Floats
from waqai.learned.linear import label_number
from waqai.learned.odds import NOTHING, log_odds

_NEAR = 40  # tellers before an item, and behind it, that are asked whether it is theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """`types` gives for each word, by its index, the probability of every type of `labels`; `chances` that it is a teller."""

    labels: Sequence[str]
    families: Sequence[str]
    types: Mapping[int, Floats]
    chances: Mapping[int, float]
    _by_sentence: dict[int, list[int]] = field(init=False, default_factory=dict)

    def owner(self, item: Token) -> int | None:
        """The word that the item hangs on, itself where it tells."""
        return next((t.i for t in (item, *item.ancestors) if t.i in self.types), None)

    def likeness(self, word: int, teller: Teller) -> tuple[float, float]:
        """How probably the word would tell of the teller's type, and of its family."""
        row = self.types[word]
        kin = [k for k, family in enumerate(self.families) if family == teller.family]
        return float(row[self.labels.index(teller.type)]), float(row[kin].sum())

    def in_sentence(self, scene: Scene, number: int) -> list[int]:
        """Those of this sentence."""
        if not self._by_sentence:
            for i in self.types:
                self._by_sentence.setdefault(scene.sentence_of(scene.doc[i]), []).append(i)
        return self._by_sentence.get(number, [])


@dataclass(frozen=True, slots=True)
class _Standing:
    """What holds for an item, whoever bids.

    The word it hangs on, the words of its sentence, how many tellers are told up to the end of that sentence and the last of them, the two whose family fits
    best, whether a teller stands in the sentence.
    """

    sentence: int
    owner: int | None
    beside: list[int]
    before: int
    last: Teller | None
    likest: list[tuple[float, int]]
    taken: bool


@dataclass(slots=True)
class Belonging:
    """To which of the tellers an item belongs by the word that it hangs on; worked out once for each item."""

    scene: Scene
    acts: Acts
    tellers: Sequence[Teller]
    _order: dict[int, int] = field(init=False)
    _starts: list[int] = field(init=False)
    _likeness: dict[tuple[int, str], tuple[float, float]] = field(init=False, default_factory=dict)
    _best: dict[tuple[int, str], tuple[float, float]] = field(init=False, default_factory=dict)
    _of_item: dict[int, _Standing] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._order = {t.token.i: k for k, t in enumerate(self.tellers)}
        self._starts = [self.scene.sentence_of(t.token) for t in self.tellers]

    def numbers(self, item: Token, teller: Teller) -> list[float]:
        """How well the teller and the item fit, beside how well the other tellers do."""
        at = self._standing(item)
        of_type, of_family = self._nearest(at, teller)
        own = self._like(at.owner, teller) if at.owner is not None else (NOTHING, NOTHING)
        place = self._order[teller.token.i]
        alike = next((t for t in reversed(self.tellers[max(0, at.before - _NEAR) : at.before]) if t.family == teller.family), None)
        return [
            NOTHING if at.owner is None else log_odds(self.acts.chances[at.owner]),
            *own,
            NOTHING if at.owner is None else float(at.owner == teller.token.i) - float(at.owner in self._order and at.owner != teller.token.i),
            next((likeness for likeness, k in at.likest if k != place), NOTHING),
            of_type,
            of_family,
            NOTHING if at.last is None else float(at.last is teller),
            NOTHING if at.last is None else float(at.last.family == teller.family),
            float(alike is teller),
            float(at.before - place),
            float(at.taken),
            label_number(teller.type),
            label_number(teller.family),
        ]

    def _standing(self, item: Token) -> _Standing:
        if item.i not in self._of_item:
            sentence = self.scene.sentence_of(item)
            before = bisect_right(self._starts, sentence)
            owner = self.acts.owner(item)
            near = range(max(0, before - _NEAR), min(len(self.tellers), before + _NEAR))
            likest = sorted(((self._like(owner, self.tellers[k])[1], k) for k in near), reverse=True)[:2] if owner is not None else []
            beside = self.acts.in_sentence(self.scene, sentence)
            last = self.tellers[before - 1] if before else None
            self._of_item[item.i] = _Standing(sentence, owner, beside, before, last, likest, any(i in self._order for i in beside))
        return self._of_item[item.i]

    def _nearest(self, at: _Standing, teller: Teller) -> tuple[float, float]:
        """How well the word of the item's sentence that fits best fits the teller's type, and its family."""
        key = at.sentence, teller.type
        if key not in self._best:
            fits = [self._like(i, teller) for i in at.beside]
            self._best[key] = max((fit for fit, _ in fits), default=NOTHING), max((fit for _, fit in fits), default=NOTHING)
        return self._best[key]

    def _like(self, word: int, teller: Teller) -> tuple[float, float]:
        key = word, teller.type
        if key not in self._likeness:
            self._likeness[key] = self.acts.likeness(word, teller)
        return self._likeness[key]
