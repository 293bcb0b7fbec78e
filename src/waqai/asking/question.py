"""The question put to a language model: `instructions.txt` with our codebook, and the report as data between two marks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from waqai.asking.form import EXAMPLE_ANSWER, EXAMPLE_TEXT, PLACE_ROLES, answer_schema
from waqai.codebook import Codebook
from waqai.core import Report, short_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked about one report: instructions, the report between its marks, and the JSON schema of the answer."""

    report: str
    report_sha256: str
    instructions: str
    text: str
    schema: Mapping[str, Any]


class Ask(Protocol):
    """Puts a question to a model."""

    def __call__(self, question: Question) -> str:
        """The answer's text. Raises NoAnswer."""
        ...


class Questioner:
    """Makes the question for each report. `digest` changes with any word that does not depend on the report."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = _vocabulary(codebook)
        self._schema = answer_schema(codebook)
        self.digest = short_hash(_instructions(), self._codebook, _example(), json.dumps(self._schema, sort_keys=True))

    def make(self, report: Report, *, longest: int) -> Question:
        """The question on the first `longest` characters of a report."""
        told = report.text[:longest]
        mark = _mark(told, sha256=report.sha256)
        instructions = "\n\n".join((_instructions().format(mark=mark), self._codebook, _example()))
        return Question(report=report.id, report_sha256=report.sha256, instructions=instructions, text=f"<{mark}>\n{told}\n</{mark}>", schema=self._schema)


@cache
def _instructions() -> str:
    return files("waqai.asking").joinpath("instructions.txt").read_text("utf-8").rstrip()


def _mark(text: str, *, sha256: str) -> str:
    """A mark that the text does not hold: it follows from the text's own hash, so nobody can write it into the text beforehand."""
    length = 12
    while f"report-{sha256[:length]}" in text and length < len(sha256):
        length += 4
    return f"report-{sha256[:length]}"


def _vocabulary(codebook: Codebook) -> str:
    parts = {
        "TYPES": {t.id: f"{t.definition} (roles: {', '.join(t.roles)})" for t in codebook.types.values()},
        "ROLES": codebook.roles,
        "STATUSES": codebook.statuses,
        "STANCES (with some of their cues)": {s.id: ", ".join(s.cues[:6]) for s in codebook.stances.values()},
        "ROLES OF PLACES": {"roles": ", ".join(PLACE_ROLES)},
        "MEASURES": {"measures": ", ".join(codebook.measures)},
    }
    return "\n\n".join(f"{head}\n" + "\n".join(f"{name}: {words}" for name, words in rows.items()) for head, rows in parts.items())


def _example() -> str:
    return f"EXAMPLE\nReport: {EXAMPLE_TEXT}\nAnswer: {json.dumps(EXAMPLE_ANSWER, ensure_ascii=False)}"
