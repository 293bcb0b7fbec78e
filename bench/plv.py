"""The PLV sentences: each with its source and target marked and one of fifteen PLOVER roots.

They lie beside the checkout (../shared/bench), state no licence and are only measured on: nothing of them is kept in the repository.
"""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from bench.figures import ROOT, Skipped
from waqai.core import Span

DATA = ("../shared/bench/types/plv_train.tsv",)
FOLDS = 5
ROOTS = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "YIELD",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "MOBILIZE",
    "SANCTION",
    "COERCE",
    "ASSAULT",
)
"""The roots, from cooperation to conflict. YIELD holds what the PLOVER of today parts into CONCEDE and RETREAT."""

_TAG = re.compile(r"<(/?)([st])>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A sentence without its marks, the spans that were marked, and its root."""

    text: str
    sources: tuple[Span, ...]
    targets: tuple[Span, ...]
    root: str

    @property
    def fold(self) -> int:
        """The part that it falls into, by its words alone."""
        return int(hashlib.sha1(self.text.encode()).hexdigest(), 16) % FOLDS


def load_marked(path: Path = ROOT / DATA[0]) -> list[Marked]:
    """The sentences in order of the file. Raises Skipped where it is missing."""
    if not path.exists():
        raise Skipped(f"{path.name} is not beside this checkout (../shared/bench/types)")
    with path.open(encoding="utf-8", newline="") as file:
        return [read_marks(row["marked_sentence"], root=row["gold_root"]) for row in csv.DictReader(file, delimiter="\t")]


def read_marks(marked: str, *, root: str) -> Marked:
    """The sentence of a text with <s>source</s> and <t>target</t>; marks may be missing, repeated or lie in one another.

    >>> one = read_marks("<s>The <t>Syrian</t> army</s> left.", root="YIELD")
    >>> one.text, one.sources[0].of(one.text), one.targets[0].of(one.text)
    ('The Syrian army left.', 'The Syrian army', 'Syrian')
    """
    pieces: list[str] = []
    opened: dict[str, int] = {}
    spans: dict[str, list[Span]] = {"s": [], "t": []}
    length = end = 0
    for tag in _TAG.finditer(marked):
        pieces.append(marked[end : tag.start()])
        length, end = length + tag.start() - end, tag.end()
        closes, name = tag[1] == "/", tag[2]
        if not closes:
            opened[name] = length
        elif (start := opened.pop(name, None)) is not None and start < length:
            spans[name].append(Span(start, length))
    text = "".join([*pieces, marked[end:]])
    return Marked(text=text, sources=tuple(spans["s"]), targets=tuple(spans["t"]), root=root)
