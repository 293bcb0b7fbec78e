"""Web archives give their pages; what is damaged, hostile or no page is told and not read."""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from bundled import PROSE, page, record, response, sha1, wacz, warc_gz, zipped
from documents import make_pdf
from waqai.archives import Documents, iter_wacz_reports, iter_warc_reports, iter_zip_reports
from waqai.archives.warc import iter_warc
from waqai.core import Incoming, Notice, UnreadableReport

AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def documents() -> Iterator[Documents]:
    with Documents() as shared:
        yield shared


def read(raw: bytes, documents: Documents) -> tuple[list[Incoming], list[str]]:
    items = list(iter_warc_reports(io.BytesIO(raw), name="a.warc", at=AT, documents=documents))
    return [one for one in items if isinstance(one, Incoming)], [one.reason for one in items if isinstance(one, Notice)]


@pytest.mark.parametrize("packed", [True, False], ids=["gzip", "plain"])
def test_pages_with_status_200_come_in_with_their_bytes_and_how_they_were_captured(documents: Documents, packed: bool) -> None:
    records = [
        record(b"software: made for a test", kind="warcinfo"),
        record(response(page()), payload=sha1(page())),
        record(response(b"gone", status="404 Not Found"), "https://monitor.example/2"),
        record(response(b"\x89PNG", kind="image/png"), "https://monitor.example/3"),
    ]
    (came,), (notice,) = read(warc_gz(*records) if packed else b"".join(records), documents)
    assert (came.report.url, came.report.title, came.report.language) == ("https://monitor.example/1", "Tunnel", "en")
    assert came.report.fetched_at == datetime(2023, 6, 19, 4, 5, 6, tzinfo=UTC)
    assert came.original is not None and came.original.content == page()
    kept = came.retrieval
    assert kept is not None
    assert (kept.how, kept.status, kept.server, kept.within) == ("web_archive", 200, "192.0.2.7", "a.warc#urn:uuid:0000-1")
    assert (kept.captured_at, kept.at, kept.headers[0]) == (datetime(2023, 6, 19, 4, 5, 6, tzinfo=UTC), AT, ("Content-Type", "text/html; charset=utf-8"))
    assert "2 records of the archive not read" in notice and "of status 404" in notice and "image/png" in notice


def chunked(body: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(body[at : at + 100]), body[at : at + 100]) for at in range(0, len(body), 100)) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (chunked(page()), "Transfer-Encoding: chunked\r\n"),
        (page(), "Transfer-Encoding: chunked\r\n"),  # an archiver took the chunks away and left the header
        (gzip.compress(page()), "Content-Encoding: gzip\r\n"),
        (zlib.compress(page()), "Content-Encoding: deflate\r\n"),
        (zlib.compress(page())[2:-4], "Content-Encoding: deflate\r\n"),  # raw, as some servers do
        (chunked(gzip.compress(page())), "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
        (page(), "Content-Encoding: gzip\r\n"),
    ],
)
def test_what_the_transfer_put_round_a_page_is_taken_away(documents: Documents, body: bytes, more: str) -> None:
    (came,), notices = read(record(response(body, more=more)), documents)
    assert came.original is not None and came.original.content == page()
    assert notices == []


def test_the_charset_of_the_header_counts_where_the_page_is_not_utf8(documents: Documents) -> None:
    arabic = "هرب اثنا عشر سجينا من سجن رأس العين يوم الأحد، وقال مدير السجن إن البحث عنهم مستمر. " * 4
    body = f"<html lang='ar'><body><article><p>{arabic}</p></article></body></html>".encode("cp1256")
    (came,), _ = read(record(response(body, kind="text/html; charset=windows-1256")), documents)
    assert "سجن رأس العين" in came.report.text


def test_pdfs_plain_texts_and_resource_records_come_in(documents: Documents) -> None:
    records = [
        record(response(make_pdf(["Twelve inmates fled from the prison."]), kind="application/pdf"), "https://monitor.example/r.pdf"),
        record(b"Twelve inmates fled.", "https://monitor.example/t", kind="resource", media="text/plain"),
    ]
    came, notices = read(b"".join(records), documents)
    assert [one.report.text for one in came] == ["Twelve inmates fled from the prison.", "Twelve inmates fled."]
    assert notices == []


@pytest.mark.parametrize(
    ("damaged", "message"),
    [
        (record(response(page()), digest=sha1(b"else")), "not those of its digest"),
        (record(response(page()), payload=sha1(b"else")), "not that of its digest"),
        (record(response(page()), length=10**9)[:-50], "too long to be passed over"),
        (record(response(page()), length=10**6)[:-50], "declares 1000000 bytes and holds"),
        (record(response(page())).replace(b"Content-Length: ", b"Content-Length: minus "), "its length is given as"),
    ],
)
def test_a_damaged_record_is_told_and_not_read(documents: Documents, damaged: bytes, message: str) -> None:
    came, notices = read(damaged, documents)
    assert came == []
    assert any(message in one for one in notices), notices


