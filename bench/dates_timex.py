"""Date phrases against TIMEX3 gold, with the gold's own scorer.

    python bench/dates_timex.py FOLDER [--errors]

FOLDER holds timex_*.jsonl (one document a line: doc_id, dct, text, timexes) and score_timex.py. Our days are written as TIMEX values at the grain of
their phrase (day, week, month, quarter, season, year). Durations, sets and vague references ("now", "recently") are no dates of ours, so look at the line
for DATE and TIME first.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from waqai.dating import DatePhrase, DayRange, TextClock, find_date_phrases, resolve_in_order

_SEASONS = ("SP", "SU", "FA", "WI")
_NIGHTS = ("night",)


def timex_value(phrase: DatePhrase, days: DayRange) -> str:
    """The TIMEX3 value of the resolved phrase, no finer than its words."""
    day, unit, middle = days.earliest, phrase.unit, days.earliest + (days.latest - days.earliest) / 2
    if phrase.kind in ("relative_period", "anchored", "ago") and unit in ("week", "weekend") and phrase.amount is None:
        return f"{day.isocalendar().year}-W{day.isocalendar().week:02d}" + ("-WE" if unit == "weekend" else "")
    if phrase.kind == "month" or (unit == "month" and phrase.direction not in ("past", "coming", "recent")):
        return f"{middle:%Y-%m}"
    if phrase.kind in ("year", "year_modifier") or (unit == "year" and phrase.direction not in ("past", "coming", "recent") and not phrase.year_shift):
        return f"{day.year}" if phrase.kind != "day" else f"{day}"
    if phrase.kind == "season":
        return f"{day.year}-{_SEASONS[phrase.start.season or 0]}"
    if phrase.kind == "quarter":
        return f"{day.year}-Q{phrase.start.quarter}"
    if phrase.words.lower().endswith("night") and phrase.kind in ("weekday", "relative_day"):
        return f"{day}TNI"
    return f"{day}"


def predict(document: dict[str, Any]) -> dict[str, Any]:
    """What we find in one document, in the form that the scorer takes."""
    text = document["text"]
    phrases = find_date_phrases(text)
    clock = TextClock(text, published=date.fromisoformat(document["dct"][:10]), phrases=phrases)
    found = []
    for phrase, days in zip(phrases, resolve_in_order(phrases, clock=clock), strict=True):
        value = timex_value(phrase, days) if isinstance(days, DayRange) else None
        found.append({"start": phrase.span.start, "end": phrase.span.end, "type": "DATE", "value": value})
    return {"doc_id": document["doc_id"], "timexes": found}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    spec = importlib.util.spec_from_file_location("score_timex", args.folder / "score_timex.py")
    assert spec and spec.loader, f"no score_timex.py in {args.folder}"
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    for path in sorted(args.folder.glob("timex_*.jsonl")):
        gold = {d["doc_id"]: d for d in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
        predicted = {doc_id: predict(document) for doc_id, document in gold.items()}
        for name, keep in (("all", None), ("DATE+TIME", ("DATE", "TIME"))):
            figures, errors = scorer.score(gold, predicted, keep)
            print(path.stem, name, {k: round(v, 3) for k, v in figures.items()})
        if args.errors:
            for error, n in Counter((e[1], e[2], e[3], e[4]) for e in errors).most_common(60):
                print("  ", n, error)


if __name__ == "__main__":
    main()
