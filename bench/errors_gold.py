"""What the shipped reader gets wrong on the gold reports, counted by kind; each report read by models that have not seen it.

    python -m bench.errors_gold [--examples N]

Not a bench with floors: it says where to look next. docs/errors.md is the reading by hand.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.gold import GOLD, ONTOLOGY, load_scorer
from bench.reading_gold import gold_reports
from bench.unseeing import iter_unseen
from waqai.export import reading_as_gold

Coded = Mapping[str, Any]
Errors = dict[str, list[str]]


def main() -> None:
    """Print the kinds of error with their numbers, and some of each."""
    options = argparse.ArgumentParser(description="Count what the shipped reader gets wrong on data/gold.")
    options.add_argument("--examples", type=int, default=0, metavar="N", help="print so many of each kind, drawn at random")
    examples = options.parse_args().examples
    errors = count_errors()
    for kind, found in sorted(errors.items(), key=lambda pair: (pair[0].split(":")[0], -len(pair[1]))):
        print(f"{len(found):5d}  {kind}")
        for one in random.Random(7).sample(found, min(examples, len(found))):
            print(f"         {one}")


def count_errors() -> Errors:
    """All errors by kind."""
    scorer = load_scorer()
    ontology = scorer.Ontology(str(ONTOLOGY))
    errors: Errors = defaultdict(list)
    for outcome in iter_unseen(gold_reports()):
        if outcome.report is None or outcome.reading is None:
            continue
        gold = json.loads((GOLD / "reports" / f"{outcome.report.id}.json").read_text(encoding="utf-8"))
        for kind, told in errors_of(scorer, ontology, gold, reading_as_gold(outcome.report, outcome.reading)):
            errors[kind].append(f"{outcome.report.id}: {told}")
    return errors


def errors_of(scorer: Any, ontology: Any, gold: Coded, read: Coded) -> Iterator[tuple[str, str]]:
    """The kind of each error of one report, and the words that it is about."""
    coded, found, text = gold["accounts"], read["accounts"], gold["text"]
    sentences = scorer.Sentences(text)
    pairs = scorer.pair_items(coded, found, lambda a, b: scorer.incident_weight(a, b, sentences, ontology, True))
    for i, account in enumerate(coded):
        if i not in {i for i, _ in pairs}:
            over = any(scorer.shared(account["evidence"], other["evidence"]) for other in found)
            yield f"account missed: {'its words are read as another family' if over else 'its words are passed over'}", _words(text, account)
    for j, account in enumerate(found):
        if j not in {j for _, j in pairs}:
            again = any(ontology.family(account["type"]) == ontology.family(other["type"]) for other in coded)
            yield f"account false: {'the report tells of such a happening once' if again else 'the report tells of none of that family'}", _words(text, account)
    for i, j in pairs:
        yield from _field_errors(scorer, sentences, text, coded[i], found[j])


def _field_errors(scorer: Any, sentences: Any, text: str, coded: Coded, found: Coded) -> Iterator[tuple[str, str]]:
    told = _words(text, coded)
    if coded["type"] != found["type"]:
        yield "type: another of the same family", f"{told} read as {found['type']}"

    def alike(a: Coded, b: Coded) -> float:
        return float(a["role"] == b["role"] and scorer.name_match(a["name"], b["name"]))

    right = scorer.pair_items(coded["actors"], found["actors"], alike)
    for x, actor in enumerate(coded["actors"]):
        if x not in {x for x, _ in right}:
            named = any(scorer.name_match(actor["name"], other["name"]) for other in found["actors"])
            where = "in another role" if named else _where(sentences, coded, actor)
            yield f"actor missed: {where}", f"{told}: {actor['role']} {actor['name']}"
    yield from (("actor false", f"{told}: {a['role']} {a['name']}") for y, a in enumerate(found["actors"]) if y not in {y for _, y in right})
    counted = scorer.pair_items(coded["counts"], found["counts"], scorer.count_weight)
    for x, count in enumerate(coded["counts"]):
        if x not in {x for x, _ in counted}:
            yield f"count missed: {_where(sentences, coded, count)}", f"{told}: {count['measure']} {count['min']} {count['of_whom']}"
    yield from (("count false", f"{told}: {c['measure']} {c['min']}") for y, c in enumerate(found["counts"]) if y not in {y for _, y in counted})
    yield from _day_and_place(scorer, told, coded, found)


def _day_and_place(scorer: Any, told: str, coded: Coded, found: Coded) -> Iterator[tuple[str, str]]:
    day, read = scorer.day_range(coded), scorer.day_range(found)
    if day or read:
        wrong = None if scorer.days_meet(day, read) else "missed" if not read else "given where none is coded" if not day else "another"
        if wrong:
            yield f"day: {wrong}", told
    place, other = scorer.place_of(coded), scorer.place_of(found)
    if place and not other:
        yield "place: missed", told
    elif other and not place:
        yield "place: given where none is coded", f"{told}: {other['name']}"
    elif place and not scorer.same_words(place, other):
        yield "place: another name", f"{told}: {other['name']} for {place['name']}"
    elif place and scorer.located(place) and not scorer.near(place, other, 25):
        yield f"place: the right name, {'another point' if scorer.located(other) else 'no point'}", f"{told}: {place['name']}"


def _where(sentences: Any, coded: Coded, item: Coded) -> str:
    return "in the sentence that tells" if sentences.same(coded["evidence"], item["evidence"]) else "in another sentence"


def _words(text: str, account: Coded) -> str:
    evidence: Sequence[int] = account["evidence"]
    return f"{account['type']} [{text[evidence[0] : evidence[1]]}]"


if __name__ == "__main__":
    main()
