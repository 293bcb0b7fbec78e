"""Words that a person pasted, as a report."""

from __future__ import annotations

from waqai.core import Day, Report, text_sha256
from waqai.intake.guard import check_characters, check_text


def report_of_paste(
    text: str,
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: Day | None = None,
    url: str | None = None,
    language: str | None = None,
    terms: str | None = None,
) -> Report:
    """The report of words that a person pasted into a form; its id is made of them. Blank fields count as absent. Raises EmptyReport or UnreadableReport.

    A form sends CRLF for every line end, whatever was pasted; these are LF again.
    """
    plain = text.replace("\r\n", "\n")
    check_text(plain)
    for words in (title, publisher, url, language, terms):
        check_characters(words or "")
    sha256 = text_sha256(plain)
    return Report(
        id=f"pasted-{sha256[:8]}",
        text=plain,
        sha256=sha256,
        title=_find_words(title),
        publisher=_find_words(publisher),
        published=published,
        url=_find_words(url),
        language=_find_words(language),
        terms=_find_words(terms),
    )


def _find_words(typed: str | None) -> str | None:
    return " ".join((typed or "").split()) or None
