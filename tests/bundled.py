"""Collections made for tests, of our own words: feeds, mails, web archives, zips, exports."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import zipfile
from email.message import EmailMessage

WORDS = "Twelve inmates fled from the prison of Ras al-Ain on Sunday, the warden said."
PROSE = "".join(f"<p>Twelve inmates fled from the prison of Ras al-Ain through tunnel number {n}, the warden said on Sunday.</p>" for n in range(6))


def page(title: str = "Tunnel", *, body: str = PROSE, head: str = "") -> bytes:
    return f"<!doctype html><html lang='en'><head><title>{title}</title>{head}</head><body><article>{body}</article></body></html>".encode()


def rss(*items: str, title: str = "Prison Monitor") -> bytes:
    return f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>{title}</title>{''.join(items)}</channel></rss>".encode()


def item(number: int, *, words: str = WORDS, day: str = "Sun, 18 Jun 2023 23:30:00 +0300") -> str:
    return (
        f"<item><title>Break {number}</title><link>https://monitor.example/{number}</link><guid isPermaLink='false'>g{number}</guid>"
        f"<pubDate>{day}</pubDate><description>&lt;p&gt;{words}&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description></item>"
    )


ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Desk</title><id>urn:f</id>
<entry><title type="html">Break &amp;amp; search</title><link href="/a/1"/><id>urn:1</id><updated>2023-06-18T22:00:00Z</updated>
<content type="html">&lt;p&gt;{WORDS}&lt;/p&gt;
&lt;p&gt;A search began.&lt;/p&gt;</content></entry></feed>""".encode()

SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc> https://monitor.example/1 </loc><lastmod>2023-06-19T10:00:00+03:00</lastmod>
<image:image><image:loc>https://monitor.example/1.jpg</image:loc></image:image><news:news><news:publication><news:name>Monitor</news:name>
<news:language>en</news:language></news:publication><news:publication_date>2023-06-18</news:publication_date><news:title>Break &amp; search</news:title>
</news:news></url><url><loc>javascript:alert(1)</loc></url></urlset>"""
INDEX = b"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>https://monitor.example/s1.xml</loc></sitemap></sitemapindex>"


def mail(*, subject: str = "Break at Ras al-Ain", text: str = WORDS, sender: str = "Prison Monitor <press@monitor.example>", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = subject, sender, "Sun, 18 Jun 2023 23:30:00 +0300"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def mbox(*messages: EmailMessage) -> bytes:
    parts = []
    for message in messages:
        raw = message.as_bytes().replace(b"\nFrom ", b"\n>From ")
        parts.append(b"From MAILER Sun Jun 18 20:30:00 2023\n" + raw + (b"" if raw.endswith(b"\n") else b"\n") + b"\n")
    return b"".join(parts)


def sha1(content: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(content).digest()).decode()


def response(body: bytes, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body


def record(
    block: bytes,
    address: str = "https://monitor.example/1",
    *,
    kind: str = "response",
    length: int | None = None,
    digest: str | None = None,
    payload: str | None = None,
    day: str = "2023-06-19T04:05:06Z",
    number: int = 1,
    media: str = "application/http; msgtype=response",
) -> bytes:
    head = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:0000-{number}>",
        f"WARC-Date: {day}",
        f"WARC-Target-URI: {address}",
        "WARC-IP-Address: 192.0.2.7",
        f"Content-Type: {media}",
        f"Content-Length: {len(block) if length is None else length}",
        f"WARC-Block-Digest: {sha1(block) if digest is None else digest}",
        *([f"WARC-Payload-Digest: {payload}"] if payload else []),
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def warc_gz(*records: bytes) -> bytes:
    return b"".join(gzip.compress(one) for one in records)


def zipped(members: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def wacz(archive: bytes, *, pages: list[dict[str, str]] | None = None, digest: str | None = None) -> bytes:
    found = digest or f"sha256:{hashlib.sha256(archive).hexdigest()}"
    package = {"profile": "data-package", "resources": [{"path": "archive/data.warc.gz", "hash": found, "bytes": len(archive)}]}
    members = {"datapackage.json": json.dumps(package).encode(), "archive/data.warc.gz": archive}
    if pages is not None:
        members["pages/pages.jsonl"] = "\n".join(json.dumps(one) for one in [{"format": "json-pages-1.0", "id": "pages"}, *pages]).encode()
    return zipped(members)


RELIEFWEB = {
    "time": 3,
    "href": "https://api.reliefweb.int/v2/reports?appname=x",
    "totalCount": 2,
    "count": 2,
    "data": [
        {
            "id": "4012345",
            "score": 1,
            "fields": {
                "title": "Flash update 1",
                "body-html": f"<p>{WORDS}</p><p>Aid was sent.</p>",
                "date": {"original": "2023-06-18T00:00:00+00:00", "created": "2023-06-20T00:00:00+00:00"},
                "source": [{"id": 1, "name": "Office for Made-up Affairs", "shortname": "OMA"}],
                "url": "https://reliefweb.int/node/4012345",
                "url_alias": "https://reliefweb.int/report/made/flash-update-1",
                "language": [{"id": 267, "name": "English", "code": "en"}],
            },
        },
        {"id": "4012346", "fields": {"title": "Only a map", "url": "https://reliefweb.int/node/4012346"}},
    ],
}
ARTLIST = {
    "articles": [
        {"url": "https://daily.example/1", "title": "Break", "seendate": "20230618T101500Z", "domain": "daily.example", "language": "English"},
        {"url": "javascript:alert(1)", "title": "Bad", "seendate": "20230618T101500Z", "domain": "x"},
    ]
}


def gkg(address: str = "https://daily.example/1", *, collection: str = "1", title: str = "Break &#x26; search") -> bytes:
    cells = ["20230618101500-1", "20230618101500", collection, "daily.example", address, *([""] * 21), f"<PAGE_TITLE>{title}</PAGE_TITLE>"]
    return "\t".join(cells).encode() + b"\n"
