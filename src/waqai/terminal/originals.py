"""How a report came, and what it was made of, on a terminal and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from waqai.core import Report, to_plain
from waqai.languages import Recognised, name_of
from waqai.originals import Custody, OriginalsCheck
from waqai.terminal.printing import count_of
from waqai.wording import describe_retrieval


def print_custody(console: Console, report: Report, found: Sequence[Custody], language: Recognised | None) -> None:
    """Each way in which the report came, with the hash of the bytes, how its text was made of them, and the link that covers all this."""
    console.print(f"report {report.id}, SHA-256 of its text {report.sha256}", soft_wrap=True)
    said = f"given as {report.language!r}" if report.language else "not given"
    seen = f"recognised as {name_of(language.language)} ({language.probability:.2f}, {language.recogniser})" if language else "not surely recognised"
    console.print(f"language: {said}, {seen}", soft_wrap=True)
    for one in found:
        console.print(Text(f"{one.number:>5}  {describe_retrieval(one.retrieval)}"), soft_wrap=True)
        for line in _lines(one):
            console.print(Text(f"       {line}", style="dim"), soft_wrap=True)
    if not found:
        console.print("nothing is known of how it came: it was added before originals were kept, or by a program that told nothing", soft_wrap=True)


def _lines(one: Custody) -> list[str]:
    size = "" if one.size is None else f", {one.size} bytes, {one.media_type or 'kind not said'}{'' if one.is_kept else '; the bytes were not kept'}"
    original = [f"original: SHA-256 {one.original_sha256}{size}"] if one.original_sha256 else []
    headers = [f"header {name}: {value}" for name, value in one.retrieval.headers]
    made = [f"text: {one.made_text}"] if one.made_text else []
    return [*original, *made, *headers, f"taken in by {one.tool}, kept {one.kept_at:%Y-%m-%d %H:%M:%S} UTC, link {one.hash}"]


def custody_as_json(one: Custody) -> dict[str, Any]:
    """The custody as a program reads it; `said` is what a person reads."""
    told: dict[str, Any] = to_plain(one)
    return told | {"said": describe_retrieval(one.retrieval)}


def print_originals_check(console: Console, check: OriginalsCheck) -> None:
    """Whether originals and retrievals are what they were; what is not, each on a line."""
    if check.broken is not None:
        console.print(f"the chain of retrievals is broken at {check.broken}: {check.fault}", soft_wrap=True)
    for sha256, why in check.damaged:
        console.print(f"original {sha256} is damaged: {why}", soft_wrap=True)
    if check.holds and check.retrievals:
        gone = f", {check.erased} erased with their reports" if check.erased else ""
        console.print(f"the originals hold: {count_of(check.originals, 'original')}, {count_of(check.retrievals, 'retrieval')}{gone}")
        console.print(f"last link: {check.head}", soft_wrap=True)
