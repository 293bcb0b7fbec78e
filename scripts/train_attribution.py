"""Train what attribution learns: the shipped claim model from our own reports, or the bench model that is only measured with.

    python -m scripts.train_attribution              data/gold (and data/composed) -> src/waqai/attribution/models/claims.npz, with figures out of fold
    python -m scripts.train_attribution --polnear    PolNeAR's training part -> .cache/bench-models/polnear.npz
    ... --polnear --hold-out 100                     trained without 100 articles of that part, which it is measured on; writes nothing

Needs python-crfsuite and scikit-learn, with --polnear also torch, transformers and an encoder to start from (`pip install -e .[train]`). What they learn is
written as plain arrays, so reading needs none of them.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

from bench.attribution_polnear import measure_tagger
from bench.claims_gold import as_gold
from bench.figures import ROOT, data_digest
from bench.gold import GOLD, load_scorer
from bench.polnear import FOLDER, MODEL, Article, load_articles, parse_articles, token_spans
from scripts.learnable import check_learnable
from scripts.training.folds import FOLDS, fold_of, unseen_file
from waqai.attribution.claims import LEAST_P, DraftClaim, features_of, weigh_claims
from waqai.attribution.cue_features import cue_features
from waqai.attribution.cues import with_extras
from waqai.attribution.layout import lay_out, sentence_bounds
from waqai.attribution.model import LEARNED, SHIPPED, ClaimModel, model_arrays
from waqai.attribution.role_features import head_of
from waqai.attribution.tagging import CONTENT, CUE, SPEAKER, Bounds, Seen, Tagger, label_span, rows_at, see, tagger_arrays
from waqai.attribution.utterances import find_utterances
from waqai.codebook import load_codebook
from waqai.learned.calibration import calibration_error, rising_steps
from waqai.learned.card import TrainingCard, TrainingData
from waqai.learned.chains import Chain
from waqai.learned.files import save_model
from waqai.learned.weights import Weighing
from waqai.parsing.pipeline import load_pipeline
from waqai.parsing.text import prepare

VERSION = "1"
_BENCH_BOLDNESS = 2.5  # with the encoder's opinions; chosen on 100 held-out training articles, November 2026
_LEAST_RATE = 0.1  # a lemma is worth a look if at least one in ten of its uses that the rules leave alone is a coded cue
Rows = list[list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A parsed report with its coded claims in token bounds: speakers, cues and contents of each."""

    name: str
    seen: Seen
    claims: tuple[tuple[tuple[Bounds, ...], tuple[Bounds, ...], tuple[Bounds, ...]], ...]
    report: Mapping[str, Any]


def look_at(doc: Doc) -> Seen:
    """A parsed report as the tagger sees it."""
    layout, lookup = lay_out(doc), with_extras(load_codebook().stance_of_cue)
    return see(doc, layout=layout, lookup=lookup, saids=find_utterances(doc, layout=layout, lookup=lookup))


def code_article(article: Article, doc: Doc) -> Coded:
    """An article of the bench data in the form that is learned from."""
    parts = ("source", "cue", "content")
    claims = tuple(tuple(token_spans(doc, coded[part]) for part in parts) for coded in article.attributions)
    return Coded(name=article.id, seen=look_at(doc), claims=claims, report={})  # type: ignore[arg-type]


def load_reports(folders: Iterable[Path]) -> tuple[Coded, ...]:
    """Our coded reports, hard negatives left out: they hold no coded claims, whoever says what in them."""
    paths = [path for folder in folders for path in sorted(folder.glob("*.json"))]
    reports = check_learnable((json.loads(path.read_text(encoding="utf-8")) for path in paths), source="data")
    docs = load_pipeline().pipe(prepare(report["text"], title=report.get("title")).text for report in reports)
    coded = [_code_report(path.name, report, doc) for path, report, doc in zip(paths, reports, docs, strict=True)]
    return tuple(one for one in coded if one.report.get("category") != "hard_negative")


def _code_report(name: str, report: Mapping[str, Any], doc: Doc) -> Coded:
    def bounds(span: Sequence[int] | None) -> tuple[Bounds, ...]:
        return () if span is None else token_spans(doc, ((span[0], span[1]),))

    claims = tuple((bounds(c.get("speaker_evidence")), bounds(c["cue"]), bounds(c["content"])) for c in report.get("claims", ()))
    return Coded(name=name, seen=look_at(doc), claims=claims, report=report)