def test_after_a_record_of_too_small_a_length_the_next_one_is_found(documents: Documents) -> None:
    came, notices = read(record(response(page()), length=200) + record(response(page("Second")), "https://monitor.example/2"), documents)
    assert [one.report.title for one in came] == ["Second"]
    assert "not those of its digest" in notices[0]


def test_an_archive_cut_short_gives_what_stands_before(documents: Documents) -> None:
    came, notices = read(warc_gz(record(response(page())), record(response(page("Second"))))[:-30], documents)
    assert [one.report.title for one in came] == ["Tunnel"]
    assert "cut short" in notices[0]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "empty"),
        (b"<html>no archive</html>", "no WARC"),
        (gzip.compress(b"WARC/1.0\r\nX: " + b"\0" * 60_000_000), "no end within"),
        (gzip.compress(record(response(b"\0" * 60_000_000))), "over 150 times"),
        (b"WARC/1.0\r\n" + b"A: b\r\n" * 100_000, "no end within"),
        (record(response(gzip.compress(b"\0" * 60_000_000), more="Content-Encoding: gzip\r\n")), "over 150 times|more than 20000000"),
        (record(response(b"x", more="Content-Encoding: gzip, gzip, gzip\r\n")), "more than once"),
        (record(response(b"\x8b\x01\x80x", more="Content-Encoding: br\r\n")), "'br', which is not read"),
        (record(b"no answer"), "no answer of a web server"),
    ],
)
def test_a_trap_ends_as_a_sentence(documents: Documents, raw: bytes, message: str) -> None:
    import re

    came, notices = read(raw, documents)
    assert came == []
    assert re.search(message, " ".join(notices)), notices


def test_records_are_those_that_warcio_reads() -> None:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "a test"}))
    for number in range(20):
        body = page(f"Page {number}") * (number % 5 + 1)
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(f"https://a.example/{number}", "response", payload=io.BytesIO(body), http_headers=head))
    theirs = [
        (one.rec_type, one.rec_headers.get_header("WARC-Target-URI"), one.content_stream().read() if one.rec_type == "response" else b"")
        for one in ArchiveIterator(io.BytesIO(out.getvalue()), check_digests="raise")
    ]
    from waqai.archives.answers import parse_answer
    from waqai.archives.unpacking import open_unpacked

    ours = list(iter_warc(open_unpacked(io.BytesIO(out.getvalue())), limit=10**7))
    assert [one.damage for one in ours] == [None] * 21
    got = [(one.kind, one.address or None, parse_answer(one.block or b"", limit=10**7).content if one.kind == "response" else b"") for one in ours]
    assert got == theirs


def read_wacz(raw: bytes, documents: Documents) -> tuple[list[Incoming], list[str]]:
    items = list(iter_wacz_reports(io.BytesIO(raw), name="a.wacz", at=AT, documents=documents))
    return [one for one in items if isinstance(one, Incoming)], [one.reason for one in items if isinstance(one, Notice)]


TWO = warc_gz(record(response(page())), record(response(page("Frame")), "https://ads.example/frame"))


def test_a_wacz_gives_the_pages_that_it_lists(documents: Documents) -> None:
    (came,), (notice,) = read_wacz(wacz(TWO, pages=[{"url": "https://monitor.example/1", "title": "The page"}]), documents)
    assert came.report.url == "https://monitor.example/1"
    assert came.retrieval is not None and came.retrieval.within == "a.wacz#archive/data.warc.gz#urn:uuid:0000-1"
    assert "does not list as pages" in notice
    assert len(read_wacz(wacz(TWO), documents)[0]) == 2


def test_a_wacz_whose_archive_was_changed_is_told(documents: Documents) -> None:
    _, notices = read_wacz(wacz(TWO, digest="sha256:" + "0" * 64), documents)
    assert any("damaged or changed since" in one for one in notices)


def lapping() -> bytes:
    """A zip whose table names the same bytes twice."""
    one = zipped({"archive/a.warc": bytes(range(256)) * 20}, method=zipfile.ZIP_STORED)
    at, end = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    table, (size,) = one[at:end] * 2, struct.unpack_from("<L", one, end + 12)
    return one[:at] + table + one[end : end + 8] + struct.pack("<HHLL", 2, 2, size * 2, at) + one[end + 20 :]


