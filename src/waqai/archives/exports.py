"""Files as other services give them out: ReliefWeb's answers, which hold texts, and GDELT's, which hold addresses.

ReliefWeb API v2 (apidoc.reliefweb.int): {"data": [{"id", "fields": {"title", "body", "body-html", "date": {"original", "created"}, "source": [{"name",
"shortname"}], "url", "url_alias", "origin", "language": [{"code"}]}}]}. GDELT DOC 2.0, mode=ArtList, format=json (blog.gdeltproject.org, "GDELT DOC 2.0 API
debuts"): {"articles": [{"url", "title", "seendate", "domain", "language", "sourcecountry"}]}. GDELT GKG 2.1 (codebook V2.1 of 2015-02-19): 27 columns, tabs,
no headers: record id, date as YYYYMMDDHHMMSS, collection, source's name, document's address, … , extras in XML with <PAGE_TITLE>.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any
from urllib.parse import urlsplit

from waqai.archives.documents import Documents, aside, incoming_of
from waqai.archives.feeds import day_or_none
from waqai.archives.nouns import Pointer
from waqai.core import BadRecord, Day, Incoming, IntakeError, Notice, Retrieval, UnreadableReport
from waqai.intake import Article
from waqai.intake.decode import decode_strictly
from waqai.intake.guard import check_text, has_bad_character, show

GKG_COLUMNS = 27
_GKG_LINE = 5_000_000  # bytes: a long article's names and quotations come to some hundred thousand
_GKG_START = re.compile(rb"\d{14}-T?\d+\t\d{14}\t[1-6]\t")
_TITLE = re.compile(r"<PAGE_TITLE>(.{0,2000}?)</PAGE_TITLE>", re.DOTALL)
_RELIEFWEB_HEAD = re.compile(rb"\"href\"\s*:\s*\"[^\"]{0,40}api\.reliefweb\.int|\"data\"\s*:\s*\[\s*\{\s*\"(?:id|score|href|fields)\"")
_RELIEFWEB_START = re.compile(rb"\{\s*\"(?:time|href|links|took|totalCount|count|data)\"\s*:")
_ARTLIST_HEAD = re.compile(rb"^\s*\{\s*\"articles\"\s*:\s*\[")
_WEB = 1
"""GKG's code for a document whose identifier is an address."""


