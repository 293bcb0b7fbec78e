"""Which columns hold what: a guess by the headers, and a check that says what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from waqai.core import COLUMN_FIELDS, Columns, MissingColumn, fold_header, from_plain
from waqai.intake.guard import show

# Likeliest first. ACLED's are notes, source, event_date, event_id_cnty; UCDP GED's source_article, source_original, source_date.
NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        *("text", "full text", "body", "article text", "report text", "body text", "content", "article", "notes", "note", "story", "report", "narrative"),
        *("description", "event description", "incident description", "summary", "details", "message", "source article"),
    ),
    "title": ("title", "headline", "heading", "article title", "source headline", "subject"),
    "publisher": ("publisher", "outlet", "source name", "newspaper", "media outlet", "source", "sources", "publication", "media", "source original"),
    "published": (
        *("published", "date published", "published at", "published on", "publication date", "publish date", "pub date", "date of publication", "source date"),
        *("article date", "report date", "date", "event date", "day", "timestamp", "created at"),
    ),
    "url": ("url", "link", "source url", "article url", "web link", "source link", "permalink", "web address", "href", "uri"),
    "id": ("id", "report id", "article id", "event id cnty", "event id", "incident id", "record id", "identifier"),
    "language": ("language", "lang", "language code"),
}
_FOLDED = {field: {fold_header(name): at for at, name in enumerate(names)} for field, names in NAMES.items()}
_KNOWN = frozenset(name for names in _FOLDED.values() for name in names)


def guess_columns(headers: Sequence[str]) -> Columns:
    """What the headers say by themselves; `text` is empty where none sounds like it.

    >>> guess_columns(["event_date", "Source", "NOTES", "fatalities"])
    Columns(text=('NOTES',), title=None, publisher='Source', published='event_date', url=None, id=None, language=None, dates=None)
    """
    found = {field: _likeliest(headers, ranks) for field, ranks in _FOLDED.items()}
    return from_plain(Columns, found | {"text": [found["text"]] if found["text"] else []})


def count_known(headers: Iterable[str]) -> int:
    """How many of the headers sound like a field of a report."""
    return sum(fold_header(header) in _KNOWN for header in headers)


def override_columns(columns: Columns, named: Mapping[str, Sequence[str]]) -> Columns:
    """The columns with those that a person names in place of theirs: header names by field (for text several), none for "no column".

    A column that is named for one field is taken from the others. `dates` is named as "day_first" or "month_first".
    """
    taken = {fold_header(header) for field, headers in named.items() if field != "dates" for header in headers}
    kept = {field: None if header is None or fold_header(header) in taken else header for field, header in columns.single.items()}
    text = tuple(header for header in columns.text if fold_header(header) not in taken)
    said = {field: _one(headers) for field, headers in named.items() if field != "text"}
    return from_plain(Columns, {"dates": columns.dates, **kept, **said, "text": list(named.get("text", text))})


def check_columns(columns: Columns, headers: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """The places, from 0, of the columns of each field that has one. Raises MissingColumn, which says which is missing and what there is."""
    places = {fold_header(header): at for at, header in reversed(list(enumerate(headers)))}
    shown = ", ".join(repr(header[:40]) for header in headers[:20]) + (" …" if len(headers) > 20 else "")
    gone = [header for header in columns.headers if fold_header(header) not in places]
    if gone:
        raise MissingColumn(f"the table has no column {show(gone[0])}; its columns are {shown}")
    if not columns.text:
        raise MissingColumn(f"no column is named that holds the text of the reports; its columns are {shown}: say which one, e.g. --column text={headers[0]!r}")
    wanted = {"text": columns.text} | {field: (header,) for field, header in columns.single.items() if header is not None}
    return {field: tuple(places[fold_header(header)] for header in wanted[field]) for field in COLUMN_FIELDS if field in wanted}


def _likeliest(headers: Sequence[str], ranks: Mapping[str, int]) -> str | None:
    known = [(ranks[folded], at, header) for at, header in enumerate(headers) if (folded := fold_header(header)) in ranks]
    return min(known)[2] if known else None


def _one(headers: Sequence[str]) -> str | None:
    return headers[0] if headers else None
