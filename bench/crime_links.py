"""Crime news to the incidents of a register: the Gun Violence Corpus and the stream it was cut from, from raw text through reader, store and linker.

    python -m bench.crime_links gvc|stream [--file FILE]

The articles lie beside the checkout (../shared/bench/links, development parts; no licence stated: measured on, never shipped), with score_clusters.py.
Title, day of publication and text are fed to `add` in order of time, into a store of its own; an article belongs to the incident of its main account, one
in which nothing was coded to the incident beside which it stands, if to any. What the reader made of the articles is kept in .cache/links: a second run
measures the linker in minutes.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.figures import ROOT, Figure, Skipped
from bench.kept import KeptReader
from bench.scorers import load_module
from waqai.core import Report, text_sha256
from waqai.flow import Store, add_reports, build_chain, open_named_store, shipped_settings

FOLDER = ROOT.parent / "shared" / "bench" / "links"
DATA = ("../shared/bench/links",)
FILES = {"gvc": "gvc_development.jsonl", "stream": "gva_development.jsonl"}
TARGETS = {"gvc": (0.95, 0.90), "stream": (0.91, 0.72)}
Row = dict[str, Any]


def load_rows(name: str, file: Path | None = None) -> list[Row]:
    """The articles in order of their day. Raises Skipped where they are not beside the checkout."""
    path = file or FOLDER / FILES[name]
    if not path.exists():
        raise Skipped(f"../shared/bench/links/{path.name} is not here")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return sorted(rows, key=lambda row: (row["date"] or "9999", row["doc_id"]))


def make_report(row: Row) -> Report:
    """The article without what the register says of it."""
    published = date.fromisoformat(row["date"][:10]) if row.get("date") else None
    text = row["text"]
    return Report(id=row["doc_id"], text=text, sha256=text_sha256(text), title=row["title"], published=published, language="en")


# ---------------------------------------------------------------------------------------------- linking


def read_and_link(rows: Sequence[Row], store: Store) -> None:
    """Feed the articles to `add`, with the shipped reader and linker."""
    chain = build_chain(shipped_settings())
    add_reports((make_report(row) for row in rows), replace(chain, reader=KeptReader(chain)), store)


def find_clusters(rows: Sequence[Row], store: Store) -> dict[str, str]:
    """The incident of each article's main account, else the one beside which it stands, by article; one without either is alone."""
    return {row["doc_id"]: _find_incident(row["doc_id"], store) or f"alone {row['doc_id']}" for row in rows}


def _find_incident(name: str, store: Store) -> str | None:
    cards = store.find_linked_cards(name)
    main = next((c for c in cards if c.role == "main"), None) or next(iter(cards), None)
    if main is not None:
        return store.find_incident_of(main.account.id)
    beside = store.find_attachment(name)
    return beside.incident if beside else None


# ---------------------------------------------------------------------------------------------- scores


def measure_crime(name: str, file: Path | None = None) -> Iterator[Figure]:
    """B-cubed and pair F1 over all articles, and over those that came into an incident or beside one."""
    rows, scorer = load_rows(name, file), load_module(FOLDER / "score_clusters.py")
    with tempfile.TemporaryDirectory() as folder, open_named_store(str(Path(folder) / "store.sqlite"), must_exist=False) as store:
        read_and_link(rows, store)
        clusters = find_clusters(rows, store)
    gold = {row["doc_id"]: str(row["incident_id"]) for row in rows}
    b3, pair = TARGETS[name]
    read = [doc for doc, cluster in clusters.items() if not cluster.startswith("alone")]
    yield from _figures(scorer, gold, clusters, name, (b3, pair))
    yield from _figures(scorer, {doc: gold[doc] for doc in read}, {doc: clusters[doc] for doc in read}, f"{name}, articles in an incident", (None, None))
    yield Figure(f"{name}, articles in an incident", len(read), f"of {len(rows)}", None, len(rows))


def _figures(
    scorer: ModuleType, gold: Mapping[str, str], clusters: Mapping[str, str], name: str, targets: tuple[float | None, float | None]
) -> Iterator[Figure]:
    precision, recall, pair = scorer.pairwise(gold, clusters)
    yield Figure(f"{name} B3 F1", round(scorer.bcubed(gold, clusters)[2], 4), "F1", targets[0], len(gold))
    yield Figure(f"{name} pair F1", round(pair, 4), "F1", targets[1], len(gold))
    yield Figure(f"{name} pair P", round(precision, 4), "precision", None, len(gold))
    yield Figure(f"{name} pair R", round(recall, 4), "recall", None, len(gold))


def measure_gvc() -> Iterator[Figure]:
    """The Gun Violence Corpus, development part."""
    yield from measure_crime("gvc")


def measure_stream() -> Iterator[Figure]:
    """The stream before 2016."""
    yield from measure_crime("stream")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=sorted(FILES))
    parser.add_argument("--file", type=Path, help="other articles in the same form")
    args = parser.parse_args()
    for figure in measure_crime(args.name, args.file):
        print(f"{figure.name:40} {figure.value:.3f} {figure.unit}  (target {figure.target}, n={figure.n})")


if __name__ == "__main__":
    main()
