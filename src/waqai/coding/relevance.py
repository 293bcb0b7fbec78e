"""Whether a report tells of conflict or custody at all: matches, films, drills and anniversaries use the same words.

What the rules know of other worlds (`waqai.reading.relevance`) keeps them from telling anything there; this is what the coder learned of all such reports.
"""

from __future__ import annotations

from collections.abc import Iterator

from waqai.coding.scene import Scene

_LEAD = 2  # sentences


def report_features(scene: Scene) -> list[str]:
    """What the report's words speak for: each word once, those of the lead once more, and what the words are about."""
    return [*_words(scene), f"other world={min(4, scene.other_world)}", f"conflict={int(20 * scene.conflict_share)}"]


def _words(scene: Scene) -> Iterator[str]:
    title = (scene.report.title or "").lower().split()
    yield from {f"title={word}" for word in title}
    for token in scene.content_words:
        lemma = token.lemma_.lower()
        yield f"word={lemma}"
        yield from (f"about={sense}" for sense in scene.senses_of(token))
        if scene.sentence_of(token) < _LEAD:
            yield f"lead={lemma}"
        if token.i in scene.triggers:
            yield f"type={scene.triggers[token.i].type}"
