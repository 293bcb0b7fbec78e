"""The words of a parse as plain data, for rooms that know no parser."""

from __future__ import annotations

from spacy.tokens import Doc

from waqai.core import Word
from waqai.parsing.pipeline import DEFAULT_PIPELINE, load_pipeline
from waqai.parsing.text import prepare
from waqai.reading.name_runs import iter_runs


def read_words(text: str, *, pipeline: str = DEFAULT_PIPELINE) -> tuple[Word, ...]:
    """The words of a text, with their offsets in it."""
    return words_of_parse(load_pipeline(pipeline)(prepare(text).text))


def words_of_parse(doc: Doc) -> tuple[Word, ...]:
    """The words of a parse of a whole report."""
    run_of = {i: number for number, (start, end) in enumerate(iter_runs(doc)) for i in range(start, end)}
    return tuple(
        Word(
            text=token.text,
            start=token.idx,
            part=token.pos_,
            label=token.ent_type_,
            inside=token.ent_iob_ == "I",
            begins=bool(token.is_sent_start),
            run=run_of.get(token.i),
        )
        for token in doc
        if not token.is_space
    )
