"""Words of a text as a parser that labels nothing would give them."""

from __future__ import annotations

import re
from dataclasses import replace

from waqai.core import Word

_TOKEN = re.compile(r"[A-Z]\.(?:[A-Z]\.)+|[A-Z][a-z]{1,4}\.(?=,)|\w+(?:['’]\w+)*|[^\w\s]")


def plain_words(text: str, **labels: str) -> tuple[Word, ...]:
    """The words of a text; runs are capitalised words with nothing between them. `labels` gives words of that spelling a label."""
    words: list[Word] = []
    run, before = 0, False
    for token in _TOKEN.finditer(text):
        capital = token.group()[0].isupper()
        run += capital and not before
        begins = not words or words[-1].text in ".!?"
        label = labels.get(token.group(), "")
        words.append(Word(text=token.group(), start=token.start(), part="X", label=label, inside=False, begins=begins, run=run if capital else None))
        before = capital
    return tuple(words)


def labelled(words: tuple[Word, ...], label: str, *texts: str) -> tuple[Word, ...]:
    """The same words, those in a row that are written so under one label."""
    out = list(words)
    for i in range(len(out)):
        if tuple(w.text for w in out[i : i + len(texts)]) == texts:
            for j in range(i, i + len(texts)):
                out[j] = replace(out[j], label=label, inside=j > i)
    return tuple(out)
