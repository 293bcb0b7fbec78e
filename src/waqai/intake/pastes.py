"""Words that a person pasted, as a report."""

from __future__ import annotations

import hashlib
from datetime import datetime

from waqai.core import Day, Incoming, Original, Report, Retrieval, text_sha256
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


def incoming_of_paste(report: Report, *, at: datetime, within: str = "a form of the desk") -> Incoming:
    """A pasted report with its words as the original: nothing else came."""
    content = report.text.encode("utf-8", "surrogatepass")
    original = Original(sha256=hashlib.sha256(content).hexdigest(), media_type="text/plain", content=content)
    retrieval = Retrieval(how="paste", address=report.url or "", at=at, within=within)
    return Incoming(report=report, original=original, retrieval=retrieval, made_text="the words as they were pasted, each line ended by LF")


def _find_words(typed: str | None) -> str | None:
    return " ".join((typed or "").split()) or None
