"""PolNeAR, where the folder of public bench data lies beside the repository: articles with their coded attributions, parsed once.

Its texts are only measured with: nothing of them is shipped, and what learned from them stays in the ignored `.cache` folder.
"""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from bench.figures import ROOT, Skipped
from waqai.parsing.pipeline import load_pipeline
from waqai.parsing.text import prepare

FOLDER = ROOT.parent / "shared" / "bench" / "attribution"
PARSES = ROOT / ".cache" / "bench-parses"
MODEL = ROOT / ".cache" / "bench-models" / "polnear.npz"
PARTS = {"source": "speaker", "cue": "cue", "content": "content"}  # PolNeAR's word for a part of an attribution, and ours

CharSpan = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One coded article; each attribution has the spans (code points of `text`, without spaces around them) of its "source", "cue" and "content"."""

    id: str
    text: str
    attributions: tuple[Mapping[str, tuple[CharSpan, ...]], ...]

    def spans(self, part: str) -> frozenset[CharSpan]:
        """All different spans of this part."""
        return frozenset(span for attribution in self.attributions for span in attribution[part])


def load_articles(part: str, *, folder: Path = FOLDER) -> tuple[Article, ...]:
    """The articles of "train" or "dev" as their first annotator coded them, in file order. Raises Skipped where the data are not here."""
    path = folder / f"{part}.jsonl"
    if not path.exists():
        raise Skipped(f"no ../shared/bench/attribution/{path.name} beside the repository")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(_article(row) for row in rows if row["primary"])


def _article(row: Mapping[str, list[Mapping[str, list[CharSpan]]]]) -> Article:
    text = str(row["text"])
    attributions = tuple({part: tuple(span for s in coded[part] if (span := _bare(text, s))) for part in PARTS} for coded in row["attributions"])
    return Article(id=str(row["id"]), text=text, attributions=attributions)


def _bare(text: str, span: CharSpan) -> CharSpan | None:
    """The span without the spaces around it; None when nothing else is in it."""
    start, end = span
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    return (start, end) if start < end else None


def parse_articles(articles: tuple[Article, ...], *, cache: Path = PARSES) -> tuple[Doc, ...]:
    """The parsed articles, from the cache where these texts were parsed before."""
    nlp = load_pipeline()
    key = hashlib.sha256("\0".join([str(nlp.meta.get("version")), *(article.text for article in articles)]).encode()).hexdigest()[:16]
    path = cache / f"{key}.pickle"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps([doc.to_bytes() for doc in nlp.pipe(prepare(article.text).text for article in articles)]))
    return tuple(Doc(nlp.vocab).from_bytes(data) for data in pickle.loads(path.read_bytes()))


def token_spans(doc: Doc, spans: tuple[CharSpan, ...]) -> tuple[tuple[int, int], ...]:
    """The token bounds of spans of code points, each widened to whole words."""
    found = (doc.char_span(start, end, alignment_mode="expand") for start, end in spans)
    return tuple((span.start, span.end) for span in found if span is not None)
