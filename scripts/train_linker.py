"""Fit the weights by which two tellings are scored: src/waqai/linking/weights.json.

    python -m scripts.train_linker [--dry]

Learns from pairs of reports whose news each is: the demo corpus (our words) and, beside the checkout, the development parts of the Gun Violence Corpus and of
its stream, read by the shipped reader (kept in .cache/links; an hour the first time). Of those articles nothing but these few dozen numbers comes into the
repository. A logistic regression pulled towards weights set by hand (PRIOR), with signs that no fit may turn round (FOR, AGAINST). "story" is
fitted on the same pairs by their words alone. "told" stays as it was set by hand: a report does not say which of its sentences the register means. HELD is
what a person holds to be so where the data is thin; see decision 0033.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench import crime_links
from bench.corpus_links import Told, load_rows, read_corpus
from bench.figures import ROOT
from bench.kept import KeptReader
from scripts.learnable import check_learnable
from waqai.core import Notice, make_card
from waqai.flow import build_chain, shipped_settings
from waqai.linking import Telling, sort_report
from waqai.linking.assign import gather_tellings
from waqai.linking.compare import compare_tellings
from waqai.linking.evidence import PRESS_STEPS, iter_evidence, iter_wording
from waqai.linking.pairs import table_of
from waqai.linking.words import vector

FILE = ROOT / "src" / "waqai" / "linking" / "weights.json"
STRENGTH = 0.3
LEAST = {"corpus": 0.0, "gvc": 0.08, "stream": 0.12}
"""Likeness of two texts from which a pair is looked at: most pairs of a large set share no story, and say so."""
SETS = {"news": ("corpus", "gvc", "stream"), "custody": ("corpus", "gvc"), "story": ("corpus", "gvc", "stream")}
WORDING = frozenset(piece.name for piece in iter_wording(press=None, text=0.0, title=0.0, names=0.0)) | {f"press {step}" for step in (*PRESS_STEPS, "later")}
"""What is known of a report in which nothing was coded."""
PRIOR: Mapping[str, float] = {
    "time same day": 1.5,
    "time days apart": 0.3,
    "time weeks apart": -3.0,
    "time months apart": -4.5,
    "time after press": -3.0,
    "place same place": 1.5,
    "place far": -2.0,
    "place other country": -3.0,
    "facility same": 1.0,
    "facility different": -3.0,
    "kinds 0": -4.0,
    "kinds 0.1": -2.0,
    "kinds 0.3": -1.0,
    "again": -1.0,
    "figures telling": 1.0,
    "figures equal": 0.3,
}
START = -6.0
LOOSE: Mapping[str, float] = {"text": 40.0, "text root": 40.0, "title": 20.0}
"""How much farther from their prior these may go: likeness is a small number."""
FOR = frozenset(
    {
        "time same day",
        "time fresh",
        "place same place",
        "place near",
        "place within",
        "facility same",
        "press 0",
        "press 1",
        "press 3",
        "kinds 1",
        "figures equal",
        "figures telling",
        "figures close",
        "actors",
        "text",
        "text root",
        "title",
        "names",
        "weekday same",
        "month day same",
    }
)
AGAINST = frozenset(
    {
        "time weeks apart",
        "time months apart",
        "time after press",
        "time stale",
        "place far",
        "place other country",
        "facility different",
        "press later",
        "press 120",
        "kinds 0",
        "kinds 0.1",
        "kinds 0.3",
        "figures far",
        "figures fivefold",
        "again",
        "weekday other",
        "month day other",
        "means other",
        "figures flights",
    }
)
NEUTRAL = frozenset({"press unknown", "time unknown", "means same"})
"""What speaks neither way: that a day is not known says nothing of it (the demo corpus alone has such reports, and more pairs that are one than the others,
which a fit would take for a reason), and that both dug or both stormed is true of many breaks of one prison."""
HELD: Mapping[str, Mapping[str, float]] = {
    "custody": {"time weeks apart": -4.0, "time months apart": -5.5, "facility different": -3.0, "figures flights": -2.5, "means other": -1.5}
}
"""Two breaks in one prison weeks apart are two, and so are those in two prisons of one town, one by a tunnel and one by force, one of 41 and one of 480: the
corpus has too few of any to learn it from."""
Array = NDArray[np.float64]
Pieces = list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Pairs:
    """The evidence of each pair and whether both tell of one incident."""

    pieces: list[Pieces]
    same: list[bool]


def read_crime(name: str) -> tuple[list[Told], list[str]]:
    """The articles as read and placed, each with its incident."""
    chain, rows = build_chain(shipped_settings()), check_learnable(crime_links.load_rows(name), source=name)
    reports = [crime_links.make_report(row) for row in rows]
    told = []
    for report, reading in zip(reports, KeptReader(chain).iter_read(reports), strict=True):
        accounts = () if isinstance(reading, Notice) else chain.resolver.resolve_accounts(report, reading.accounts)
        cards = tuple(make_card(report, a, family=chain.ground.codebook.family_of(a.type), order=n) for n, a in enumerate(accounts))
        told.append(Told(report=report, cards=cards))
    return told, [str(row["incident_id"]) for row in rows]


def read_ours() -> tuple[list[Told], list[str]]:
    """The demo corpus, each report with the incident that is its news."""
    rows = check_learnable(load_rows(), source="the demo corpus")
    main = {row["id"]: next(k for k, role in row["role"].items() if role == "main") for row in rows}
    told = list(read_corpus())
    return told, [main[t.report.id] for t in told]


def find_news(told: Told) -> Telling | None:
    """The report's first news."""
    return next((t for t in gather_tellings(told.cards, sort_report(told.cards)) if t.news), None) if told.cards else None


