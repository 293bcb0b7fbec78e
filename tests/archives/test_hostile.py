"""Whatever bytes come, a parser gives what it promises, or an IntakeError: no other error, no child that dies of them, no hang."""

import io
import json
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bundled import ARTLIST, ATOM, RELIEFWEB, SITEMAP, gkg, item, mail, mbox, page, record, response, rss, wacz, warc_gz, zipped
from documents import make_docx, make_pdf
from waqai.archives import (
    Documents,
    FileBundles,
    iter_artlist,
    iter_gkg,
    iter_mbox,
    read_feed,
    read_sitemap,
)
from waqai.archives.answers import parse_answer
from waqai.archives.unpacking import unpack
from waqai.archives.warc import iter_warc
from waqai.core import IntakeError, Notice, Report
from waqai.intake import Limits, reports_of_upload
from waqai.intake.children.layouts import find_day

AT = datetime(2026, 1, 1, tzinfo=UTC)
LIMITS = Limits(cpu_s=5, wall_s=20)


@pytest.fixture(scope="module")
def documents() -> Iterator[Documents]:
    with Documents(limits=LIMITS) as shared:
        yield shared


class KeptBundles(FileBundles):
    """Not closed at the end of each file, so that its children are started once."""

    def close(self) -> None:
        """Nothing: see `end`."""

    def end(self) -> None:
        super().close()


@pytest.fixture(scope="module")
def bundles() -> Iterator[KeptBundles]:
    shared = KeptBundles(clock=lambda: AT, limits=LIMITS)
    yield shared
    shared.end()


@st.composite
def mutated(draw: st.DrawFn, seed: bytes) -> bytes:
    """A valid file with some damage: bytes changed, cut out, doubled or put in; or no valid file at all."""
    content = bytearray(seed)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        length = draw(st.integers(1, 40))
        deed = draw(st.sampled_from(("change", "cut", "double", "put", "end")))
        if deed == "change" and content:
            content[at] = draw(st.integers(0, 255))
        elif deed == "cut":
            del content[at : at + length]
        elif deed == "double":
            content[at:at] = content[at : at + length] * draw(st.integers(1, 30))
        elif deed == "put":
            content[at:at] = draw(st.binary(max_size=20) | st.sampled_from(TRICKS))
        else:
            del content[at:]
    return bytes(content)


TRICKS = (
    b"\0",
    b"\xff\xfe",
    b"<![CDATA[",
    b"]]>",
    b"<!DOCTYPE x>",
    b"&#x0;",
    b"&#xD800;",
    b"\r\n\r\n",
    b"%",
    b"=?utf-8?b?!!!?=",
    b"\xe2\x80\xae",
    b"=?x?q?=00?=",
)
CALM = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large])

SEEDS = {
    "a.rss": rss(item(1), item(2)),
    "a.atom": ATOM,
    "sitemap.xml": SITEMAP,
    "a.warc": record(b"x", kind="warcinfo") + record(response(page())) + record(response(b"x", more="Transfer-Encoding: chunked\r\n")),
    "a.warc.gz": warc_gz(record(response(page()))),
    "a.wacz": wacz(warc_gz(record(response(page()))), pages=[{"url": "https://monitor.example/1", "title": "x"}]),
    "a.zip": zipped({"one.html": page(), "two.txt": b"Words."}),
    "a.mbox": mbox(mail(List_Id="Daily <daily.example>"), mail(text="Two fled.")),
    "a.eml": (lambda made: (made.add_attachment(page(), maintype="text", subtype="html", filename="r.html"), made.as_bytes())[1])(mail(subject="Größe")),
    "reliefweb.json": json.dumps(RELIEFWEB).encode(),
    "gdelt.json": json.dumps(ARTLIST).encode(),
    "a.gkg.csv": gkg() + gkg("https://daily.example/2"),
    "a.html": page(head="<link rel='canonical' href='https://www.reuters.com/1'><meta name='x'>"),
    "a.pdf": make_pdf(["Twelve inmates fled."]),
    "a.docx": make_docx("Twelve inmates fled."),
}

STARTS_A_CHILD = {"a.html", "a.pdf", "a.docx"}  # a child for each call; `bench.fuzzing` looks into these kinds for longer


@pytest.mark.parametrize("name", SEEDS)
def test_a_damaged_file_gives_reports_and_notices_and_kills_no_child(bundles: KeptBundles, name: str) -> None:
    @settings(CALM, max_examples=4 if name in STARTS_A_CHILD else 40)
    @given(content=mutated(SEEDS[name]))
    def run(content: bytes) -> None:
        for found in reports_of_upload(name, content, bundles=bundles, limits=LIMITS):
            assert isinstance(found, Report | Notice)
            # a damaged PDF or .docx may end its child, whose parser raises whatever it likes: then the notice says what it was
            assert name in STARTS_A_CHILD or not isinstance(found, Notice) or "ended the extractor" not in found.reason, found.reason

    run()


