"""What the page of one incident shows, from the rows of a release that are of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from waqai.sites.listing import Listed, figure_text, number, plain
from waqai.sites.rows import Row
from waqai.wording import MARKS

REPORTS_FIRST = ("main", "part", "follow_up", "background")
ORIGINS: Mapping[str, str] = {
    "restated": "restated in our own words: not the outlet's wording",
    "translated": "translated",
    "excerpt": "an excerpt",
    "composed": "a composed text: no outlet printed it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One competing figure: `mark` says why it does not count, "" where it does."""

    figure: str
    words: str
    speaker: str
    stance: str
    report: str
    publisher: str
    said_at: str
    standing: str
    mark: str
    corrected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """All figures of one thing that is counted, in the order in which they were said."""

    measure: str
    of_whom: str
    unit: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One report with what it tells of the incident."""

    id: str
    title: str
    publisher: str
    published: str
    url: str
    language: str
    terms: str
    origin: str
    accounts: tuple[Row, ...]
    claims: tuple[Row, ...]

    @property
    def has_address(self) -> bool:
        """Whether the address is one that a browser may follow."""
        return self.url.startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page of an incident; `newer` and `older` stand beside it by day."""

    one: Listed
    groups: tuple[Group, ...]
    tellings: tuple[Telling, ...]
    entries: tuple[Row, ...]
    newer: Listed | None
    older: Listed | None


def make_page(
    one: Listed,
    *,
    figures: Iterable[Row],
    accounts: Sequence[Row],
    claims: Sequence[Row],
    entries: Sequence[Row],
    newer: Listed | None = None,
    older: Listed | None = None,
) -> Page:
    """The page from the rows of the tables that are of this incident."""
    tellings = tuple(_tellings(accounts, claims))
    publishers = {telling.id: telling.publisher for telling in tellings}
    return Page(one=one, groups=tuple(_groups(figures, publishers)), tellings=tellings, entries=tuple(entries), newer=newer, older=older)


def _groups(rows: Iterable[Row], publishers: Mapping[str, str]) -> Iterator[Group]:
    """Measures in the order in which the release has them."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if row["measure"]:
            found.setdefault((row["measure"], row["of_whom"], row["unit"]), []).append(row)
    for (measure, of_whom, unit), members in found.items():
        ordered = sorted(members, key=lambda row: (row["said_at"] or "9999", row["report"]))
        yield Group(measure=measure, of_whom=of_whom, unit=unit, told=tuple(_told(row, publishers) for row in ordered))


def _told(row: Row, publishers: Mapping[str, str]) -> Told:
    named = {name: row.get(name, "") for name in ("speaker", "stance", "report", "said_at", "standing")}
    figure = figure_text(number(row["low"]), number(row["best"]), number(row["high"]))
    mark = MARKS.get(row["standing"], plain(row["standing"]))  # type: ignore[call-overload]
    publisher = publishers.get(row["report"], "")
    return Told(figure=figure, words=row.get("expr", ""), publisher=publisher, mark=mark, corrected=bool(row.get("corrected_by")), **named)


def _tellings(accounts: Sequence[Row], claims: Sequence[Row]) -> Iterator[Telling]:
    """The reports by the day on which they were published."""
    by_report: dict[str, list[Row]] = {}
    for row in accounts:
        by_report.setdefault(row["report"], []).append(row)
    said = {report: tuple(rows) for report, rows in groupby(sorted(claims, key=lambda row: row["report"]), key=lambda row: row["report"])}
    for report, rows in sorted(by_report.items(), key=lambda pair: (pair[1][0]["published"] or "9999", pair[0])):
        first = rows[0]
        named = {name: first.get(name, "") for name in ("publisher", "published", "url", "language", "terms")}
        ordered = sorted(rows, key=lambda row: REPORTS_FIRST.index(row["role"]) if row["role"] in REPORTS_FIRST else len(REPORTS_FIRST))
        origin = ORIGINS.get(first.get("text_origin", ""), "")
        told = {"title": first.get("report_title", ""), "origin": origin, "accounts": tuple(ordered), "claims": said.get(report, ())}
        yield Telling(id=report, **named, **told)  # type: ignore[arg-type]


def words_of(page: Page) -> str:
    """All words by which the incident is found, in small letters without marks above or below, each once."""
    one = page.one
    parts = [one.id, plain(one.type), plain(one.family), plain(one.status), one.where, one.admin2]
    for telling in page.tellings:
        parts += [telling.title, telling.publisher]
        parts += [row.get(name, "") for row in telling.accounts for name in ("evidence", "involved", "counts", "place")]
        parts += [row.get(name, "") for row in telling.claims for name in ("speaker", "words")]
    return " ".join(dict.fromkeys(fold(" ".join(parts)).split()))


def fold(text: str) -> str:
    """The text as words are compared: small letters, without accents, without signs at their ends.

    >>> fold("Al-Ḥasakah, “Ras Al-Ain”")
    'al-hasakah ras al-ain'
    """
    plain_text = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return " ".join(word.strip(".,;:!?()[]{}“”‘’\"'«»،؛؟…") for word in plain_text.split()).strip()
