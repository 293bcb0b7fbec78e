"""Fits the bench model: first looks in parts, so that the second looks learn from first looks at texts that the looking model had not seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scripts.training.boost import grow
from scripts.training.folds import FOLDS, fold_of
from scripts.training.muc4.entities import find_offers
from scripts.training.muc4.looks import ALL_ROLES, Look, LookLessons, LookModel, look_at, wanted_by_type
from scripts.training.muc4.mentions import Words
from scripts.training.muc4.parsed import Parsed
from scripts.training.muc4.seen import Seen, incident_numbers, offer_numbers
from scripts.training.muc4.sources import TYPES
from waqai.learned.keyed import Floats
from waqai.learned.trees import BoostedTrees

_TOLD_AT_ALL = 0.15
"""Second looks learn from the incidents of the keys and from those that the first look holds at least this likely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondModel:
    """Trees for whether an incident of a type is told, and for each role whether a phrase fills it."""

    incidents: BoostedTrees
    roles: Mapping[str, BoostedTrees]


def folds_of(parsed: Sequence[Parsed]) -> np.ndarray:
    """The part of each text, by its id alone."""
    return np.array([fold_of(p.document.id) for p in parsed])


def unseen_looks(parsed: Sequence[Parsed], *, words: Words) -> tuple[list[Look], LookModel]:
    """For each text the first look of a model that had not seen it, and the first look learned from all."""
    lessons = LookLessons(parsed, words=words)
    folds = folds_of(parsed)
    looks: dict[int, Look] = {}
    for fold in range(FOLDS):
        model = lessons.fit(np.flatnonzero(folds != fold))
        for i in np.flatnonzero(folds == fold):
            looks[int(i)] = look_at(parsed[int(i)], model, words=words)
    return [looks[i] for i in range(len(parsed))], lessons.fit(np.arange(len(parsed)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLessons:
    """Numbers, answers and texts of all second-look candidates."""

    incidents: tuple[Floats, np.ndarray, np.ndarray]
    roles: Mapping[str, tuple[Floats, np.ndarray, np.ndarray]]

    @classmethod
    def of(cls, looks: Sequence[Look], seen: Sequence[Seen]) -> SecondLessons:
        """What the looks at labelled texts teach, with what was seen in them."""
        types = [look.parsed.document.types() for look in looks]
        answers = np.array([name in told for told in types for name in TYPES])
        texts = np.repeat(np.arange(len(looks)), len(TYPES))
        return cls(
            incidents=(np.concatenate([incident_numbers(look, own) for look, own in zip(looks, seen, strict=True)]), answers, texts),
            roles={role: _role_lessons(looks, seen, role) for role in ALL_ROLES},
        )

    def fit(self, texts: np.ndarray) -> SecondModel:
        """The second look learned from these texts, by their numbers."""
        return SecondModel(incidents=_grow(self.incidents, texts, trees=90), roles={role: _grow(rows, texts, trees=110) for role, rows in self.roles.items()})


def _grow(rows: tuple[Floats, np.ndarray, np.ndarray], texts: np.ndarray, *, trees: int) -> BoostedTrees:
    numbers, answers, of_text = rows
    where = np.isin(of_text, texts)
    return grow(numbers[where], answers[where], weight=np.ones(int(where.sum())), trees=trees, rate=0.05, leaves=10, least=20)


def _role_lessons(looks: Sequence[Look], seen: Sequence[Seen], role: str) -> tuple[Floats, np.ndarray, np.ndarray]:
    numbers, answers, texts = [], [], []
    for i, look in enumerate(looks):
        offers = find_offers(look, role)
        wanted = wanted_by_type(look.parsed)
        for type in _taught_types(look):
            if offers:
                phrases = frozenset(phrase for entity in wanted.get((type, role), ()) for phrase in entity)
                numbers.append(offer_numbers(look, seen[i], type, offers))
                answers.append(np.array([offer.key in phrases for offer in offers]))
                texts.append(np.full(len(offers), i))
    return np.concatenate(numbers), np.concatenate(answers), np.concatenate(texts)


def _taught_types(look: Look) -> Iterator[str]:
    told = look.parsed.document.types()
    for number, type in enumerate(TYPES):
        if type in told or look.text[1 + number] >= _TOLD_AT_ALL:
            yield type
