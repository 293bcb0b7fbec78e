"""What persons say beside an incident: notes, tags, questions to a colleague and their answers. Nothing that is held of the incident follows from them.

noted      {"incident", "words"}
tagged     {"incident", "tag"}
asked      {"incident", "words", "whom": "person:NAME", None for anybody}
answered   {"incident", "words", "asked": the number of the question's entry}
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from waqai.core import Entry
from waqai.folding.seats import undone_numbers

ASIDE: dict[str, tuple[str, ...]] = {
    "noted": ("incident", "words"),
    "tagged": ("incident", "tag"),
    "asked": ("incident", "words", "whom"),
    "answered": ("incident", "words", "asked"),
}
"""Kinds of entries beside an incident, each with what its value needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody wrote beside an incident, in which entry: a note, a tag or an answer. `incident` is named as it was then."""

    incident: str
    words: str
    by: str
    at: datetime
    entry: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question to a colleague (`whom` None: to anybody) and the answers, in order."""

    asked: Note
    whom: str | None
    answers: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asides:
    """All that stands beside an incident, each in order of the log; of a tag that was set twice the first."""

    notes: tuple[Note, ...] = ()
    tags: tuple[Note, ...] = ()
    questions: tuple[Question, ...] = ()


def fold_asides(entries: Sequence[Entry]) -> Asides:
    """What follows from these entries; answers to a question that is undone go with it."""
    undone = undone_numbers(entries)
    standing = [entry for entry in entries if entry.kind in ASIDE and entry.value and entry.id not in undone]
    answers: dict[int, list[Note]] = {}
    for entry in standing:
        if entry.kind == "answered":
            answers.setdefault(int(str(entry.value["asked"])), []).append(_note(entry))
    tags = {str(entry.value["tag"]): _note(entry) for entry in reversed(standing) if entry.kind == "tagged"}
    return Asides(
        notes=tuple(_note(entry) for entry in standing if entry.kind == "noted"),
        tags=tuple(reversed(tags.values())),
        questions=tuple(_question(entry, answers.get(entry.id, ())) for entry in standing if entry.kind == "asked"),
    )


def _note(entry: Entry) -> Note:
    value: Any = entry.value
    return Note(incident=value["incident"], words=value["tag"] if entry.kind == "tagged" else value["words"], by=entry.by, at=entry.at, entry=entry.id)


def _question(entry: Entry, answers: Sequence[Note]) -> Question:
    value: Any = entry.value
    return Question(asked=_note(entry), whom=value["whom"], answers=tuple(answers))
