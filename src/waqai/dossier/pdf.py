"""A dossier as PDF: A4, set in DejaVu Sans, Arabic and Kurdish shaped and from right to left; pictures as lines, not dots."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, TableCellFillMode
from fpdf.fonts import FontFace

from waqai.core import Day
from waqai.dossier.drawing import draw
from waqai.dossier.notes import head_of, words_of
from waqai.dossier.sentences import Block, Dossier, Heading, Items, Note, Paragraph, Plot, Sentence, Subheading, Table, key_of, notes_of
from waqai.dossier.tables import share_width
from waqai.dossier.word import is_right_to_left
from waqai.plots import font_file

FONT = "DejaVu"
INK, FAINT, ACCENT, LINE = (28, 31, 34), (91, 97, 103), (11, 92, 158), (217, 220, 223)
_RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = str.maketrans("0123456789", _RAISED_DIGITS)
_NO_DAY = Day(1980, 1, 1)
_LEFTWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_PIECE = re.compile(rf"[{_LEFTWARD}](?:[^A-Za-z]*[{_LEFTWARD}])?|[^\s{_LEFTWARD}]+\s*|\s+")
"""Words in letters that run from right to left, as long as no Latin one comes between; else one word and the blanks behind it."""
_LINE = 0.55
"""Height of a line in mm for each point of the letters' size."""
SIDE, TOP = 20.0, 18.0
_CELL = 7
"""Size of letters in tables, in points."""
Notes = Mapping[tuple[str, str], Note]


class _Paper(FPDF):
    """Pages with their number at the foot."""

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font(FONT, size=7.5)
        self.set_text_color(*FAINT)
        self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="R")


