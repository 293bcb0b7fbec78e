"""`waqai add ADDRESS`: one page, fetched as a guest, kept with where and when it was found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from command_line import Run
from fetching.hostile import Site, gives, serving
from waqai.codebook import load_actors
from waqai.store import open_store

WORDS = "Twelve prisoners escaped from a jail in Raqqa, Syria, on Sunday 5 March 2023, the Observatory said. Two guards were killed in the town."
PAGE = f"<html><head><title>Escape</title></head><body><article><h1>Escape</h1><p>{WORDS}</p><p>{WORDS} They fled.</p></article></body></html>".encode()
ROBOTS = gives(b"User-agent: waqai\nDisallow: /closed\n")


@pytest.fixture
def site(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site that the settings list as the installation's own; after `run`, which knows no settings."""
    pages = {"/news/escape": gives(PAGE), "/closed/other": gives(PAGE.replace(b"Twelve", b"Thirteen"))}
    with serving(pages, robots=ROBOTS) as open_site:
        (tmp_path / "waqai.toml").write_text(f'[intake]\nallow_hosts = ["127.0.0.1:{open_site.port}"]\npause_seconds = 0.5\n')
        monkeypatch.setenv("WAQAI_SETTINGS", str(tmp_path / "waqai.toml"))
        yield open_site


def test_a_page_is_fetched_read_and_kept_with_its_address_and_moment(run: Run, site: Site, tmp_path: Path) -> None:
    store, file = str(tmp_path / "s.sqlite"), tmp_path / "more.txt"
    file.write_text("Gunmen freed 40 inmates from a prison in Idlib, Syria, on 7 May 2021.")
    added = run("add", site.at("/news/escape#top"), str(file), "--store", store, "--published", "2023-03-06")
    assert added.code == 0 and "2 new reports" in added.err, added.err
    with open_store(Path(store), actors=load_actors()) as opened:
        report = opened.find_report("escape")
        assert report is not None and WORDS in report.text
        assert (report.url, report.publisher, str(report.fetched_at)) == (site.at("/news/escape"), "127.0.0.1", "2024-01-01 00:00:00+00:00")
    assert site.paths == ["/robots.txt", "/news/escape"]
    assert "1 known already" in run("add", site.at("/news/escape"), "--store", store).err


def test_a_page_is_read_without_being_kept(run: Run, site: Site) -> None:
    ran = run("read", site.at("/news/escape"))
    assert ran.code == 0 and "escape" in ran.out, ran.err


def test_robots_txt_is_done_as_it_says_unless_a_person_says_otherwise(run: Run, site: Site, tmp_path: Path) -> None:
    store = str(tmp_path / "s.sqlite")
    refused = run("add", site.at("/closed/other"), "--store", store)
    assert refused.code == 1 and "robots.txt" in refused.err and site.paths == ["/robots.txt"]
    taken = run("add", site.at("/closed/other"), "--ignore-robots", "--store", store)
    assert taken.code == 0, taken.err
    assert site.paths == ["/robots.txt", "/closed/other"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://127.0.0.1/", "no address of the open internet"),
        ("http://localhost:8080/", "no address of the open internet"),
        ("http://[::1]/", "no address of the open internet"),
        ("http://2130706433/", "usual form"),
        ("https://ana:secret@a.example/", "name or password"),
        ("ftp://a.example/x", "http:// and https://"),
    ],
)
def test_an_address_that_may_not_be_asked_is_an_error_that_says_why(run: Run, address: str, said: str, tmp_path: Path) -> None:
    ran = run("add", address, "--store", str(tmp_path / "s.sqlite"))
    assert ran.code != 0 and said in " ".join(ran.err.split()) and "secret" not in ran.err
