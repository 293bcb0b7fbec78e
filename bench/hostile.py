"""Thousands of broken and hostile documents through intake, as they come by upload: what crashes, what hangs, what the worst one costs.

    python -m bench.hostile [--number 10000] [--seed 1]

Each is a sound document of some kind (page, PDF, Word, Excel, CSV, JSON, text, feed, sitemap, mail, web archive, zip) that was changed: bits turned, cut off,
pieces repeated, NULs, wrong encodings, controls put in; each fiftieth is a trap, built to exhaust its reader. A document ends well if it gives reports or
notices: an exception is a crash, more than the limit on the clock a hang.
"""

from __future__ import annotations

import argparse
import gzip
import io
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from random import Random

from bench.figures import Figure
from waqai.core import Incoming, Notice
from waqai.flow import open_upload_reader, shipped_settings

WORDS = "Six inmates fled a prison in Raqqa, Syria, on 5 March 2023, the police said. Two guards were wounded, and four inmates were caught within a day."
PAGE = (
    "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Escape</title></head>"
    f"<body><article><h1>Escape</h1><p>{WORDS}</p></article></body></html>"
)
FEED = f"<rss version='2.0'><channel><title>N</title><item><guid>1</guid><title>E</title><description>{WORDS}</description></item></channel></rss>"
HANG_S = 90.0
"""A document may take 60 s of processor time (PDF, Word), the clock somewhat more."""
EACH_TRAP = 50
Change = Callable[[bytes, Random], bytes]


def make_seeds() -> dict[str, bytes]:
    """A sound document of each kind, by a name that tells the kind."""
    return {
        "page.html": PAGE.encode(),
        "page16.html": PAGE.encode("utf-16"),
        "notes.txt": WORDS.encode() * 5,
        "table.csv": f'date,text,source\n2023-03-06,"{WORDS}",Police\n'.encode() * 3,
        "list.jsonl": f'{{"id": "a", "text": "{WORDS}", "published": "2023-03-06"}}\n'.encode() * 3,
        "list.json": f'[{{"id": "a", "text": "{WORDS}"}}]'.encode(),
        "feed.rss": FEED.encode(),
        "map.xml": b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://a.example/1</loc></url></urlset>",
        "mail.eml": _mail(),
        "box.mbox": b"From a@b Mon Mar  6 00:00:00 2023\n" + _mail() + b"\n\n",
        "page.warc": _warc(),
        "page.warc.gz": gzip.compress(_warc()),
        "some.zip": _zip(),
        "report.pdf": _pdf(),
        "report.docx": _docx(),
        "table.xlsx": _xlsx(),
    }


def make_traps() -> dict[str, bytes]:
    """Documents that are built to exhaust their readers."""
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    return {
        "attributes.html": b"<p " + b" ".join(b"a%d=1" % n for n in range(500_000)) + b">x</p>",
        "nested.html": b"<div>" * 200_000 + WORDS.encode(),
        "tables.html": b"<table><tr><td>" * 40_000 + WORDS.encode(),
        "flat.html": b"<html><body><p>" + WORDS.encode() * 60_000,
        "links.html": b"<html><body>" + b"<a href=x>x</a> " * 60_000,
        "laughs.rss": f'<!DOCTYPE r [<!ENTITY a0 "ha">{entities}]><rss><channel><title>&a9;</title></channel></rss>'.encode(),
        "outside.rss": b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
        "entries.rss": b"<rss><channel>" + b"<item><guid>x</guid></item>" * 500_000 + b"</channel></rss>",
        "deep.json": b"[" * 200_000,
        "numbers.json": b'[{"id": ' + b"9" * 400_000 + b"}]",
        "zeros.gz": gzip.compress(bytes(200_000_000), 1),
        "zeros.warc.gz": gzip.compress(b"WARC/1.0\r\nContent-Length: 900000000\r\n\r\n" + bytes(100_000_000), 1),
        "bomb.zip": _zip_of("a.txt", bytes(300_000_000)),
        "bomb.docx": _zip_of("word/document.xml", bytes(300_000_000)),
        "bomb.xlsx": _zip_of("xl/workbook.xml", bytes(300_000_000)),
        "parts.eml": b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\nx\r\n" * 50_000,
        "depth.eml": b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(2_000)),
        "pages.pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj trailer<</Root 1 0 R>>",
        "quotes.csv": b"text\n" + b'"' * 5_000_000,
        "columns.csv": b"a," * 500_000 + b"\n1\n",
        "controls.txt": "\u202e\u2066\u200f\u200b".encode() * 200_000 + WORDS.encode(),
        "line.jsonl": b'{"text": "' + b"a" * 30_000_000,
    }


def change(content: bytes, random: Random) -> bytes:
    """The document with one to four changes."""
    for _ in range(random.randint(1, 4)):
        content = random.choice(CHANGES)(content, random) if content else content
    return content


def turn_bits(content: bytes, random: Random) -> bytes:
    made = bytearray(content)
    for _ in range(random.randint(1, 40)):
        made[random.randrange(len(made))] ^= 1 << random.randrange(8)
    return bytes(made)


def cut_off(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content))]


def repeat(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content))
    piece = content[start : start + random.randint(1, 200)]
    return content[:start] + piece * random.randint(2, 2_000) + content[start:]


