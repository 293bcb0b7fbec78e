"""What a person finds on the pages of a site, read from their HTML."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag

from lxml import html


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def pages_in(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def page_at(site: Path, id: str) -> html.HtmlElement:
    (file,) = site.glob(f"incidents/*/{id}.html")
    return html.fromstring(file.read_text(encoding="utf-8"))


def text_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def iter_links(page: Path) -> Iterator[tuple[str, str]]:
    """Every address of a page that a browser may ask for or be led to, with the tag that has it."""
    for element in html.fromstring(page.read_text(encoding="utf-8")).iter():
        if isinstance(element.tag, str):
            yield from ((element.tag, element.get(name)) for name in ("href", "src", "srcset", "data", "poster", "action") if element.get(name) is not None)


def target_of(page: Path, address: str) -> tuple[Path, str]:
    """The file that a relative address of a page leads to, and the anchor in it."""
    path, anchor = urldefrag(address)
    return ((page.parent / unquote(path)).resolve() if path else page), anchor


def anchors_in(page: Path) -> set[str]:
    return {found for element in html.fromstring(page.read_text(encoding="utf-8")).iter() if isinstance(element.tag, str) and (found := element.get("id"))}