def recognise_export(head: bytes) -> str | None:
    """ "reliefweb", "gdelt" or "gkg" by the first bytes of a file, None for anything else.

    >>> recognise_export(b'{"articles": [ {"url": "https://a.example"'), recognise_export(b'{"id": "a", "text": "Words"}')
    ('gdelt', None)
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _GKG_START.match(start):
        return "gkg"
    if _ARTLIST_HEAD.match(start):
        return "gdelt"
    return "reliefweb" if _RELIEFWEB_START.match(start) and _RELIEFWEB_HEAD.search(start[:65_536]) else None


def iter_reliefweb_reports(raw: bytes, *, name: str, at: datetime, documents: Documents) -> Iterator[Incoming | Notice]:
    """The reports of a saved answer of ReliefWeb, and a notice for each that holds no words. Raises BadRecord where the file is none."""
    for number, record in enumerate(_records_of(raw, "data"), start=1):
        place = f"{name}#{number}"
        try:
            article, about = _read_reliefweb(record, documents)
        except IntakeError as error:
            yield aside(place, error)
            continue
        content = json.dumps(record, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
        retrieval = Retrieval(how="export", address=article.url or place, at=at, within=f"{name}#{record.get('id', number)}")
        yield from incoming_of(article, content, retrieval, id=about, media_type="application/json")


def iter_artlist(raw: bytes, *, name: str) -> Iterator[Pointer | Notice]:
    """The addresses of a GDELT list of articles. Raises BadRecord where the file is none."""
    for number, record in enumerate(_records_of(raw, "articles"), start=1):
        address = record.get("url")
        if not is_address(address):
            yield aside(f"{name}#{number}", f"'url' holds {show(address)}, which is no http or https address")
            continue
        assert isinstance(address, str)
        yield Pointer(address=address, title=_words(record.get("title")), seen=_compact_day(record.get("seendate")), publisher=_words(record.get("domain")))


def iter_gkg(stream: IO[bytes], *, name: str) -> Iterator[Pointer | Notice]:
    """The addresses of a GKG 2.1 file, line by line; a line of another number of columns is a notice, a document without an address is passed over."""
    number = 0
    while line := stream.readline(_GKG_LINE):
        number += 1
        cells = line.decode("utf-8", "replace").rstrip("\r\n").split("\t")
        if len(cells) != GKG_COLUMNS:
            yield aside(f"{name}:{number}", f"line {number} has {len(cells)} columns; a GKG 2.1 file has {GKG_COLUMNS}")
            if len(line) == _GKG_LINE:
                return
        elif cells[2] == str(_WEB) and is_address(cells[4]):
            title = _TITLE.search(cells[26])
            yield Pointer(address=cells[4], title=_words(html.unescape(title[1])) if title else None, seen=_compact_day(cells[1]), publisher=_words(cells[3]))


def is_address(said: object) -> bool:
    """Whether it is an http or https address of a page.

    >>> [is_address(said) for said in ("https://a.example/1", "HTTP://a.example", "javascript:alert(1)", "http://[x/a", "http://", None)]
    [True, True, False, False, False, False]
    """
    if not isinstance(said, str) or len(said) > 4_096 or not said.isprintable() or " " in said:
        return False
    try:
        parts = urlsplit(said)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:  # "http://[x/a"
        return False


def _records_of(raw: bytes, field: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(decode_strictly(raw))
    except (ValueError, RecursionError) as error:
        if isinstance(error, UnreadableReport):
            raise
        raise BadRecord(f"not JSON: {str(error)[:200]}") from error
    records = found.get(field) if isinstance(found, dict) else None
    if not isinstance(records, list):
        raise BadRecord(f"it has no list {field!r}")
    wrong = next((one for one in records if not isinstance(one, dict)), None)
    if wrong is not None:
        raise BadRecord(f"{field!r} holds {show(wrong)}, not records")
    return records


def _read_reliefweb(record: dict[str, Any], documents: Documents) -> tuple[Article, str]:
    fields = record.get("fields")
    if not isinstance(fields, dict):
        raise BadRecord("it has no 'fields': ask the service for title, body, date, source, url, origin and language")
    text, markup = _words(fields.get("body")), _words(fields.get("body-html"))
    words = documents.words_of(markup) if markup else text
    if not words:
        raise BadRecord("it holds no 'body' and no 'body-html': ask the service for one of them")
    if len(words) > documents.limits.max_bytes:
        raise UnreadableReport(f"its text has {len(words)} characters; at most {documents.limits.max_bytes} are read")
    check_text(words)
    listed = fields.get("date")
    dates: dict[str, Any] = listed if isinstance(listed, dict) else {}
    article = Article(
        text=words,
        title=_words(fields.get("title")),
        published=day_or_none(_words(dates.get("original")) or _words(dates.get("created"))),
        publisher=_first(fields.get("source"), "name") or _first(fields.get("source"), "shortname"),
        language=_first(fields.get("language"), "code"),
        url=next((one for name in ("url_alias", "url", "origin") if is_address(one := fields.get(name))), None),
    )
    id = str(record.get("id", ""))
    return article, f"reliefweb-{id}" if id.isascii() and id.isdigit() else ""


def _first(listed: object, name: str) -> str | None:
    one = listed[0] if isinstance(listed, list) and listed else listed
    return _words(one.get(name)) if isinstance(one, dict) else None


def _words(said: object) -> str | None:
    return said if isinstance(said, str) and said.strip() and not has_bad_character(said) else None


def _compact_day(written: object) -> Day | None:
    """
    >>> _compact_day("20230618T101500Z"), _compact_day("20230618101500"), _compact_day(None)
    (datetime.date(2023, 6, 18), datetime.date(2023, 6, 18), None)
    """
    try:
        return date.fromisoformat(str(written)[:8])
    except ValueError:
        return None
