"""The first look at a report: which words may tell of a happening, and what each happening may take."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from spacy.tokens import Token

from waqai.coding.acts import Acts, Belonging
from waqai.coding.contest import Bid
from waqai.coding.days import day_features, day_traits, may_date
from waqai.coding.figures import figure_features, figure_traits, find_figures, near_figures
from waqai.coding.model import CoderModel
from waqai.coding.parties import Party, find_parties, near_parties, party_features, party_traits
from waqai.coding.relating import is_of_older_time
from waqai.coding.relevance import report_features
from waqai.coding.rivals import Impression
from waqai.coding.scene import Scene
from waqai.coding.sites import site_features, site_traits
from waqai.coding.teller import Teller
from waqai.coding.tellings import telling_features
from waqai.coding.view import View, Viewer
from waqai.learned.keyed import Floats
from waqai.learned.odds import NOTHING, mixed
from waqai.reading.bounds import Quantity
from waqai.reading.placenames import FoundPlace
from waqai.reading.timing import DatedPhrase

_FAINTEST = 0.05  # a word below is no teller, whatever its rivals
_MOST = 60  # numbers, days or places that one telling may take
_MOST_PARTIES = 150
_VIEW_TELLS, _VIEW_TYPES, _VIEW_OWNS = 0.5, 0.5, 0.35  # the weight of the view beside the linear models at first sight; the contests weigh the two anew
_LEAST = 1e-6
_OWNED_AS = {"days": "day", "sites": "place"}  # what the view calls these
_TRUST = 4.5  # how much likelier a type becomes when the rules say so; e^1.5, chosen on data/gold out of fold, where e^1 to e^2 do alike

Item = TypeVar("Item", Party, Quantity, DatedPhrase, FoundPlace)


@dataclass(frozen=True, slots=True)
class Bids(Generic[Item]):
    """Bids with the item that each is for, in the same order."""

    bids: list[Bid]
    items: list[Item]
    belonging: Belonging


@dataclass(frozen=True, slots=True)
class Look:
    """The first look at a report's words: those that may tell of a happening, in order of the text, what each word would tell of, and how
    probably the report tells of conflict at all."""

    impressions: list[Impression]
    acts: Acts
    relevance: float
    view: View | None


def look_at(scene: Scene, model: CoderModel, viewer: Viewer) -> Look:
    """The first look at the words, by the model and by the viewer, which is shown the paragraphs where the model finds some."""
    labels = model.kinds["tellings"].labels
    words = [t for t in scene.content_words if _may_tell(scene, model, t)]
    chances, types = model.judge("tellings", [telling_features(scene, token) for token in words])
    likely = np.flatnonzero(chances >= _FAINTEST).tolist()
    view = viewer.view(scene.doc, scene.text, [words[i] for i in likely]) if likely else None
    impressions = [_impression(scene, words[i], float(chances[i]), types[i], labels, view) for i in likely]
    of_word = {one.token.i: one for one in impressions}
    acts = Acts(
        labels=labels,
        families=[scene.families[label] for label in labels],
        types={word.i: of_word[word.i].types if word.i in of_word else row for word, row in zip(words, types, strict=True)},
        chances={word.i: float(p) for word, p in zip(words, chances, strict=True)},
    )
    return Look(impressions, acts, relevance=float(model.chances("reports", [report_features(scene)])[0]), view=view)


def _impression(scene: Scene, word: Token, first: float, types: Floats, labels: Sequence[str], view: View | None) -> Impression:
    seen, row = _seen(view, word, with_rule(scene, word, types, labels), labels)
    best = best_type(scene, row, labels)
    return Impression(
        token=word,
        p=first if math.isnan(seen) else mixed(first, seen, share=_VIEW_TELLS),
        type=labels[best],
        family=scene.families[labels[best]],
        type_p=float(row[best]),
        types=row,
        column=best,
        first=first,
        seen=seen,
    )


def _seen(view: View | None, word: Token, row: Floats, labels: Sequence[str]) -> tuple[float, Floats]:
    """How probably the word tells of something by the view, and the probabilities of the types with what the view says of them."""
    types = view.types_of(word) if view is not None else None
    if view is None or types is None:
        return NOTHING, row
    of_type = dict(zip(view.viewer.types, types, strict=True))
    seen = 1 - float(types[0])
    shares = np.array([float(of_type.get(label, 0.0)) for label in labels]) / max(_LEAST, seen)
    both = row ** (1 - _VIEW_TYPES) * np.maximum(shares, _LEAST) ** _VIEW_TYPES
    return seen, np.asarray(both / both.sum())


def _may_tell(scene: Scene, model: CoderModel, token: Token) -> bool:
    """A verb, a trigger of the rules, or a word known to tell: by the lexicon, the thesaurus or the reports that the model learned from."""
    known = token.pos_ == "VERB" or token.i in scene.triggers or token.lemma_.lower() in model.tellers
    return known or bool(scene.types_of(token)) or scene.is_act(token)


def with_rule(scene: Scene, token: Token, row: Floats, labels: Sequence[str]) -> Floats:
    """The probabilities of the types, with that of the rules' trigger raised."""
    trigger = scene.triggers.get(token.i)
    if trigger is None or trigger.type not in labels:
        return row
    raised = row * np.where(np.array(labels) == trigger.type, _TRUST, 1.0)
    return np.asarray(raised / raised.sum())


