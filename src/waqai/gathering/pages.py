"""One page that a person names by its address, as reports.

What the page is, its server says by a media type, and its bytes where that says nothing. The address where it was found in the end and the moment stand with
each report; what the page itself says of its publisher and day counts before what the person said.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from waqai.core import FetchFailed, Incoming, Notice, Original, Retrieval
from waqai.fetching import Fetched, Fetcher, original_of, retrieval_of, tidy
from waqai.flow import SET_ASIDE

Read: TypeAlias = Callable[[str, bytes], Iterator[Incoming | Notice]]
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"})
_FEED_START = re.compile(rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]")
_BEFORE = ((b"<?xml", b"?>"), (b"<!--", b"-->"))
"""What may stand before the first element of XML, each with its end."""
_SUFFIXES = {
    **dict.fromkeys(("text/html", "application/xhtml+xml"), ".html"),
    **dict.fromkeys(("application/pdf", "application/x-pdf"), ".pdf"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    **dict.fromkeys(("application/json", "application/ld+json"), ".json"),
    **dict.fromkeys(("application/x-ndjson", "application/jsonl", "application/json-lines"), ".jsonl"),
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    **dict.fromkeys(("application/zip", "application/x-zip-compressed"), ".zip"),
    **dict.fromkeys(("application/gzip", "application/x-gzip"), ".gz"),
    **{"application/warc": ".warc", "message/rfc822": ".eml", "application/mbox": ".mbox"},
    **dict.fromkeys(("application/msword", "application/rtf", "application/vnd.oasis.opendocument.text"), ".doc"),
    **dict.fromkeys(("application/vnd.ms-excel", "application/vnd.oasis.opendocument.spreadsheet"), ".xls"),
}
"""By media type, the ending of a file's name by which intake knows how such a file is read, or why it is not; "text/plain" and what tells nothing have none."""
_GROUPS = {"image": ".png", "audio": ".mp3", "video": ".mp4"}
_ONE_REPORT = frozenset({".html", ".txt", ".pdf", ".docx"})
_NAME = re.compile(r"[^\w.-]+")
_AS_ON_THE_WEB = {"iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"}
"""Names of encodings that mean more on the web than they say (WHATWG Encoding, § 4.2)."""
_FILE_ENDING = re.compile(r"\.(?:docx|xlsx|csv|tsv|jsonl|ndjson|json|warc|warc\.gz|wacz|zip|eml|mbox)$", re.IGNORECASE)
_KNOWN_ENDING = re.compile(r"\.(?:html?|xhtml|php\d?|aspx?|jsp|pdf|docx|xlsx|csv|tsv|jsonl?|txt)$", re.IGNORECASE)


def is_address(source: str) -> bool:
    """Whether what a person named is an address of the web.

    >>> is_address("HTTPS://a.example/x"), is_address("notes.txt"), is_address("ftp://a.example")
    (True, False, False)
    """
    return _ADDRESS.match(source.strip()) is not None


def check_address(address: str) -> None:
    """Pass when this is an address that can be asked for at all. Raises FetchFailed."""
    tidy(address)


def iter_page(address: str, *, fetcher: Fetcher, read: Read) -> Iterator[Incoming | Notice]:
    """The reports of the page at an address, with its bytes and how they came; a notice where it cannot be fetched or read, which says why. Lazy.

    `read` reads a file by its name and its bytes, as `flow.iter_uploaded` does.
    """
    try:
        fetched = fetcher.fetch(address)
    except FetchFailed as error:
        yield Notice(record=address, stage=SET_ASIDE, reason=str(error))
        return
    if _is_feed(fetched):
        yield Notice(record=address, stage=SET_ASIDE, reason="this is a feed or a list of pages, not a page; `waqai watch` reads these")
        return
    yield from iter_fetched(fetched, read=read)


def iter_fetched(fetched: Fetched, *, read: Read) -> Iterator[Incoming | Notice]:
    """The reports of a page that was fetched."""
    ending, content = _ending_of(fetched), _in_utf8(fetched)
    name = name_page(fetched.final_address)
    is_whole = ending in _ONE_REPORT or (not ending and not content.lstrip().startswith((b"{", b"[")))
    for item in read(f"{name}{ending}" if ending else name.replace(".", "-"), content):
        yield replace(item, record=fetched.address) if isinstance(item, Notice) else _arrived(item, fetched, content, is_whole=is_whole)


