from __future__ import annotations

from pathlib import Path

import pytest

from bench.figures import Figure, Measured, Skipped, data_digest
from bench.floors import Floor
from bench.results import load_results, merged, render_table, save_results, with_table


def measured(bench: str, name: str = "type", value: float = 0.5) -> Measured:
    return Measured(bench=bench, figure=Figure(name, value, "F1", 0.7, 302), day="2026-01-02", digest="abc")


def test_results_come_back_as_they_were_saved(tmp_path: Path) -> None:
    save_results([measured("gold"), measured("speed")], tmp_path / "r.json")
    assert load_results(tmp_path / "r.json") == [measured("gold"), measured("speed")]


def test_a_bench_that_did_not_run_keeps_its_figures_and_one_that_is_gone_loses_them() -> None:
    kept = [measured("speed"), measured("gold", "old"), measured("gone")]
    assert merged(kept, [measured("gold", "new")], benches=["gold", "speed"]) == [measured("gold", "new"), measured("speed")]


def test_the_table_shows_value_target_floor_day_and_digest() -> None:
    row = render_table([measured("gold")], {"gold/type": Floor(value=0.4, digest="abc", day="2026-01-01")}).splitlines()[-1]
    assert row == "| gold | type | 0.5 F1 | ≥ 0.7 (not yet) | 0.4 | 302 | 2026-01-02 | `abc` |"


def test_a_page_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="bench:start"):
        with_table("no markers", "table")


def test_the_digest_follows_names_and_bytes_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.json").write_text("1")
    first = data_digest(["a"], root=tmp_path)
    (tmp_path / "a" / "__pycache__").mkdir()
    (tmp_path / "a" / "__pycache__" / "x.pyc").write_text("cache")
    assert data_digest(["a"], root=tmp_path) == first
    (tmp_path / "a" / "one.json").write_text("2")
    assert data_digest(["a"], root=tmp_path) != first


def test_missing_data_skips_the_bench_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(Skipped, match="bench/muc4 is not here"):
        data_digest(["bench/muc4"], root=tmp_path)