def best_type(scene: Scene, row: Floats, labels: Sequence[str]) -> int:
    """The column of the likeliest type of the likeliest family."""
    families = np.array([scene.families[label] for label in labels])
    sums = {family: row[families == family].sum() for family in dict.fromkeys(families)}
    return int(np.where(families == max(sums, key=lambda family: sums[family]), row, -1.0).argmax())


def bid_for_parties(scene: Scene, model: CoderModel, tellers: Sequence[Teller], belonging: Belonging, view: View | None) -> Bids[Party]:
    """Every party near each happening."""
    found = find_parties(scene)
    pairs = [(t, p) for t in tellers for p in _nearest(t, near_parties(scene, t.token, found), lambda p: p.head.i, most=_MOST_PARTIES)]
    return _bids(scene, model, "parties", tellers, belonging, view, pairs, party_features, head=lambda p: p.head, rule=_rule_of_party, traits=party_traits)


def bid_for_figures(scene: Scene, model: CoderModel, tellers: Sequence[Teller], belonging: Belonging, view: View | None) -> Bids[Quantity]:
    """Every number near each happening."""
    found = find_figures(scene)
    pairs = [(t, q) for t in tellers for q in _nearest(t, near_figures(scene, t.token, found), lambda q: q.head.i)]
    return _bids(scene, model, "figures", tellers, belonging, view, pairs, figure_features, head=lambda q: q.head, rule=_rule_of_figure, traits=figure_traits)


def bid_for_days(scene: Scene, model: CoderModel, tellers: Sequence[Teller], belonging: Belonging, view: View | None) -> Bids[DatedPhrase]:
    """Every date phrase, for every happening that it can date."""
    pairs = [(t, d) for t in tellers for d in _nearest(t, scene.timeline.phrases, lambda d: d.token.i) if may_date(scene, t, d)]
    return _bids(scene, model, "days", tellers, belonging, view, pairs, day_features, head=lambda d: d.token, rule=_rule_of_day, traits=day_traits)


def bid_for_sites(scene: Scene, model: CoderModel, tellers: Sequence[Teller], belonging: Belonging, view: View | None) -> Bids[FoundPlace]:
    """Every place name, for every happening that may lie there."""
    pairs = [(t, p) for t in tellers for p in _nearest(t, scene.sites, lambda p: p.head.i) if not is_of_older_time(scene, p.head, than=t.token)]
    return _bids(scene, model, "sites", tellers, belonging, view, pairs, site_features, head=lambda p: p.head, rule=_rule_of_site, traits=site_traits)


def _nearest(teller: Teller, items: Sequence[Item], place: Callable[[Item], int], *, most: int = _MOST) -> Sequence[Item]:
    """All of them in a report of usual length; in a long one the `most` that stand nearest, so that the work grows with the text, not with its square."""
    if len(items) <= most:
        return items
    return sorted(sorted(items, key=lambda item: abs(place(item) - teller.token.i))[:most], key=place)