@pytest.mark.parametrize("name", sorted(set(SEEDS) - STARTS_A_CHILD))
def test_random_bytes_give_notices_or_reports(bundles: KeptBundles, name: str) -> None:
    @settings(CALM, max_examples=15)
    @given(content=st.binary(max_size=400))
    def run(content: bytes) -> None:
        assert all(isinstance(found, Report | Notice) for found in reports_of_upload(name, content, bundles=bundles))

    run()


PURE: dict[str, tuple[Callable[[bytes], object], bytes]] = {
    "warc": (lambda raw: list(iter_warc(io.BytesIO(raw), limit=10_000)), SEEDS["a.warc"]),
    "answer": (
        lambda raw: parse_answer(raw, limit=10_000),
        response(b"5\r\nwords\r\n0\r\n\r\n", more="Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"),
    ),
    "gzip": (lambda raw: unpack(raw, limit=10_000), warc_gz(b"words" * 9)),
    "mbox": (lambda raw: list(iter_mbox(io.BytesIO(raw), name="a", limit=10_000)), SEEDS["a.mbox"]),
    "gkg": (lambda raw: list(iter_gkg(io.BytesIO(raw), name="a")), SEEDS["a.gkg.csv"]),
    "artlist": (lambda raw: list(iter_artlist(raw, name="a")), SEEDS["gdelt.json"]),
    "day": (lambda raw: find_day(raw.decode("utf-8", "replace")), "Sunday, June 18, 2023 or ١٨ حزيران 2023".encode()),
}


@pytest.mark.parametrize("name", PURE)
def test_a_parser_raises_nothing_but_its_own_errors(name: str) -> None:
    parse, seed = PURE[name]

    @settings(CALM, max_examples=150)
    @given(content=mutated(seed) | st.binary(max_size=300))
    def run(content: bytes) -> None:
        try:
            parse(content)
        except IntakeError as error:
            assert str(error)

    run()


def timed(deed: Callable[[], object]) -> float:
    """Seconds of this process; what a child takes is bounded by its limits."""
    started = time.process_time()
    deed()
    return time.process_time() - started


TRAPS: dict[str, bytes] = {
    "a tag of 500,000 attributes in an entry": rss(item(1, words="&lt;p " + " ".join(f"a{n}=1" for n in range(500_000)) + "&gt;x&lt;/p&gt;")),
    "a tag of 500,000 attributes in the feed": b"<rss " + b" ".join(b"a%d='1'" % n for n in range(500_000)) + b"><channel><item/></channel></rss>",
    "100,000 elements in each other": b"<rss><channel>" + b"<item>" * 100_000,
    "an entry of 15 MB": rss(item(1, words="x " * 7_500_000)),
    "no end of a comment": b"<rss><!--" + b"-" * 5_000_000,
    "100,000 CDATA": b"<rss><channel><item><title>" + b"<![CDATA[x]]>" * 100_000,
    "100,000 open brackets": b"<rss><channel><item>" + b"<" * 100_000,
}


@pytest.mark.parametrize("name", TRAPS)
def test_a_feed_that_is_a_trap_ends_within_the_limits_and_the_next_one_is_read(documents: Documents, name: str) -> None:
    started = time.monotonic()
    try:
        read_feed(TRAPS[name], address="a", documents=documents)
    except IntakeError as error:
        assert re.search(r"processor time|memory|longer than|no feed|at most|built to exhaust", str(error)), error
    assert time.monotonic() - started < 60
    assert read_feed(rss(item(1)), address="a", documents=documents).entries[0].id == "g1"


def test_a_sitemap_of_elements_in_each_other_ends_as_a_sentence(documents: Documents) -> None:
    assert read_sitemap(b"<urlset>" + b"<url>" * 200_000, address="a", documents=documents).entries == ()


def test_bidi_controls_nuls_and_mixed_alphabets_are_kept_and_told(tmp_path: Path, bundles: KeptBundles) -> None:
    words = "Twelve inmates fled from M\u043escow\u202e prison."
    (report,) = [one for one in reports_of_upload("a.eml", mail(text=words).as_bytes(), bundles=bundles) if isinstance(one, Report)]
    (notice,) = [one for one in reports_of_upload("a.eml", mail(text=words).as_bytes(), bundles=bundles) if isinstance(one, Notice)]
    assert report.text.strip() == words
    assert "turns the direction" in notice.reason and "two scripts" in notice.reason
    (refused,) = reports_of_upload("a.eml", b"Subject: x\n\nWords with a \0 in them.", bundles=bundles)
    assert isinstance(refused, Notice) and "NUL" in refused.reason


def test_long_headers_and_lines_are_read_in_linear_time() -> None:
    long = b"WARC/1.0\r\n" + b"X: " + b"a" * 60_000 + b"\r\n\r\n"
    assert timed(lambda: list(iter_warc(io.BytesIO(long * 50), limit=100))) < 5
    many = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 500_000
    assert timed(lambda: parse_answer(many, limit=10_000_000)) < 5
