"""A second opinion: what the coder's own models say of a telling or an item, and what the view says of it, made one."""

from __future__ import annotations

import numpy as np

from waqai.coding.contest import Bid
from waqai.coding.impressions import best_type
from waqai.coding.model import CoderModel
from waqai.coding.rivals import Impression
from waqai.coding.scene import Scene
from waqai.coding.teller import Teller
from waqai.coding.view import NONE, View
from waqai.learned.keyed import Floats

_LEAST = 1e-6


def seen_again(scene: Scene, one: Impression, p: float, view: View | None, model: CoderModel) -> Teller:
    """The impression as a teller, with what the view says of the word; as it is where there is no view or the view was not shown it."""
    types = view.types_of(one.token) if view is not None else None
    if view is None or types is None:
        return Teller(token=one.token, type=one.type, family=one.family, p=p, type_p=one.type_p)
    labels, blend = model.kinds["tellings"].labels, model.blends["tellings"]
    row = np.sqrt(one.types * np.maximum(shares_of(types, view, labels), _LEAST))
    row = np.asarray(row / row.sum())
    best = best_type(scene, row, labels)
    return Teller(token=one.token, type=labels[best], family=scene.families[labels[best]], p=blend.of(p, 1 - float(types[0])), type_p=float(row[best]))


def shares_of(types: Floats, view: View, labels: tuple[str, ...]) -> Floats:
    """The view's probabilities of these types, given that the word tells of something; of one that it never met next to nothing."""
    of_type = dict(zip(view.viewer.types, types, strict=True))
    shares = np.array([float(of_type.get(label, 0.0)) for label in labels])
    return np.asarray(shares / max(_LEAST, 1 - float(of_type[NONE])))


def blended(decision: str, bid: Bid, p: float, view: View | None, model: CoderModel) -> float:
    """The bid's probability with what the view says of it; as it is where there is no view or the view has nothing to say."""
    blend = model.blends.get(decision)
    theirs = seen_of(decision, bid, view) if blend is not None and view is not None else None
    return p if blend is None or theirs is None else blend.of(p, theirs)


def seen_of(decision: str, bid: Bid, view: View) -> float | None:
    """How probably the item belongs to the telling as the bid says, by the view alone."""
    if decision == "parties":
        return view.role_of(bid.teller.token, bid.item, bid.label)
    return view.label_of(bid.teller.token, bid.item, {"sites": "place", "days": "day"}.get(decision, bid.label))
