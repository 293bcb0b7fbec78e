"""Pages of known publishers are read by their dated layouts; a page that fits none is read the general way, and told."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

import lxml.html
import pytest

from waqai.core import SettingsError
from waqai.intake import ArticleExtractor
from waqai.intake.children.layouts import address_of, layouts_for, read_by
from waqai.intake.layouts import load_layouts, parse_layouts, shipped_layouts

PAGES = Path(__file__).resolve().parents[1] / "archives" / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))


@pytest.fixture(scope="module")
def extractor() -> Iterator[ArticleExtractor]:
    with ArticleExtractor() as shared:
        yield shared


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("is_fetched", [True, False], ids=["fetched", "saved"])
def test_a_page_of_our_own_making_gives_what_a_person_reads_in_it(extractor: ArticleExtractor, name: str, is_fetched: bool) -> None:
    expected = json.loads((PAGES / f"{name}.json").read_text("utf-8"))
    found = extractor.extract((PAGES / f"{name}.html").read_bytes(), address=expected["address"] if is_fetched else None)
    got = {
        "address": found.url,
        "title": found.title,
        "text": found.text,
        "published": found.published.isoformat() if found.published else None,
        "publisher": found.publisher,
        "language": found.language,
        "byline": found.byline,
    }
    assert got == expected
    assert found.note is None


def test_every_shipped_layout_reads_a_page_and_comes_before_the_others_for_it() -> None:
    plain = [{**asdict(one), "since": one.since.isoformat()} for one in shipped_layouts()]
    reading = []
    for name in NAMES:
        tree = lxml.html.fromstring((PAGES / f"{name}.html").read_bytes())
        fitting = layouts_for(address_of(tree), plain, captured=None)
        reading.append(next(plain.index(one) for one in fitting if read_by(one, tree)))
    assert sorted(reading) == list(range(len(plain)))


CHANGED = "<html><head><link rel='canonical' href='https://www.syriahr.com/en/1/'></head><body><article><h2>New</h2>{}</article></body></html>"
PROSE = "".join(f"<p>Twelve inmates fled from the prison of Ras al-Ain through tunnel number {n}, the warden said on Sunday.</p>" for n in range(6))


def test_a_layout_that_changed_is_told_and_the_page_is_read_the_general_way(extractor: ArticleExtractor) -> None:
    found = extractor.extract(CHANGED.format(PROSE).encode())
    assert "tunnel number 3" in found.text
    assert found.note is not None and "not laid out as those of syriahr.com since 2019-01-01" in found.note
    assert found.made_text is None  # as other pages


def test_a_page_that_fits_its_layout_says_that_its_text_was_made_by_it(extractor: ArticleExtractor) -> None:
    found = extractor.extract((PAGES / f"{NAMES[0]}.html").read_bytes())
    assert found.made_text is not None and found.made_text.startswith("article text by the layout of its publisher, waqai ")


@pytest.mark.parametrize("address", ["https://notsyriahr.com/en/1/", "https://syriahr.com.evil.example/1", "https://[broken/", ""])
def test_other_hosts_have_no_layout(extractor: ArticleExtractor, address: str) -> None:
    html = (PAGES / "monitor.html").read_text("utf-8").replace("https://www.syriahr.com/en/100001/", address)
    assert extractor.extract(html.encode()).publisher != "Syrian Observatory for Human Rights"


OWN = """
[[layout]]
hosts = ["news.example"]
since = 2020-01-01
title = "h1.old"
body = "div.a p"
publisher = "Old name"
[[layout]]
hosts = ["news.example"]
since = 2024-01-01
title = "h1"
body = ["div.a p", "div.b p"]
publisher = "New name"
"""


@pytest.mark.parametrize(("captured", "publisher"), [(date(2022, 5, 1), "Old name"), (date(2024, 5, 1), "New name"), (None, "New name")])
def test_of_two_layouts_that_fit_the_one_of_the_day_of_capture_counts(captured: date | None, publisher: str) -> None:
    html = b"<html><body><h1 class='old'>Title</h1><div class='a'><p>One fled.</p></div><div class='b'><p>Two fled.</p></div></body></html>"
    with ArticleExtractor(layouts=parse_layouts(OWN, name="own.toml")) as extractor:
        found = extractor.extract(html, address="https://www.news.example/1", captured=captured)
    assert (found.publisher, found.title) == (publisher, "Title")


def test_a_users_file_comes_before_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN)
    assert load_layouts(tmp_path / "own.toml") == parse_layouts(OWN, name="x") + shipped_layouts()
    assert load_layouts("") == shipped_layouts()


GOOD = '[[layout]]\nhosts=["a.example"]\nsince=2020-01-01\ntitle="h1"\nbody="p"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[layout]", "no TOML"),
        ("[layouts]\n", "nothing else stands beside"),
        (GOOD + 'colour="red"', "colour"),
        (GOOD.replace('["a.example"]', '"a.example"'), "'hosts' is a list"),
        (GOOD.replace("2020-01-01", "2020"), "'since' is the day"),
        (GOOD.replace("2020-01-01", "2020-01-01T10:00:00"), "'since' is the day"),
        (GOOD.replace('"h1"', '"h1["'), "no CSS selector"),
        (GOOD.replace('"h1"', '"time@da(te"'), "names no attribute"),
        (GOOD.replace('title="h1"\n', ""), "each need a CSS selector"),
        (GOOD + 'publisher=""', "'publisher' is words"),
    ],
)
def test_a_wrong_file_of_layouts_is_an_error_that_says_where(text: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        parse_layouts(text, name="own.toml")


def test_a_file_of_layouts_that_is_not_there_is_an_error() -> None:
    with pytest.raises(SettingsError, match="cannot read"):
        load_layouts("no/such.toml")
