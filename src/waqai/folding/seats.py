"""Which account sits in which incident: a fold over the log entries of one report.

The log speaks of accounts by their words. An entry's account is the one of that id in the report's current reading; if the reading is newer, the account of
the same family whose evidence overlaps most. Where there is none, the judgement is kept as one without a home.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from waqai.core import Anchor, Entry, LinkRole, Span, from_plain
from waqai.folding.reviews import REVIEWS


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """An account of the current reading, by what an anchor can find it by."""

    account: str
    family: str
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """An account as the log knows it. `reading` is the store's number of the reading it came from, None when the store never held it.

    It is looked for in its own family and `also` in that of the type which a person says it has.
    """

    account: str
    anchor: Anchor
    reading: int | None
    also: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """An account's place in an incident, and the entry that decided it. `account` None: without a home."""

    account: str | None
    logged: str
    report_sha256: str
    incident: str
    role: LinkRole
    entry: int

    @property
    def key(self) -> str:
        return self.account or self.logged


def fold_seats(entries: Sequence[Entry], *, homes: Mapping[str, str | None]) -> tuple[Seat, ...]:
    """The seats that follow from the entries on one report, in the order in which they were decided.

    `opened` and a judgement "same" seat the account; "different" takes it out of the incident that it names, "unsure" changes nothing. The latest entry
    that is not undone decides, but a machine's never moves what a person has seated, nor seats it where a person said that it does not belong.
    """
    undone = undone_numbers(entries)
    seats: dict[str, Seat] = {}
    settled: set[str] = set()
    barred: set[tuple[str, str]] = set()
    for entry in entries:
        if entry.id in undone or entry.kind not in ("opened", "judgement") or not entry.value:
            continue
        logged = _logged_account(entry)
        home = homes.get(logged)
        incident, verdict = _decision(entry)
        key = home or logged
        by_person = is_by_person(entry.by)
        if verdict == "unsure" or (not by_person and (key in settled or (key, incident) in barred)):
            continue
        if verdict == "same":
            seats.pop(key, None)
            seats[key] = _seat(entry, logged=logged, home=home, incident=incident)
            settled |= {key} if by_person else set()
            continue
        barred |= {(key, incident)} if by_person else set()
        if key in seats and seats[key].incident == incident:
            del seats[key]
    return tuple(seats.values())


def is_by_person(by: str) -> bool:
    """Whether an entry's author is a person.

    >>> is_by_person("person:ana"), is_by_person("linker:rules 0.1.0")
    (True, False)
    """
    return by == "person" or by.startswith("person:")


def undone_numbers(entries: Iterable[Entry]) -> frozenset[int]:
    """Numbers of the entries that are undone. Undoing an undo brings its entry back.

    >>> undone_numbers([])
    frozenset()
    """
    undone: set[int] = set()
    for entry in reversed([e for e in entries if e.kind == "undone"]):
        if entry.id not in undone:
            undone.add(int(entry.subject))
    return frozenset(undone)


def logged_accounts(entries: Iterable[Entry], *, readings: Mapping[str, int]) -> tuple[Logged, ...]:
    """The accounts that the entries are on, each once, in order. `readings`: the number of the reading that each known account is in."""
    listed = tuple(entries)
    undone, found, families = undone_numbers(listed), dict[str, Anchor](), dict[str, set[str]]()
    for entry in listed:
        if entry.kind in ("opened", "judgement", *REVIEWS) and entry.value:
            account = _logged_account(entry)
            found.setdefault(account, from_plain(Anchor, entry.value["anchor"]))
            said = entry.value.get("family") if entry.id not in undone else None
            families.setdefault(account, set()).update({str(said)} if said else ())
    return tuple(Logged(account=a, anchor=anchor, reading=readings.get(a), also=frozenset(families[a])) for a, anchor in found.items())


def find_homes(logged: Sequence[Logged], *, current: Sequence[Home]) -> dict[str, str | None]:
    """The account of the current reading that each logged one is today, or None.

    An account of the current reading is itself. Of several from one older reading that overlap the same words, the one with the largest overlap gets the home.
    """
    by_id = {home.account for home in current}
    homes: dict[str, str | None] = {one.account: one.account if one.account in by_id else None for one in logged}
    taken: set[tuple[int | None, str]] = set()
    claims = [(_overlap(one, home), place, one, home.account) for place, one in enumerate(logged) if one.account not in by_id for home in current]
    for overlap, _, one, home_id in sorted(claims, key=lambda c: (-c[0], c[1], c[3])):
        if overlap > 0 and homes[one.account] is None and (one.reading, home_id) not in taken:
            homes[one.account] = home_id
            taken.add((one.reading, home_id))
    return homes


def _overlap(one: Logged, home: Home) -> int:
    """Code points that both stand on; 0 in another family."""
    if home.family != one.anchor.family and home.family not in one.also:
        return 0
    return max(0, min(one.anchor.evidence.end, home.evidence.end) - max(one.anchor.evidence.start, home.evidence.start))


def _logged_account(entry: Entry) -> str:
    return str(entry.value["account"]) if entry.kind == "opened" else entry.subject


def _decision(entry: Entry) -> tuple[str, str]:
    """(incident, verdict) of an opening or a judgement."""
    if entry.kind == "opened":
        return entry.subject, "same"
    return str(entry.value["incident"]), str(entry.value["verdict"])


def _seat(entry: Entry, *, logged: str, home: str | None, incident: str) -> Seat:
    value: Mapping[str, Any] = entry.value
    return Seat(account=home, logged=logged, report_sha256=value["anchor"]["report_sha256"], incident=incident, role=value["role"], entry=entry.id)
