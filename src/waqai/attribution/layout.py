"""Where sentences and quotations lie in a parsed report, by its punctuation.

The parser's own sentence breaks go astray around quotations, and a claim's content often runs from the start of a sentence to the comma before the speaker.
So sentences are cut here at full stops, and quotations are paired by their spacing: a quotation mark before a word opens, one after a word closes.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

_ENDS = frozenset((".", "!", "?", "...", "…"))
_CLOSERS = frozenset(('"', "'", ")", "]", "''"))
_NO_END = frozenset(
    ("no", "gen", "lt", "col", "maj", "sgt", "capt", "dr", "mr", "mrs", "ms", "st", "rev", "gov", "sen", "rep", "brig", "supt", "insp", "adm", "prof", "vs")
)


_OPEN_TAGS = frozenset(("DT", "PRP$", "CC", "WDT"))


@dataclass(frozen=True, slots=True)
class Quote:
    """Token indices: `start` is the opening mark, `end` one past the closing mark."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """`starts[i]` and `ends[i]` are the bounds [start, end) of the sentence that holds token i; `quotes` come in order and do not overlap.

    `text` is the whole text, kept here because a parsed report puts it together anew at each call.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    quotes: tuple[Quote, ...]

    def quote_at(self, index: int) -> Quote | None:
        """The quotation that holds this token, its marks included."""
        return next((q for q in self.quotes if q.start <= index < q.end), None)

    def quote_ending_at(self, end: int) -> Quote | None:
        """The quotation whose closing mark is the last token before `end`."""
        return next((q for q in self.quotes if q.end == end), None)


def lay_out(doc: Doc) -> Layout:
    """The sentences and quotations of a report."""
    cuts = _cuts(doc)
    starts, ends = [0] * len(doc), [0] * len(doc)
    for start, end in zip([0, *cuts], [*cuts, len(doc)], strict=True):
        for i in range(start, end):
            starts[i], ends[i] = start, end
    return Layout(doc.text, tuple(starts), tuple(ends), _find_quotes(doc))


def sentence_bounds(layout: Layout) -> list[tuple[int, int]]:
    """The token bounds [start, end) of each sentence, in order."""
    found, i = [], 0
    while i < len(layout.ends):
        found.append((i, layout.ends[i]))
        i = layout.ends[i]
    return found


def _cuts(doc: Doc) -> list[int]:
    """Indices of tokens that begin a sentence, without the first token."""
    cuts: list[int] = []
    i = 0
    while i < len(doc):
        token = doc[i]
        if is_break(doc, i):
            cuts.append(i + 1)
        elif token.text in _ENDS and not (i and doc[i - 1].lower_ in _NO_END):
            j = i + 1
            while j < len(doc) and (doc[j].text in _ENDS or (doc[j].text in _CLOSERS and not doc[j - 1].whitespace_)):
                j += 1
            if j < len(doc) and (doc[j].is_space or (doc[j - 1].whitespace_ and _may_begin(doc, j))):
                cuts.append(j)
            i = j - 1
        i += 1
    return sorted({c for c in cuts if 0 < c < len(doc)})


def is_break(doc: Doc, index: int) -> bool:
    """Whether a block ends at this token: a new line, unless the word before it wants another after it ("in northwestern / Syria", "January / 2")."""
    token = doc[index]
    if not (token.is_space and "\n" in token.text):
        return False
    before = doc[index - 1] if index else token
    if "\n" in token.text.replace("\n", "", 1):
        return True
    dated = before.ent_type_ == "DATE" and before.is_title and index + 1 < len(doc) and doc[index + 1].is_digit
    return not (dated or before.tag_ in _OPEN_TAGS or (before.tag_ == "JJ" and before.lower_.endswith("ern")))


def _may_begin(doc: Doc, index: int) -> bool:
    text = doc[index].text
    return text[0].isupper() or text[0].isdigit() or text[0] in "\"'([•*-" or not text[0].isascii()


def _find_quotes(doc: Doc) -> tuple[Quote, ...]:
    found: list[Quote] = []
    start: int | None = None
    for i, token in enumerate(doc):
        if is_break(doc, i):
            if start is not None:
                found.append(Quote(start, i))
            start = None
        elif token.text in ('"', "''", "``"):
            start = _pair_up(doc, i, start, found)
    return tuple(found)


def _pair_up(doc: Doc, index: int, start: int | None, found: list[Quote]) -> int | None:
    """Where the open quotation starts after this mark; a quotation that the mark closes goes into `found`."""
    spaced_before = index == 0 or bool(doc[index - 1].whitespace_) or doc[index - 1].is_space or doc[index - 1].text in "([-:"
    spaced_after = bool(doc[index].whitespace_) or index + 1 == len(doc) or doc[index + 1].is_space
    if start is None:
        return index if not spaced_after or spaced_before else None
    if spaced_before and not spaced_after:
        return index
    if index > start + 1:
        found.append(Quote(start, index + 1))
    return None
