"""A dossier as data: sentences made of words and of values, each value with what supports it. No number or name in a sentence is bare words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeAlias

from waqai.bounds import ClearedReport
from waqai.core import Day
from waqai.plots import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What supports a value: the words of a report, or how the value was worked out.

    `record` is the id of the account (a-…), claim (c-…) or incident (i-…) that holds it. `worked_out` is a sentence that a reader can work out again,
    `original` one on the report's kept original, see `evidence`.
    """

    record: str
    report: ClearedReport | None = None
    words: tuple[str, ...] = ()
    worked_out: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value as it is shown, with its sources. `strong`: it stands out."""

    text: str
    sources: tuple[Source, ...]
    strong: bool = False


Piece: TypeAlias = str | Value


class Run(NamedTuple):
    """Words that are printed alike, and the sources that are noted behind them."""

    text: str
    strong: bool
    sources: tuple[Source, ...]


_STOP = re.compile(r"(?=[)”.,:;])[)”]*[.,:;]*(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words and values, in order."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The sentence without its notes."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    def runs(self) -> Iterator[Run]:
        """The sentence as it is printed: a stop, or a bracket that closes, goes before the notes of the value ahead of it."""
        runs = [Run(piece.text if isinstance(piece, Value) else piece, isinstance(piece, Value) and piece.strong, sources) for piece, sources in self.marked()]
        for n in range(len(runs) - 1):
            stop = _STOP.match(runs[n + 1].text)
            if runs[n].sources and stop:
                runs[n] = runs[n]._replace(text=runs[n].text + stop[0])
                runs[n + 1] = runs[n + 1]._replace(text=runs[n + 1].text[stop.end() :])
        return (run for run in runs if run.text or run.sources)

    def marked(self) -> Iterator[tuple[Piece, tuple[Source, ...]]]:
        """Each piece with the sources that are noted behind it: those of a value, but for what the next value rests on too, behind which it is noted."""
        values = [piece for piece in self.pieces if isinstance(piece, Value)]
        after = iter([*({key_of(source) for source in value.sources} for value in values[1:]), set()])
        for piece in self.pieces:
            following = next(after) if isinstance(piece, Value) else set()
            yield piece, () if isinstance(piece, str) else tuple(source for source in _once(piece.sources) if key_of(source) not in following)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subheading:
    """Of one incident among several; `id` is the incident's."""

    sentence: Sentence
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Every row is as long as `heads`; columns named in `numbers` are set to the right."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Sentence, ...], ...]
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A picture; `name` is short and one of its kind in a dossier."""

    picture: Picture
    name: str


Block: TypeAlias = Heading | Subheading | Paragraph | Items | Table | Plot


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """`dated` is the day of the store's last log entry (None: an empty log), `made` says from what the dossier was made.

    `originals` are sentences on the kept originals of cited reports, as far as the profile lets them be told.
    """

    title: str
    blocks: tuple[Block, ...]
    made: str
    dated: Day | None
    originals: Mapping[ClearedReport, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A source as it is printed, all its words together."""

    number: int
    source: Source


def say(*pieces: Piece | Iterable[Piece]) -> Sentence:
    """A sentence of pieces, and of lists of them.

    >>> say("At ", ["least ", "25"], ".").text
    'At least 25.'
    """
    flat: list[Piece] = []
    for some in pieces:
        for piece in [some] if isinstance(some, (str, Value)) else some:
            if isinstance(piece, str) and flat and isinstance(flat[-1], str):
                flat[-1] += piece
            elif piece != "":
                flat.append(piece)
    return Sentence(tuple(flat))


def join(lists: Sequence[Sequence[Piece]], *, between: str = ", ", last: str = " and ") -> list[Piece]:
    """The lists in a row, with words between.

    >>> "".join(map(str, join([["a"], ["b"], ["c"]])))
    'a, b and c'
    """
    joined: list[Piece] = []
    for n, pieces in enumerate(lists):
        joined += [last if n == len(lists) - 1 else between] if n else []
        joined += pieces
    return joined


def capital(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with a capital at their beginning."""
    first, rest = pieces[0], list(pieces[1:])
    if isinstance(first, Value):
        return [replace(first, text=first.text[:1].upper() + first.text[1:]), *rest]
    return [first[:1].upper() + first[1:], *rest]


def sentences_of(block: Block) -> tuple[Sentence, ...]:
    """The sentences of a block, in order; a cell of a table is one."""
    if isinstance(block, (Paragraph, Items)):
        return block.sentences
    if isinstance(block, Subheading):
        return (block.sentence,)
    return tuple(cell for row in block.rows for cell in row) if isinstance(block, Table) else ()


def key_of(source: Source) -> tuple[str, str]:
    """What two sources of one note share."""
    return source.record, source.worked_out


def number_notes(blocks: Iterable[Block]) -> dict[tuple[str, str], Note]:
    """The notes in the order in which they are first met; those of one record and report are one, with all the words that are quoted from it."""
    found: dict[tuple[str, str], Note] = {}
    for block in blocks:
        for sentence in sentences_of(block):
            for _, sources in sentence.marked():
                for source in sources:
                    found.setdefault(key_of(source), Note(number=len(found) + 1, source=replace(source, words=())))
    for block in blocks:
        for sentence in sentences_of(block):
            for piece in sentence.pieces:
                for source in piece.sources if isinstance(piece, Value) else ():
                    note = found[key_of(source)]
                    found[key_of(source)] = replace(note, source=replace(note.source, words=_gather(note.source.words, source.words)))
    return found


def notes_of(dossier: Dossier) -> dict[tuple[str, str], Note]:
    """The dossier's notes as they are printed: numbered, and with what is told of the originals."""
    found = number_notes(dossier.blocks)
    told = {key: dossier.originals.get(note.source.report, "") for key, note in found.items() if note.source.report is not None}
    return {key: replace(note, source=replace(note.source, original=told.get(key, ""))) for key, note in found.items()}


def _gather(told: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    """All words, without what stands in longer ones."""
    words = [*told, *(" ".join(one.split()) for one in more)]
    return tuple(dict.fromkeys(one for one in words if one and not any(one != other and one in other for other in words)))


def _once(sources: Sequence[Source]) -> Iterator[Source]:
    seen: set[tuple[str, str]] = set()
    for source in sources:
        if key_of(source) not in seen:
            seen.add(key_of(source))
            yield source
