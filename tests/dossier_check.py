"""Reads a dossier's Markdown as a sceptic would: every quotation, number, day and name of a line against the words and fields behind the notes of that line.

Nothing of the dossier's own code is used: the notes are parsed from the text, their words looked for in the report, and fields read from the store.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import asin, cos, radians, sin, sqrt

from babel import Locale

from waqai.codebook import load_actors
from waqai.core import Account, Report
from waqai.core.errors import UnknownId
from waqai.store import Store

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_OPENINGS = ("Between", "Somebody", "They", "So", "It", "Status", "The", "No", "Which", "A", "An", "At", "Aid", "Crowd", "Sexual", "Detention", "Displacement")
TEMPLATE = frozenset((*_OPENINGS, "Ill", "Looting", "Force", "Worked", "Counted", "Grade"))
"""Words with which a template's sentence may begin."""
_MARK = re.compile(r"\[\^(\d+)\]")
_NOTE = re.compile(r"^\[\^(\d+)\]: (.*)$")
_DAY = re.compile(rf"\b(?:(\d{{1,2}}) )?({'|'.join(MONTHS)}) (\d{{4}})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Note:
    """A note as printed: its quotations, what it works out (all of it, where it quotes nothing), and the record that it names."""

    text: str
    words: tuple[str, ...]
    record: str

    @property
    def known(self) -> str:
        """What bears a value: nothing of the report's title or address."""
        return " ".join(self.words) if self.words else "" if self.record.startswith(("a-", "c-")) else self.text


def find_faults(markdown: str, store: Store) -> list[str]:
    """What in the dossier has nothing behind it; a sentence for each."""
    body, _, tail = markdown.partition("\n---\n")
    notes = {int(found[1]): _read_note(found[2]) for line in tail.splitlines() if (found := _NOTE.match(line))}
    faults = [fault for number, note in notes.items() for fault in _check_note(number, note, store)]
    title, *lines = body.splitlines()
    first = next(line for line in lines if line)
    faults += _check(title.removeprefix("# "), [notes[int(n)] for n in _MARK.findall(first) if int(n) in notes], store, where="title")
    for line in lines:
        if line and not line.startswith(("#", "*Picture", "![", "|---", "| Who ")):
            cited = [notes[int(n)] for n in _MARK.findall(line) if int(n) in notes]
            faults += [f"{line[:60]!r}: there is no note {n}" for n in _MARK.findall(line) if int(n) not in notes]
            faults += _check(line, cited, store, where=line[:60])
    return faults


def _read_note(raw: str) -> Note:
    text = _plain(raw)
    record = re.search(r" ?\(([a-z][\w-]+)\)$", text)
    told = text[: record.start()] if record else text
    start = re.search(r"(?:^|\. )“", told)
    quoted = told[start.end() : told.rindex("”")].split("” · “") if start else []
    return Note(text=told, words=tuple(quoted), record=record[1] if record else "")


def _check_note(number: int, note: Note, store: Store) -> Iterator[str]:
    """Its words stand in the text of its record's report; what it works out comes out again."""
    if note.record.startswith(("a-", "c-")):
        text = " ".join(_report_of(note.record, store).text.split())
        yield from (f"note {number}: {words!r} is not in the report" for words in note.words if words not in text)
    for first, last, days in re.findall(r"(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d) is (\d+) days", note.text):
        if (date.fromisoformat(last) - date.fromisoformat(first)).days != int(days):
            yield f"note {number}: {first} to {last} is not {days} days"
    for *points, km in re.findall(r"\(([-\d.]+), ([-\d.]+)\) to \(([-\d.]+), ([-\d.]+)\) is (\d+) km", note.text):
        if abs(_distance(*map(float, points)) - int(km)) > 1:
            yield f"note {number}: that is not {km} km"
    for whole, part, rest in re.findall(r"(\d+) less (\d+) is (\d+)", note.text):
        if int(whole) - int(part) != int(rest):
            yield f"note {number}: {whole} less {part} is not {rest}"
    if note.text.startswith("Grade "):
        incident = store.get_incident(note.record)
        if note.text != f"Grade {incident.grade}, derived by the codebook's ladder: {incident.grade_because}.":
            yield f"note {number}: the grade is derived otherwise"


def _check(line: str, cited: list[Note], store: Store, *, where: str) -> Iterator[str]:
    bare = _plain(_MARK.sub("", line))
    quotations = re.findall(r"“(.*)”", bare)
    for words in quotations:
        if not any(words in quoted for note in cited for quoted in note.words):
            yield f"{where!r}: no note quotes {words!r}"
    told = re.sub(r"“.*”", "", bare)
    known = " ".join([*(note.known for note in cited), *(fact for note in cited for fact in _facts(note.record, store))])
    days = set(_days(known))
    for day in _days(told):
        if day not in days:
            yield f"{where!r}: no note says {day}"
    rest, numbers = _ISO.sub("", _DAY.sub("", told)), set(_numbers(known))
    for number in _numbers(rest):
        if number not in numbers and not _is_rounded(number, rest, numbers):
            yield f"{where!r}: no note says {number:g}"
    words = set(re.findall(r"\w+", known.casefold()))
    for n, name in enumerate(re.findall(r"\w+", rest)):
        if name[0].isupper() and name.casefold() not in words and not (n == 0 and _is_opening(name, words)) and not _opens(name, rest):
            yield f"{where!r}: no note names {name!r}"


def _opens(name: str, told: str) -> bool:
    """Whether the word begins a sentence of the template's, behind a colon."""
    return name in TEMPLATE and re.search(rf"(?:^|[:.] ){name}\b", told) is not None


def _is_opening(name: str, words: set[str]) -> bool:
    return name in TEMPLATE or name.casefold() in words or _is_type(name)


def _is_type(name: str) -> bool:
    from waqai.codebook import load_codebook

    return any(name.casefold() in kind.replace("_", " ") for kind in load_codebook().types) or name in ("Change", "Force", "Political")


def _is_rounded(number: float, told: str, numbers: set[float]) -> bool:
    """Whether it is a distance of a note to ten kilometres, or the bound below which one lies."""
    if f"{number:,g} km away" not in told:
        return False
    return any(abs(number - one) <= 5.5 for one in numbers) or (number == 10 and any(one < 10 for one in numbers))


def _days(text: str) -> Iterator[str]:
    """Days as ISO has them; months as "YYYY-MM"."""
    for day, month, year in _DAY.findall(text):
        yield f"{year}-{MONTHS.index(month) + 1:02}" + (f"-{int(day):02}" if day else "")
    for year, month, day in _ISO.findall(text):
        yield f"{year}-{month}-{day}"
        yield f"{year}-{month}"


def _numbers(text: str) -> Iterator[float]:
    for found in _NUMBER.findall(text):
        yield float(found.replace(",", ""))


def _facts(record: str, store: Store) -> Iterator[str]:
    """What the store holds in this record's fields, in words: no ids, spans or probabilities of facets, which would bear any number."""
    if record.startswith("a-"):
        account, report = store.get_account(record), _report_of(record, store)
        yield from _values(account)
        yield from (claim.speaker_name for claim in store.get_claims_beside(record))
        yield from (report.publisher or "", report.published.isoformat() if report.published else "")
    elif record.startswith("c-"):
        claims = {claim.id: claim for claim in store.get_claims(_report_of(record, store).id)}
        outer = claims.get(claims[record].said_by or "")
        yield from (claims[record].speaker_name, outer.speaker_name if outer else "", _report_of(record, store).publisher or "")
    elif record.startswith("i-"):
        incident = store.get_incident(record)
        yield from (incident.grade, incident.status, incident.where.name if incident.where else "")
    elif record in load_actors().actors:
        yield load_actors().actors[record].name


def _values(account: Account) -> Iterator[str]:
    yield account.type.replace("_", " ")
    for count in account.counts:
        yield f"{count.of_whom} {count.unit} " + " ".join(f"{n:f}" for n in (count.low, count.best, count.high) if n is not None)
    yield from (one.name for one in account.involved)
    if account.when is not None:
        yield f"{account.when.earliest.isoformat()} {account.when.latest.isoformat()}"
        yield str(account.when.earliest.year)
    if account.where is not None:
        country = Locale("en").territories.get(account.where.country or "", "")
        yield f"{account.where.name}, {account.where.admin1}, {country}"


def _report_of(record: str, store: Store) -> Report:
    if record.startswith("a-"):
        return store.get_report(store.get_account(record).report)
    for report in store.iter_reports():
        if any(claim.id == record for claim in store.get_claims(report.id)):
            return report
    raise UnknownId(f"no claim {record!r}")


def _plain(markdown: str) -> str:
    return re.sub(r"\\(.)", r"\1", markdown.replace("**", "")).lstrip("- ")


def _distance(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    half = sin(radians(to_lat - lat) / 2) ** 2 + cos(radians(lat)) * cos(radians(to_lat)) * sin(radians(to_lon - lon) / 2) ** 2
    return 2 * 6371 * asin(sqrt(half))
