"""Files that hold addresses and no words: GDELT's lists of articles and tables, sitemaps. Who fetches gets the pages there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from waqai.archives.documents import Documents
from waqai.archives.exports import iter_artlist, iter_gkg, recognise_export
from waqai.archives.nouns import Pointer
from waqai.archives.sitemaps import read_sitemap
from waqai.archives.unpacking import open_unpacked, read_bounded, unpack
from waqai.archives.zips import open_member, open_zip
from waqai.core import Notice
from waqai.intake.guard import show
from waqai.intake.sources import SUFFIXES, Source

HEAD = 65_536
"""Bytes of a file by which it is told what it is."""
_SITEMAP = re.compile(rb"<(?:[A-Za-z]+:)?(?:urlset|sitemapindex)[\s>]")
_INDEX = re.compile(rb"<(?:[A-Za-z]+:)?sitemapindex[\s>]")
_FEED = re.compile(rb"<(?:[A-Za-z]+:)?(?:rss|feed|RDF)[\s>]")
_ENDINGS, _PACKED_ARCHIVES = (".xml", ".rss", ".atom", ".rdf", ".gz"), (".warc.gz", ".mbox.gz")


def read_list(path: Path, documents: Documents) -> tuple[Pointer, ...]:
    """The pages that a file names; () where it names none, holds words itself, or is an index of sitemaps. Raises IntakeError, OSError."""
    source = Source(path=path, name=path.name, stem=path.stem, kind=SUFFIXES.get(path.suffix.lower(), "any"))
    found = find_list(source, documents)
    if found is None or is_index(source):
        return ()
    return tuple(one for one in found if isinstance(one, Pointer))


def find_list(source: Source, documents: Documents) -> Iterator[Pointer | Notice] | None:
    """What a file names, and notices of what of it could not be read; None where it is no list. Raises IntakeError, OSError, then and later."""
    if source.kind != "bundle":
        kind = recognise_export(head_of(source)) if source.kind in {"json", "csv", "tsv", "any"} else None
        return _iter_articles(source, documents) if kind == "gdelt" else _iter_table(source) if kind == "gkg" else None
    name = source.name.lower()
    if name.endswith(".zip"):
        return _iter_zipped(source) if _holds_table(source) else None
    if not name.endswith(_ENDINGS) or name.endswith(_PACKED_ARCHIVES):
        return None
    return _iter_sitemap(source, documents) if _is_sitemap(_unpacked_head(source)) else None


def head_of(source: Source) -> bytes:
    """The first bytes of a file or of content; b"" for standard input, for what is no regular file and for what cannot be opened."""
    if source.content is None and (source.path is None or not source.path.is_file()):
        return b""
    try:
        with source.open() as raw:
            return raw.read(HEAD)
    except OSError:
        return b""


def is_index(source: Source) -> bool:
    """Whether a list is an index of sitemaps, which names no pages. Raises IntakeError, OSError."""
    return source.name.lower().endswith(_ENDINGS) and _INDEX.search(_unpacked_head(source)) is not None


# -- inside


def _iter_articles(source: Source, documents: Documents) -> Iterator[Pointer | Notice]:
    with source.open() as raw:
        yield from iter_artlist(read_bounded(raw, limit=documents.limits.max_json_bytes), name=source.name)


def _iter_table(source: Source) -> Iterator[Pointer | Notice]:
    with source.open() as raw:
        yield from iter_gkg(raw, name=source.name)


def _holds_table(source: Source) -> bool:
    """Whether a zip is GDELT's own, of one table."""
    with source.open() as raw, open_zip(raw) as opened:
        return _table_in(opened) is not None


def _table_in(opened: ZipFile) -> str | None:
    names = opened.namelist()
    return names[0] if len(names) == 1 and names[0].lower().endswith(".gkg.csv") else None


def _iter_zipped(source: Source) -> Iterator[Pointer | Notice]:
    with source.open() as raw, open_zip(raw) as opened:
        member = opened.infolist()[0]
        with open_member(opened, member) as table:
            yield from iter_gkg(table, name=f"{source.name}#{show(member.filename)}")


def _is_sitemap(head: bytes) -> bool:
    return bool(_SITEMAP.search(head)) and not _FEED.search(head)


def _unpacked_head(source: Source) -> bytes:
    with source.open() as raw, open_unpacked(raw) as unpacked:
        return unpacked.read(HEAD)


def _iter_sitemap(source: Source, documents: Documents) -> Iterator[Pointer | Notice]:
    limit = documents.limits.max_bytes
    with source.open() as raw:
        found = read_sitemap(unpack(read_bounded(raw, limit=limit), limit=limit), address=source.name, documents=documents)
    yield from found.notices
    yield from (Pointer(address=one.address, title=one.title, seen=one.published or one.changed) for one in found.entries)
