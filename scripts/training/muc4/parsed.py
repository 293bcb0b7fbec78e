"""Documents with their parse, kept in a folder that git ignores."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from spacy.tokens import Doc, DocBin

from bench.figures import ROOT
from scripts.training.muc4.casing import learn_case
from scripts.training.muc4.sources import Document, load_countries, load_documents, load_place_list
from waqai.parsing.pipeline import load_pipeline

CACHE = ROOT / ".cache" / "bench-models"


@dataclass(eq=False)
class Parsed:
    """A document and the parse of its text with the case restored; offsets are the same."""

    document: Document
    doc: Doc

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Token bounds of the sentences, half-open."""
        return [(s.start, s.end) for s in self.doc.sents]

    @cached_property
    def sentence_of(self) -> list[int]:
        """For each token the number of its sentence."""
        return [number for number, (start, end) in enumerate(self.sentences) for _ in range(start, end)]


def load_parsed(part: str, *, folder: Path = CACHE) -> list[Parsed]:
    """The documents of a part, parsed at the first call. Raises Skipped where MUC-4 is absent."""
    documents = load_documents(part)
    nlp = load_pipeline()
    digest = hashlib.sha256("\n".join(d.text for d in documents).encode()).hexdigest()[:8]
    kept = folder / f"muc4-{part}-{digest}.spacy"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        _parse(documents).to_disk(kept)
    docs = DocBin().from_disk(kept).get_docs(nlp.vocab)
    return [Parsed(document=d, doc=doc) for d, doc in zip(documents, docs, strict=True)]


def _parse(documents: Sequence[Document]) -> DocBin:
    nlp = load_pipeline()
    caser = learn_case(nlp, names=(*load_place_list(), *load_countries()))
    docs = nlp.pipe(caser.restore(document.text) for document in documents)
    return DocBin(docs=docs, attrs=["LEMMA", "POS", "TAG", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE", "SENT_START", "MORPH"])
