from __future__ import annotations

from pathlib import Path

import pytest

from bench.linking_speed import inside, percentile
from bench.synthetic_copies import make_copies
from bench.synthetic_store import make_store
from waqai.codebook import load_actors
from waqai.store import open_store

INCIDENTS = 40


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "store.sqlite"
    make_store(path, INCIDENTS, workers=1)
    return path


def test_a_made_up_store_is_what_adding_would_have_kept(made: Path) -> None:
    with open_store(made, actors=load_actors()) as store:
        assert store.verify().holds and store.rebuild().is_equal
        assert store.counts().incidents == INCIDENTS and store.counts().homeless == 0


def test_equal_seeds_give_equal_stores_but_for_the_salts(made: Path, tmp_path: Path) -> None:
    make_store(tmp_path / "again.sqlite", INCIDENTS, workers=1)
    with open_store(made) as one, open_store(tmp_path / "again.sqlite") as other:
        assert list(one.iter_dump(without=("log", "log_payloads"))) == list(other.iter_dump(without=("log", "log_payloads")))


def test_copies_are_other_happenings_in_a_store_that_holds(made: Path, tmp_path: Path) -> None:
    make_copies(made, tmp_path / "more.sqlite", 3)
    with open_store(tmp_path / "more.sqlite", actors=load_actors()) as store:
        assert store.verify().holds and store.rebuild().is_equal
        assert store.counts().incidents == 3 * INCIDENTS and len({i.id for i in store.iter_incidents()}) == 3 * INCIDENTS


def test_one_report_more_is_measured_and_its_incident_found(made: Path) -> None:
    measured = inside(made, INCIDENTS, adds=4)
    hits, asked = (sum(pair[n] for pair in measured.found.values()) for n in (0, 1))
    assert len(measured.cpu) == len(measured.clock) == 4 and measured.peak_mb > 10 and hits >= 0.98 * asked > 0


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([5.0, 1.0, 9.0], 95) == 9.0 and percentile([5.0, 1.0, 9.0], 50) == 5.0
