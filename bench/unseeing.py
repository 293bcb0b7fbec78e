"""The learned reader on the gold reports, each read by models that have not seen it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from scripts.training.folds import FOLDS, fold_of, unseen_file
from waqai.attribution import load_claim_model
from waqai.coding.reader import LearnedReader, load_coder
from waqai.coding.view import load_viewer
from waqai.core import MissingPart, Report
from waqai.flow import Chain, Outcome, iter_outcomes, shipped_settings
from waqai.flow.parts import Ground, lay_ground
from waqai.places import Resolver

HOW = "`python -m scripts.train_view`, `python -m scripts.train_reader` and `python -m scripts.train_attribution` make them (hours; docs/quality.md)"


@cache
def _ground() -> Ground:
    return lay_ground(shipped_settings())


@cache
def unseeing_chain(fold: int) -> Chain:
    """The chain of the learned reader whose models have not seen this part of the gold reports.

    Raises MissingPart where they are not there, or were not trained with the shipped ones.
    """
    if not unseen_file("coder", fold).exists():
        raise MissingPart(f"no models that have not seen the gold reports; {HOW}")
    coder, version = load_coder(unseen_file("coder", fold))
    if version != load_coder()[1]:
        raise MissingPart(f"the models in .cache/unseen were trained apart from the shipped one; {HOW}")
    viewer, sight = load_viewer(unseen_file("view", fold))
    if sight != load_viewer()[1]:
        raise MissingPart(f"the viewers in .cache/unseen were trained apart from the shipped one; {HOW}")
    claims = load_claim_model(unseen_file("claims", fold))
    if claims is None:
        raise MissingPart(f"no models that have not seen the gold reports; {HOW}")
    ground = _ground()
    reader = LearnedReader(places=ground.gazetteer, actors=ground.actors, data_version=ground.data_version, model=coder, claim_model=claims, viewer=viewer)
    return Chain(ground=ground, reader=reader, resolver=Resolver(ground.gazetteer))


def iter_unseen(reports: Iterable[Report]) -> Iterator[Outcome]:
    """What the learned reader makes of each gold report, by models that have not seen it; fold after fold."""
    kept = list(reports)
    for fold in range(FOLDS):
        yield from iter_outcomes([r for r in kept if fold_of(r.id) == fold], unseeing_chain(fold))


def is_learned(chain: Chain) -> bool:
    """Whether the chain's reader has learned from the gold reports."""
    return isinstance(chain.reader, LearnedReader)
