"""The bench of PLOVER roots: its measures, and models that judge only what they have not seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bench.plv import FOLDS, ROOTS, read_marks
from bench.registry import BENCHES
from bench.run import measure
from bench.types_plv import Sheet, accuracy, confusion, judge, likeliest, macro_f1

pytest.importorskip("sklearn", reason="not run: scikit-learn, which training needs, is not installed")


def sheet_of(count: int, *, telling: bool) -> Sheet:
    """Sentences of two roots; one word tells the root, or a word that each sentence has alone."""
    marked = [read_marks(f"Body {i} acted.", root=ROOTS[i % 2]) for i in range(count)]
    features = [["all", f"word={m.root}" if telling else f"word={m.text}"] for m in marked]
    return Sheet(marked=marked, by_rules=[None] * count, by_verb=[None] * count, features=features)


def test_what_tells_the_root_is_learned_across_folds() -> None:
    sheet = sheet_of(60, telling=True)
    assert likeliest(judge(sheet)) == [m.root for m in sheet.marked]


def test_no_model_judges_a_sentence_that_it_has_seen() -> None:
    sheet = sheet_of(60, telling=False)
    chances = judge(sheet)
    of_fold = {fold: {tuple(np.round(row, 6)) for row, m in zip(chances, sheet.marked, strict=True) if m.fold == fold} for fold in range(FOLDS)}
    assert all(len(rows) == 1 for rows in of_fold.values())  # a sentence's own word says nothing to the model of its fold


def test_examples_are_learned_from_and_not_judged() -> None:
    unknown = Sheet(marked=[read_marks("Body left.", root="AID")], by_rules=[None], by_verb=[None], features=[["word=AGREE"]])
    assert judge(sheet_of(20, telling=True), unknown).shape == (20, len(ROOTS))


def test_finding_nothing_counts_as_wrong() -> None:
    assert accuracy(["AID", None], ["AID", "YIELD"]) == 0.5
    assert macro_f1(["AID", None], ["AID", "YIELD"]) == 0.5
    assert "YIELD         0 of    1  nothing 1" in list(confusion(["AID", None], ["AID", "YIELD"]))


def test_the_bench_says_what_it_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    assert measure(replace(BENCHES["types"], data=("../no/such/plv.tsv",))) == []
    assert "../no/such/plv.tsv is not here" in capsys.readouterr().err
