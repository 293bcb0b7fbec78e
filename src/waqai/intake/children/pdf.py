"""The text of a PDF, page by page, by pypdf. Runs in the child process."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

from .refusal import Caps, Refused

_ANEW = "open it and print or save it as a new PDF"
_ENCRYPTED = "the PDF is encrypted: open it, with its password if it has one, and print it to a new PDF, which has none"
_OF_DAMAGE = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What pypdf also raises where an entry of a damaged file is of another kind than it should be, or is not there."""
_UNKNOWN = f"the PDF holds what the reader does not know: {_ANEW}"


def prepare(caps: Caps) -> Callable[[bytes], Any]:
    """What answers a PDF with {"pages": their texts, "title": of the metadata}."""
    import pypdf  # noqa: F401

    return partial(_read, caps=caps)


def _read(raw: bytes, *, caps: Caps) -> dict[str, Any]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):  # one that asks for a password only to print or to change it is open to anybody
            raise Refused(_ENCRYPTED)
        count = len(reader.pages)
        if count > caps["max_pages"]:
            raise Refused(f"the PDF has {count} pages; at most {caps['max_pages']} are read: split it")
        return {"pages": _read_pages(reader, caps), "title": _find_title(reader)}
    except (DependencyError, NotImplementedError) as error:  # a cipher that is not here, which may show only when a page is read
        raise Refused(f"{_ENCRYPTED if b'/Encrypt' in raw else _UNKNOWN} ({error})") from error
    except (PyPdfError, *_OF_DAMAGE) as error:
        raise Refused(f"the PDF is damaged ({_tell(error)}): {_ANEW}") from error


def _tell(error: Exception) -> str:
    kind, said = type(error).__name__, str(error)[:200]
    return f"{kind}: {said}" if said and isinstance(error, _OF_DAMAGE) else said or kind


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
