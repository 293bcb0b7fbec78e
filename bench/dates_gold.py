"""How well the date room does on hand-coded reports: is the coded phrase found, and do its days come out?

    python -m bench.dates_gold [FOLDER] [--misses]

FOLDER holds gold format 1, one JSON file a report (default data/gold/reports). For each account with a date: `found` when a phrase overlaps the coded
evidence; `overlap` and `exact` compare the days of that phrase, resolved in the order of the text from the report's `published`, with the coded days.
The coder may have read a range out of more than the phrase (a course of events, "since"), so `exact` has no ceiling of 1.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench.figures import Figure
from bench.gold import GOLD
from waqai.core import Span
from waqai.dating import DatePhrase, DayRange, TextClock, find_date_phrases, overlapping_phrases, resolve_in_order

_AHEAD = {"planned", "pledged", "threatened"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    report: str
    words: str
    published: str | None
    basis: str
    coded: tuple[date, date]
    phrase: DatePhrase | None
    got: DayRange | None
    why_not: str = ""

    @property
    def overlaps(self) -> bool:
        return self.got is not None and self.got.earliest <= self.coded[1] and self.coded[0] <= self.got.latest

    @property
    def is_of_another_year(self) -> bool:
        """Days given, none of them in a year of the coded ones."""
        return self.got is not None and not (self.got.earliest.year <= self.coded[1].year and self.coded[0].year <= self.got.latest.year)

    @property
    def is_exact(self) -> bool:
        return self.got is not None and (self.got.earliest, self.got.latest) == self.coded


def iter_outcomes(folder: Path) -> Iterator[Outcome]:
    for path in sorted(folder.glob("*.json")):
        yield from _outcomes_of(json.loads(path.read_text(encoding="utf-8")))


def measure_dates() -> Iterator[Figure]:
    """The days of the coded phrases, when the phrase is given."""
    outcomes = list(iter_outcomes(GOLD / "reports"))
    n = len(outcomes)
    yield Figure("days of the coded phrase that meet the coded ones", sum(o.overlaps for o in outcomes) / n, "share", None, n)
    yield Figure("days of the coded phrase that equal the coded ones", sum(o.is_exact for o in outcomes) / n, "share", None, n)
    yield Figure("coded phrases put into another year", float(sum(o.is_of_another_year for o in outcomes)), "phrases", 0, n, better="lower")


def _outcomes_of(report: dict[str, Any]) -> Iterator[Outcome]:
    text, published = report["text"], report["published"]
    phrases = find_date_phrases(text)
    clock = TextClock(text, published=date.fromisoformat(published) if published else None, phrases=phrases)
    for account in report["accounts"]:
        if account["date"]:
            yield _outcome(report, account, phrases, clock)


def _outcome(report: dict[str, Any], account: dict[str, Any], phrases: tuple[DatePhrase, ...], clock: TextClock) -> Outcome:
    coded, text = account["date"], report["text"]
    span = Span(*coded["evidence"])
    met = overlapping_phrases(phrases, span)
    best = max(met, key=lambda p: min(p.span.end, span.end) - max(p.span.start, span.start), default=None)
    future = frozenset(met) if account["status"] in _AHEAD else frozenset()
    result = resolve_in_order(phrases, clock=clock, future=future)[phrases.index(best)] if best else None
    return Outcome(
        report=report["id"],
        words=span.of(text),
        published=report["published"],
        basis=coded["basis"],
        coded=(date.fromisoformat(coded["earliest"]), date.fromisoformat(coded["latest"])),
        phrase=best,
        got=result if isinstance(result, DayRange) else None,
        why_not="" if isinstance(result, DayRange) else str(result or "no phrase found"),
    )


def _shares(outcomes: list[Outcome]) -> str:
    n = max(len(outcomes), 1)
    return f"overlap {sum(o.overlaps for o in outcomes) / n:.3f}  exact {sum(o.is_exact for o in outcomes) / n:.3f}  (n={len(outcomes)})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("data/gold/reports"))
    parser.add_argument("--misses", action="store_true", help="list what was not found or came out elsewhere")
    args = parser.parse_args()
    outcomes = list(iter_outcomes(args.folder))
    found = [o for o in outcomes if o.phrase]
    print(f"accounts with a date: {len(outcomes)}   phrase found: {len(found)} ({len(found) / len(outcomes):.3f})")
    for name, group in (("all", outcomes), ("found", found), ("found, day of publication given", [o for o in found if o.published])):
        print(
            f"  of {name}: overlap {sum(o.overlaps for o in group) / len(group):.3f}  exact {sum(o.is_exact for o in group) / len(group):.3f}  (n={len(group)})"
        )
    for basis, n in Counter(o.basis for o in outcomes).most_common():
        group = [o for o in outcomes if o.basis == basis]
        print(f"  {basis}: n={n} overlap {sum(o.overlaps for o in group) / n:.3f} exact {sum(o.is_exact for o in group) / n:.3f}")
    if args.misses:
        for o in outcomes:
            if not o.is_exact:
                got = f"{o.got.earliest}..{o.got.latest} [{o.got.rule}]" if o.got else o.why_not
                print("OVERLAP" if o.overlaps else "MISS", o.report, o.published, repr(o.words), f"coded {o.coded[0]}..{o.coded[1]} ({o.basis})", "got", got)


if __name__ == "__main__":
    main()
