"""A page that is named by its address becomes reports that say where and when they were fetched, or a notice that says why not."""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from documents import make_pdf
from fetching.hostile import TRAPS, Behaviour, Site, answers, gives, leads_to, serving
from waqai.core import FetchFailed, Incoming, Notice, SettingsError
from waqai.fetching import Fetcher
from waqai.flow import Settings, iter_uploaded, load_settings, shipped_settings
from waqai.gathering import check_address, iter_page, make_fetcher, name_page

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
WORDS = "Twelve prisoners escaped from the central jail of Raqqa on 5 March 2021, the Syrian Observatory for Human Rights said. Two guards were killed."
PAGE = f"<html><head><title>Escape</title></head><body><article><h1>Escape</h1><p>{WORDS}</p><p>{WORDS} They fled north, it said.</p></article></body></html>"
ARABIC = "قال المرصد السوري لحقوق الإنسان إن اثني عشر سجينا فروا من السجن المركزي في الرقة يوم الجمعة بعد اشتباكات عنيفة."


def gather(site: Site, path: str, **said: object) -> list[Incoming | Notice]:
    fetcher = Fetcher(rule=site.rule, now=lambda: AT, politeness=None)
    return list(iter_page(site.at(path), fetcher=fetcher, read=partial(iter_uploaded, settings=shipped_settings(), **said)))  # type: ignore[arg-type]


def one_of(behaviour: Behaviour, path: str = "/x", **said: object) -> Incoming:
    with serving({path: behaviour}) as site:
        found = [item for item in gather(site, path, **said) if isinstance(item, Incoming)]
    (item,) = found
    return item


def test_a_page_is_a_report_with_its_bytes_its_address_and_its_moment() -> None:
    with serving({"/go": leads_to("/2021/escape.html"), "/2021/escape.html": gives(PAGE.encode())}) as site:
        (found,) = gather(site, "/go", publisher="The Lake")
        assert isinstance(found, Incoming) and found.original is not None and found.retrieval is not None
        report = found.report
        assert (report.id, report.url, report.publisher, report.fetched_at) == ("escape", site.at("/2021/escape.html"), "The Lake", AT)
        assert WORDS in report.text and found.original.content == PAGE.encode() and found.original.media_type == "text/html"
        assert (found.retrieval.how, found.retrieval.address, found.retrieval.final_address) == ("fetched", site.at("/go"), site.at("/2021/escape.html"))
    assert [item.id for item in [found.report] if not isinstance(item, Notice)] == ["escape"]


@pytest.mark.parametrize("media_type", ["text/plain", "", "application/octet-stream", "text/plain; charset=nonsense", "text/markdown"])
def test_a_text_is_told_by_its_server_or_by_its_bytes(media_type: str) -> None:
    found = one_of(gives(WORDS.encode(), media_type), "/notes")
    assert found.report.text == WORDS and found.report.publisher == "127.0.0.1"


@pytest.mark.parametrize("media_type", ["application/pdf", "application/octet-stream", "text/html"])
def test_a_pdf_is_one_whatever_its_server_says(media_type: str) -> None:
    assert "prisoners escaped" in one_of(gives(make_pdf([WORDS[:70], WORDS[70:]]), media_type), "/report").report.text


def test_a_page_in_an_encoding_that_only_its_header_names_is_read_and_kept_as_it_came() -> None:
    body = PAGE.replace(WORDS, ARABIC).encode("cp1256")
    found = one_of(gives(body, "text/html; charset=windows-1256"))
    assert ARABIC in found.report.text
    assert found.original is not None and found.original.content == body
    assert one_of(gives(ARABIC.encode("cp1256"), "text/plain; charset=windows-1256")).report.text == ARABIC


@pytest.mark.parametrize("charset", ["ascii", "utf-16", "utf-32", "koi8-r", "no-such", "utf-8"])
def test_a_wrong_encoding_in_the_header_spoils_no_page_in_utf_8(charset: str) -> None:
    assert ARABIC in one_of(gives(PAGE.replace(WORDS, ARABIC).encode(), f"text/html; charset={charset}")).report.text


@pytest.mark.parametrize(("path", "media_type"), [("/list.csv", "text/plain"), ("/list.CSV", "application/octet-stream"), ("/list", "text/csv")])
def test_a_table_is_told_by_its_server_or_by_the_end_of_its_address(path: str, media_type: str) -> None:
    found = one_of(gives(f'Text,Source\n"{WORDS}",The Lake\n'.encode(), media_type), path)
    assert (found.report.text, found.report.publisher, found.report.id) == (WORDS, "The Lake", "list")


def test_a_row_says_where_it_stands_in_the_file_that_came_and_what_an_archive_held_keeps_its_own_bytes() -> None:
    table = f'Text,Source\n"{ARABIC}",The Lake\n'.encode("cp1256")
    row = one_of(gives(table, "text/csv; charset=windows-1256"), "/list.csv")
    assert row.report.text == ARABIC and row.original is None and row.retrieval is not None
    assert row.retrieval.how == "fetched" and hashlib.sha256(table).hexdigest() in row.retrieval.within
    packed = BytesIO()
    with ZipFile(packed, "w") as opened:
        opened.writestr("flight.txt", WORDS)
    member = one_of(gives(packed.getvalue(), "application/zip"), "/all")
    assert member.original is not None and member.original.content == WORDS.encode() and member.retrieval is not None
    assert "all.zip#flight.txt, fetched from http://127.0.0.1:" in member.retrieval.within


