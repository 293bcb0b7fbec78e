"""The coder's training from end to end: a first look learned from labelled candidates, a second from how the first look's candidates stand to their rivals.

The second stage learns from first looks at reports that the looking model had not seen (`FOLDS` parts, cut by report), as it will have to judge such ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from scripts.training.boost import grow
from scripts.training.fit import Table, fit_gate, fit_kind
from scripts.training.folds import FOLDS, fold_of
from scripts.training.labels import NONE, Coded, Rows, label_pairs, label_tellings, measure_of, roles_of, site_of, takes_day, teller_token
from scripts.training.side_by_side import side_by_side
from waqai.coding.acts import Belonging
from waqai.coding.contest import compare_bids
from waqai.coding.impressions import Bids, Look, bid_for_days, bid_for_figures, bid_for_parties, bid_for_sites, look_at
from waqai.coding.model import CONTESTS, GATES, KINDS, THRESHOLDS, CoderModel
from waqai.coding.relevance import report_features
from waqai.coding.rivals import compare_tellers
from waqai.coding.scene import Scene
from waqai.coding.teller import Teller
from waqai.coding.view import View, Viewer
from waqai.learned.linear import LinearModel
from waqai.learned.trees import BoostedTrees, Floats

PAIRS = ("parties", "figures", "days", "sites")
_STRENGTH = 0.1
_KIND_STRENGTH = 0.5
_WEIGHT = {"gold": 1.0, "composed": 0.7}
_TREE_WEIGHT = {"tellings": 0.3, "parties": 0.7, "figures": 0.7, "days": 0.15, "sites": 0.7}  # of a composed report; those tell more happenings than gold's
_TREES: Mapping[str, Mapping[str, Any]] = {
    "tellings": {"trees": 160},
    "parties": {"trees": 220},
    "figures": {"trees": 150},
    "days": {"trees": 110},
    "sites": {"trees": 120},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """The models of the first look."""

    gates: dict[str, LinearModel]
    kinds: dict[str, LinearModel]
    tellers: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A coded report laid out: `set` is "gold" or "composed"."""

    scene: Scene
    accounts: Sequence[Coded]
    set: str

    @property
    def fold(self) -> int:
        return fold_of(self.scene.report.id)


@dataclass(slots=True)
class Numbers:
    """Second-stage candidates of one decision: rows of numbers, whether a coder takes them, and the lesson that each is from."""

    rows: list[Floats] = field(default_factory=list)
    taken: list[Any] = field(default_factory=list)
    lessons: list[Any] = field(default_factory=list)

    def add(self, rows: Floats, taken: Sequence[bool], lesson: int) -> None:
        """The candidates of one lesson."""
        if len(taken):
            self.rows.append(rows)
            self.taken.append(np.array(taken, dtype=bool))
            self.lessons.append(np.full(len(taken), lesson))

    def joined(self) -> tuple[Floats, np.ndarray, np.ndarray]:
        """All rows, answers and lessons."""
        return np.concatenate(self.rows), np.concatenate(self.taken), np.concatenate(self.lessons)


class FirstStage:
    """Labelled candidates of all lessons, from which models are fitted to any part of them."""

    def __init__(self, lessons: Sequence[Lesson], *, families: Mapping[str, str]) -> None:
        self.rows = {name: Rows() for name in ("tellings", *PAIRS, "status", "background", "reports")}
        for i, lesson in enumerate(lessons):
            label_tellings(self.rows["tellings"], lesson.scene, lesson.accounts, report=i)
            label_pairs(self.rows, lesson.scene, lesson.accounts, report=i, families=families)
            self.rows["reports"].add(report_features(lesson.scene), "conflict" if lesson.accounts else NONE, report=i, note=())
        for rows in self.rows.values():
            for features, report in zip(rows.features, rows.reports, strict=True):
                features.append(f"set={lessons[report].set}")
        self.words = [lessons[r].scene.doc[note[0]] for r, note in zip(self.rows["tellings"].reports, self.rows["tellings"].notes, strict=True)]
        self.tables = {name: Table(rows.features) for name, rows in self.rows.items()}
        self.weights = {name: np.array([_WEIGHT[lessons[r].set] for r in rows.reports]) for name, rows in self.rows.items()}

    def fit(self, lessons: Collection[int]) -> First:
        """Gates and kinds from these lessons."""
        gates, kinds = {}, {}
        for name, rows in self.rows.items():
            labels = np.array(rows.labels, dtype=object)
            where = np.flatnonzero(np.isin(rows.reports, list(lessons)))
            if name in GATES:
                gates[name] = fit_gate(self.tables[name], labels != NONE, where=where, label=name, strength=_STRENGTH, weight=self.weights[name])
            if name in KINDS:
                strength = _STRENGTH if name == "status" else _KIND_STRENGTH
                kinds[name] = fit_kind(self.tables[name], labels, where=where[labels[where] != NONE], strength=strength, weight=self.weights[name])
        return First(gates=gates, kinds=kinds, tellers=self._tellers(lessons))

    def _tellers(self, lessons: Collection[int]) -> frozenset[str]:
        """The lemmas, other than verbs, that tell of a happening at least twice."""
        rows, wanted = self.rows["tellings"], set(lessons)
        told = Counter(
            word.lemma_.lower()
            for word, label, report in zip(self.words, rows.labels, rows.reports, strict=True)
            if label != NONE and report in wanted and word.pos_ != "VERB"
        )
        return frozenset(lemma for lemma, times in told.items() if times > 1)