class _Printer:
    """Sets blocks on paper. Mutable: it knows how far down it is."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier, self._notes = dossier, notes_of(dossier)
        self.paper = _Paper(format="A4")
        self.paper.set_creation_date(datetime.combine(dossier.dated or _NO_DAY, time(), UTC))
        self.paper.set_title(dossier.title)
        self.paper.set_author("waqai")
        self.paper.set_producer("waqai")
        self.paper.set_lang("en")
        for style, bold in (("", False), ("B", True)):
            self.paper.add_font(FONT, style=style, fname=font_file(bold=bold))
        self.paper.set_margins(SIDE, TOP, SIDE)
        self.paper.c_margin = 0
        self.paper.set_auto_page_break(True, margin=20)
        self.paper.add_page()
        self._targets = {note.number: self.paper.add_link() for note in self._notes.values()}

    def print_all(self) -> None:
        self._words(self._dossier.title, size=16, bold=True)
        self.paper.ln(11)
        for block, following in zip(self._dossier.blocks, (*self._dossier.blocks[1:], None), strict=True):
            if isinstance(block, Heading) and isinstance(following, Plot):
                self._make_room(self._size_of(following)[1] + 30)  # a heading stays with its picture
            self._print(block)
        self._heading("Notes")
        for note in self._notes.values():
            self._print_note(note)
        self.paper.ln(4)
        dated = f" The store's last entry: {self._dossier.dated.isoformat()}." if self._dossier.dated else ""
        self._words(f"{self._dossier.made}{dated}", size=7.5, colour=FAINT)

    # -- inside

    def _print(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._heading(block.words)
        elif isinstance(block, Subheading):
            self._heading(f"{block.sentence.text} ({block.id})", size=10)
        elif isinstance(block, Paragraph):
            for n, one in enumerate(block.sentences):
                self._words(" " if n else "")
                self._say(one)
            self.paper.ln(7)
        elif isinstance(block, Items):
            for one in block.sentences:
                self._item(one)
            self.paper.ln(1.5)
        elif isinstance(block, Table):
            self._table(block)
        else:
            self._plot(block)

    def _words(self, text: str, *, size: float = 9.5, bold: bool = False, colour: tuple[int, int, int] = INK, link: str | int = "") -> None:
        """Words that go on where the last ones ended."""
        self.paper.set_font(FONT, style="B" if bold else "", size=size)
        self.paper.set_text_color(*colour)
        high = size * _LINE
        for piece in _PIECE.findall(text):
            if is_right_to_left(piece):
                self._leftward(piece, high, link)
            else:
                self._word(piece, high, link)

    def _leftward(self, words: str, high: float, link: str | int) -> None:
        """Words of Hebrew or Arabic letters, together: shaped, and in their own direction."""
        self.paper.set_text_shaping(True)
        self.paper.write(high, words, link)
        self.paper.set_text_shaping(False)

    def _word(self, word: str, high: float, link: str | int) -> None:
        """One word with the blanks behind it; on a new line where it does not fit, broken only where it is longer than a line."""
        paper, wide = self.paper, self.paper.get_string_width(word.rstrip())
        if wide > paper.epw - (paper.l_margin - SIDE):
            paper.write(high, word, link)
            return
        if paper.get_x() + wide > paper.w - paper.r_margin + 0.1 and word.strip() and word[0] not in _RAISED_DIGITS:
            paper.ln(high)
        if paper.get_x() > paper.l_margin or word.strip():
            paper.cell(paper.get_string_width(word), high, word, link=link)

    def _heading(self, words: str, *, size: float = 12) -> None:
        self._make_room(30)
        self.paper.ln(3)
        self._words(words, size=size, bold=True)
        self.paper.ln(size * 0.62)

    def _say(self, sentence: Sentence, *, size: float = 9.5) -> None:
        for text, strong, sources in sentence.runs():
            self._words(text, size=size, bold=strong)
            for source in sources:
                number = self._notes[key_of(source)].number
                self._words(f"{number}".translate(_RAISED) + ("" if source is sources[-1] else "\u2009"), size=size, colour=ACCENT, link=self._targets[number])

    def _item(self, sentence: Sentence) -> None:
        left = self.paper.l_margin
        self._words("•", colour=FAINT)
        self.paper.set_left_margin(left + 5)
        self.paper.set_x(left + 5)
        self._say(sentence)
        self.paper.set_left_margin(left)
        self.paper.ln(6.2)

    def _table(self, block: Table) -> None:
        rows = [[self._cell(cell) for cell in row] for row in block.rows]
        self.paper.set_font(FONT, size=_CELL)
        self.paper.set_text_color(*INK)
        self.paper.set_draw_color(*LINE)
        wide = self.paper.epw if len(block.heads) > 2 else min(self.paper.epw, 100.0)
        aligned = tuple("RIGHT" if head in block.numbers else "LEFT" for head in block.heads)
        self.paper.set_text_shaping(any(is_right_to_left(cell) for row in rows for cell in row))
        with self.paper.table(
            col_widths=share_width(block.heads, rows, across_mm=wide, size=_CELL),
            text_align=aligned,
            line_height=4,
            padding=(0.8, 1),
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            cell_fill_mode=TableCellFillMode.NONE,
            headings_style=FontFace(emphasis="BOLD", color=FAINT),
            width=wide,
            align="LEFT",
        ) as table:
            table.row(block.heads)
            for row in rows:
                table.row(row)
        self.paper.set_text_shaping(False)
        self.paper.ln(3)

    def _cell(self, sentence: Sentence) -> str:
        return "".join(text + "\u2009".join(str(self._notes[key_of(s)].number).translate(_RAISED) for s in sources) for text, _, sources in sentence.runs())

    def _plot(self, plot: Plot) -> None:
        width, height = self._size_of(plot)
        self._make_room(height + 12)
        draw(self.paper, plot.picture, x=self.paper.l_margin, y=self.paper.get_y() + 1, width=width, font=FONT)
        self.paper.set_y(self.paper.get_y() + height + 2)
        self._words(f"{plot.picture.title}. {plot.picture.alt}", size=7.5, colour=FAINT)
        self.paper.ln(7)

    def _size_of(self, plot: Plot) -> tuple[float, float]:
        """Width and height in mm, no more than a page has."""
        share = plot.picture.height / plot.picture.width
        width = min(self.paper.epw, (self.paper.eph - 40) / share)
        return width, width * share

    def _make_room(self, height: float) -> None:
        """A new page where so many mm are not left."""
        if self.paper.get_y() + height > self.paper.h - self.paper.b_margin:
            self.paper.add_page()

    def _print_note(self, note: Note) -> None:
        self.paper.set_link(self._targets[note.number], y=self.paper.get_y())
        left, report = self.paper.l_margin, note.source.report
        self._words(f"{note.number}", size=8, bold=True)
        self.paper.set_left_margin(left + 8)
        self.paper.set_x(left + 8)
        head, address = head_of(note.source), report.url if report is not None else None
        before, found, after = head.partition(address) if address else (head, "", "")
        self._words(before, size=8)
        self._words(found, size=8, colour=ACCENT, link=found)
        told = [part for part in (words_of(note), note.source.worked_out) if part]
        self._words(" ".join([f"{after} " if after else " " if before else "", *told]).replace("  ", " "), size=8)
        self._words(f" ({note.source.record})" if note.source.record else "", size=8, colour=FAINT)
        self.paper.set_left_margin(left)
        self.paper.ln(5.6)


def to_pdf(dossier: Dossier) -> bytes:
    """The file. Raises MissingPart without the font."""
    printer = _Printer(dossier)
    printer.print_all()
    return bytes(printer.paper.output())
