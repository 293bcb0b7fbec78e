"""A dossier as Markdown: a sentence a line, notes as [^1]; pictures as files beside it, or as a line that says what they would show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from waqai.dossier.notes import line_of_note
from waqai.dossier.sentences import Block, Dossier, Heading, Items, Note, Paragraph, Sentence, Subheading, Table, key_of, notes_of
from waqai.plots import Picture

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def to_markdown(dossier: Dossier, *, place_picture: Callable[[str, Picture], str | None]) -> str:
    """The dossier; `place_picture` is told the name of a picture and gives the address that it has from the text (None: it is not there)."""
    notes = notes_of(dossier)
    parts = [f"# {_escape(dossier.title)}", *("\n".join(_block(block, notes, place_picture)) for block in dossier.blocks)]
    listed = [f"[^{note.number}]: {_escape(line_of_note(note))}" for note in notes.values()]
    dated = [f"Dated {dossier.dated.isoformat()}, the day of the last entry."] if dossier.dated else []
    return "\n\n".join([*parts, "---", f"*{' '.join((dossier.made, *dated))}*", *listed]) + "\n"


def _block(block: Block, notes: Mapping[tuple[str, str], Note], place_picture: Callable[[str, Picture], str | None]) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"## {block.words}"
    elif isinstance(block, Subheading):
        yield f"### {_sentence(block.sentence, notes)} ({block.id})"
    elif isinstance(block, Paragraph):
        yield from (_sentence(one, notes) for one in block.sentences)
    elif isinstance(block, Items):
        yield from (f"- {_sentence(one, notes)}" for one in block.sentences)
    elif isinstance(block, Table):
        yield "| " + " | ".join(block.heads) + " |"
        yield "|" + "|".join("---:" if head in block.numbers else "---" for head in block.heads) + "|"
        yield from ("| " + " | ".join(_sentence(cell, notes) for cell in row) + " |" for row in block.rows)
    else:
        address = place_picture(block.name, block.picture)
        yield f"![{_escape(block.picture.alt)}]({address})" if address else f"*Picture: {_escape(block.picture.title)}. {_escape(block.picture.alt)}*"


def _sentence(sentence: Sentence, notes: Mapping[tuple[str, str], Note]) -> str:
    made = ""
    for run in sentence.runs():
        text = _escape(run.text)
        marks = "".join(f"[^{notes[key_of(source)].number}]" for source in run.sources)
        made += (f"**{text}**" if run.strong else text) + marks
    return made


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()) if text.strip() == text else text)
