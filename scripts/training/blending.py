"""How far to trust the view beside the contests: three numbers for each decision, from gold reports that neither of the two has learned from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from scripts.training.labels import teller_token
from scripts.training.stages import PAIRS, Lesson, answers_of, bids_of, match_accounts
from waqai.coding.acts import Belonging
from waqai.coding.coder import Coder
from waqai.coding.contest import compare_bids
from waqai.coding.impressions import look_at
from waqai.coding.model import BLENDS, CoderModel
from waqai.coding.rivals import compare_tellers
from waqai.coding.second import seen_of
from waqai.coding.view import Viewer
from waqai.learned.odds import Blend, log_odds

_PLAIN = Blend(0.0, 1.0, 0.0)
_STRENGTH = 10.0  # scikit-learn's C


def fit_blends(lessons: Sequence[Lesson], unseen: Sequence[CoderModel], viewer: Viewer) -> dict[str, Blend]:
    """The blends of all decisions in which the view is heard; `unseen` are the models of the folds."""
    rows: dict[str, list[tuple[float, float, bool]]] = {name: [] for name in BLENDS}
    for lesson in lessons:
        if lesson.set == "gold":
            _collect(lesson, unseen[lesson.fold], viewer, rows)
    return {name: _fit(found) for name, found in rows.items()}


def _collect(lesson: Lesson, model: CoderModel, viewer: Viewer, rows: Mapping[str, list[tuple[float, float, bool]]]) -> None:
    scene = lesson.scene
    look = look_at(scene, model)
    if not look.impressions:
        return
    coded = {teller_token(scene, a).i for a in lesson.accounts}
    chances = model.contests["tellings"].probabilities(compare_tellers(scene, look.impressions, look.relevance))
    view = viewer.view(scene.doc, scene.text, [i.token for i in look.impressions])
    for one, p in zip(look.impressions, chances, strict=True):
        types = view.types_of(one.token)
        if types is not None:
            rows["tellings"].append((float(p), 1 - float(types[0]), one.token.i in coded))
    own, _ = Coder(model).find_tellers(scene, look)
    account_of = match_accounts(scene, own, lesson.accounts)
    belonging = Belonging(scene, look.acts, own)
    for name in PAIRS:
        if name in rows:
            offered: Any = bids_of(name, scene, model, own, belonging)
            answers = answers_of(name, offered, account_of)
            if not offered.bids:
                continue
            contest = model.contests[name].probabilities(compare_bids(scene, offered.bids, belonging))
            for bid, p, answer in zip(offered.bids, contest, answers, strict=True):
                theirs = seen_of(name, bid, view)
                if theirs is not None and answer is not None:
                    rows[name].append((float(p), theirs, answer))


def _fit(rows: Sequence[tuple[float, float, bool]]) -> Blend:
    answers = np.array([answer for *_, answer in rows])
    if len(set(answers.tolist())) < 2:
        return _PLAIN
    table = [[log_odds(ours, least=1e-5), log_odds(theirs, least=1e-5)] for ours, theirs, _ in rows]
    model = LogisticRegression(C=_STRENGTH).fit(np.array(table), answers)
    return Blend(float(model.intercept_[0]), *map(float, model.coef_[0]))
