"""A working copy of a report's text, character for character as long as the original, so that its offsets are the original's.

Reports arrive hard-wrapped, with curly quotes, no-break spaces, in capitals alone. The copy puts a space where a line was merely wrapped, straight quotes for
curly ones, small letters where a paragraph has none, and keeps a newline only where a block (headline, paragraph, list item) ends. Nothing is added or taken
away, so no map back is needed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from waqai.parsing.casing import is_shouted, restore_case

_STRAIGHT = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),  # curly and low single quotes
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),  # curly and low double quotes, guillemets
        **dict.fromkeys("\u2010\u2011\u2013\u2014", "-"),  # hyphens, dashes
        **dict.fromkeys("\t\x0b\x00\u00a0\u2009\u200b\u200e\u200f\u202f\ufeff", " "),  # wide, thin and zero-width spaces, marks of direction, NUL
        **dict.fromkeys("\x0c\x85\u2028\u2029", "\n"),  # form feed, next line, line and paragraph separators
        **dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd"),  # half a surrogate pair: no parser takes it
    }
)
_SENTENCE_END = re.compile(r"[.!?:;\"')\]]\s*$")
_RUNS_ON = re.compile(
    r"(?:[,\-]|\b(?:a|an|the|of|in|on|at|to|from|by|for|with|and|or|that|which|who|is|are|was|were|has|have|had|their|its|his|her"
    r"|(?:north|south)?(?:east|west)ern|northern|southern|central|according))\s*$",
    re.IGNORECASE,
)
_MONTH_ENDS = re.compile(r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s*$")
_LIST_ITEM = re.compile(r"\s*(?:[-*\u2022]|\d{1,2}[.)])\s")
_OPENS = re.compile(r"\s*(?:Since|Ever since|After|Although|As|At|Despite|During|For|If|In|It|On|There|This|These|Under|When|While|With)\s")
_WRAP_WIDTHS = range(40, 121)
_LONGEST_HEADING = 20  # words


@dataclass(frozen=True, slots=True)
class WorkingText:
    """`text` is as long as the original; `blocks` are the [start, end) of headlines, paragraphs and list items; `headings` indexes the headlines of them."""

    text: str
    blocks: tuple[tuple[int, int], ...]
    headings: frozenset[int]

    def block_at(self, offset: int) -> int:
        """Index of the block that holds this offset (the one before it for an offset between blocks)."""
        return max(0, bisect_right(self.blocks, offset, key=lambda block: block[0]) - 1)


def prepare(original: str, *, title: str | None = None) -> WorkingText:
    r"""The working copy of a text, and its blocks.

    >>> prepare("Men flee jail\nTwelve men fled on\nSunday.").text
    'Men flee jail\nTwelve men fled on Sunday.'
    """
    lines = original.replace("\r\n", " \n").replace("\r", "\n").translate(_STRAIGHT).split("\n")
    width = _wrap_width(lines[1:])
    pieces: list[str] = []
    for i, line in enumerate(lines[:-1]):
        wrapped = _is_wrapped(line, lines[i + 1], width=width, first=i == 0)
        pieces += [line, " " if wrapped else "\n"]
    text = "".join([*pieces, lines[-1]])
    blocks = tuple((m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text))
    headings = frozenset(i for i, (s, e) in enumerate(blocks) if _is_heading(text[s:e], title=title, more=i + 1 < len(blocks)))
    for start, end in blocks:
        if is_shouted(text[start:end]):
            text = text[:start] + restore_case(text[start:end]) + text[end:]
    return WorkingText(text, blocks, headings)


def _wrap_width(lines: list[str]) -> int | None:
    """The width that these lines were wrapped at, or None if they were not: few full lines, or lines as long as paragraphs."""
    longest = max((len(line.rstrip()) for line in lines), default=0)
    near = sum(longest * 0.75 <= len(line.rstrip()) for line in lines)
    return longest if longest in _WRAP_WIDTHS and near >= 3 else None


def _is_wrapped(line: str, following: str, *, width: int | None, first: bool) -> bool:
    """Whether the sentence goes on in the following line: it starts small, this line breaks off, or the next word no longer fitted in it."""
    if not line.strip() or not following.strip():
        return False
    if following.lstrip()[0].isdigit() and _MONTH_ENDS.search(line):
        return True
    if _LIST_ITEM.match(following):
        return False
    if following.lstrip()[0].islower() or _RUNS_ON.search(line):
        return True
    if width is None or (_OPENS.match(following) and not _SENTENCE_END.search(line)):
        return False
    length = len(line.rstrip())
    headline = first and not _SENTENCE_END.search(line) and (length > width or following.startswith(("The ", "A ", "An ")))
    return not headline and length + 1 + len(following.split()[0]) > width


def _is_heading(block: str, *, title: str | None, more: bool) -> bool:
    """The report's title, or a short block without an end of sentence that others follow."""
    if title and block.strip() == title.strip():
        return True
    return more and len(block.split()) <= _LONGEST_HEADING and not _SENTENCE_END.search(block) and not _LIST_ITEM.match(block)
