"""`waqai read`: reports read and shown, nothing kept."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from waqai.commands.addresses import arriving
from waqai.commands.common import ready_chain
from waqai.core import Notice
from waqai.export import reading_as_gold, set_aside_as_gold
from waqai.flow import NOT_READ, SET_ASIDE, UNANSWERED, ColumnChooser, Outcome, find_kept_columns, ignored_notices, iter_outcomes
from waqai.terminal.printing import err, out, print_notices, progress_bar
from waqai.terminal.readings import print_reading

_NO_READING = (NOT_READ, UNANSWERED)


def read_command(
    paths: Sequence[str],
    *,
    published: date | None,
    publisher: str | None,
    format: str,
    columns: Mapping[str, Sequence[str]] | None = None,
    reader: str | None = None,
    store: str | None = None,
) -> int:
    """Exit status 0, or 1 when nothing could be read. Nothing is kept; a model's calls are logged beside the store."""
    ignored: Counter[str] = Counter()
    chooser = ColumnChooser(columns or {}, find=partial(find_kept_columns, store))
    items = arriving(paths, published=published, publisher=publisher, ignored=ignored, choose_columns=chooser)
    chain = ready_chain(reader=reader, store=store)
    notices: list[Notice] = []
    done = 0
    with progress_bar() as progress:
        task = progress.add_task("reading", total=None)
        outcomes = _counted(iter_outcomes(items, chain), notices, lambda: progress.advance(task))
        done = _print(outcomes, format)
    notices += ignored_notices(ignored)
    print_notices([n for n in notices if n.stage.startswith("intake") or (format == "text" and n.stage in _NO_READING)])
    if done == 0:
        err.print("nothing could be read")
    return 0 if done else 1


def _counted(outcomes: Iterator[Outcome], notices: list[Notice], tick: Any) -> Iterator[Outcome]:
    for outcome in outcomes:
        if outcome.notice is not None:
            notices.append(outcome.notice)
        if outcome.reading is not None:
            notices.extend(outcome.reading.notices)
        tick()
        yield outcome


def _print(outcomes: Iterator[Outcome], format: str) -> int:
    """Print what came out; the number of reports that were read."""
    if format == "text":
        return sum(_print_text(o) for o in outcomes)
    shown = ((o, value) for o in outcomes if (value := _as_json(o)) is not None)
    if format == "jsonl":
        return sum(_print_line(o, value) for o, value in shown)
    values = list(shown)
    whole = [v for _, v in values]
    _write(json.dumps(whole[0] if len(whole) == 1 else whole, ensure_ascii=False, indent=1))
    return sum(_is_read(o) for o, _ in values)


def _print_text(outcome: Outcome) -> int:
    if outcome.report is None or outcome.reading is None:
        return 0
    print_reading(out, outcome.report, outcome.reading)
    return int(_is_read(outcome))


def _is_read(outcome: Outcome) -> bool:
    """Whether the reader read the report, even if it found nothing in it."""
    return outcome.reading is not None and not any(n.stage == NOT_READ for n in outcome.reading.notices)


def _print_line(outcome: Outcome, value: dict[str, Any]) -> int:
    _write(json.dumps(value, ensure_ascii=False))
    return int(_is_read(outcome))


def _as_json(outcome: Outcome) -> dict[str, Any] | None:
    """The reading, or for what was set aside an empty one with its notice; None for a notice that stands beside a report."""
    if outcome.report is not None and outcome.reading is not None:
        return reading_as_gold(outcome.report, outcome.reading)
    if outcome.notice is not None and outcome.notice.stage in (SET_ASIDE, "reading", UNANSWERED):
        return set_aside_as_gold(outcome.notice)
    return None


def _write(text: str) -> None:
    sys.stdout.write(text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")
