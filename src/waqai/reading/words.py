"""The words of a parse as plain data, for rooms that know no parser."""

from __future__ import annotations

from spacy.tokens import Doc

from waqai.codebook.lexicon import load_lexicon
from waqai.core import Notice, Report, Word
from waqai.parsing.pipeline import DEFAULT_PIPELINE, load_pipeline
from waqai.parsing.text import prepare
from waqai.reading import REFUSED
from waqai.reading.name_runs import iter_runs
from waqai.reading.refusal import cut_short, find_refusal


class WordReader:
    """Reads the words of reports, and refuses the reports that the rule reader refuses. Raises MissingPart when made without its pipeline."""

    def __init__(self, *, pipeline: str = DEFAULT_PIPELINE, longest: int) -> None:
        self._nlp, self._longest = load_pipeline(pipeline), longest
        self._common = load_lexicon().words.common_english

    def read(self, report: Report) -> tuple[str, tuple[Word, ...], tuple[Notice, ...]] | Notice:
        """The text as far as it is read, its words, and a notice where that is not all; else why the report is not read."""
        text = report.text[: self._longest]
        working = prepare(text, title=report.title)
        why = find_refusal(report, working, common=self._common)
        if why is not None:
            return Notice(record=report.id, stage=REFUSED, reason=f"not read: {why}")
        return text, words_of_parse(self._nlp(working.text)), cut_short(report, longest=self._longest)


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
