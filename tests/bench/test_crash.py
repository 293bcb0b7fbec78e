from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bench.crash import Running, load_rows, run_clean, run_killed
from bench.figures import Skipped
from factories import STAMP, family_of, make_account, make_reading, make_report, make_when, make_where
from waqai.core import Account, Reading, Report
from waqai.flow import Chain, add_reports, open_named_store
from waqai.flow.settings import shipped_settings

REPORTS, KILLS, SLOWLY_S = 12, 3, 0.02


GROUND = SimpleNamespace(settings=shipped_settings(), codebook=SimpleNamespace(version="factory", family_of=family_of), gazetteer=SimpleNamespace(meta={}))


class _Told:
    """A reader that sees an escape in every report, slowly."""

    stamp = STAMP

    def iter_read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        for report in reports:
            time.sleep(SLOWLY_S)
            number = int(report.id.removeprefix("r"))
            yield make_reading(report, accounts=[make_account(report, when=make_when(date(2021, 3, 1 + number // 3)), where=make_where())])

    def resolve_accounts(self, _: Report, accounts: Sequence[Account]) -> Sequence[Account]:
        return accounts


class _Process:
    """A fork of this process that adds the reports: nothing is loaded anew, so that a kill meets the writing."""

    def __init__(self, target: Any, *told: object) -> None:
        self._process = multiprocessing.get_context("fork").Process(target=target, args=told)
        self._process.start()

    def poll(self) -> int | None:
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()

    def wait(self) -> int:
        self._process.join()
        assert self._process.exitcode is not None
        return self._process.exitcode


def _add(store: Path) -> None:
    reports = [
        make_report(f"{n + 3} prisoners escaped from the jail of Tel Salam in the night, the council of the town said.", id=f"r{n}") for n in range(REPORTS)
    ]
    told = _Told()
    chain = Chain(ground=GROUND, reader=told, resolver=told, batch=1)  # type: ignore[arg-type]
    with open_named_store(str(store), must_exist=False) as opened:
        add_reports(reports, chain, opened)


def _start(store: Path) -> Running:
    return _Process(_add, store)


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows say when they were kept."""
    monkeypatch.setenv("WAQAI_NOW", "2024-01-01T00:00:00+00:00")


def test_a_run_that_is_killed_three_times_ends_as_a_clean_one(tmp_path: Path) -> None:
    killed = run_killed(_start, tmp_path / "killed.sqlite", kills=KILLS, of=REPORTS, seed=3)
    clean = run_clean(_start, tmp_path / "clean.sqlite")
    assert len(killed.killed_after) == KILLS and killed.holds
    assert killed.lines == clean.lines and any('"table":"incidents"' in line for line in clean.lines)


def test_a_run_that_fails_of_itself_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(Skipped, match="nobody killed ended with 3"):
        run_clean(lambda _: _Process(exit, 3), tmp_path / "store.sqlite")


def test_the_reports_come_from_corpus_and_composed_without_answers() -> None:
    rows = load_rows(120)
    assert len({row["id"] for row in rows}) == 120 and all("incident_keys" not in row and "accounts" not in row for row in rows)
