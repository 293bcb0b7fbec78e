"""Files that hold many reports, each opened by what it is: the table of kinds, and what stands behind `waqai add`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import IO

from waqai.archives.documents import Documents, aside
from waqai.archives.exports import iter_reliefweb_reports, recognise_export
from waqai.archives.feeds import iter_feed_reports
from waqai.archives.lists import HEAD, find_list, head_of, is_index
from waqai.archives.mail import iter_mail_reports
from waqai.archives.mailboxes import Message, is_mbox, iter_maildir, iter_mbox
from waqai.archives.nouns import Pointer
from waqai.archives.unpacking import open_unpacked, read_bounded, unpack
from waqai.archives.wacz import iter_wacz_reports
from waqai.archives.web_archives import iter_warc_reports
from waqai.archives.zips import iter_zip_reports, open_zip
from waqai.core import Incoming, IntakeError, Notice, UnreadableReport
from waqai.intake import Layout, Limits
from waqai.intake.guard import show
from waqai.intake.sources import Source

_MARKUP = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<")
Opener = Callable[["FileBundles", Source, IO[bytes]], Iterator[Incoming | Notice]]


class FileBundles:
    """Reads files that hold many reports, in children that are kept from one file to the next until `close`. `clock` says when they came to us."""

    def __init__(self, *, clock: Callable[[], datetime], limits: Limits | None = None, layouts: Sequence[Layout] | None = None) -> None:
        self._clock = clock
        self._documents = Documents(limits=limits, layouts=layouts)

    def close(self) -> None:
        """End the children."""
        self._documents.close()

    def find(self, source: Source) -> Iterator[Incoming | Notice] | None:
        """What the source holds; None where it is no such file. Errors come out as notices, and so does a file that holds nothing."""
        if source.path is not None and source.kind == "bundle" and source.path.is_dir():
            return self._guarded(source, self._iter_maildir(source))
        if source.kind == "bundle":
            return self._guarded(source, self._iter_file(source))
        if source.kind in {"json", "csv", "tsv", "any"} and recognise_export(head_of(source)) is not None:
            return self._guarded(source, self._iter_export(source))
        if source.kind in {"text", "any"} and not PurePath(source.name).suffix and is_mbox(head_of(source)):
            return self._guarded(source, self._iter_mbox(source))
        return None

    def _guarded(self, source: Source, found: Iterator[Incoming | Notice]) -> Iterator[Incoming | Notice]:
        is_silent = True
        try:
            for one in found:
                is_silent = False
                yield one
        except IntakeError as error:
            yield aside(source.name, error)
        except OSError as error:
            yield aside(source.name, f"the file cannot be read: {error.strerror or error}")
        else:
            if is_silent:
                yield aside(source.name, "it is empty, or holds nothing that is read as a report")

    def _iter_file(self, source: Source) -> Iterator[Incoming | Notice]:
        listed = find_list(source, self._documents)
        if listed is not None:
            yield from _told(listed, source)
            return
        opener = next((opener for suffix, opener in OPENERS if source.name.lower().endswith(suffix)), None)
        if opener is None:
            raise UnreadableReport("nothing reads files of this name")
        with source.open() as raw:
            yield from opener(self, source, raw)

    def _iter_export(self, source: Source) -> Iterator[Incoming | Notice]:
        listed = find_list(source, self._documents)
        if listed is not None:
            yield from _told(listed, source)
            return
        with source.open() as raw:
            content = read_bounded(raw, limit=self._documents.limits.max_json_bytes)
        yield from iter_reliefweb_reports(content, name=source.name, at=self._clock(), documents=self._documents)

    def _iter_mbox(self, source: Source) -> Iterator[Incoming | Notice]:
        with source.open() as raw:
            yield from self.mbox(source, raw)

    def _iter_maildir(self, source: Source) -> Iterator[Incoming | Notice]:
        assert source.path is not None
        yield from self._iter_messages(iter_maildir(source.path, name=source.name, limit=self._documents.limits.max_file_bytes))

    def _iter_messages(self, messages: Iterator[Message]) -> Iterator[Incoming | Notice]:
        for message in messages:
            try:
                if message.raw is None:
                    raise UnreadableReport(message.fault or f"the mail has more than {self._documents.limits.max_file_bytes} bytes")
                yield from iter_mail_reports(message.raw, record=message.name, at=self._clock(), documents=self._documents)
            except IntakeError as error:
                yield aside(message.name, error)

    def warc(self, source: Source, raw: IO[bytes]) -> Iterator[Incoming | Notice]:
        return iter_warc_reports(raw, name=source.name, at=self._clock(), documents=self._documents)

    def wacz(self, source: Source, raw: IO[bytes]) -> Iterator[Incoming | Notice]:
        return iter_wacz_reports(raw, name=source.name, at=self._clock(), documents=self._documents)

    def zip(self, source: Source, raw: IO[bytes]) -> Iterator[Incoming | Notice]:
        """A zip of documents, or a WACZ by another name."""
        with open_zip(raw) as opened:
            names = opened.namelist()
        reader = iter_wacz_reports if "datapackage.json" in names and any(one.startswith("archive/") for one in names) else iter_zip_reports
        yield from reader(raw, name=source.name, at=self._clock(), documents=self._documents)

    def mbox(self, source: Source, raw: IO[bytes]) -> Iterator[Incoming | Notice]:
        return self._iter_messages(iter_mbox(open_unpacked(raw), name=source.name, limit=self._documents.limits.max_file_bytes))

    def mail(self, source: Source, raw: IO[bytes]) -> Iterator[Incoming | Notice]:
        content = read_bounded(raw, limit=self._documents.limits.max_file_bytes)
        return iter_mail_reports(content, record=source.name, at=self._clock(), documents=self._documents)

    def markup(self, source: Source, raw: IO[bytes]) -> Iterator[Incoming | Notice]:
        """A feed, gzip or not, also what is called so; its reader says where it is none."""
        limit = self._documents.limits.max_bytes
        body = unpack(read_bounded(raw, limit=limit), limit=limit)
        yield from iter_feed_reports(body, name=source.name, at=self._clock(), documents=self._documents)

    def packed(self, source: Source, raw: IO[bytes]) -> Iterator[Incoming | Notice]:
        """A .gz of what its content says: a web archive, a feed or a sitemap; nothing else is unpacked."""
        with open_unpacked(raw) as unpacked:
            head = unpacked.read(HEAD)
        if not _MARKUP.match(head):
            raise UnreadableReport("of .gz files only web archives, mailboxes, feeds and sitemaps are read; unpack it first")
        with source.open() as again:
            yield from self.markup(source, again)


OPENERS: Sequence[tuple[str, Opener]] = (
    (".warc", FileBundles.warc),
    (".warc.gz", FileBundles.warc),
    (".wacz", FileBundles.wacz),
    (".zip", FileBundles.zip),
    (".mbox", FileBundles.mbox),
    (".mbox.gz", FileBundles.mbox),
    (".eml", FileBundles.mail),
    *((suffix, FileBundles.markup) for suffix in (".rss", ".atom", ".rdf", ".xml")),
    (".gz", FileBundles.packed),
)
"""By the end of a file's name, what opens it; the first that fits counts."""


def _told(pointers: Iterator[Pointer | Notice], source: Source) -> Iterator[Incoming | Notice]:
    """The notices, and one for all the addresses: they hold no words, so there is no report in them yet."""
    count, first = 0, ""
    for item in pointers:
        if isinstance(item, Notice):
            yield item
        else:
            count, first = count + 1, first or item.address
    if not count:
        yield aside(source.name, "it holds no address")
        return
    held = "1 address" if count == 1 else f"{count} addresses"
    way = "`waqai watch add` the index's own address" if is_index(source) else "in a watched folder (`waqai watch add FOLDER`) the pages are fetched"
    yield aside(source.name, f"it holds {held} and no texts (the first: {show(first)}); {way}")