def first_of(model: CoderModel) -> First:
    """What a model learned at first sight."""
    return First(gates=dict(model.gates), kinds=dict(model.kinds), tellers=model.tellers)


def model_of(first: First, contests: Mapping[str, BoostedTrees], thresholds: Mapping[str, float] = THRESHOLDS) -> CoderModel:
    """The two stages as one model."""
    return CoderModel(gates=first.gates, kinds=first.kinds, tellers=first.tellers, contests=contests, thresholds=thresholds)


def teller_numbers(lessons: Sequence[Lesson], firsts: Sequence[First], viewers: Sequence[Viewer]) -> tuple[Numbers, list[Look]]:
    """Second-stage rows of tellings, each lesson looked at by the first stage and the viewer of its own fold; and the looks behind them."""
    numbers, seen = Numbers(), []
    for i, lesson in enumerate(lessons):
        look = look_at(lesson.scene, model_of(firsts[lesson.fold], {}), viewers[lesson.fold])
        impressions = look.impressions
        coded = {teller_token(lesson.scene, a).i for a in lesson.accounts}
        numbers.add(compare_tellers(lesson.scene, impressions, look.relevance), [m.token.i in coded for m in impressions], i)
        seen.append(look)
    return numbers, seen


def grow_part(numbers: Numbers, name: str, lessons: Sequence[Lesson], keep: Collection[int]) -> BoostedTrees:
    """Trees of one decision from these lessons."""
    rows, taken, of = numbers.joined()
    where = np.isin(of, list(keep))
    weight = np.array([1.0 if lessons[i].set == "gold" else _TREE_WEIGHT[name] for i in of])
    return grow(rows[where], taken[where], weight=weight[where], **_TREES[name])


def unseen_tellers(lessons: Sequence[Lesson], seen: Sequence[Look], trees: Sequence[BoostedTrees], *, least: float) -> list[list[Teller]]:
    """The tellers of each lesson by the trees of its fold."""
    found = []
    for lesson, look in zip(lessons, seen, strict=True):
        impressions = look.impressions
        chances = trees[lesson.fold].probabilities(compare_tellers(lesson.scene, impressions, look.relevance)) if impressions else np.zeros(0)
        found.append(
            [Teller(token=m.token, type=m.type, family=m.family, p=float(p), type_p=m.type_p) for m, p in zip(impressions, chances, strict=True) if p >= least]
        )
    return found


def pair_numbers(lessons: Sequence[Lesson], firsts: Sequence[First], tellers: Sequence[Sequence[Teller]], seen: Sequence[Look]) -> dict[str, Numbers]:
    """Second-stage rows of parties, figures, days and sites of the tellers that match a coded account; the others only compete."""
    numbers = {name: Numbers() for name in PAIRS}
    for i, lesson in enumerate(lessons):
        model, scene, own = model_of(firsts[lesson.fold], {}), lesson.scene, tellers[i]
        belonging = Belonging(scene, seen[i].acts, own)
        account_of = match_accounts(scene, own, lesson.accounts)
        for name in PAIRS:
            offered = bids_of(name, scene, model, own, belonging, seen[i].view)
            rows = compare_bids(scene, offered.bids, offered.belonging)
            answers = answers_of(name, offered, account_of)
            where = [k for k, answer in enumerate(answers) if answer is not None]
            numbers[name].add(rows[where], [bool(answers[k]) for k in where], i)
    return numbers


