"""PDFs and Word documents: their text, made once in a child process with limits, and the title that they give themselves where it is one.

No day of publication is taken from a document, since its metadata tell when somebody saved it, and no publisher, since they tell who typed it.
"""

from __future__ import annotations

import re

from waqai.core import EmptyReport, UnreadableReport
from waqai.intake.child import Extractor
from waqai.intake.guard import check_text, name_binary
from waqai.intake.web import Article
from waqai.intake.wrapped import join_pages

MAX_LOST = 0.05  # share of signs without a letter: a few are a symbol font's, more are a text that nobody can read
_LONGEST_TITLE = 200  # characters: a longer first line is a paragraph
_PDF_HEAD = 1024  # bytes in which "%PDF-" may stand, as readers of PDFs have it
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_NAMED_BY_A_PROGRAM = re.compile(
    r"\.(?:docx?|pdf|odt|rtf|txt|html?|indd|qxd|pptx?|xlsx?|pub|tmp|wpd)$|^(?:microsoft word|untitled|unknown|document\d*$|title$|no title|print|layout|slide|"
    r"word document|pdf|scan|https?://|about:)",
    re.IGNORECASE,
)
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")


def read_pdf(raw: bytes, extractor: Extractor) -> Article:
    """The text and title of a PDF. Raises UnreadableReport or EmptyReport, which say what would help."""
    if b"%PDF-" not in raw[:_PDF_HEAD]:
        raise _named_wrongly(raw, ".pdf")
    _check_size(raw, extractor)
    found = extractor.ask(raw)
    pages = [_readable(page) for page in found["pages"]]
    bare = [number for number, page in enumerate(pages, start=1) if not page.strip()]
    text = join_pages(pages)
    if not text.strip():
        raise EmptyReport(f"no text on any of the PDF's {len(pages)} pages: they are pictures (a scan); run text recognition (OCR), and add what comes out")
    return Article(text=text, title=_find_title(found["title"], text), note=_join_notes(_check_lost(text), _note_on(bare, len(pages))), **_UNSAID)


def read_docx(raw: bytes, extractor: Extractor) -> Article:
    """The text and title of a Word document. Raises UnreadableReport or EmptyReport, which say what would help."""
    check_office(raw, ".docx")
    _check_size(raw, extractor)
    found = extractor.ask(raw)
    text = _readable("\n".join(found["blocks"]))
    if not text.strip():
        raise EmptyReport("the document holds no text; if its pages are pictures, run text recognition (OCR) over them, and add what comes out")
    return Article(text=text, title=_find_title(found["title"], text), note=_check_lost(text), **_UNSAID)


def check_office(raw: bytes, suffix: str) -> None:
    """Pass when the bytes may be an office file of today. Raises UnreadableReport."""
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableReport(f"the file is encrypted, or an old one of before 2007: open it, with its password, and save it as {suffix} without one")
    if not raw.startswith(b"PK"):
        raise _named_wrongly(raw, suffix)


_UNSAID = {"published": None, "publisher": None, "language": None, "url": None}


def _named_wrongly(raw: bytes, suffix: str) -> UnreadableReport:
    return UnreadableReport(f"the file is named {suffix}, but its content is {name_binary(raw) or 'something else'}: give it the suffix of what it is")


def _check_size(raw: bytes, extractor: Extractor) -> None:
    if len(raw) > extractor.limits.max_file_bytes:
        raise UnreadableReport(f"the file has {len(raw)} bytes; at most {extractor.limits.max_file_bytes} are read: split it")


def _readable(text: str) -> str:
    """The text with U+FFFD for each sign to which the file gives no letter."""
    return _UNREADABLE.sub("\ufffd", text)


def _check_lost(text: str) -> str | None:
    """A sentence on how many signs have no letter, None for none. Raises UnreadableReport where that is no text any more."""
    check_text(text)
    lost = text.count("\ufffd")
    if lost > MAX_LOST * len(text):
        raise UnreadableReport(f"{lost} of {len(text)} signs have no letter in the file's fonts: run text recognition (OCR) over it, and add what comes out")
    return f"{lost} signs have no letter in the file's fonts; U+FFFD stands for each" if lost else None


def _note_on(bare: list[int], count: int) -> str | None:
    if not bare:
        return None
    named = ", ".join(map(str, bare[:10])) + (" …" if len(bare) > 10 else "")
    return f"{len(bare)} of {count} pages hold no text (page {named}): if they are pictures, text recognition (OCR) would read them"


def _join_notes(*notes: str | None) -> str | None:
    return "; ".join(note for note in notes if note) or None


def _find_title(said: str | None, text: str) -> str | None:
    """The title of the metadata where it is one: words for people, most of which stand in the text, too; else the first line, unless it is a paragraph."""
    title = " ".join((said or "").split())
    if 4 <= len(title) <= _LONGEST_TITLE and title.isprintable() and not _NAMED_BY_A_PROGRAM.search(title) and _stands_in(title, text):
        return title
    first = " ".join(next(line for line in text.splitlines() if line.strip()).split())
    return first if len(first) <= _LONGEST_TITLE else None


def _stands_in(title: str, text: str) -> bool:
    words, known = _words(title), set(_words(text))
    return bool(words) and sum(word in known for word in words) * 2 >= len(words)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _LONG_WORD.findall(text)]
