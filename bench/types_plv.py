"""How well our types carry over to PLOVER: the fifteen roots of the PLV sentences, by the shipped rules and by a model that is only measured.

    python -m bench.types_plv [--confusion] [--errors N] [--vectors]

"shipped rules": their triggers, statuses and stances through the codebook's crosswalk; a sentence in which they find nothing counts as wrong. "rules with the
source's verb": they look at the verb of the marked source, too. How bench.plv_rules takes what the rules find was written with these sentences in view.
"bench model": a linear model over the coder's features and the rules' findings, each fifth of PLV judged by a model that learned from the other four (in
memory, never kept: what it learned from is not ours to ship). `--vectors` mixes in frozen sentence vectors where their packages are installed. A zero-shot
roberta-large-mnli, by its authors' released predictions, has accuracy .760 and macro-F1 .743 on these sentences.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench import plv, plv_examples
from bench.figures import Figure, Skipped
from bench.laid_out import lay_out
from bench.plv import FOLDS, ROOTS, Marked, load_marked
from bench.plv_examples import load_examples
from bench.plv_features import relation_features
from bench.plv_rules import read_root, read_root_by_verb
from waqai.codebook import load_codebook
from waqai.learned.keyed import Floats

DATA = (*plv.DATA, *plv_examples.DATA)
_STRENGTH = 0.5
_NOISE = 0.012  # one standard error of an accuracy of .8 on a thousand sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Marked sentences, the roots that the rules tell without and with a look at the source's verb (None: nothing found), and their features."""

    marked: Sequence[Marked]
    by_rules: Sequence[str | None]
    by_verb: Sequence[str | None]
    features: Sequence[list[str]]

    @property
    def roots(self) -> NDArray[np.object_]:
        return np.array([m.root for m in self.marked], dtype=object)


def measure_types() -> Iterator[Figure]:
    """Accuracy and macro-F1 of the rules and of the bench models. Raises Skipped where PLV is not here."""
    sheet, examples = make_sheet(load_marked()), make_sheet(load_examples())
    yield from _figures("shipped rules", sheet.marked, sheet.by_rules)
    yield from _figures("rules with the source's verb", sheet.marked, sheet.by_verb)
    yield from _figures("bench model, not shipped", sheet.marked, likeliest(judge(sheet)), target=0.70)
    yield from _figures("bench model with PLOVER's examples, not shipped", sheet.marked, likeliest(judge(sheet, examples)))


def make_sheet(marked: Sequence[Marked]) -> Sheet:
    """The sentences parsed and read."""
    codebook = load_codebook()
    scenes = list(lay_out(m.text for m in marked))
    return Sheet(
        marked=marked,
        by_rules=[read_root(scene, m, codebook) for scene, m in zip(scenes, marked, strict=True)],
        by_verb=[read_root_by_verb(scene, m, codebook) for scene, m in zip(scenes, marked, strict=True)],
        features=[relation_features(scene, m, codebook) for scene, m in zip(scenes, marked, strict=True)],
    )


def judge(sheet: Sheet, examples: Sheet | None = None) -> Floats:
    """(n_sentences, n_roots) probabilities, each from a model that has seen no sentence of its fold; all models have seen the examples.

    Raises Skipped without scikit-learn.
    """
    try:
        from scripts.training.fit import Table, fit_kind
    except ImportError as error:
        raise Skipped(f"what training needs is not installed: {error}") from error
    more = examples or Sheet(marked=(), by_rules=(), by_verb=(), features=())
    features = [*sheet.features, *more.features]
    table, roots = Table(features), np.concatenate([sheet.roots, more.roots])
    folds = np.array([*(m.fold for m in sheet.marked), *(-1 for _ in more.marked)])
    chances = np.zeros((len(sheet.marked), len(ROOTS)))
    for fold in range(FOLDS):
        model = fit_kind(table, roots, where=np.flatnonzero(folds != fold), strength=_STRENGTH, weight=np.ones(len(roots)))
        unseen, columns = np.flatnonzero(folds == fold), np.array([ROOTS.index(label) for label in model.labels])
        chances[np.ix_(unseen, columns)] = model.probabilities([features[i] for i in unseen])
    return chances