def put_in(content: bytes, random: Random) -> bytes:
    what = random.choice(
        (b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", "\u202e".encode(), b"<!--", b"]]>", b"<![CDATA[", b"&#0;", b"%%EOF", b"\r", b"--x")
    )
    at = random.randrange(len(content))
    return content[:at] + what * random.randint(1, 50) + content[at:]


def shuffle(content: bytes, random: Random) -> bytes:
    parts = [content[start : start + 64] for start in range(0, len(content), 64)]
    random.shuffle(parts)
    return b"".join(parts)


def misname(content: bytes, random: Random) -> bytes:
    return content.replace(b"utf-8", random.choice((b"utf-7", b"utf-32", b"idna", b"rot13", b"x" * 300, b"shift_jis")))


CHANGES: Sequence[Change] = (turn_bits, turn_bits, cut_off, repeat, put_in, put_in, shuffle, misname)


@dataclass(slots=True)
class Ends:
    """How the documents ended. `crashed`, `hung` and `silent` name those that raised, took too long, or gave nothing; `slowest` is (seconds, which one)."""

    documents: int = 0
    reports: int = 0
    set_aside: int = 0
    silent: list[str] = field(default_factory=list)
    hung: list[str] = field(default_factory=list)
    crashed: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    @property
    def is_well(self) -> bool:
        """Whether each gave reports or a notice, in time."""
        return not (self.crashed or self.hung or self.silent)


def run(number: int, *, seed: int = 1, tell: bool = True) -> Ends:
    """So many documents, one after the other, through the children that take in what is uploaded."""
    seeds, traps, random = make_seeds(), make_traps(), Random(seed)
    ends, began = Ends(), time.monotonic()
    with open_upload_reader(shipped_settings()) as read:
        for nth in range(number):
            is_trap = nth % EACH_TRAP == 0
            name = list(traps)[nth // EACH_TRAP % len(traps)] if is_trap else random.choice(list(seeds))
            _take(f"{nth} {name}", name, traps[name] if is_trap else change(seeds[name], random), read, ends)
            if tell and nth % 1_000 == 999:
                print(f"{nth + 1:,} documents, {time.monotonic() - began:.0f} s", flush=True)
    return ends


def _take(label: str, name: str, content: bytes, read: Callable[[str, bytes], Iterable[Incoming | Notice]], ends: Ends) -> None:
    ends.documents += 1
    start = time.monotonic()
    try:
        found = list(read(name, content))
    except Exception as error:
        ends.crashed.append(f"{label}: {type(error).__name__}: {error}")
        return
    took = time.monotonic() - start
    ends.slowest = max(ends.slowest, (took, label))
    if took > HANG_S:
        ends.hung.append(f"{label}: {took:.0f} s")
    elif any(isinstance(one, Incoming) for one in found):
        ends.reports += 1
    elif found:
        ends.set_aside += 1
    else:
        ends.silent.append(label)


def largest_child_mb() -> float:
    """The most memory that any child of this process had, which has ended (MB, resident)."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def measure_hostile() -> Iterator[Figure]:
    """Ten thousand of them."""
    ends = run(10_000, tell=False)
    n = ends.documents
    yield Figure("documents that crash what reads them", len(ends.crashed), "documents", 0, n, better="lower")
    yield Figure("documents that hang it", len(ends.hung), "documents", 0, n, better="lower")
    yield Figure("documents that end without a report and without a notice", len(ends.silent), "documents", 0, n, better="lower")
    yield Figure("the slowest, on the clock", ends.slowest[0], "seconds", None, n, better="lower", noise=10.0)
    yield Figure("the largest child", largest_child_mb(), "MB", None, n, better="lower", noise=50.0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 1 where one crashed, hung or ended without a word."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    ends = run(asked.number, seed=asked.seed)
    for how, labels in (("crashed", ends.crashed), ("hung", ends.hung), ("without a word", ends.silent)):
        for label in labels[:20]:
            print(f"{how}: {label}")
    own_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{ends.documents:,} documents: {len(ends.crashed)} crashes, {len(ends.hung)} hangs; {ends.reports:,} gave reports, {ends.set_aside:,} were set aside"
    )
    print(f"the slowest took {ends.slowest[0]:.1f} s ({ends.slowest[1]}); the largest child had {largest_child_mb():.0f} MB, this process {own_mb:.0f} MB")
    return int(not ends.is_well)


# -- sound documents


def _mail() -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = "Escape", "Press desk <press@a.example>", "Mon, 06 Mar 2023 08:00:00 +0000"
    mail.set_content(WORDS)
    mail.add_alternative(PAGE, subtype="html")
    mail.add_attachment(_pdf(), maintype="application", subtype="pdf", filename="report.pdf")
    return bytes(mail)


def _warc() -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Date: 2023-03-06T08:00:00Z\r\nContent-Length: {len(answer)}\r\n"
    return head.encode() + b"Content-Type: application/http; msgtype=response\r\n\r\n" + answer + b"\r\n\r\n"


def _zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr("page.html", PAGE)
        into.writestr("notes.txt", WORDS)
    return made.getvalue()


def _zip_of(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr(name, content)
    return made.getvalue()


def _pdf() -> bytes:
    from fpdf import FPDF

    made = FPDF()
    made.add_page()
    made.set_font("helvetica", size=12)
    made.multi_cell(0, text=WORDS)
    return bytes(made.output())


def _docx() -> bytes:
    from docx import Document

    made, kept = Document(), io.BytesIO()
    made.add_paragraph(WORDS)
    made.save(kept)
    return kept.getvalue()


def _xlsx() -> bytes:
    from openpyxl import Workbook

    book, kept = Workbook(), io.BytesIO()
    sheet = book.active
    sheet.append(["date", "text"])
    sheet.append(["2023-03-06", WORDS])
    book.save(kept)
    return kept.getvalue()


if __name__ == "__main__":
    sys.exit(main())
