"""Groups of words that are used alike, learned from texts without any coding: what a model knows of "mayor" it then knows of "councilman"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import scipy.sparse as sp
from sklearn.cluster import MiniBatchKMeans
from sklearn.decomposition import TruncatedSVD
from spacy.tokens import Doc

_REACH = 3
_LEAST = 5
_SIZES = (60, 300)
_CONTENT = frozenset(("NOUN", "VERB", "PROPN", "ADJ"))


def learn_kin(docs: Iterable[Doc]) -> dict[str, tuple[str, ...]]:
    """For each lemma its groups, the coarse one first.

    Positive pointwise mutual information with the words within three places and with governors and dependants, cut to 80 dimensions, then k-means.
    """
    rows, columns, known = _pairs(docs)
    counts = sp.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)))
    counts.sum_duplicates()
    of_row, of_column = np.asarray(counts.sum(axis=1)).ravel(), np.asarray(counts.sum(axis=0)).ravel()
    table = counts.tocoo()
    worth = np.log(table.data * counts.sum() / (of_row[table.row] * of_column[table.col] ** 0.75 * of_column.sum() ** 0.25))
    ppmi = sp.csr_matrix((np.maximum(worth, 0), (table.row, table.col)), shape=counts.shape)
    vectors = TruncatedSVD(80, random_state=0).fit_transform(ppmi)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    groups = [MiniBatchKMeans(size, random_state=0, n_init=3).fit_predict(vectors) for size in _SIZES]
    return {lemma: tuple(f"{size}:{labels[i]}" for size, labels in zip(_SIZES, groups, strict=True)) for lemma, i in known.items()}


def _pairs(docs: Iterable[Doc]) -> tuple[list[int], list[int], dict[str, int]]:
    texts = [[(t.lemma_.lower(), t.pos_, t.head.lemma_.lower(), t.dep_) for t in doc if t.is_alpha] for doc in docs]
    seen = Counter(word[0] for text in texts for word in text)
    known = {lemma: i for i, lemma in enumerate(sorted(lemma for lemma, n in seen.items() if n >= _LEAST))}
    contexts: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for text in texts:
        for lemma, context in _iter_contexts(text):
            if lemma in known:
                rows.append(known[lemma])
                columns.append(contexts.setdefault(context, len(contexts)))
    return rows, columns, known


def _iter_contexts(text: Sequence[tuple[str, str, str, str]]) -> Iterable[tuple[str, str]]:
    for i, (lemma, part, head, relation) in enumerate(text):
        if part not in _CONTENT:
            continue
        for near in text[max(0, i - _REACH) : i + _REACH + 1]:
            if near[1] in _CONTENT and near[0] != lemma:
                yield lemma, near[0]
        yield lemma, f"{relation}<{head}"
        yield head, f"{relation}>{lemma}"


def kin_of(lemma: str, kin: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The groups of a word, none where it is unknown."""
    return kin.get(lemma.lower(), ())