def iter_cue_rows(coded: Coded) -> Iterator[tuple[Rows, list[str]]]:
    """The features and labels of each sentence."""
    labels = ["O"] * len(coded.seen.columns.doc)
    for _, cues, _ in coded.claims:
        for cue in cues:
            label_span(labels, cue, CUE)
    for start, end in sentence_bounds(coded.seen.columns.layout):
        yield cue_features(coded.seen.columns, start, end, ruled=coded.seen.ruled), labels[start:end]


def iter_role_rows(coded: Coded) -> Iterator[tuple[Rows, list[str]]]:
    """The features and labels of the words around each cue."""
    cued = {i for _, cues, _ in coded.claims for cue in cues for i in range(*cue)}
    for speakers, cues, contents in coded.claims:
        for cue in cues:
            first, rows = rows_at(coded.seen, cue, cued=cued)
            labels = ["O"] * len(rows)
            for spans, kind in ((contents, CONTENT), (speakers, SPEAKER)):
                for start, end in spans:
                    label_span(labels, (start - first, end - first), kind)
            yield rows, labels


def train_chain(sequences: Iterable[tuple[Rows, list[str]]], *, iterations: int) -> Chain:
    """A chain that learned these sequences (L-BFGS with an elastic net; features seen once are left out)."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"c1": 0.05, "c2": 0.1, "max_iterations": iterations, "feature.minfreq": 2})
    for rows, labels in sequences:
        trainer.append(rows, labels)
    with tempfile.TemporaryDirectory(prefix="waqai-chain-") as folder:
        trainer.train(f"{folder}/chain")
        tagger = pycrfsuite.Tagger()
        tagger.open(f"{folder}/chain")
        return _chain_of(tagger)


def _chain_of(tagger: Any) -> Chain:
    learned, labels = tagger.info(), tuple(sorted(tagger.labels()))
    names = sorted({name for name, _ in learned.state_features})
    rows = {name: row for row, name in enumerate(names)}
    weights, steps = np.zeros((len(rows) + 1, len(labels)), np.float32), np.zeros((len(labels), len(labels)), np.float32)
    for (name, label), weight in learned.state_features.items():
        weights[rows[name], labels.index(label)] = weight
    for (before, after), weight in learned.transitions.items():
        steps[labels.index(before), labels.index(after)] = weight
    return Chain(labels=labels, rows=rows, weights=weights, steps=steps)


def train_tagger(coded: Sequence[Coded], *, boldness: float = 0.0, cue_iterations: int = 60, role_iterations: int = 60) -> Tagger:
    """A tagger that learned these reports."""
    cues = train_chain((pair for one in coded for pair in iter_cue_rows(one)), iterations=cue_iterations)
    roles = train_chain((pair for one in coded for pair in iter_role_rows(one)), iterations=role_iterations)
    return Tagger(cues=cues, roles=roles, boldness=boldness)


def words_worth_a_look(coded: Sequence[Coded]) -> frozenset[str]:
    """The lemmas that are a cue often enough where the rules see none."""
    uses, cues = Counter[str](), Counter[str]()
    for one in coded:
        columns = one.seen.columns
        heads = {head_of(columns, cue) for _, found, _ in one.claims for cue in found}
        free = [i for i in range(len(columns.lemmas)) if i not in one.seen.ruled]
        uses.update(columns.lemmas[i] for i in free)
        cues.update(columns.lemmas[i] for i in free if i in heads)
    return frozenset(lemma for lemma, n in cues.items() if n / uses[lemma] >= _LEAST_RATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A claim that was found out of fold: what is known of it, its probability by its rule, and whether it is right."""

    fold: int
    features: list[str]
    p_of_rule: float
    right: bool


