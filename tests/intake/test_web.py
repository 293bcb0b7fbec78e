"""The article comes out of a page; a hostile page ends as a sentence, within its limits."""

import time
from datetime import date

import pytest

from waqai.core import UnreadableReport
from waqai.intake.guard import Limits
from waqai.intake.web import ArticleExtractor, extract_article

PROSE = "".join(f"<p>Twelve inmates fled from the prison of Ras al-Ain through tunnel number {n}, the warden said on Sunday.</p>" for n in range(6))


def page(*, head: str = "", body: str = PROSE) -> bytes:
    return f"<!doctype html><html lang='en-GB'><head>{head}</head><body><nav><a href='/'>Home</a></nav><article>{body}</article></body></html>".encode()


@pytest.fixture(scope="module")
def extractor():  # type: ignore[no-untyped-def]
    with ArticleExtractor() as shared:
        yield shared


def test_a_page_gives_its_text_and_what_it_says_of_itself(extractor: ArticleExtractor) -> None:
    head = (
        "<title>Tunnel | The Daily</title><link rel='canonical' href='https://daily.example/2023/tunnel'><meta property='og:title' content='Tunnel'>"
        "<meta property='og:site_name' content='The Daily'><meta property='article:published_time' content='2023-06-20T23:30:00+03:00'>"
    )
    article = extractor.extract(page(head=head))
    assert (article.title, article.publisher, article.published, article.language) == ("Tunnel", "The Daily", date(2023, 6, 20), "en")
    assert (article.url, article.host) == ("https://daily.example/2023/tunnel", "daily.example")
    assert article.text.startswith("Twelve inmates fled")
    assert "Home" not in article.text


def test_few_words_beside_a_field_for_a_password_are_looked_at(extractor: ArticleExtractor) -> None:
    login = "<form><input name='u'><input class='x' type='password'></form>"
    few = "<p>Twelve inmates fled from the prison of Ras al-Ain, the warden said on Sunday. To continue reading, log in or subscribe.</p>"
    assert "password" in (extractor.extract(page(body=few + login)).note or "")
    assert extractor.extract(page(body=few)).note is None
    assert extractor.extract(page(body=PROSE * 2 + login)).note is None


def test_a_day_in_the_prose_is_not_the_day_of_publication(extractor: ArticleExtractor) -> None:
    told = "<p>On 2020-03-12 it had happened before, and the warden of that time was dismissed for it within the month.</p>"
    assert extractor.extract(page(body=told + PROSE)).published is None


def test_a_page_that_says_nothing_of_itself_gets_nothing_made_up(extractor: ArticleExtractor) -> None:
    article = extractor.extract(f"<html><body><article>{PROSE}</article></body></html>".encode())
    assert (article.publisher, article.published, article.language, article.url, article.host) == (None, None, None, None, None)


@pytest.mark.parametrize("root", ["p", "aside", "footer", "blockquote"])
def test_a_page_that_is_one_element_ends_no_extractor(extractor: ArticleExtractor, root: str) -> None:
    told = "Twelve inmates fled the prison of Ras al-Ain on Sunday night, the warden said. " * 4
    try:
        assert "Ras al-Ain" in extractor.extract(f"<!doc ml><html><{root}><b>{told}<!doctype html>".encode()).text
    except UnreadableReport as error:
        assert "ended the extractor" not in str(error)


def test_the_same_page_gives_the_same_article_whatever_came_before() -> None:
    pages = [page(body=PROSE.replace("Ras al-Ain", place)) for place in ("Kuje", "Derik", "Kuje")]
    with ArticleExtractor() as one:
        first = [one.extract(p) for p in pages]
        assert [one.extract(p) for p in reversed(pages)] == first[::-1]


@pytest.mark.parametrize(
    ("html", "message"),
    [
        (b"<html><body></body></html>", "no article text"),
        (b"<html><body>" + b"<div>" * 100_000, "no article text"),
        (b"", "no article text"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"<html><p " + b" ".join(b"a%d=1" % i for i in range(500_000)) + b">x</p></html>", "500000 attributes"),
        (b"<b>" * 500_001, "500001 tags"),
        (b"x" * 20_000_001, "at most 20000000 are read"),
    ],
)
def test_a_page_without_an_article_or_too_much_of_one_is_refused(extractor: ArticleExtractor, html: bytes, message: str) -> None:
    with pytest.raises(UnreadableReport, match=message):
        extractor.extract(html)


# Slow for the HTML parser: quadratic in the attributes of one tag.
BOMB = b"<html><body><p " + b" ".join(b"a%d=1" % i for i in range(60_000)) + b">x</p>"


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(max_attributes=1_000_000, cpu_s=1), "more than 1 s of processor time"),
        (Limits(max_attributes=1_000_000, wall_s=0.3), "longer than 0.3 s"),
    ],
)
def test_a_bomb_ends_within_the_limits_and_the_next_page_is_read(limits: Limits, message: str) -> None:
    with ArticleExtractor(limits=limits) as extractor:
        extractor.extract(page())
        started = time.monotonic()
        with pytest.raises(UnreadableReport, match=message):
            extractor.extract(BOMB)
        assert time.monotonic() - started < 60  # without limits: minutes
        assert "Twelve inmates" in extractor.extract(page()).text


def test_a_page_that_takes_too_much_memory_is_refused_and_the_next_is_read() -> None:
    fat = b"<html><body>" + b"<p>some words here</p>" * 300_000
    with ArticleExtractor(limits=Limits(memory_mb=128, max_tags=1_000_000)) as extractor:
        for _ in range(2):
            with pytest.raises(UnreadableReport):
                extractor.extract(fat)
            assert "Twelve inmates" in extractor.extract(page()).text


def test_one_page_can_be_read_without_keeping_an_extractor() -> None:
    assert "Twelve inmates" in extract_article(page()).text