def lay_out(told: Sequence[Told], incidents: Sequence[str], *, least: float) -> dict[str, Pairs]:
    """The pairs by the table of weights that scores them."""
    news = [find_news(t) for t in told]
    found: dict[str, Pairs] = defaultdict(lambda: Pairs([], []))
    bearers: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for i, telling in enumerate(news):
        if telling is None:
            continue
        likeness: dict[int, float] = defaultdict(float)
        for word, share in vector(telling.text).items():
            for j, other in bearers[word]:
                likeness[j] += share * other
            bearers[word].append((i, share))
        for j, alike in likeness.items():
            other_news = news[j]
            if alike < least or other_news is None:
                continue
            features = compare_tellings(other_news, telling)
            pairs = found[table_of(features)]
            pairs.pieces.append([(e.name, e.value) for e in iter_evidence(features) if e.value])
            pairs.same.append(incidents[i] == incidents[j])
    return found


def keep_wording(pairs: Pairs) -> Pairs:
    """The same pairs, as if nothing but their words were known."""
    return Pairs([[(name, value) for name, value in pieces if name in WORDING] for pieces in pairs.pieces], pairs.same)


def fit(pairs: Pairs) -> dict[str, float]:
    """The weights, by the name of the evidence, and "start"."""
    names = sorted({name for pieces in pairs.pieces for name, _ in pieces})
    at = {name: n for n, name in enumerate(names)}
    x: Array = np.zeros((len(pairs.pieces), len(names) + 1))
    x[:, -1] = 1.0
    for n, pieces in enumerate(pairs.pieces):
        for name, value in pieces:
            x[n, at[name]] += value
    y = np.where(np.array(pairs.same), 1.0, -1.0)
    prior = np.array([*(PRIOR.get(name, 0.0) for name in names), START])
    pull = np.array([*(1 / (STRENGTH * LOOSE.get(name, 1.0)) for name in names), 0.0])

    def loss(w: Array) -> tuple[float, Array]:
        margin, off = y * (x @ w), w - prior
        slope = -y / (1 + np.exp(np.clip(margin, -50, 50)))
        return float(np.logaddexp(0, -margin).sum() + (pull * off * off).sum() / 2), x.T @ slope + pull * off

    bounds = [*((0.0 if name in FOR | NEUTRAL else None, 0.0 if name in AGAINST | NEUTRAL else None) for name in names), (None, None)]
    best = minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 1000})
    return {"start": round(float(best.x[-1]), 3)} | {name: round(float(w), 3) for name, w in zip(names, best.x, strict=False) if abs(w) >= 0.005}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry", action="store_true", help="print the weights, write nothing")
    args = parser.parse_args()
    laid = {name: lay_out(*(read_ours() if name == "corpus" else read_crime(name)), least=LEAST[name]) for name in LEAST}
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    for table, sets in SETS.items():
        # every pair of these sets, whichever table scores it: there are too few pairs of custody alone
        parts = [pairs for name in sets for pairs in laid[name].values()]
        pooled = Pairs([p for pairs in parts for p in pairs.pieces], [s for pairs in parts for s in pairs.same])
        pooled = keep_wording(pooled) if table == "story" else pooled
        weights = {**fit(pooled), **HELD.get(table, {})}
        print(f"{table}: {len(pooled.same)} pairs of {', '.join(sets)}, {sum(pooled.same)} of one incident", flush=True)
        kept[table] = weights
    kept["about"] = "made by scripts/train_linker.py; told: by hand"
    text = json.dumps(kept, indent=1) + "\n"
    print(text) if args.dry else FILE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
