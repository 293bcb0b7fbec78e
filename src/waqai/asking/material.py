"""One report laid out for an answer to be held against: its words, and what our own code finds in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from waqai.asking.quotes import Quotes
from waqai.codebook import Codebook
from waqai.codebook.lexicon import Lexicon
from waqai.core import ActorNames, Notice, PlaceNames, ReaderStamp, Report, Span
from waqai.dating import DatePhrase, TextClock, find_date_phrases
from waqai.parsing.text import WorkingText
from waqai.reading.bounds import Quantity
from waqai.reading.placenames import FoundPlace, find_places
from waqai.reading.quantities import find_quantities

SURE = 0.6
"""The probability of a value that a model points at and whose words stand in the text. Not calibrated: no model has been measured."""
_MOST_SHOWN = 80  # characters of an answer's words that a notice shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What every report is held against: vocabulary, names of places and actors, and the stamp of the reader."""

    codebook: Codebook
    lexicon: Lexicon
    places: PlaceNames
    actors: ActorNames
    stamp: ReaderStamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The report's working copy parsed, with its numbers, dates and place names. `parse` parses other words; `notices` gathers what is set aside."""

    report: Report
    ground: Ground
    doc: Doc
    parse: Callable[[str], Doc]
    quotes: Quotes
    quantities: tuple[Quantity, ...]
    phrases: tuple[DatePhrase, ...]
    clock: TextClock
    places: tuple[FoundPlace, ...]
    notices: list[Notice] = field(default_factory=list)

    def find(self, words: str, *, what: str, near: int | None = None, within: Span | None = None, outside: Span | None = None) -> Span | None:
        """Where the words of a value stand; None with a notice that names them where they do not. `what` names the value for that notice."""
        span = self.quotes.find(words, near=near, within=within, outside=outside)
        if span is None:
            self.set_aside(what, words, "its words are not in the report")
        return span

    def set_aside(self, what: str, words: str, reason: str) -> None:
        """Note a value of the answer that is not taken."""
        self.notices.append(Notice(record=self.report.id, stage="asking", reason=f"set aside: {what} {shown(words)}: {reason}"))

    def tokens(self, span: Span) -> TokenSpan:
        """The tokens that hold the span."""
        found = self.doc.char_span(span.start, span.end, alignment_mode="expand")
        assert found is not None, "a quotation lies inside the text that was parsed"
        return found


def lay_out(report: Report, text: WorkingText, *, parse: Callable[[str], Doc], ground: Ground) -> Material:
    """The material of a report; `text` is its working copy, as long as what was asked about."""
    doc = parse(text.text)
    phrases = find_date_phrases(doc.text)
    return Material(
        report=report,
        ground=ground,
        doc=doc,
        parse=parse,
        quotes=Quotes(report.text[: len(doc.text)]),
        quantities=find_quantities(doc, lexicon=ground.lexicon),
        phrases=phrases,
        clock=TextClock(doc.text, published=report.published, phrases=phrases),
        places=find_places(doc, ground.places, lexicon=ground.lexicon),
    )


def shown(words: str) -> str:
    """An answer's words as a notice shows them: quoted, on one line, not long.

    >>> shown("a\\nb")
    "'a b'"
    """
    flat = " ".join(words.split())
    return repr(flat if len(flat) <= _MOST_SHOWN else flat[: _MOST_SHOWN - 1] + "…")
