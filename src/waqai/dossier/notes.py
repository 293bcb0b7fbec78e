"""What a note says: who printed it, when, where, in whose wording, the quoted words and the record that holds them."""

from __future__ import annotations

from waqai.dossier.phrases import name_day
from waqai.dossier.sentences import Note, Source

_WORDING = {
    "restated": "restated: the wording is ours, the outlet's own words are at the address",
    "composed": "composed: the wording is ours and no outlet's",
    "translated": "translated: the words quoted are a translation",
    "excerpt": "an excerpt of the outlet's text",
}


def line_of_note(note: Note) -> str:
    """The note on one line."""
    return " ".join(part for part in (head_of(note.source), words_of(note), note.source.worked_out, _record(note)) if part)


def head_of(source: Source) -> str:
    """ "The Daily, “Twelve flee”, 8 March 2021, https://…; restated: …. Original: SHA-256 …" """
    report = source.report
    if report is None:
        return ""
    parts = [report.publisher or "publisher not given", *([f"“{report.title}”"] if report.title else [])]
    parts += [name_day(report.published) if report.published else "day not given", *([report.url] if report.url else [])]
    wording = f"; {_WORDING[report.text_origin]}" if report.text_origin in _WORDING else ""
    return " ".join(part for part in (f"{', '.join(parts)}{wording}.", source.original) if part)


def words_of(note: Note) -> str:
    """The quoted words."""
    return " · ".join(f"“{words}”" for words in note.source.words)


def _record(note: Note) -> str:
    return f"({note.source.record})" if note.source.record else ""
