"""How well claims are found in hand-coded reports: who says what, and how firmly.

    python -m bench.claims_gold [FOLDER] [--rules] [--misses N]

FOLDER holds gold format 1, one JSON file a report (default data/gold/reports). A claim is right when the speaker and at least half of the content's words
agree; `claims_any_speaker` leaves the speaker out; the stance is judged on right claims. Found are the claims of the rules alone: the shipped model has
learned from these very reports, so with it only the figures out of fold count, which were taken when it was trained and stand on its card. `--rules` prints
how often each rule is right, which is where `waqai.attribution.claims.RULE_PRECISION` comes from; `--misses` prints coded claims that were not found.
Milliseconds are process time beside the parse, with the model.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.figures import Figure
from bench.gold import GOLD, ONTOLOGY, load_scorer
from waqai.attribution.claims import DraftClaim, find_claims, find_claims_with
from waqai.attribution.model import SHIPPED
from waqai.learned.files import load_model
from waqai.parsing.pipeline import load_pipeline
from waqai.parsing.text import prepare

REPORTS = GOLD / "reports"
_TARGETS = {"claims": 0.70, "claims_any_speaker": None, "stance": 0.80, "milliseconds": 5.0}


def measure_claims(folder: Path = REPORTS) -> Iterator[Figure]:
    """F1 of claims with and without the speaker, accuracy of the stance, and milliseconds a report."""
    found, milliseconds = find_all(folder)
    score = load_scorer()
    with tempfile.TemporaryDirectory(prefix="waqai-claims-") as predictions:
        for name, (_, drafts) in found.items():
            Path(predictions, name).write_text(json.dumps({"accounts": [], "claims": [as_gold(draft) for draft in drafts]}), encoding="utf-8")
        totals, _, _ = score.run(predictions, str(folder), score.Ontology(str(ONTOLOGY)))
    for measure in ("claims", "claims_any_speaker"):
        yield Figure(measure, score.prf(totals[measure])[2], "F1", _TARGETS[measure], totals[measure][0] + totals[measure][2], noise=0.01)
    right, wrong, _ = totals["stance"]
    yield Figure("stance of matched claims", right / max(right + wrong, 1), "accuracy", _TARGETS["stance"], right + wrong, noise=0.01)
    yield from _out_of_fold(totals["claims"][0] + totals["claims"][2])
    yield Figure("claims beside the parse", milliseconds, "ms a report", _TARGETS["milliseconds"], len(found), better="lower", noise=2.0)


def _out_of_fold(n: int) -> Iterator[Figure]:
    """What the shipped model's card says of it, on reports that the measured copies had not seen; nothing where no model is shipped."""
    if SHIPPED.exists():
        for name, value in load_model(SHIPPED).card.figures.items():
            if name.endswith(("with the model", "p of the judge")):
                lower = not name.startswith(("claims", "stance"))
                yield Figure(f"{name}, out of fold", value, "error" if lower else "F1", None, n, better="lower" if lower else "higher", noise=0.01)


def find_all(folder: Path) -> tuple[Mapping[str, tuple[dict[str, Any], tuple[DraftClaim, ...]]], float]:
    """File name to its coding and the claims that the rules found, and the milliseconds of process time that a report took after the parse, with the model."""
    coded = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}
    docs = list(load_pipeline().pipe(prepare(report["text"], title=report.get("title")).text for report in coded.values()))
    claims = [find_claims_with(None, doc) for doc in docs]
    began = time.process_time()
    for doc in docs:
        find_claims(doc)
    milliseconds = (time.process_time() - began) * 1000 / max(len(docs), 1)
    return {name: (report, drafts) for (name, report), drafts in zip(coded.items(), claims, strict=True)}, milliseconds


def as_gold(draft: DraftClaim) -> dict[str, Any]:
    """A claim in gold format 1."""
    return {
        "speaker": draft.speaker_name,
        "speaker_evidence": None if draft.speaker is None else [draft.speaker.start, draft.speaker.end],
        "cue": [draft.cue.start, draft.cue.end],
        "stance": draft.stance,
        "content": [draft.content.start, draft.content.end],
        "about": [],
    }


def tally_rules(folder: Path) -> Mapping[str, tuple[int, int]]:
    """Rule to how many of its claims were right, and how many there were, in reports that hold claims."""
    right, made = Counter[str](), Counter[str]()
    for _, drafts, pairs in _paired(folder):
        made.update(draft.rule for draft in drafts)
        right.update(drafts[j].rule for _, j in pairs)
    return {rule: (right[rule], n) for rule, n in made.most_common()}


def _paired(folder: Path) -> Iterator[tuple[dict[str, Any], tuple[DraftClaim, ...], list[tuple[int, int]]]]:
    score = load_scorer()
    for report, drafts in find_all(folder)[0].values():
        if report.get("category") != "hard_negative":
            coded = [score.with_local_speaker(claim, report["text"]) for claim in report["claims"]]
            yield report, drafts, score.pair_items(coded, [as_gold(draft) for draft in drafts], score.claim_weight)


def iter_misses(folder: Path) -> Iterator[str]:
    """Coded claims that were not found, as lines for a person."""
    for report, _, pairs in _paired(folder):
        matched = {i for i, _ in pairs}
        for i, claim in enumerate(report["claims"]):
            if i not in matched:
                words = [report["text"][slice(*claim[part])] for part in ("cue", "content")]
                yield f"{report['id']} {claim['stance']}: {claim['speaker']} | {words[0]} | {' '.join(words[1].split())}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Claims against hand-coded reports.")
    parser.add_argument("folder", nargs="?", type=Path, default=REPORTS)
    parser.add_argument("--rules", action="store_true", help="how often each rule is right")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="print N coded claims that were not found")
    options = parser.parse_args()
    for figure in measure_claims(options.folder):
        print(f"{figure.name:28s} {figure.value:7.3f} {figure.unit} (n = {figure.n})")
    if options.rules:
        for rule, (right, made) in tally_rules(options.folder).items():
            print(f"{rule:28s} {right:4d} of {made:4d}  {right / made:.2f}")
    for _, line in zip(range(options.misses), iter_misses(options.folder), strict=False):
        print(line)


if __name__ == "__main__":
    main()