def test_a_name_that_looks_like_a_files_end_misleads_nobody() -> None:
    assert WORDS in one_of(gives(PAGE.encode(), "application/octet-stream"), "/archive.7z").report.text


def test_records_keep_the_address_that_they_bring() -> None:
    lines = b'{"id": "a", "text": "%s", "url": "https://a.example/1"}\n{"id": "b", "text": "%s b"}\n' % (WORDS.encode(), WORDS.encode())
    with serving({"/all.jsonl": gives(lines, "application/x-ndjson")}) as site:
        one, other = (item.report for item in gather(site, "/all.jsonl") if isinstance(item, Incoming))
        assert (one.id, one.url, other.url, one.publisher, one.fetched_at) == ("a", "https://a.example/1", site.at("/all.jsonl"), None, AT)


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        (gives(b"\x89PNG", "image/png"), "images are not read"),
        (gives(b"PK\x03\x04", "application/zip"), "it is no zip"),
        (gives(b"<rss version='2.0'><channel/></rss>", "text/xml"), "waqai watch"),
        (gives(b"<?xml version='1.0'?>\n<!-- x -->\n<feed xmlns='x'/>", "text/html"), "waqai watch"),
        (gives(b"{}", "application/feed+json"), "waqai watch"),
        (gives(b"\xef\xbb\xbf <?xml version='1.0'?><?xml-stylesheet href='x'?><!----><!-- > -- -->\n<urlset>", "text/html"), "waqai watch"),
        (gives(b"<!---->" * 500 + b"x", "text/html"), "no article text"),  # 2^500 ways to part these comments
        (gives(b"", "text/html"), "the file is empty"),
        (gives(b"<html></html>", "text/html"), "no article text"),
        (gives(b"MZ\0\0" * 99, "text/plain"), "NUL"),
        (answers(404), "the server answered 404 (not found)"),
        (TRAPS["a gigabyte of zeros, gzip"][0], "no page is like that"),
    ],
)
def test_what_is_no_page_is_set_aside_with_its_reason_and_its_address(behaviour: Behaviour, said: str) -> None:
    with serving({"/x": behaviour}) as site:
        (notice,) = [item for item in gather(site, "/x") if isinstance(item, Notice)]
    assert said in notice.reason and notice.record == site.at("/x") and notice.stage == "intake"


def test_a_page_of_another_ending_is_named_without_it() -> None:
    assert name_page("https://a.example/%D8%B3%D8%AC%D9%86/") == "سجن"
    assert name_page("https://a.example/a%2F..%2Fb%00c.html") == "a-..-b-c"
    assert name_page("https://a.example/" + "x" * 500) == "x" * 80
    assert name_page("https://a.example/.") == "a.example"


@pytest.mark.parametrize("address", ["http://", "https://user:secret@a.example/", "http://0x7f.1/", "https://a.example:0/", "http://a b/"])
def test_what_is_no_address_is_said_before_anything_is_asked(address: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        check_address(address)
    assert "secret" not in str(caught.value)


# -- settings


def settings_of(folder: Path, lines: str) -> Settings:
    (folder / "waqai.toml").write_text(f"[intake]\n{lines}\n")
    return load_settings(folder / "waqai.toml")


def test_the_settings_list_hosts_of_ones_own_with_their_ports_and_nothing_else_loosens_the_rule(tmp_path: Path) -> None:
    with serving({"/": gives(b"x")}) as site:
        fetcher = make_fetcher(settings_of(tmp_path, f'allow_hosts = ["127.0.0.1:{site.port}"]\ncontact = "https://a.example/bot"'))
        assert fetcher.fetch(site.at("/")).robots == "allowed"
        assert site.seen[-1].headers["user-agent"].endswith(" (+https://a.example/bot)")
        with pytest.raises(FetchFailed, match="allow_hosts"):
            make_fetcher(shipped_settings()).fetch(site.at("/"))


def test_two_fetchers_of_one_user_share_the_pauses_of_a_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with serving({"/": gives(b"x")}) as site:
        settings = settings_of(tmp_path, f'allow_hosts = ["127.0.0.1:{site.port}"]\npause_seconds = 0.5')
        began = time.monotonic()
        for _ in range(2):
            make_fetcher(settings).fetch(site.at("/"))
    assert time.monotonic() - began >= 0.5


REFUSED = ('allow_hosts = ["wire.local"]', 'allow_hosts = ["http://wire.local:80"]', 'allow_hosts = ["fd00::1:8080"]', 'contact = "a\\nb"', "pause_seconds = 0")


@pytest.mark.parametrize("lines", REFUSED)
def test_a_setting_that_would_do_something_else_is_refused(tmp_path: Path, lines: str) -> None:
    with pytest.raises(SettingsError, match="intake"):
        settings_of(tmp_path, lines)
