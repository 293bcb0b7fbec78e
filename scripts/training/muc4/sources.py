"""The documents of MUC-4 with their keys, as the bench folder holds them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bench.figures import ROOT, Skipped
from waqai.core import Day

MUC4 = ROOT.parent / "shared" / "bench" / "muc4"
TYPES = ("attack", "bombing", "kidnapping", "arson", "robbery", "forced work stoppage")
ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
DESCRIBED = "Described"
"""The role of a human target that is told of without a name; the GTT form leaves these out."""

_PARAGRAPH = re.compile(r"\s{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """`text` is lower case with its paragraphs parted by empty lines; `keys` are templates of the GTT form, `full_keys` of the official one."""

    id: str
    text: str
    place: str
    day: Day | None
    keys: Sequence[Mapping[str, Any]]
    full_keys: Sequence[Mapping[str, Any]]

    def types(self) -> frozenset[str]:
        """The incident types of its templates."""
        return frozenset(name for key in self.keys for name in types_of(key["incident_type"]))


def types_of(type: str) -> tuple[str, ...]:
    """The types that a key accepts: "attack / bombing" either.

    >>> types_of("attack / bombing")
    ('attack', 'bombing')
    """
    return tuple(part.strip() for part in type.lower().split("/"))


def load_documents(part: str, *, folder: Path = MUC4) -> list[Document]:
    """The documents of "train" or "dev". Raises Skipped where the folder is absent."""
    if not folder.is_dir():
        raise Skipped("MUC-4 (../shared/bench/muc4) is not here")
    full = {record["docid"]: record for record in _lines(folder / "full" / f"{part}.jsonl")}
    return [_document(record, full[record["docid"]]) for record in _lines(folder / "gtt" / f"{part}.jsonl")]


def _lines(path: Path) -> Iterable[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def _document(gtt: Mapping[str, Any], full: Mapping[str, Any]) -> Document:
    dateline = full["dateline"] or {}
    return Document(
        id=gtt["docid"],
        text=_PARAGRAPH.sub("\n\n", gtt["doctext"].strip()),
        place=(dateline.get("place") or "").strip(),
        day=parse_day(dateline.get("date") or ""),
        keys=gtt["templates"],
        full_keys=full["templates"],
    )


def parse_day(words: str) -> date | None:
    """The day of "3 JAN 90"; None for anything else.

    >>> parse_day("3 JAN 90")
    datetime.date(1990, 1, 3)
    """
    found = re.search(r"(\d{1,2})\s+([A-Z]{3})[A-Z]*\.?\s+(\d{2})", words.upper())
    if found is None:
        return None
    try:
        return datetime.strptime(f"{found[1]} {found[2]} {found[3]}", "%d %b %y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def load_place_list(*, folder: Path = MUC4) -> dict[str, str]:
    """The names of the official place list with their kinds ("SAN MIGUEL": "CITY"); of several kinds the first."""
    kinds: dict[str, str] = {}
    for line in (folder / "docs" / "set-list-location.v4").read_text(encoding="latin-1").splitlines():
        found = re.fullmatch(r"\s*([A-Z0-9][A-Z0-9 .,'-]+?)\s*\(([A-Z ]+)\??\)\s*", line)
        if found:
            kinds.setdefault(found[1], found[2])
    return kinds


def load_countries(*, folder: Path = MUC4) -> tuple[str, ...]:
    """The countries of the official list."""
    lines = (folder / "docs" / "set-list-foreign-nation.v5").read_text(encoding="latin-1").splitlines()
    return tuple(line.strip() for line in lines if re.fullmatch(r"[A-Z ]+", line.strip() or "-"))
