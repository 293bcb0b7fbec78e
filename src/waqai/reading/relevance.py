"""Is this report about conflict at all? Films, matches, markets, storms and memorials speak its language."""

from __future__ import annotations

from spacy.tokens import Doc

from waqai.codebook.lexicon import Lexicon

_ENOUGH = 3  # different words of another world that it takes; fewer are figures of speech


def find_other_world(doc: Doc, lexicon: Lexicon) -> str | None:
    """The world that the report belongs to ("sport") when its words are enough and no fewer than those of conflict, else None."""
    present = {t.lemma_.lower() for t in doc if t.is_alpha or t.like_num} | {t.lower_ for t in doc}
    counted = [(len(present & words), world) for world, words in lexicon.other_worlds.items()]
    most, world = max(counted)
    return world if most >= _ENOUGH and most >= len(present & lexicon.conflict_words) else None