def with_table_of(size: int) -> bytes:
    """A zip that declares a table of contents of so many bytes."""
    one = zipped({"archive/a.warc": b"x"})
    at = one.index(b"PK\x05\x06")
    return one[: at + 12] + struct.pack("<L", size) + one[at + 16 :]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (lapping(), "lie over each other"),
        (with_table_of(20_000_001), "table of contents has 20000001 bytes"),
        (b"", "no zip"),
        (b"PK\x05\x06" + b"\xff" * 18, "damaged|table of contents"),
        (zipped({"a.txt": b"x"}), "no WACZ"),
        (zipped({"archive/a.warc": b"\0" * 300_000_000}), "over 200 times"),
        (zipped({f"archive/{n}.warc": b"" for n in range(20_001)}), "20001 members"),
        (wacz(TWO)[:-200], "no zip|damaged"),
    ],
)
def test_a_zip_that_is_a_trap_or_damaged_is_refused(documents: Documents, raw: bytes, message: str) -> None:
    with pytest.raises(UnreadableReport, match=message):
        read_wacz(raw, documents)


def test_a_page_is_listed_whatever_stands_behind_the_hash_in_its_address(documents: Documents) -> None:
    archive = warc_gz(record(response(page())), record(response(page(body=PROSE.replace("tunnel", "shaft"))), "https://monitor.example/", number=2))
    listed = [{"url": "https://monitor.example/1#top", "title": "Top"}, {"url": "https://monitor.example", "title": "Home"}]
    found = list(iter_wacz_reports(io.BytesIO(wacz(archive, pages=listed)), name="a.wacz", at=AT, documents=documents))
    assert [one.report.url if isinstance(one, Incoming) else one.reason for one in found] == ["https://monitor.example/1", "https://monitor.example/"]


def test_damaged_records_beyond_those_that_are_told_one_by_one_are_counted(documents: Documents) -> None:
    raw = b"".join(record(response(page()), digest="sha1:AAAA", number=number) for number in range(103))
    came, notices = read(raw, documents)
    assert came == [] and len(notices) == 101
    assert notices[-1].startswith("3 records of the archive not read: 3 damaged")


def test_a_body_that_ends_in_the_middle_of_its_compression_is_not_taken_for_the_page(documents: Documents) -> None:
    whole = zlib.compress(page())
    for coding, body in (("gzip", gzip.compress(page())), ("deflate", whole), ("deflate", whole[2:-4])):
        cut = body[: len(body) - 30]
        came, (notice,) = read(record(response(cut, more=f"Content-Encoding: {coding}\r\n")), documents)
        assert came == [] and "not read" in notice, (coding, notice)


def test_a_name_in_a_zip_that_macos_made_is_read_as_it_was_written(documents: Documents) -> None:
    """It writes UTF-8 and does not say so."""
    name = "Kaçış"
    plain = "x" * len(name.encode())
    raw = zipped({plain + ".txt": b"Two fled."}).replace(plain.encode(), name.encode())
    (came,) = iter_zip_reports(io.BytesIO(raw), name="a.zip", at=AT, documents=documents)
    assert isinstance(came, Incoming) and came.report.id == "Kaçış"


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_member_of_a_zip_is_told_and_the_next_one_read_however_it_is_packed(documents: Documents, method: int) -> None:
    raw = bytearray(zipped({"a.txt": b"Words of one who fled. " * 50, "b.txt": b"Two fled."}, method=method))
    raw[50] ^= 0xFF
    damaged, came = iter_zip_reports(io.BytesIO(raw), name="a.zip", at=AT, documents=documents)
    assert isinstance(damaged, Notice) and "damaged" in damaged.reason
    assert isinstance(came, Incoming) and came.report.id == "b"


def test_a_cookie_that_lets_whoever_captured_the_page_in_is_not_kept(documents: Documents) -> None:
    (came,), _ = read(record(response(page(), more="Set-Cookie: session=secret\r\nX-Odd: a\r\n")), documents)
    assert came.retrieval is not None and came.retrieval.headers == (("Content-Type", "text/html; charset=utf-8"), ("X-Odd", "a"))


GERMAN = "".join(f"<p>Der „Häftling“ Nummer {n} floh aus dem Gefängnis in Köln, sagte die Behörde am Montag.</p>" for n in range(6))


@pytest.mark.parametrize(
    ("written", "said", "noted"),
    [
        ("cp1252", "utf-8", True),  # a server's setting for all pages
        ("cp1252", "us-ascii", False),
        ("cp1252", "iso-8859-1", False),  # which the web reads as Windows-1252: it has no quotation marks
        ("utf-8", "utf-8", True),
        ("utf-8", "windows-1252", False),
    ],
)
def test_letters_survive_what_a_server_says_wrongly_of_them(documents: Documents, written: str, said: str, noted: bool) -> None:
    body = page(body=GERMAN).decode().encode(written)
    body = body.replace(b"Nummer 3", b"Nummer 3\xff") if (written, said) == ("utf-8", "utf-8") else body
    (came,), notices = read(record(response(body, kind=f"text/html; charset={said}")), documents)
    assert "„Häftling“ Nummer 5 floh aus dem Gefängnis in Köln" in came.report.text
    assert bool(notices) == noted, notices