def train_shipped() -> None:
    """Write the shipped model, with its figures out of fold on its card."""
    coded = load_reports((GOLD / "reports", ROOT / "data" / "composed" / "reports"))
    gold = [one for one in coded if (GOLD / "reports" / one.name).exists()]
    folds = {one.name: fold_of(Path(one.name).stem) for one in gold}
    judged: list[Judged] = []
    drafts: dict[str, list[DraftClaim]] = {}
    unseen = []
    for fold in range(FOLDS):
        model = _bare_model([one for one in coded if folds.get(one.name) != fold])
        unseen.append(model)
        for one in gold:
            if folds[one.name] == fold:
                pairs, _ = weigh_claims(model, one.seen.columns.doc)
                right = _right(one, [draft for _, draft in pairs])
                drafts[one.name] = [draft for _, draft in pairs]
                text = one.seen.columns.layout.text
                judged += [
                    Judged(fold=fold, features=features_of(d, w, doc=one.seen.columns.doc, text=text), p_of_rule=d.p, right=i in right)
                    for i, (w, d) in enumerate(pairs)
                ]
        print(f"fold {fold}: {len(judged)} claims so far", flush=True)
    probabilities, curve_scores = _out_of_fold(judged)
    sure = iter(probabilities)
    drafts = {name: [d for d in found if next(sure) >= LEAST_P or d.rule != LEARNED] for name, found in drafts.items()}
    figures = {**_figures(gold, drafts), **_calibration(judged, probabilities)}
    for name, value in figures.items():
        print(f"{name:44s} {value:.4f}")
    judge = _judge([j.features for j in judged], [j.right for j in judged], curve_scores)
    final = _bare_model(coded)
    model = ClaimModel(tagger=final.tagger, worth=final.worth, judge=judge)
    data = [TrainingData(name="gold", reports=len(gold), digest=data_digest(["data/gold/reports"]))]
    if len(coded) > len(gold):
        data.append(TrainingData(name="composed", reports=len(coded) - len(gold), digest=data_digest(["data/composed/reports"])))
    card = _card("claims", tuple(data), "", figures, f"out of fold: {FOLDS} folds by report of data/gold")
    save_model(SHIPPED, model_arrays(model), card=card)
    for fold, bare in enumerate(unseen):
        save_model(unseen_file("claims", fold), model_arrays(replace(bare, judge=judge)), card=card)
    print(f"{SHIPPED.relative_to(ROOT)}: {SHIPPED.stat().st_size / 1e6:.2f} MB")


def _bare_model(coded: Sequence[Coded]) -> ClaimModel:
    return ClaimModel(tagger=train_tagger(coded, boldness=0.5), worth=words_worth_a_look(coded))


def _right(one: Coded, drafts: Sequence[DraftClaim]) -> set[int]:
    """The indices of the claims that the gold set's scorer calls right."""
    score = load_scorer()
    coded = [score.with_local_speaker(claim, one.report["text"]) for claim in one.report["claims"]]
    return {j for _, j in score.pair_items(coded, [as_gold(draft) for draft in drafts], score.claim_weight)}


def _fit(features: Sequence[Sequence[str]], right: Sequence[bool]) -> tuple[float, dict[str, float]]:
    """Bias and weights of a logistic regression over these features."""
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([dict.fromkeys(row, 1.0) for row in features])
    fitted = LogisticRegression(C=0.3, max_iter=2000).fit(table, right)
    return float(fitted.intercept_[0]), {str(name): float(w) for name, w in zip(vectorizer.get_feature_names_out(), fitted.coef_[0], strict=True)}


def _raw(bias: float, weights: Mapping[str, float], features: Iterable[str]) -> float:
    return float(1 / (1 + np.exp(-(bias + sum(weights.get(f, 0.0) for f in features)))))


def _out_of_fold(judged: Sequence[Judged]) -> tuple[list[float], list[float]]:
    """The calibrated probability of each claim by a judge, and a curve, that had not seen its fold; and the judge's own score before the curve."""
    scores = [0.0] * len(judged)
    for fold in range(FOLDS):
        bias, weights = _fit([j.features for j in judged if j.fold != fold], [j.right for j in judged if j.fold != fold])
        for i, j in enumerate(judged):
            if j.fold == fold:
                scores[i] = _raw(bias, weights, j.features)
    probabilities = [0.0] * len(judged)
    for fold in range(FOLDS):
        others = [i for i, j in enumerate(judged) if j.fold != fold]
        curve = rising_steps([scores[i] for i in others], [judged[i].right for i in others], least=60)
        for i, j in enumerate(judged):
            if j.fold == fold:
                probabilities[i] = curve.at(scores[i])
    return probabilities, scores


def _judge(features: Sequence[Sequence[str]], right: Sequence[bool], scores: Sequence[float]) -> Weighing:
    bias, weights = _fit(features, right)
    return Weighing(bias=bias, weights={f: round(w, 4) for f, w in weights.items() if abs(w) >= 0.01}, curve=rising_steps(scores, right, least=60))