def name_page(address: str) -> str:
    """A short name for a page, of which its reports' ids are made.

    >>> name_page("https://www.a.example/2023/06/prison-escape.html?x=1"), name_page("https://www.a.example/"), name_page("https://a.example/?p=12")
    ('prison-escape', 'a.example', 'a.example-p-12')
    """
    parts = urlsplit(address)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    named = (_KNOWN_ENDING.sub("", last), f"{_plain_host(address)} {parts.query}", "page")
    return next(name[:80] for one in named if (name := _NAME.sub("-", one).strip("-.")))


# -- inside


def _arrived(came: Incoming, fetched: Fetched, content: bytes, *, is_whole: bool) -> Incoming:
    """The report as one that was fetched. A record of many keeps the address and the publisher that it brings."""
    report = came.report
    url = fetched.final_address if is_whole or not report.url else report.url
    publisher = report.publisher or (_plain_host(fetched.final_address) if is_whole else None)
    stamped = replace(report, url=url, publisher=publisher, fetched_at=report.fetched_at or fetched.at)
    original, retrieval = _custody(came, fetched, content)
    return replace(came, report=stamped, original=original, retrieval=retrieval)


def _custody(came: Incoming, fetched: Fetched, content: bytes) -> tuple[Original | None, Retrieval]:
    """The bytes and how they came: of a page its own; of a row or record where it stands in the file; of what was held by an archive or a mailbox its own bytes
    and how these came there, with the address that the whole was fetched from."""
    original, within = original_of(fetched), came.retrieval.within if came.retrieval is not None else ""
    if came.retrieval is None or not within:
        return original, retrieval_of(fetched)
    if came.original is not None:
        return came.original, replace(came.retrieval, within=f"{within}, fetched from {fetched.final_address}")
    # What was read may be the bytes in UTF-8: the hash that is told is that of what came.
    return None, replace(retrieval_of(fetched), within=within.replace(hashlib.sha256(content).hexdigest(), original.sha256))


def _is_feed(fetched: Fetched) -> bool:
    return fetched.media_type in _FEEDS or _FEED_START.match(_first_element(fetched.body[:4_000])) is not None


def _first_element(head: bytes) -> bytes:
    """What begins a page, without the mark, the declaration and the comments before it: step by step, since a pattern of comments that can hold comments tries
    every way to part them.

    >>> _first_element(b"<?xml version='1.0'?> <!-- a --><!-- b --> <rss>"), _first_element(b"<!-- without end")
    (b'<rss>', b'<!-- without end')
    """
    rest = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    while (end := next((end for begin, end in _BEFORE if rest.startswith(begin)), None)) is not None and end in rest:
        rest = rest.partition(end)[2].lstrip()
    return rest


def _ending_of(fetched: Fetched) -> str:
    """How intake is to read this: a PDF by its bytes; else by what the server says, else by the address's own ending: of tables many say "text/plain"."""
    if fetched.body[:1_000].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"%PDF-"):
        return ".pdf"
    said = fetched.media_type
    ending = _SUFFIXES.get(said, _GROUPS.get(said.partition("/")[0], ""))
    named = _FILE_ENDING.search(urlsplit(fetched.final_address).path)
    if ending and not (named and ending in (".zip", ".gz")):
        return ending
    return named[0].lower() if named else ".txt" if said == "text/plain" else ""


def _in_utf8(fetched: Fetched) -> bytes:
    """The bytes, in UTF-8 with its mark where the server names another encoding that fits: a page need not say in itself what its header says."""
    if fetched.charset in (None, "utf-8", "ascii") or not (fetched.media_type.startswith("text/") or fetched.media_type == "application/xhtml+xml"):
        return fetched.body
    if fetched.body.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"%PDF-")) or _is_utf8(fetched.body):
        return fetched.body
    try:
        return b"\xef\xbb\xbf" + fetched.body.decode(_AS_ON_THE_WEB.get(fetched.charset, fetched.charset)).encode("utf-8")
    except (UnicodeError, LookupError):
        return fetched.body


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _plain_host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
