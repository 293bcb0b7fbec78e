"""The training card: what a model learned from, and whether it may be shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from waqai.learned.card import TrainingCard, TrainingData
from waqai.learned.files import load_model

SHIPPED = sorted((Path(__file__).resolve().parents[2] / "src" / "waqai").rglob("models/*.npz"))


def card(*names: str) -> TrainingCard:
    return TrainingCard(
        name="claims",
        version="1",
        trained="2026-11-26",
        data=tuple(TrainingData(name=name, reports=302, digest="0" * 12) for name in names),
        command="python scripts/train_attribution.py",
        measured="out of fold, five folds by report",
        figures={"claims F1": 0.75},
    )


def test_a_card_comes_back_from_its_text() -> None:
    assert TrainingCard.from_json(card("gold", "composed").to_json()) == card("gold", "composed")


@pytest.mark.parametrize(
    ("names", "ships"),
    [
        (("gold",), True),
        (("gold", "composed", "corpus"), True),
        (("bench:polnear",), False),  # measured with, never shipped
        (("gold", "bench:polnear"), False),  # one foreign set is enough
        (("gold", "gold "), False),  # a name that is not on the list
    ],
)
def test_a_model_ships_only_if_all_its_data_are_ours(names: tuple[str, ...], ships: bool) -> None:
    assert card(*names).ships is ships


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"data": 3}', '{"data": [{"name": "gold"}]}'])
def test_a_text_that_is_no_card_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        TrainingCard.from_json(text)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_no_shipped_model_has_seen_bench_data(path: Path) -> None:
    shipped = load_model(path).card
    assert shipped.ships, f"{path.name} learned from {[data.name for data in shipped.data]}"
    assert not any(data.name.startswith("bench") for data in shipped.data)
