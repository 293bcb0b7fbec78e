"""Texts laid out as the coder sees a report: parsed, with all that the shipped rules find in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.reading_gold import shipped_chain
from waqai.attribution import find_claims
from waqai.codebook.lexicon import load_lexicon
from waqai.coding.scene import Scene
from waqai.core import Report, text_sha256
from waqai.parsing.pipeline import load_pipeline
from waqai.parsing.text import prepare
from waqai.reading.accounts import AccountReader
from waqai.reading.timing import Timeline


def lay_out(texts: Iterable[str]) -> Iterator[Scene]:
    """A scene for each text, in order; the reports have no day and no title."""
    ground, lexicon = shipped_chain().ground, load_lexicon()
    reader = AccountReader(lexicon, ground.gazetteer, ground.actors)
    families = {type.id: type.family for type in ground.codebook.types.values()}
    reports = [Report(id=f"text {i}", text=text, sha256=text_sha256(text)) for i, text in enumerate(texts)]
    working = [prepare(report.text) for report in reports]
    for report, text, doc in zip(reports, working, load_pipeline().pipe(w.text for w in working), strict=True):
        claims = find_claims(doc)
        timeline = Timeline(report, doc, claims, types=lexicon.types)
        told = reader.tell(doc, text, timeline=timeline)
        yield Scene(report=report, doc=doc, text=text, claims=claims, timeline=timeline, told=told, lexicon=lexicon, actors=ground.actors, families=families)