def _bids(
    scene: Scene,
    model: CoderModel,
    decision: str,
    tellers: Sequence[Teller],
    belonging: Belonging,
    view: View | None,
    pairs: Sequence[tuple[Teller, Item]],
    features_of: Callable[..., list[str]],
    *,
    head: Callable[[Item], Token],
    rule: Callable[[Scene, Teller, Item, str], float],
    traits: Callable[[Scene, Item], tuple[float, ...]],
) -> Bids[Item]:
    """A bid for each pair that is not out of the question; labelled where the decision is also one between labels."""
    places = frozenset(t.token.i for t in tellers)
    asked, chances, kinds = model.judge_likely(decision, [features_of(scene, teller, item, tellers=places) for teller, item in pairs])
    pairs = [pairs[i] for i in asked]
    labels = model.kinds[decision].labels if decision in model.kinds else ("",)
    chosen = [labels[int(row.argmax())] for row in kinds]
    bids = []
    of_item: dict[int, tuple[float, ...]] = {}
    owned = _owned(view, decision, [(teller, head(item), label) for (teller, item), label in zip(pairs, chosen, strict=True)])
    for (teller, item), p, row, label, seen in zip(pairs, chances, kinds, chosen, owned, strict=True):
        given = rule(scene, teller, item, label)
        if id(item) not in of_item:
            of_item[id(item)] = traits(scene, item)
        rank, *own = of_item[id(item)]
        bids.append(
            Bid(
                teller=teller,
                item=head(item),
                p=float(p) if math.isnan(seen) else mixed(float(p), seen, share=_VIEW_OWNS),
                label=label,
                label_p=float(row.max()),
                rule=given,
                rank=rank,
                traits=tuple(own),
                first=float(p),
                seen=seen,
            )
        )
    return Bids(bids, [item for _, item in pairs], belonging)


def _owned(view: View | None, decision: str, asked: Sequence[tuple[Teller, Token, str]]) -> list[float]:
    """How probably each item belongs to its teller with the label, by the view."""
    if view is None:
        return [NOTHING] * len(asked)
    found = [NOTHING] * len(asked)
    by_teller: dict[int, list[int]] = {}
    for k, (teller, _, _) in enumerate(asked):
        by_teller.setdefault(teller.token.i, []).append(k)
    for own in by_teller.values():
        word = asked[own[0]][0].token
        items, labels = [asked[k][1] for k in own], [_OWNED_AS.get(decision, asked[k][2]) for k in own]
        chances = view.roles_of(word, items, labels) if decision == "parties" else view.labels_of(word, items, labels)
        for k, p in zip(own, chances, strict=True):
            found[k] = p
    return found


def _rule_of_party(scene: Scene, teller: Teller, party: Party, role: str) -> float:
    telling = scene.telling_of.get(teller.token.i)
    roles = {i.role for i in telling.involved if i.phrase.overlaps(party.phrase)} if telling is not None else set()
    return 1.0 if role in roles else -1.0 if roles else 0.0


def _rule_of_figure(scene: Scene, teller: Teller, figure: Quantity, measure: str) -> float:
    telling = scene.telling_of.get(teller.token.i)
    measures = {c.measure for c in telling.counts if c.phrase.overlaps(figure.phrase)} if telling is not None else set()
    return 1.0 if measure in measures else -1.0 if measures else 0.0


def _rule_of_day(scene: Scene, teller: Teller, dated: DatedPhrase, _: str) -> float:
    telling = scene.telling_of.get(teller.token.i)
    if telling is None:
        return 0.0
    return 1.0 if telling.when is not None and telling.when.phrase.overlaps(dated.phrase.span) else -1.0


def _rule_of_site(scene: Scene, teller: Teller, place: FoundPlace, _: str) -> float:
    telling = scene.telling_of.get(teller.token.i)
    if telling is None:
        return 0.0
    named = {m.name for m in telling.mentions if m.role == "event_place"}
    return 1.0 if place.name in named else -1.0