def likeliest(chances: Floats) -> list[str]:
    """The root of the highest probability in each row."""
    return [ROOTS[i] for i in chances.argmax(axis=1)]


def accuracy(told: Sequence[str | None], roots: Sequence[str]) -> float:
    """The share of sentences with their root."""
    return sum(t == r for t, r in zip(told, roots, strict=True)) / max(len(roots), 1)


def macro_f1(told: Sequence[str | None], roots: Sequence[str]) -> float:
    """The mean F1 of the roots that occur.

    >>> macro_f1(["AID", "AID", None], ["AID", "YIELD", "YIELD"])
    0.3333333333333333
    """
    hits = Counter(r for t, r in zip(told, roots, strict=True) if t == r)
    told_of, coded = Counter(told), Counter(roots)
    return sum(2 * hits[root] / (told_of[root] + n) for root, n in coded.items()) / len(coded)


def confusion(told: Sequence[str | None], roots: Sequence[str]) -> Iterator[str]:
    """A line for each root: how often it was told, and what was told instead."""
    for root in ROOTS:
        instead = Counter(t or "nothing" for t, r in zip(told, roots, strict=True) if r == root)
        wrong = ", ".join(f"{name} {n}" for name, n in instead.most_common() if name != root)
        yield f"{root:10s} {instead[root]:4d} of {instead.total():4d}  {wrong}"


def _figures(name: str, marked: Sequence[Marked], told: Sequence[str | None], *, target: float | None = None) -> Iterator[Figure]:
    roots = [m.root for m in marked]
    yield Figure(f"{name}: accuracy", accuracy(told, roots), "accuracy", target, len(roots), noise=_NOISE)
    yield Figure(f"{name}: macro-F1", macro_f1(told, roots), "F1", None, len(roots), noise=2 * _NOISE)
    found = [i for i, one in enumerate(told) if one is not None]
    if len(found) < len(told):
        yield Figure(f"{name}: nothing found", 1 - len(found) / len(told), "of the sentences", None, len(roots), better="lower", noise=_NOISE)
        of_found = accuracy([told[i] for i in found], [roots[i] for i in found])
        yield Figure(f"{name}: accuracy of what is found", of_found, "accuracy", None, len(found), noise=_NOISE)


def main() -> None:
    parser = argparse.ArgumentParser(description="PLOVER roots of the PLV sentences.")
    parser.add_argument("--confusion", action="store_true", help="what was told instead, by root")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N sentences of a wrong root")
    parser.add_argument("--vectors", action="store_true", help="mix in frozen sentence vectors")
    options = parser.parse_args()
    sheet, examples = make_sheet(load_marked()), make_sheet(load_examples())
    tellings: dict[str, Sequence[str | None]] = {
        "shipped rules": sheet.by_rules,
        "rules with the source's verb": sheet.by_verb,
        "bench model": likeliest(judge(sheet)),
        "with PLOVER's examples": likeliest(chances := judge(sheet, examples)),
    }
    if options.vectors:
        from bench.plv_vectors import judge_by_vectors, mix

        by_vectors = judge_by_vectors(sheet.marked, examples.marked)
        tellings |= {"PLOVER's examples, vectors alone": likeliest(by_vectors), "with PLOVER's examples and vectors": likeliest(mix(chances, by_vectors))}
    roots = [m.root for m in sheet.marked]
    for name, told in tellings.items():
        print(f"{name:36s} accuracy {accuracy(told, roots):.3f}  macro-F1 {macro_f1(told, roots):.3f}")
        if options.confusion:
            print("\n".join(f"    {line}" for line in confusion(told, roots)))
    wrong = [(m, t) for m, t in zip(sheet.marked, likeliest(chances), strict=True) if t != m.root]
    for marked, root in wrong[: options.errors]:
        print(f"{marked.root} told as {root}: {marked.text}")


if __name__ == "__main__":
    main()
