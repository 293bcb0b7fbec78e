"""A dossier as a Word file (.docx): notes at the end, each number a link to its note; pictures as PNG with their description."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import datetime, time
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

from waqai.core import Day
from waqai.dossier.notes import head_of, words_of
from waqai.dossier.sentences import Block, Dossier, Heading, Items, Note, Paragraph, Plot, Sentence, Subheading, Table, key_of, notes_of
from waqai.dossier.tables import share_width
from waqai.plots import to_png

Notes = Mapping[tuple[str, str], Note]
WIDTH_CM = 16.0
_FIRST_DAY = Day(1980, 1, 1)
"""The earliest that a zip file can say."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_docx(dossier: Dossier) -> bytes:
    """The file; what cannot stand in XML is left out of the words."""
    notes = notes_of(dossier)
    document = Document()
    _set_up(document, dossier)
    document.add_heading(_clean(dossier.title), level=0)
    for block in dossier.blocks:
        _add(document, block, notes)
    document.add_heading("Notes", level=1)
    for note in notes.values():
        _add_note(document, note)
    dated = f" The store's last entry: {dossier.dated.isoformat()}." if dossier.dated else ""
    _run(document.add_paragraph(), f"{dossier.made}{dated}", size=8.5, grey=True)
    written = BytesIO()
    document.save(written)
    return _without_clock(written.getvalue(), dossier.dated or _FIRST_DAY)


def _set_up(document: Any, dossier: Dossier) -> None:
    day = datetime.combine(dossier.dated or _FIRST_DAY, time())
    about = document.core_properties
    about.title, about.author, about.last_modified_by, about.comments, about.revision = _clean(dossier.title), "waqai", "waqai", "", 1
    about.created = about.modified = about.last_printed = day
    for name, size in (("Normal", 10.5), ("List Bullet", 10.5)):
        style = document.styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.paragraph_format.space_after = Pt(4)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)


def _add(document: Any, block: Block, notes: Notes) -> None:
    if isinstance(block, Heading):
        document.add_heading(_clean(block.words), level=1)
    elif isinstance(block, Subheading):
        document.add_heading(_clean(f"{block.sentence.text} ({block.id})"), level=2)
    elif isinstance(block, Paragraph):
        paragraph = document.add_paragraph()
        for n, one in enumerate(block.sentences):
            _say(paragraph, one, notes, before=" " if n else "")
    elif isinstance(block, Items):
        for one in block.sentences:
            _say(document.add_paragraph(style="List Bullet"), one, notes)
    elif isinstance(block, Table):
        _add_table(document, block, notes)
    else:
        _add_plot(document, block)


def _add_table(document: Any, block: Table, notes: Notes) -> None:
    table = document.add_table(rows=1, cols=len(block.heads), style="Light Grid Accent 1")
    for cell, head in zip(table.rows[0].cells, block.heads, strict=True):
        _run(cell.paragraphs[0], head, size=8.5, bold=True)
    for row in block.rows:
        for cell, sentence, head in zip(table.add_row().cells, row, block.heads, strict=True):
            _say(cell.paragraphs[0], sentence, notes, size=8.5)
            if head in block.numbers:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    texts = [["".join(text for text, _strong, _notes in cell.runs()) for cell in row] for row in block.rows]
    table.autofit = False
    for column, width in zip(table.columns, share_width(block.heads, texts, across_mm=WIDTH_CM * 10, size=8.5), strict=True):
        column.width = Mm(width)  # LibreOffice goes by the columns, Word by the cells
        for cell in column.cells:
            cell.width = Mm(width)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    document.add_paragraph()


def _add_plot(document: Any, plot: Plot) -> None:
    document.add_picture(BytesIO(to_png(plot.picture)), width=Cm(WIDTH_CM))
    drawn = document.paragraphs[-1]._p.xpath(".//wp:docPr")[0]
    drawn.set("descr", _clean(plot.picture.alt))
    drawn.set("title", _clean(plot.picture.title))
    _run(document.add_paragraph(), f"{plot.picture.title}. {plot.picture.alt}", size=8.5, grey=True)


def _say(paragraph: Any, sentence: Sentence, notes: Notes, *, before: str = "", size: float | None = None) -> None:
    """The sentence's runs, the numbers of its notes raised and linked; those at its end stand behind its stop."""
    if before:
        _run(paragraph, before, size=size)
    for text, strong, sources in sentence.runs():
        _run(paragraph, text, size=size, bold=strong)
        for source in sources:
            _link(paragraph, notes[key_of(source)].number, size=size)


def _run(paragraph: Any, text: str, *, size: float | None = None, bold: bool = False, grey: bool = False) -> None:
    run = paragraph.add_run(_clean(text))
    run.bold = bold or None
    run.font.size = Pt(size) if size else None
    if grey:
        run.font.color.rgb = RGBColor(0x5B, 0x61, 0x67)
    if is_right_to_left(text):
        run.font.rtl = True


def is_right_to_left(text: str) -> bool:
    """Whether most letters of the words are Hebrew's or Arabic's."""
    letters = [char for char in text if char.isalpha()]
    return 2 * sum("\u0590" <= char <= "\u08ff" for char in letters) > len(letters)


def _link(paragraph: Any, number: int, *, size: float | None) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), f"note{number}")
    run = paragraph.add_run(f"[{number}]")
    run.font.superscript, run.font.size, run.font.color.rgb = True, Pt(size) if size else None, RGBColor(0x0B, 0x5C, 0x9E)
    link.append(run._r)
    paragraph._p.append(link)


def _add_note(document: Any, note: Note) -> None:
    paragraph = document.add_paragraph()
    for name, attributes in (("w:bookmarkStart", {"w:id": str(note.number), "w:name": f"note{note.number}"}), ("w:bookmarkEnd", {"w:id": str(note.number)})):
        mark = OxmlElement(name)
        for key, value in attributes.items():
            mark.set(qn(key), value)
        paragraph._p.append(mark)
    _run(paragraph, f"{note.number}. ", size=9, bold=True)
    _run(paragraph, " ".join(part for part in (head_of(note.source), words_of(note), note.source.worked_out) if part), size=9)
    _run(paragraph, f" ({note.source.record})" if note.source.record else "", size=9, grey=True)


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _without_clock(written: bytes, day: Day) -> bytes:
    """The same package with one day on all its parts, which else say when they were written."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(written)) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as same:
        for part in parts.infolist():
            named = zipfile.ZipInfo(part.filename, (max(day, _FIRST_DAY).year, day.month, day.day, 0, 0, 0))
            named.compress_type, named.create_system, named.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            same.writestr(named, parts.read(part.filename))
    return packed.getvalue()
