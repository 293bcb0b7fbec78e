"""Where each target starts from: small valid inputs, made here."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS = "Twelve inmates fled from the prison of Ras al-Ain on Sunday, June 18, the warden said."


def _pdf() -> bytes:
    drawn = f"BT /F1 12 Tf 72 720 Td ({_WORDS}) Tj ET".encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[32/space/A]>>>>",
        b"<</Title(A title)>>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    return out + b"xref\n0 7\n0000000000 65535 f \n" + table + b"trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)


SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "html": (
        f"<!doctype html><html lang='en'><head><title>T</title><meta property='article:published_time' content='2023-06-18'></head><body><article>"
        f"<h1 class='entry-title'>A</h1><div class='entry-content'><p>{_WORDS}</p>"
        f"<p>{_WORDS}</p><table><tr><td>x</td></tr></table></div></article></body>".encode(),
        b"<link rel=canonical href='https://www.reuters.com/1'><script type='application/ld+json'>{\"datePublished\": \"2023-06-18\"}</script><p>x<ul><li>y",
    ),
    "pdf": (_pdf(),),
    "feed": (
        f"<?xml version='1.0'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>T</title><item><title>A</title><link>/1</link>"
        f"<guid>g</guid><pubDate>Sun, 18 Jun 2023 10:00:00 +0300</pubDate><dc:creator>x</dc:creator>"
        f"<description>&lt;p&gt;{_WORDS}</description></item></channel></rss>".encode(),
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title type='html'>&lt;b&gt;A</title><link href='x'/><updated>2023-06-18T10:00:00Z</updated>"
        b"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>x</div></content></entry></feed>",
    ),
    "mail": (
        b"Subject: =?utf-8?q?Gr=C3=B6=C3=9Fe?=\nFrom: P <press@a.example>\nDate: Sun, 18 Jun 2023 10:00:00 +0300\nList-Id: D <d.example>\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\n\nx \ny\n--b\n'
        b"Content-Type: text/html; charset=x\nContent-Transfer-Encoding: base64\n\nPHA+eDwvcD4=\n--b\n"
        b"Content-Type: application/pdf; name*=utf-8''a.pdf\nContent-Transfer-Encoding: quoted-printable\n\n=25PDF\n--b--\n",
    ),
    "date": (
        b"on Sunday, June 18, 2023",
        b"since last month, on the night of 18-19 June",
        b"three weeks ago; the same day; 12 Ramadan 1444; the first week of May",
        b"between 2019 and mid-2021, on 18/06/2023, a week later",
    ),
    "count": (
        b"At least 1,300 inmates and twenty-five guards",
        b"between two and three hundred people, half a million, $148.7 million",
        b"dozens of men, 2m refugees, 12-man cell",
    ),
}
"""By target."""
