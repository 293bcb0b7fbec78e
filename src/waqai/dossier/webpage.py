"""A dossier as one HTML file that opens from a folder: style and pictures inside, no script, light and dark, made to be printed too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from importlib.resources import files

from waqai.dossier.notes import head_of
from waqai.dossier.sentences import Block, Dossier, Heading, Items, Note, Paragraph, Plot, Sentence, Subheading, Table, key_of, notes_of
from waqai.plots import to_svg

Notes = Mapping[tuple[str, str], Note]
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""The page asks nobody for anything: whatever a report's words hold, nothing is loaded or run."""


def to_html(dossier: Dossier) -> str:
    """The whole page."""
    notes = notes_of(dossier)
    style = files("waqai.dossier").joinpath("dossier.css").read_text(encoding="utf-8")
    body = "\n".join(line for block in dossier.blocks for line in _block(block, notes))
    dated = f' <time datetime="{dossier.dated.isoformat()}">{dossier.dated.isoformat()}</time>' if dossier.dated else ""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="color-scheme" content="light dark">
<title>{escape(dossier.title)}</title>
<style>
{style}</style>
</head>
<body>
<main>
<h1>{escape(dossier.title)}</h1>
{body}
<h2>Notes</h2>
<ol class="notes">
{chr(10).join(map(_note, notes.values()))}
</ol>
</main>
<footer>{escape(dossier.made)} The store's last entry:{dated}.</footer>
</body>
</html>
"""


def _block(block: Block, notes: Notes) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"<h2>{escape(block.words)}</h2>"
    elif isinstance(block, Subheading):
        yield f'<h3 id="{escape(block.id)}">{_sentence(block.sentence, notes)} <small>{escape(block.id)}</small></h3>'
    elif isinstance(block, Paragraph):
        yield f"<p>{' '.join(_sentence(one, notes) for one in block.sentences)}</p>"
    elif isinstance(block, Items):
        listed = "\n".join(f"<li>{_sentence(one, notes)}</li>" for one in block.sentences)
        yield f"<ul>\n{listed}\n</ul>"
    elif isinstance(block, Table):
        yield from _table(block, notes)
    else:
        yield _figure(block)


def _table(table: Table, notes: Notes) -> Iterator[str]:
    kinds = [' class="number"' if head in table.numbers else "" for head in table.heads]
    heads = "".join(f'<th scope="col"{kind}>{escape(head)}</th>' for head, kind in zip(table.heads, kinds, strict=True))
    yield f'<div class="wide"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>'
    for row in table.rows:
        cells = "".join(f"<td{kind}>{_sentence(cell, notes)}</td>" for cell, kind in zip(row, kinds, strict=True))
        yield f"<tr>{cells}</tr>"
    yield "</tbody></table></div>"


def _figure(plot: Plot) -> str:
    svg = re.sub(r' width="\d+" height="\d+"', "", to_svg(plot.picture, name=plot.name), count=1)
    return f"<figure>\n{svg}<figcaption>{escape(plot.picture.title)}. {escape(plot.picture.alt)}</figcaption>\n</figure>"


def _sentence(sentence: Sentence, notes: Notes) -> str:
    made = ""
    for run in sentence.runs():
        text = f"<bdi>{escape(run.text)}</bdi>" if _is_right_to_left(run.text) else escape(run.text)
        numbers = [notes[key_of(source)].number for source in run.sources]
        marks = "\u2009".join(f'<a href="#note-{n}" aria-label="note {n}">{n}</a>' for n in numbers)
        made += (f"<strong>{text}</strong>" if run.strong else text) + (f"<sup>{marks}</sup>" if marks else "")
    return made


def _is_right_to_left(text: str) -> bool:
    return any("\u0590" <= char <= "\u08ff" for char in text)


def _note(note: Note) -> str:
    report = note.source.report
    head = escape(head_of(note.source))
    if report is not None and report.url and report.url.startswith(("http://", "https://")):
        address = escape(report.url)
        head = head.replace(address, f'<a href="{address}" rel="noreferrer">{address}</a>')
    words = " · ".join(f"<bdi>“{escape(one)}”</bdi>" for one in note.source.words)
    parts = [head, words, escape(note.source.worked_out)]
    record = f"<code>{escape(note.source.record)}</code>" if note.source.record else ""
    return f'<li id="note-{note.number}" value="{note.number}">{" ".join(part for part in (*parts, record) if part)}</li>'
