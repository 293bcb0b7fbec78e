"""Lines of a PDF to paragraphs.

A PDF knows where each line stands and not which lines are one sentence; a day or a name cut at a line's end would be lost. What is done, and no more:
ligatures become their letters, and soft hyphens, which nobody sees, go. A line's end becomes a blank where the line is about as long as the page is wide,
the sentence goes on, and the next line opens no list item, and where a hyphen cuts a word in small letters; at a page's end only where the next page goes
on in small letters. A hyphen at such an end stays ("Al-" + "Ain" is "Al-Ain"), unless the document writes the same word elsewhere without one and never
with it. Pages are parted by an empty line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

# Full lines of justified text differ by one word at most: 12 letters of the 70 to 90 of a usual line.
FULL = 0.8
_NARROW = 25  # characters: what is set narrower (a table's cell, a list of names) is not taken for a paragraph
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_ITEM = re.compile(r"(?:[-–—*•▪●◦·]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
_HYPHENS = ("-", "\u2010")
_HANGING = re.compile(r"(?:and|or|to)\b")  # "pre-" + "and post-war"
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_LAST_PART, _FIRST_PART = re.compile(r"([^\W\d_]{2,})[-\u2010]$"), re.compile(r"[^\W\d_]{2,}")


def join_pages(pages: Sequence[str]) -> str:
    r"""The text of a document's pages, its paragraphs on a line each.

    >>> join_pages(["The warden said that they had fled on Sunday, June\n18, from the prison in the north of the country.\nNobody was hurt."])
    'The warden said that they had fled on Sunday, June 18, from the prison in the north of the country.\nNobody was hurt.'
    """
    lined = [[_plain(line) for line in page.splitlines()] for page in pages]
    words = {word.lower() for lines in lined for line in lines for word in _WORD.findall(line)}
    texts = [text for lines in lined if (text := _join_lines(lines, words))]
    text = texts[0] if texts else ""
    for page in texts[1:]:
        goes_on = page[0].islower() and not _ENDS.search(text)
        text = _glue(text, page, words) if goes_on else f"{text}\n\n{page}"
    return text


def _plain(line: str) -> str:
    """The line without what only typesetting put there. A soft hyphen at its end stays, to tell that the word goes on."""
    spelled = line.translate(_LIGATURES).strip()
    return spelled[:-1].replace("\xad", "") + spelled[-1] if spelled else ""


def _join_lines(lines: Sequence[str], words: set[str]) -> str:
    width = _width_of(lines)
    joined: list[str] = []
    last = ""  # the line as it stood, which tells whether it was full
    for line in lines:
        if joined and _goes_on(last, line, width):
            joined[-1] = _glue(joined[-1], line, words)
        else:
            joined.append(line)
        last = line
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.removesuffix("\xad") for line in joined)).strip("\n")


def _width_of(lines: Iterable[str]) -> int:
    """How long a full line of the page is, in characters: nine in ten are no longer, so that a wide heading or foot does not count."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[(len(lengths) * 9) // 10] if lengths else 0


def _goes_on(line: str, following: str, width: int) -> bool:
    """Whether the line's end is surely no more than where the line was full."""
    if not line or not following or _ITEM.match(following):
        return False
    if line.endswith("\xad") or (_LAST_PART.search(line) and following[0].islower()):
        return True
    if width < _NARROW or len(line) < FULL * width:
        return False
    return following[0].islower() or not _ENDS.search(line)


def _glue(line: str, following: str, words: set[str]) -> str:
    if line.endswith("\xad"):
        return line[:-1] + following
    if not line.endswith(_HYPHENS) or line[-2:-1].isspace() or len(line) == 1 or _HANGING.match(following):
        return f"{line} {following}"
    return (line[:-1] if _is_one_word(line, following, words) else line) + following


def _is_one_word(line: str, following: str, words: set[str]) -> bool:
    """Whether the document itself writes the word without a hyphen elsewhere, and never with it."""
    last, first = _LAST_PART.search(line), _FIRST_PART.match(following)
    if last is None or first is None:
        return False
    one, two = last[1].lower(), first[0].lower()
    return one + two in words and f"{one}-{two}" not in words and f"{one}\u2010{two}" not in words
