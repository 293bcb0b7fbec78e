"""The addresses of a sitemap or of an index of sitemaps, by expat. Runs in the child process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .refusal import Caps, Refused, check_tags

MAX_ADDRESSES = 50_000
"""As many as the protocol allows in one file (sitemaps.org/protocol.html)."""
_KEPT = {"loc": "address", "lastmod": "changed", "title": "title", "publication_date": "published", "name": "publisher", "language": "language"}
_LONGEST = 2_048


def prepare(_caps: Caps) -> Callable[[bytes], Any]:
    """What answers a sitemap with {"is_index", "entries", "left_out", "broken"}."""
    _Reading().read(b"<urlset/>")
    return lambda body: _Reading().read(body)


class _Reading:
    """One pass over a sitemap. Changes itself."""

    def __init__(self) -> None:
        self.root, self.entries, self.left_out = "", [], 0  # type: tuple[str, list[dict[str, str]], int]
        self._entry: dict[str, str] | None = None
        self._field = ""
        self._depth = 0

    def read(self, body: bytes) -> dict[str, Any]:
        from xml.parsers import expat

        check_tags(body)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler, parser.EntityDeclHandler = self._data, self._refuse
        parser.buffer_text = True
        broken = None
        try:
            parser.Parse(body, True)
        except (expat.ExpatError, ValueError) as error:  # ValueError: an encoding that expat cannot be given
            broken = str(error)[:200]
        if self.root not in {"urlset", "sitemapindex"}:
            raise Refused(f"it is no sitemap: its root is {self.root[:40]!r}" if self.root else f"it is no sitemap: {broken or 'it is empty'}")
        return {"is_index": self.root == "sitemapindex", "entries": self.entries, "left_out": self.left_out, "broken": broken}

    def _start(self, tag: str, _attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        self._depth += 1
        if self._depth == 1:
            self.root = name
        elif self._depth == 2 and name in {"url", "sitemap"}:
            self._entry = {}
        # "loc" of an image or a film of the page is another one's address
        wanted = name in _KEPT and not (name == "loc" and self._depth != 3) and not any(one in tag for one in ("sitemap-image", "sitemap-video"))
        self._field = _KEPT[name] if wanted and self._entry is not None else ""

    def _data(self, words: str) -> None:
        if self._entry is not None and self._field:
            self._entry[self._field] = (self._entry.get(self._field, "") + words)[:_LONGEST]

    def _end(self, _tag: str) -> None:
        self._depth -= 1
        self._field = ""
        if self._depth == 1 and self._entry is not None:
            self._keep({name: words.strip() for name, words in self._entry.items()})
            self._entry = None

    def _keep(self, entry: dict[str, str]) -> None:
        if not entry.get("address"):
            return
        if len(self.entries) >= MAX_ADDRESSES:
            self.left_out += 1
        else:
            self.entries.append(entry)

    def _refuse(self, *_: object) -> None:
        raise Refused("the sitemap declares entities of its own, which no sitemap needs: they can be built to exhaust a reader, or to fetch files")
