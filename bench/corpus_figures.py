"""The demo corpus's figures when its links are given: what of figures and speakers is the reader's to find, whatever the linker does.

    python -m bench.corpus_figures

Every account of a report is put into each incident that the corpus says the report tells of, so that precision is lower than by the linker's own links.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from bench.corpus_links import CORPUS, figures_of, load_rows, read_corpus
from bench.figures import Figure
from bench.scorers import load_module


def measure_given_links() -> Iterator[Figure]:
    """Competing figures kept, those with the right speaker, and how many of the incidents' figures are right."""
    score = load_module(CORPUS / "score_links.py")
    gold = {row["id"]: row["role"] for row in load_rows()}
    incidents = json.loads((CORPUS / "incidents.json").read_text(encoding="utf-8"))
    figures: dict[str, list[dict[str, object]]] = {}
    for told in read_corpus():
        said = [figure for card in told.cards for figure in figures_of(card.account, told)]
        for incident in gold[told.report.id]:
            figures.setdefault(incident, []).extend(said)
    _, kept, of = score.score_figures(gold, incidents, gold, figures)
    spoken, spoken_of, right, found = score.score_speakers(gold, incidents, gold, figures)
    yield Figure("competing figures kept, links given", kept / of, "share", None, of)
    yield Figure("with the right speaker, links given", spoken / spoken_of, "share", None, spoken_of)
    yield Figure("the incidents' figures that are right, links given", right / found, "precision", None, found)


def main() -> None:
    for figure in measure_given_links():
        print(f"{figure.name:52} {figure.value:.3f} {figure.unit}  (n={figure.n})")


if __name__ == "__main__":
    main()
