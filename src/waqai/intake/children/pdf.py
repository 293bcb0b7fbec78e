"""The text of a PDF, page by page, by pypdf. Runs in the child process."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

from .refusal import Caps, Refused

_ANEW = "open it and print or save it as a new PDF"


def prepare(caps: Caps) -> Callable[[bytes], Any]:
    """What answers a PDF with {"pages": their texts, "title": of the metadata}."""
    import pypdf  # noqa: F401

    return partial(_read, caps=caps)


def _read(raw: bytes, *, caps: Caps) -> dict[str, Any]:
    from pypdf.errors import PyPdfError

    try:
        reader = _open(raw)
        count = len(reader.pages)
        if count > caps["max_pages"]:
            raise Refused(f"the PDF has {count} pages; at most {caps['max_pages']} are read: split it")
        return {"pages": _read_pages(reader, caps), "title": _find_title(reader)}
    except PyPdfError as error:
        raise Refused(f"the PDF is damaged ({str(error)[:200] or type(error).__name__}): {_ANEW}") from error


def _open(raw: bytes) -> Any:
    """The PDF, open; one that is encrypted, too, if it asks for a password only to print or to change it."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(BytesIO(raw))
        is_open = not reader.is_encrypted or bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError):  # a cipher that is not here
        is_open = False
    if not is_open:
        raise Refused("the PDF is encrypted: open it with its password and print it to a new PDF, which has none")
    return reader


def _read_pages(reader: Any, caps: Caps) -> list[str]:
    pages: list[str] = []
    size = 0
    for page in reader.pages:
        pages.append(page.extract_text())
        size += len(pages[-1])
        if size > caps["max_bytes"]:
            raise Refused(f"its text has more than {caps['max_bytes']} characters, which is more than one report may have: split it")
    return pages


def _find_title(reader: Any) -> str | None:
    title = reader.metadata.title if reader.metadata is not None else None
    return title if isinstance(title, str) else None
