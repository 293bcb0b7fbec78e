"""Entries as rows that leave, as a profile lets them be seen: words and speakers masked, fresh ones held back, only incidents that may be told."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from waqai.bounds import Bounds, Cleared, HeldBack, forbids_passing_on
from waqai.codebook import Codebook
from waqai.core.formulas import guard
from waqai.expectations.register import Registered, families_in
from waqai.store import Store

ROW = (
    *("id", "report", "issued", "speaker", "stance", "words", "types", "families", "actor", "country", "admin1", "direction", "from", "until"),
    *("horizon", "p_low", "p_high", "strength_word", "strength_version", "route", "condition", "late", "registered_at", "rule_sha256"),
    *("state", "outcome", "proposed", "incidents", "notes"),
)
"""Names of the fields of a row, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """Rows by the names of ROW, and how many entries were held back."""

    rows: tuple[dict[str, Any], ...]
    held_back: int


def clear_registered(entries: Sequence[Registered], store: Store, bounds: Bounds, *, codebook: Codebook, at: datetime) -> Leaving:
    """The entries as the profile of the bounds lets them leave."""
    named = sorted({incident for one in entries for incident in (*_cited(one), *_proposed(one))})
    cleared = [bounds.clear(record) for record in store.load_records(named, forbids=forbids_passing_on)]
    shown = frozenset(one.incident.id for one in cleared if isinstance(one, Cleared))
    held = frozenset(one.incident for one in cleared if isinstance(one, HeldBack))
    rows = tuple(_iter_rows(entries, store, bounds, codebook, shown=shown, held=held))
    return Leaving(rows=rows, held_back=len(entries) - len(rows))


def rows_as_text(rows: Sequence[dict[str, Any]], format: str) -> str:
    """Rows as "json" (one array), "jsonl", or "csv": with a head, several values in a cell by "; ", no cell that a spreadsheet would run."""
    if format != "csv":
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        return "".join(f"{line}\n" for line in lines) if format == "jsonl" else json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n"
    kept = io.StringIO()
    writer = csv.writer(kept, lineterminator="\r\n")
    writer.writerow(ROW)
    writer.writerows([_cell(row[name]) for name in ROW] for row in rows)
    return kept.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return guard("; ".join(map(str, value)))
    return guard(value) if isinstance(value, str) else value


def _cited(one: Registered) -> list[str]:
    return [cited.incident for cited in one.resolution.cited] if one.resolution else []


def _proposed(one: Registered) -> list[str]:
    return [found.incident for found in one.proposal.incidents] if one.proposal else []


def _iter_rows(
    entries: Sequence[Registered], store: Store, bounds: Bounds, codebook: Codebook, *, shown: frozenset[str], held: frozenset[str]
) -> Iterator[dict[str, Any]]:
    for one in entries:
        report, frozen = store.get_report(one.report_sha256), one.frozen
        reading = store.find_reading(report.id)
        families, of_condition = families_in(frozen.rule, codebook)
        types = (*frozen.rule.pattern.types, *(frozen.rule.condition.types if frozen.rule.condition else ()))
        accounts = reading.accounts if reading else ()
        quoted = bounds.quote_report(report, accounts, frozen.span, types=types, families=(*families, *of_condition))
        if quoted is None:
            continue
        cells = (*_row(one, report_id=quoted.report, words=quoted.words, speaker=quoted.name(frozen.speaker)), *_outcome(one, shown=shown, held=held))
        yield dict(zip(ROW, cells, strict=True))


def _row(one: Registered, *, report_id: str, words: str, speaker: str) -> Iterator[Any]:
    frozen, rule = one.frozen, one.frozen.rule
    pattern, whole_history = rule.pattern, rule.route != "event"
    yield from (one.id, report_id, frozen.issued.isoformat(), speaker, frozen.stance, " ".join(words.split()))
    yield from (list(pattern.types), list(pattern.families), pattern.actor, pattern.country, pattern.admin1, rule.direction)
    yield from (None if whole_history else rule.first.isoformat(), None if whole_history else rule.last.isoformat(), frozen.horizon)
    yield from (frozen.band.low, frozen.band.high, frozen.band.word, frozen.band.version, rule.route)
    yield [*rule.condition.types, *rule.condition.families] if rule.condition else None
    yield from (frozen.late, one.at.isoformat(), one.sha256)


def _outcome(one: Registered, *, shown: frozenset[str], held: frozenset[str]) -> tuple[Any, ...]:
    """state, outcome, what is proposed, incidents, notes: nothing from which one could tell that an incident is on record which is held back."""
    cited, outcome = _cited(one), one.resolution.outcome if one.resolution else None
    if cited and held.issuperset(cited):
        return "held back", None, None, [], []
    notes = [doubt for doubt in one.doubts if not any(incident in doubt for incident in held)]
    state = outcome if one.state == "reopened" and not notes else one.state
    proposed = one.proposal.outcome if one.proposal and held.isdisjoint(_proposed(one)) else None
    return state, outcome, proposed, [incident for incident in cited if incident in shown], notes
