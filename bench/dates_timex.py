"""Date phrases against TIMEX3 gold, with the gold's own scorer, and three other date finders on the same texts.

    python -m bench.dates_timex [--errors] [--listing]

The gold lies beside the checkout (../shared/bench/dates): timex_*.jsonl (one document a line: doc_id, dct, text, timexes) and score_timex.py. Our days are
written as TIMEX values at the grain of their phrase; durations, sets and vague references, which are no dates of ours, by finders of the bench.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.figures import ROOT, Figure, Skipped
from bench.scorers import load_module
from bench.timex_lengths import Timex, find_lengths
from bench.timex_peers import PEERS, read_with_peer
from bench.timex_periods import Talk, find_periods
from bench.timex_references import find_references
from bench.timex_sets import find_sets
from bench.timex_value import find_times, tag_phrase
from waqai.dating import DayRange, TextClock, find_date_phrases, resolve_in_order
from waqai.dating.words import fold

DATA = ("../shared/bench/dates",)
FOLDER = ROOT.parent / "shared" / "bench" / "dates"
_TARGET, _MARGIN = 0.78, 0.10
_FINDERS = (find_sets, find_lengths, find_references)

Document = dict[str, Any]
Documents = Mapping[str, Document]


def measure_timex() -> Iterator[Figure]:
    """TIMEX3 value F1 of ours, per file and pooled, of each peer, and our lead. Raises Skipped where the gold is not beside the checkout."""
    scorer, files = load_gold()
    pooled = {doc_id: document for gold in files.values() for doc_id, document in gold.items()}
    ours = predict_all(pooled)
    for name, gold in files.items():
        yield from _own_figures(scorer, gold, ours, name)
    yield from _own_figures(scorer, pooled, ours, "both", target=_TARGET)
    peers = {}
    for peer in PEERS:
        predicted = read_with_peer(peer, pooled)
        if predicted is not None:
            peers[peer] = scorer.score(pooled, predicted)[0]["value_f1"]
            yield Figure(f"value F1, {peer}", round(peers[peer], 4), "of 1", target=None, n=_gold_size(pooled))
    if peers:
        lead = scorer.score(pooled, ours)[0]["value_f1"] - max(peers.values())
        yield Figure("value F1, our lead over the best peer", round(lead, 4), "of 1", target=_MARGIN, n=_gold_size(pooled))


def _own_figures(scorer: ModuleType, gold: Documents, predicted: Documents, name: str, *, target: float | None = None) -> Iterator[Figure]:
    for types, keep, wanted in (("all types", None, target), ("DATE and TIME", ("DATE", "TIME"), None)):
        figures, _ = scorer.score(gold, predicted, keep)
        yield Figure(f"value F1, {name}, {types}", round(figures["value_f1"], 4), "of 1", target=wanted, n=figures["gold"])


def _gold_size(gold: Documents) -> int:
    return sum(len(document["timexes"]) for document in gold.values())


def load_gold(folder: Path = FOLDER) -> tuple[ModuleType, dict[str, dict[str, Document]]]:
    """The scorer, and the documents of each file by id. Raises Skipped where they are not."""
    paths = sorted(folder.glob("timex_*.jsonl"))
    if not paths:
        raise Skipped("the TIMEX gold is not beside this checkout (../shared/bench/dates)")
    scorer = load_module(folder / "score_timex.py")
    lines = {path.stem.removeprefix("timex_"): path.read_text(encoding="utf-8").splitlines() for path in paths}
    return scorer, {name: {d["doc_id"]: d for d in map(json.loads, rows)} for name, rows in lines.items()}


def predict_all(documents: Documents) -> dict[str, Document]:
    return {doc_id: predict(document) for doc_id, document in documents.items()}


def predict(document: Document) -> Document:
    """What we find in one document, in the form that the scorer takes."""
    text, day = document["text"], date.fromisoformat(document["dct"][:10])
    found = [{"start": t.start, "end": t.end, "type": t.type, "value": t.value} for t in tag_text(text, day)]
    return {"doc_id": document["doc_id"], "timexes": found}


def tag_text(text: str, published: date) -> list[Timex]:
    """All stretches of the text, in order, none over another: what comes back first, then dates, then lengths and vague times."""
    plain, phrases = fold(text), find_date_phrases(text)
    clock = TextClock(text, published=published, phrases=phrases)
    dates: list[Timex] = []
    talk = Talk(plain, published)
    for phrase, days in zip(phrases, resolve_in_order(phrases, clock=clock), strict=True):
        dates += (talk.reread(phrase, timex) for timex in tag_phrase(phrase, days if isinstance(days, DayRange) else None, plain))
    kept: list[Timex] = []
    times = list(find_times(plain, dates, published))
    for found in (list(find_sets(plain)), list(find_periods(plain, talk)), dates, times, *(list(find(plain)) for find in _FINDERS)):
        for timex in sorted(found, key=lambda t: (t.start, -t.end)):
            if not any(timex.start < other.end and other.start < timex.end for other in kept):
                kept.append(timex)
    return sorted(kept)


def iter_listing(documents: Documents, scorer: ModuleType) -> Iterator[str]:
    """A line for each gold stretch that we miss, each of ours that is no gold, and each value that differs, with the words around it."""
    for doc_id, document in documents.items():
        gold, ours, told = document["timexes"], predict(document)["timexes"], document["dct"][:10]
        matched = dict(scorer._match(gold, ours))
        for i, one in enumerate(gold):
            got = ours[matched[i]]["value"] if i in matched else "nothing"
            if got != one["value"]:
                yield f"{'VALUE' if i in matched else 'MISS'} {doc_id} {told} {one['type']} {one['value']} got {got} | {_around(document, one)}"
        for j, one in enumerate(ours):
            if j not in matched.values():
                yield f"EXTRA {doc_id} {told} {one['type']} {one['value']} | {_around(document, one)}"


def _around(document: Document, timex: Mapping[str, Any]) -> str:
    text, start, end = document["text"], timex["start"], timex["end"]
    return " ".join(f"{text[max(0, start - 50) : start]}[[{text[start:end]}]]{text[end : end + 50]}".split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="count the wrong values")
    parser.add_argument("--listing", action="store_true", help="list what is missed, false or of another value")
    args = parser.parse_args()
    scorer, files = load_gold()
    both: dict[str, Document] = {}
    for name, gold in files.items():
        both |= gold
        report(scorer, name, gold)
    report(scorer, "both", both)
    if args.errors:
        _, errors = scorer.score(both, predict_all(both))
        for error, n in Counter(tuple(e[1:5]) for e in errors).most_common(60):
            print("  ", n, error)
    if args.listing:
        print("\n".join(iter_listing(both, scorer)))


def report(scorer: ModuleType, name: str, gold: Documents) -> None:
    predicted = predict_all(gold)
    for types, keep in (("all", None), ("DATE+TIME", ("DATE", "TIME"))):
        figures, _ = scorer.score(gold, predicted, keep)
        print(name, types, {k: round(v, 3) for k, v in figures.items()})


if __name__ == "__main__":
    main()