def bids_of(name: str, scene: Scene, model: CoderModel, tellers: Sequence[Teller], belonging: Belonging, view: View | None) -> Bids[Any]:
    """The bids of one of `PAIRS`."""
    bid: Any = {"parties": bid_for_parties, "figures": bid_for_figures, "days": bid_for_days, "sites": bid_for_sites}[name]
    return bid(scene, model, tellers, belonging, view)  # type: ignore[no-any-return]


def match_accounts(scene: Scene, tellers: Sequence[Teller], accounts: Sequence[Coded]) -> dict[int, Coded]:
    """The coded account of each teller, by the teller's token: the same word, else one of its family in its sentence."""
    tokens = {teller_token(scene, a).i: a for a in reversed(accounts)}
    matched = {t.token.i: tokens[t.token.i] for t in tellers if t.token.i in tokens}
    taken = {id(a) for a in matched.values()}
    for teller in tellers:
        if teller.token.i not in matched:
            near = [
                (abs(i - teller.token.i), a)
                for i, a in tokens.items()
                if id(a) not in taken and scene.families[a["type"]] == teller.family and scene.sentence_of(scene.doc[i]) == scene.sentence_of(teller.token)
            ]
            if near:
                matched[teller.token.i] = min(near, key=lambda pair: pair[0])[1]
                taken.add(id(matched[teller.token.i]))
    return matched


def answers_of(name: str, offered: Any, account_of: Mapping[int, Coded]) -> list[bool | None]:
    """For each bid whether a coder takes it with its label, None where the teller is no coded account."""
    by_teller: dict[int, list[int]] = {}
    for k, bid in enumerate(offered.bids):
        by_teller.setdefault(bid.teller.token.i, []).append(k)
    answers: list[bool | None] = [None] * len(offered.bids)
    for token, where in by_teller.items():
        account = account_of.get(token)
        if account is None:
            continue
        items, bids = [offered.items[k] for k in where], [offered.bids[k] for k in where]
        if name == "parties":
            given = [role == bid.label for role, bid in zip(roles_of(account, items), bids, strict=True)]
        elif name == "figures":
            given = [measure_of(account, item.phrase, item.low) == bid.label for item, bid in zip(items, bids, strict=True)]
        elif name == "days":
            given = [takes_day(account, item) for item in items]
        else:
            given = [site_of(account, item) for item in items]
        for k, answer in zip(where, given, strict=True):
            answers[k] = answer
    return answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """The model of all lessons, and for each fold the model that has not seen it."""

    model: CoderModel
    unseen: Sequence[CoderModel]


def train_first(lessons: Sequence[Lesson], *, families: Mapping[str, str]) -> tuple[list[First], First]:
    """The first stage, for each fold on the others and on all."""
    stage = FirstStage(lessons, families=families)
    *firsts, first = side_by_side(stage.fit, [*_others(lessons), range(len(lessons))])
    return firsts, first


def train_second(
    lessons: Sequence[Lesson], firsts: Sequence[First], first: First, *, viewers: Sequence[Viewer], thresholds: Mapping[str, float] = THRESHOLDS
) -> Trained:
    """The second stage, for each fold on the others and on all, from looks of the first stage and the viewer that have not seen the report."""
    others, everything = _others(lessons), range(len(lessons))
    telling_rows, seen = teller_numbers(lessons, firsts, viewers)
    telling_trees = [grow_part(telling_rows, "tellings", lessons, part) for part in others]

    tellers = unseen_tellers(lessons, seen, telling_trees, least=thresholds["tellings"])
    rows = {"tellings": telling_rows, **pair_numbers(lessons, firsts, tellers, seen)}

    trees = {name: [grow_part(rows[name], name, lessons, part) for part in others] for name in PAIRS} | {"tellings": telling_trees}
    unseen = [model_of(firsts[f], {name: trees[name][f] for name in CONTESTS}, thresholds) for f in range(FOLDS)]
    final = {name: grow_part(rows[name], name, lessons, everything) for name in CONTESTS}
    return Trained(model=model_of(first, final, thresholds), unseen=unseen)


def _others(lessons: Sequence[Lesson]) -> list[list[int]]:
    """For each fold the lessons of the others."""
    return [[i for i, lesson in enumerate(lessons) if lesson.fold != f] for f in range(FOLDS)]
