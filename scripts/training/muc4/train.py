"""Train the bench model on MUC-4's training part and measure it by cross-validation there.

    python -m scripts.training.muc4.train

The file goes to `.cache/bench-models/muc4.npz`, which git ignores. Some three quarters of an hour on two cores, most of it the
tuning of a small language model.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from bench.figures import Skipped
from scripts.training.muc4.details import DetailLessons
from scripts.training.muc4.kin import learn_kin
from scripts.training.muc4.learning import SecondLessons, unseen_looks
from scripts.training.muc4.mentions import Words
from scripts.training.muc4.model import VERSION, BenchModel
from scripts.training.muc4.parsed import Parsed, load_parsed
from scripts.training.muc4.seeing import learn_to_see
from scripts.training.muc4.sources import load_countries, load_place_list
from scripts.training.muc4.split import SplitLessons
from scripts.training.muc4.spots import learn_atlas
from waqai.codebook.lexicon import load_lexicon
from waqai.learned.card import TrainingCard, TrainingData

COMMAND = "python -m scripts.training.muc4.train"


def train_bench_model(parsed: Sequence[Parsed]) -> BenchModel:
    """The model learned from these texts. Each stage learns from what the stage before said of texts that it had not seen."""
    words = Words(lexicon=load_lexicon(), kin=learn_kin(p.doc for p in parsed))
    looks, look_model = unseen_looks(parsed, words=words)
    seen, seeing = learn_to_see(parsed)
    everything = np.arange(len(parsed))
    atlas = learn_atlas(looks, kinds=load_place_list(), countries=load_countries())
    return BenchModel(
        looks=look_model,
        seeing=seeing,
        second=SecondLessons.of(looks, seen).fit(everything),
        splits=SplitLessons(looks).fit(everything),
        details=DetailLessons(looks, atlas, words=words).fit(everything),
        atlas=atlas,
        kin=words.kin,
    )


def train_and_keep(parsed: Sequence[Parsed]) -> BenchModel:
    """The model learned from these texts, kept with its card in the ignored folder."""
    model = train_bench_model(parsed)
    model.save(card_of(parsed))
    return model


def card_of(parsed: Sequence[Parsed]) -> TrainingCard:
    """The card of a model learned from these texts; it never ships."""
    digest = hashlib.sha256("\n".join(p.document.text for p in parsed).encode()).hexdigest()[:12]
    return TrainingCard(
        name="muc4",
        version=VERSION,
        trained=datetime.now(UTC).date().isoformat(),
        data=(TrainingData(name="bench:muc4", reports=len(parsed), digest=digest),),
        command=COMMAND,
        measured="by bench/muc4.py on the development part",
        figures={},
    )


def main() -> int:
    began = time.process_time()
    try:
        parsed = load_parsed("train")
    except Skipped as skipped:
        print(f"muc4: not trained: {skipped}", file=sys.stderr)
        return 2
    train_and_keep(parsed)
    print(f"muc4: trained on {len(parsed)} texts in {(time.process_time() - began) / 60:.1f} CPU minutes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
