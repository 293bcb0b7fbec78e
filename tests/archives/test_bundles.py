"""Whatever holds many reports is opened by `waqai add`: by its name, or by its first bytes where the name tells nothing."""

import gzip
import json
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bundled import ARTLIST, ATOM, INDEX, RELIEFWEB, SITEMAP, WORDS, KeptBundles, gkg, item, mail, mbox, page, record, response, rss, wacz, warc_gz, zipped
from waqai.archives import FileBundles
from waqai.core import Notice, Report
from waqai.intake import Defaults, iter_reports, reports_of_upload


@pytest.fixture(scope="module")
def bundles() -> Iterator[FileBundles]:
    shared = KeptBundles(clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))
    yield shared
    shared.end()


def read(path: Path, bundles: FileBundles) -> tuple[list[Report], list[str]]:
    items = list(iter_reports([path], bundles=bundles, defaults=Defaults(terms="internal")))
    return [one for one in items if isinstance(one, Report)], [one.reason for one in items if isinstance(one, Notice)]


ONE = warc_gz(record(response(page())))
FILES = {
    "a.warc": (record(response(page())), 1, ""),
    "a.warc.gz": (ONE, 1, ""),
    "crawl.warc.gz": (
        warc_gz(record(response(SITEMAP, kind="application/xml"), "https://monitor.example/map.xml"), record(response(page()))),
        1,
        "application/xml",
    ),
    "a.WACZ": (wacz(ONE), 1, ""),
    "a.zip": (zipped({"d/one.html": page(), "two.txt": WORDS.encode(), "p.png": b"x", "__MACOSX/two.txt": b"x", "in.zip": b"PK"}), 2, "2 files of the zip"),
    "a-wacz.zip": (wacz(ONE), 1, ""),
    "20230618101500.gkg.csv.zip": (zipped({"20230618101500.gkg.csv": gkg()}), 0, "holds 1 address and no texts"),
    "20230618101500.gkg.csv": (gkg(), 0, "holds 1 address and no texts"),
    "a.mbox": (mbox(mail(), mail(text="Two fled.")), 2, ""),
    "Inbox": (mbox(mail(), mail(text="Two fled.")), 2, ""),  # as Thunderbird names them
    "a.mbox.gz": (gzip.compress(mbox(mail())), 1, ""),
    "told.mbox.gz": (gzip.compress(mbox(mail(text=f"{WORDS} The page begins with <urlset> now."))), 1, ""),
    "a.eml": (mail().as_bytes(), 1, ""),
    "a.rss": (rss(item(1), item(2)), 2, ""),
    "a.xml": (ATOM, 1, ""),
    "a.xml.gz": (gzip.compress(rss(item(1))), 1, ""),
    "marked.xml.gz": (gzip.compress(b"\xef\xbb\xbf" + rss(item(1))), 1, ""),
    "wide.xml.gz": (gzip.compress(rss(item(1)).decode().replace("utf-8", "utf-16").encode("utf-16")), 1, ""),
    "sitemap.xml": (SITEMAP, 0, "holds 1 address and no texts"),
    "index.xml": (INDEX, 0, "`waqai watch add` the index's own address"),
    "reliefweb.json": (json.dumps(RELIEFWEB).encode(), 1, "'body'"),
    "gdelt.json": (json.dumps(ARTLIST).encode(), 0, "holds 1 address and no texts"),
    "reports.json": (json.dumps([{"id": "a", "text": WORDS}]).encode(), 1, ""),
    "empty.zip": (zipped({}), 0, "it is empty"),
    "hidden.zip": (zipped({".DS_Store": b"x", "__MACOSX/a.txt": b"x"}), 0, "holds nothing that is read as a report"),
    "empty.rss": (rss(), 0, "no entry"),
    "other.xml": (b"<note>Words</note>", 0, "no feed"),
    "twice.xml.gz": (gzip.compress(gzip.compress(rss(item(1)))), 0, "only web archives"),
    "notes.txt.gz": (gzip.compress(b"words"), 0, "only web archives"),
}


@pytest.mark.parametrize("name", FILES)
def test_each_kind_of_collection_is_read_as_a_file_and_as_an_upload(tmp_path: Path, bundles: FileBundles, name: str) -> None:
    content, count, notice = FILES[name]
    (tmp_path / name).write_bytes(content)
    reports, notices = read(tmp_path / name, bundles)
    assert len(reports) == count, notices
    assert notice in " ".join(notices)
    assert bool(notices) == bool(notice), notices
    assert {one.terms for one in reports} <= {"internal"}
    uploaded = list(reports_of_upload(name, content, bundles=bundles))
    assert [one.text for one in uploaded if isinstance(one, Report)] == [one.text for one in reports]


def test_a_folder_with_a_maildir_in_it_gives_its_mails_and_every_id_is_given_once(tmp_path: Path, bundles: FileBundles) -> None:
    for part in ("cur", "new", "tmp"):
        (tmp_path / "box" / part).mkdir(parents=True)
    (tmp_path / "box" / "cur" / "1").write_bytes(mail(text="One fled.").as_bytes())
    (tmp_path / "box" / "new" / "2").write_bytes(mail(text="Two fled.").as_bytes())
    (tmp_path / "box.txt").write_text("Three fled.")
    (tmp_path / "a.xml").write_bytes(rss(item(1)))
    reports, notices = read(tmp_path, bundles)
    assert [one.id for one in reports] == ["a", "box", "box-2", "box-3"]
    assert notices == []
    assert [one.text.strip() for one in reports][1:] == ["One fled.", "Two fled.", "Three fled."]


def test_without_a_reader_of_bundles_they_are_set_aside(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(mail().as_bytes())
    (notice,) = iter_reports([tmp_path])
    assert isinstance(notice, Notice) and "not read here" in notice.reason


def test_a_mailbox_of_any_length_is_never_held_as_a_whole(tmp_path: Path, bundles: FileBundles) -> None:
    (tmp_path / "a.mbox").write_bytes(mbox(mail(text="Words that nobody keeps. " * 20_000)) * 20)  # 10 MB
    read_some = iter_reports([tmp_path / "a.mbox"], bundles=bundles)
    next(read_some)
    tracemalloc.start()
    for _ in range(5):
        next(read_some)
    assert tracemalloc.get_traced_memory()[1] < 6_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("suffix", [".txt", ".html", ".pdf", ".csv", ".jsonl", ".xml", ".warc", ".warc.gz", ".wacz", ".zip", ".mbox", ".eml", ".gz", ".json"])
def test_a_gigabyte_of_zeros_ends_as_a_notice_whatever_it_is_called(tmp_path: Path, bundles: FileBundles, suffix: str) -> None:
    with (tmp_path / f"a{suffix}").open("wb") as file:
        file.truncate(1_000_000_000)  # sparse: it takes no room on the disk
    reports, notices = read(tmp_path / f"a{suffix}", bundles)
    assert reports == []
    assert len(notices) >= 1


def test_a_mail_that_cannot_be_read_is_told_and_the_others_come_in(tmp_path: Path, bundles: FileBundles, monkeypatch: pytest.MonkeyPatch) -> None:
    for part in ("cur", "new", "tmp"):
        (tmp_path / "box" / part).mkdir(parents=True)
    for name in "12":
        (tmp_path / "box" / "new" / name).write_bytes(mail(text=f"{name} fled.").as_bytes())
    real = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "1":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    reports, notices = read(tmp_path / "box", bundles)
    assert ([one.text.strip() for one in reports], notices) == (["2 fled."], ["the mail cannot be read: Permission denied"])
