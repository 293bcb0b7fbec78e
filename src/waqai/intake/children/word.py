"""The text of a Word document: paragraphs and tables in the document's order, then its notes. Runs in the child process.

python-docx opens the package; the walk is our own, since its text of a paragraph leaves out what was inserted with changes tracked. What was deleted with
changes tracked, field codes, headers and footers are no text of the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from typing import Any

from .refusal import Caps, Refused
from .zips import check_zip

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{_W}txbxContent"
_GONE = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}sectPr", f"{_W}instrText", _FALLBACK})
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_NOTES = ("/word/footnotes.xml", "/word/endnotes.xml")


def prepare(caps: Caps) -> Callable[[bytes], Any]:
    """What answers a .docx with {"blocks": its paragraphs and rows of tables, "title": of the metadata}."""
    import docx

    docx.Document()  # loads the templates that it opens files for
    return partial(_read, caps=caps)


def _read(raw: bytes, *, caps: Caps) -> dict[str, Any]:
    import docx

    check_zip(raw, needs="word/document.xml", caps=caps)
    document = docx.Document(BytesIO(raw))
    blocks = [*_iter_blocks(document.element.body), *_iter_notes(document.part.package)]
    if sum(map(len, blocks)) > caps["max_bytes"]:
        raise Refused(f"its text has more than {caps['max_bytes']} characters, which is more than one report may have: split it")
    return {"blocks": blocks, "title": document.core_properties.title}


def _iter_blocks(parent: Any) -> Iterator[str]:
    """Paragraphs, and rows of tables with a tab between cells, in order; a text box comes after the paragraph that it hangs on."""
    for element in parent:
        if element.tag == f"{_W}p":
            yield from filter(str.strip, [_words_of(element)])
            for box in _find_boxes(element):
                yield from _iter_blocks(box)
        elif element.tag == f"{_W}tr":
            yield from filter(str.strip, ["\t".join(_iter_cells(element))])
        elif element.tag not in _GONE:
            yield from _iter_blocks(element)


def _iter_cells(row: Any) -> Iterator[str]:
    """The words of each cell, on one line."""
    for element in row:
        if element.tag == f"{_W}tc":
            yield " ".join(" ".join(_iter_blocks(element)).split())
        elif element.tag not in _GONE:
            yield from _iter_cells(element)


def _words_of(paragraph: Any) -> str:
    """The paragraph as it reads with all changes accepted, without its text boxes."""
    pieces: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag == f"{_W}t":
            pieces.append(element.text or "")
        elif element.tag in _SIGNS:
            pieces.append(_SIGNS[element.tag])
        elif element.tag not in _GONE and element.tag != _BOX:
            waiting.extend(reversed(element))
    return "".join(pieces)


def _find_boxes(paragraph: Any) -> list[Any]:
    """The text boxes of a paragraph, each once: a fallback repeats what stands beside it."""
    found: list[Any] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag == _BOX:
            found.append(element)
        elif element.tag not in _GONE:
            waiting.extend(reversed(element))
    return found


def _iter_notes(package: Any) -> Iterator[str]:
    """Footnotes and endnotes; what has a type is a line that separates them."""
    from docx.oxml import parse_xml

    for part in sorted((part for part in package.iter_parts() if part.partname in _NOTES), key=lambda part: part.partname, reverse=True):
        for note in parse_xml(part.blob):
            if note.get(f"{_W}type") is None:
                yield from _iter_blocks(note)
