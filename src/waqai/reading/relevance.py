"""Is this report about conflict at all? Films, matches, markets, storms and memorials speak its language."""

from __future__ import annotations

from spacy.tokens import Doc

from waqai.codebook.lexicon import Lexicon

_ENOUGH = 3  # different words of another world that it takes; fewer are figures of speech
_WEIGHT = 1.0


def other_world(doc: Doc, lexicon: Lexicon) -> str | None:
    """The world that the report belongs to when its words outweigh those of conflict ("sport"), else None."""
    lemmas = [t.lemma_.lower() for t in doc if t.is_alpha or t.like_num]
    present = set(lemmas) | {t.lower_ for t in doc}
    conflict = len(present & lexicon.conflict_words)
    scored = [(len(present & words), name) for name, words in lexicon.other_worlds.items()]
    best, name = max(scored)
    if best < _ENOUGH or best < conflict * _WEIGHT:
        return None
    return name
