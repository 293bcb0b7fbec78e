"""Web archives (WARC, plain or gzip; WACZ) to reports: pages, PDFs and plain texts that a server answered with status 200.

What else they hold is counted in one notice, since a crawl holds ten pictures, scripts and redirects for each page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from waqai.archives.answers import Answer, parse_answer, split_type
from waqai.archives.documents import KINDS, Documents, aside, incoming_of
from waqai.archives.unpacking import open_unpacked
from waqai.archives.warc import WarcRecord, check_digest, iter_warc
from waqai.core import Incoming, IntakeError, Notice, Retrieval, UnreadableReport
from waqai.intake.guard import has_bad_character, show

_MAX_DAMAGES = 100
_EXTRA = 1_000_000  # bytes of a record beside the document: its headers and what chunks add
_COOKIES = frozenset(("set-cookie", "set-cookie2"))  # of who captured it: they let whoever has them in, and tell nothing of the page
_SILENT = frozenset(("warcinfo", "request", "metadata"))


@dataclass(slots=True)
class Tally:
    """What of a file was not read: how many records by reason, each with the first address. Changes itself."""

    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)
    damages: int = 0

    def count(self, reason: str, record: str) -> None:
        reason = reason if reason in self.counts or len(self.counts) < 50 else "of other reasons"
        self.counts[reason] += 1
        self.first.setdefault(reason, record)

    def notice(self, name: str) -> Notice | None:
        """One notice for all, None for nothing."""
        if not self.counts:
            return None
        total = sum(self.counts.values())
        shown = "; ".join(f"{times} {reason} (the first: {show(self.first[reason])})" for reason, times in self.counts.most_common(12))
        more = f"; and {len(self.counts) - 12} other reasons" if len(self.counts) > 12 else ""
        return aside(name, f"{total} {'record' if total == 1 else 'records'} of the archive not read: {shown}{more}")


def iter_warc_reports(
    raw: IO[bytes], *, name: str, at: datetime, documents: Documents, titles: Mapping[str, str] | None = None, tally: Tally | None = None
) -> Iterator[Incoming | Notice]:
    """The reports of a WARC file, plain or gzip. `titles`: only the pages with these addresses, see `page_key`, are read, and PDFs; None: all.

    With a `tally` of the caller's, what was not read is counted there, and no notice tells it. Raises UnreadableReport where the file is no WARC.
    """
    counted = Tally() if tally is None else tally
    try:
        for record in iter_warc(open_unpacked(raw), limit=documents.limits.max_bytes + _EXTRA):
            yield from _reports_of(record, name, at, documents, titles, counted)
    except UnreadableReport as error:
        yield aside(name, error)
    notice = counted.notice(name) if tally is None else None
    if notice is not None:
        yield notice


def _reports_of(
    record: WarcRecord, name: str, at: datetime, documents: Documents, titles: Mapping[str, str] | None, tally: Tally
) -> Iterator[Incoming | Notice]:
    if record.damage is not None and tally.damages < _MAX_DAMAGES:
        tally.damages += 1
        yield aside(f"{name}#{record.id or '?'}", f"a record of {show(record.address)}: {record.damage}")
    elif record.damage is not None:
        tally.count("damaged, beside those that were told", record.address)
    if record.damage is not None or record.kind in _SILENT:
        return
    try:
        answer = _answer_of(record, documents)
        kind = _kind_of(answer, record, titles)
        article = documents.read(
            answer.content, kind, address=record.address, captured=record.captured_at.date() if record.captured_at else None, charset=answer.charset
        )
    except _Skipped as skipped:
        tally.count(str(skipped), record.address)
        return
    except IntakeError as error:
        tally.count(f"not read: {error}", record.address)
        return
    declared = record.headers.get("warc-payload-digest", "")
    if declared and all(check_digest(declared, one) is False for one in (answer.body, answer.content)):
        yield aside(f"{name}#{record.id}", f"the page {show(record.address)} is not that of its digest: it was damaged or changed since it was captured")
        return
    said = {"url": record.address, "title": (titles or {}).get(page_key(record.address)), "fetched_at": record.captured_at}
    yield from incoming_of(article, answer.content, _retrieval_of(record, answer, name, at), id="", media_type=answer.media_type, **said)


def page_key(address: str) -> str:
    """What a page's address is compared by: a browser does not ask for what stands behind "#", and adds the first slash.

    >>> page_key("https://a.example#top"), page_key("https://a.example/1#a")
    ('https://a.example/', 'https://a.example/1')
    """
    bare = address.partition("#")[0]
    return f"{bare}/" if bare.count("/") == 2 else bare


class _Skipped(Exception):
    """A record that is passed over; its words complete "3 …"."""


def _answer_of(record: WarcRecord, documents: Documents) -> Answer:
    if record.kind not in {"response", "resource"}:
        raise _Skipped(f"of the kind {record.kind[:20]!r}")
    if record.block is None:
        raise _Skipped(f"of more than {documents.limits.max_bytes} bytes")
    if not record.address.lower().startswith(("http://", "https://")) or has_bad_character(record.address):
        raise _Skipped("of other addresses than http and https")
    if record.kind == "response":
        return parse_answer(record.block, limit=documents.limits.max_bytes)
    media_type, charset = split_type(record.headers.get("content-type", ""))
    return Answer(status=200, headers=(), body=record.block, content=record.block, media_type=media_type, charset=charset)


def _kind_of(answer: Answer, record: WarcRecord, titles: Mapping[str, str] | None) -> str:
    if answer.status != 200:
        raise _Skipped(f"of status {answer.status}")
    kind = KINDS.get(answer.media_type)
    if kind is None:
        raise _Skipped(f"of the type {answer.media_type[:60] or 'that is not said'}")
    if titles is not None and kind == "html" and page_key(record.address) not in titles:
        raise _Skipped("pages that the archive does not list as pages (frames, advertisements)")
    return kind


def _retrieval_of(record: WarcRecord, answer: Answer, name: str, at: datetime) -> Retrieval:
    return Retrieval(
        how="web_archive",
        address=record.address,
        at=at,
        final_address=record.address,
        status=answer.status if record.kind == "response" else None,
        headers=tuple((name, value) for name, value in answer.headers if name.lower() not in _COOKIES),
        server=record.headers.get("warc-ip-address", ""),
        within=f"{name}#{record.id}",
        captured_at=record.captured_at,
    )
