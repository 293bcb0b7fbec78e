from __future__ import annotations

from pathlib import Path

from bench.gold import GOLD, score_predictions


def test_the_gold_set_scored_against_itself_is_perfect() -> None:
    figures = {figure.name: figure for figure in score_predictions(GOLD / "reports", targets={"OVERALL": 0.64})}
    assert figures["OVERALL"].value == 1.0 and figures["OVERALL"].reached and figures["claims"].n > 1000
    assert figures["false alarms on hard negatives"].value == 0


def test_no_predictions_score_nothing(tmp_path: Path) -> None:
    assert [figure.value for figure in score_predictions(tmp_path, only=["OVERALL", "claims"])] == [0.0, 0.0]
