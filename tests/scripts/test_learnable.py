from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from imports.tables import ACLED, UCDP, read_one
from scripts.learnable import NotLearnable, check_learnable, find_bar
from waqai.codebook import load_actors
from waqai.core import to_plain
from waqai.imports.composing import compose_reading, compose_report, make_origin, stamp_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("cells", "publisher"), [(ACLED, "ACLED"), (UCDP, "UCDP GED"), (ACLED, "Desk A")])
def test_nothing_is_learned_from_an_imported_row_whoever_made_it(cells: dict[str, str], publisher: str, tmp_path: Path) -> None:
    row, origin = read_one(tmp_path, cells), make_origin(publisher)
    report = compose_report(row, origin)
    assert find_bar(to_plain(report)) is not None
    reading = compose_reading(row, report, origin, stamp=stamp_of(origin, "b"), register=load_actors())
    assert find_bar({"id": "r", "text": "Reworded.", "accounts": to_plain(reading)["accounts"]}) is not None, "nor from its accounts under another text"
    with pytest.raises(NotLearnable, match="mine: nothing may be learned from report"):
        check_learnable([to_plain(report)], source="mine")


def test_nothing_is_learned_from_what_may_not_be_passed_on() -> None:
    assert find_bar({"id": "r", "text": "Men fled.", "terms": "not for redistribution"}) == "its terms are 'not for redistribution'"
    assert find_bar({"id": "r", "text": "Men fled.", "terms": "CC BY 4.0", "publisher": "The Daily"}) is None


def test_all_that_the_models_were_trained_on_may_be_learned_from() -> None:
    reports = [json.loads(path.read_text(encoding="utf-8")) for name in ("gold", "composed") for path in (ROOT / "data" / name / "reports").glob("*.json")]
    assert len(check_learnable(reports, source="data")) > 100


@pytest.mark.parametrize("script", sorted((ROOT / "scripts").glob("train_*.py")), ids=lambda path: path.stem)
def test_every_script_that_trains_on_reports_asks_first(script: Path) -> None:
    tree = ast.parse(script.read_text(encoding="utf-8"))
    reads = any(
        (isinstance(node, ast.Attribute) and node.attr in ("glob", "load_rows")) or (isinstance(node, ast.Name) and node.id == "load_rows")
        for node in ast.walk(tree)
    )
    asks = any(isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "check_learnable" for node in ast.walk(tree))
    assert asks or not reads, f"{script.name} reads reports and does not call check_learnable"
