from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from bench import patterns_forecasts as bench
from bench.figures import Skipped
from waqai.forecasting import MODELS
from waqai.forecasting.months import name_month


@pytest.fixture
def views(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two countries of which the second has a death more each month; their month 432 is December 2015."""
    rows = [f"{country},{month},{(month - 432) * (country - 1) - 4e-16 * (month == 433)},," for country in (1, 2) for month in range(432, 505)]
    path = tmp_path / "views.csv.gz"
    path.write_bytes(gzip.compress("\n".join(["country_id,month_id,ged_sb,date,name", *rows]).replace("-4e-16", "0").encode()))
    monkeypatch.setattr(bench, "VIEWS", path)
    return path


def test_months_are_put_on_the_calendar_and_deaths_are_whole(views: Path) -> None:
    panel = bench.load_views()
    assert [name_month(month) for month in (panel.first_month, panel.last_month)] == ["2015-12", "2021-12"]
    assert panel.counts[1].tolist() == list(range(73))


def test_a_window_is_the_year_after_the_october_that_it_is_forecast_from(views: Path) -> None:
    panel = bench.load_views()
    assert name_month(bench.origin_of(2019)) == "2018-10"
    last = date(2019, 12, 1)
    mean = sum(range(37, 49)) / 24  # January to December 2019, half of the countries
    assert bench.score_year(MODELS["zero"], panel, year=last.year, seed=1).crps == pytest.approx(mean)


def test_without_its_data_the_bench_says_what_it_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "VIEWS", tmp_path / "views.csv.gz")
    with pytest.raises(Skipped, match=r"views.csv.gz is not here"):
        next(bench.measure_forecasts(quick=True))