def _figures(gold: Sequence[Coded], drafts: Mapping[str, Sequence[DraftClaim]]) -> dict[str, float]:
    """F1 of claims and accuracy of their stance on the folds that the models had not seen, beside those of the rules alone."""
    rules = {one.name: [draft for _, draft in weigh_claims(None, one.seen.columns.doc)[0]] for one in gold}
    figures: dict[str, float] = {}
    for name, found in (("rules alone", rules), ("with the model", drafts)):
        with tempfile.TemporaryDirectory(prefix="waqai-claims-") as folder, tempfile.TemporaryDirectory(prefix="waqai-gold-") as reports:
            for one in gold:
                Path(folder, one.name).write_text(json.dumps({"accounts": [], "claims": [as_gold(d) for d in found[one.name]]}), encoding="utf-8")
                Path(reports, one.name).write_text(json.dumps(one.report), encoding="utf-8")
            score = load_scorer()
            totals, _, _ = score.run(folder, reports, score.Ontology(str(ROOT / "src" / "waqai" / "codebook" / "ontology.yaml")))
        figures |= {f"claims F1, {name}": score.prf(totals["claims"])[2], f"claims of any speaker F1, {name}": score.prf(totals["claims_any_speaker"])[2]}
        figures[f"stance accuracy, {name}"] = totals["stance"][0] / max(1, totals["stance"][0] + totals["stance"][1])
    return figures


def _calibration(judged: Sequence[Judged], probabilities: Sequence[float]) -> dict[str, float]:
    right = [j.right for j in judged]
    return {
        "calibration error, p of the rule": calibration_error([j.p_of_rule for j in judged], right),
        "calibration error, p of the judge": calibration_error(probabilities, right),
        "Brier score, p of the rule": float(np.mean([(j.p_of_rule - j.right) ** 2 for j in judged])),
        "Brier score, p of the judge": float(np.mean([(p - r) ** 2 for p, r in zip(probabilities, right, strict=True)])),
    }


def train_bench(*, hold_out: int) -> None:
    """Write the bench model; with `hold_out`, train without so many articles and print the figures on them instead."""
    from scripts.train_opinions import train_opinions  # needs libraries that the shipped model does without

    articles = load_articles("train")
    docs = parse_articles(articles)
    order = random.Random(7).sample(range(len(articles)), len(articles))
    kept = sorted(order[hold_out:])
    coded = [code_article(articles[i], docs[i]) for i in kept]
    tagger = replace(train_tagger(coded, boldness=_BENCH_BOLDNESS, cue_iterations=100, role_iterations=80), opinions=train_opinions(_spans_by_kind(coded)))
    if hold_out:
        held = order[:hold_out]
        for figure in measure_tagger(tagger, tuple(articles[i] for i in held), tuple(docs[i] for i in held)):
            print(f"{figure.name:44s} {figure.value:.3f}")
        return
    digest = data_digest(["train.jsonl"], root=FOLDER)
    data = (TrainingData(name="bench:polnear", reports=len(kept), digest=digest),)
    save_model(MODEL, tagger_arrays(tagger), card=_card("polnear", data, " --polnear", {}, "by python -m bench.attribution_polnear"))
    print(f"{MODEL.relative_to(ROOT)}: {MODEL.stat().st_size / 1e6:.1f} MB")


def _spans_by_kind(coded: Sequence[Coded]) -> list[tuple[Seen, tuple[list[Bounds], list[Bounds], list[Bounds]]]]:
    """Each report with all its cues, speakers and contents."""
    reports = []
    for one in coded:
        speakers, cues, contents = ([span for claim in one.claims for span in claim[part]] for part in range(3))
        reports.append((one.seen, (cues, speakers, contents)))
    return reports


def _card(name: str, data: tuple[TrainingData, ...], option: str, figures: Mapping[str, float], measured: str) -> TrainingCard:
    today = datetime.now(UTC).date().isoformat()
    command = f"python -m scripts.train_attribution{option}"
    rounded = {key: round(value, 4) for key, value in figures.items()}
    return TrainingCard(name=name, version=VERSION, trained=today, data=data, command=command, measured=measured, figures=rounded)


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the models of attribution.")
    parser.add_argument("--polnear", action="store_true", help="the bench model, which is never shipped")
    parser.add_argument("--hold-out", type=int, default=0, metavar="N", help="with --polnear: measure on N articles of the training part, write nothing")
    options = parser.parse_args()
    if options.polnear:
        train_bench(hold_out=options.hold_out)
    else:
        train_shipped()


if __name__ == "__main__":
    main()
