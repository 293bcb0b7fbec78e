"""Entries as rows that leave, as a profile lets them be seen: words and speakers masked, fresh ones held back, only incidents that may be told."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from waqai.bounds import Bounds, Cleared, forbids_passing_on
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
    cited = sorted({cited.incident for one in entries if one.resolution for cited in one.resolution.cited})
    records = store.load_records(cited, forbids=forbids_passing_on)
    shown = frozenset(cleared.incident.id for cleared in map(bounds.clear, records) if isinstance(cleared, Cleared))
    rows = tuple(_iter_rows(entries, store, bounds, shown, codebook, at))
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


def _iter_rows(
    entries: Sequence[Registered], store: Store, bounds: Bounds, shown: frozenset[str], codebook: Codebook, at: datetime
) -> Iterator[dict[str, Any]]:
    for one in entries:
        report, frozen = store.get_report(one.report_sha256), one.frozen
        reading = store.find_reading(report.id)
        pattern = frozen.rule.pattern
        quoted = bounds.quote_report(
            report,
            reading.accounts if reading else (),
            frozen.span,
            types=pattern.types,
            families=families_in(frozen.rule, codebook)[0],
        )
        if quoted is None:
            continue
        yield dict(zip(ROW, _row(one, report_id=quoted.report, words=quoted.words, speaker=quoted.name(frozen.speaker), shown=shown), strict=True))


def _row(one: Registered, *, report_id: str, words: str, speaker: str, shown: frozenset[str]) -> Iterator[Any]:
    frozen, rule = one.frozen, one.frozen.rule
    pattern, said = rule.pattern, one.resolution
    whole_history = rule.route != "event"
    cited = [cited.incident for cited in said.cited if cited.incident in shown] if said else []
    yield from (one.id, report_id, frozen.issued.isoformat(), speaker, frozen.stance, " ".join(words.split()))
    yield from (list(pattern.types), list(pattern.families), pattern.actor, pattern.country, pattern.admin1, rule.direction)
    yield from (None if whole_history else rule.first.isoformat(), None if whole_history else rule.last.isoformat(), frozen.horizon)
    yield from (frozen.band.low, frozen.band.high, frozen.band.word, frozen.band.version, rule.route)
    yield list(rule.condition.types or rule.condition.families) if rule.condition else None
    yield from (frozen.late, one.at.isoformat(), one.sha256, one.state, said.outcome if said else None, one.proposal.outcome if one.proposal else None)
    yield cited
    yield list(one.doubts)
