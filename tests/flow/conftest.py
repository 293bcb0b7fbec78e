"""One chain for all tests of the flow, as opening it takes seconds, and each text read once; a store that is empty, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from factories import make_report
from flow.variants import make_variants
from waqai.core import Report
from waqai.export import reading_as_gold
from waqai.flow import Chain, Store, add_reports, build_chain, iter_outcomes, load_settings, open_named_store

ReadText = Callable[[str, date | None], dict[str, Any]]


@pytest.fixture(scope="session")
def chain() -> Chain:
    return build_chain(load_settings())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a file."""
    with open_named_store(str(tmp_path / "store.sqlite"), must_exist=False) as opened:
        yield opened


@pytest.fixture
def fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows say when they were kept; stores made one after the other are compared."""
    monkeypatch.setenv("WAQAI_NOW", "2024-01-01T00:00:00+00:00")


@pytest.fixture(scope="session")
def read_text(chain: Chain) -> ReadText:
    """Reads a text with a day of publication, or None, into gold format 1."""

    @cache
    def read(text: str, published: date | None) -> dict[str, Any]:
        (outcome,) = iter_outcomes([make_report(text, published=published, publisher=None)], chain)
        assert outcome.report is not None and outcome.reading is not None, outcome.notice
        return reading_as_gold(outcome.report, outcome.reading)

    return read


@pytest.fixture(scope="session")
def variant_readings(chain: Chain) -> dict[int, dict[str, Any]]:
    """The readings of all variants, by number."""
    reports = [make_report(v.text, id=str(v.number), published=v.published, publisher=None) for v in make_variants()]
    outcomes = list(iter_outcomes(reports, chain))
    assert all(o.reading for o in outcomes), [o.notice for o in outcomes if o.notice]
    return {int(o.report.id): reading_as_gold(o.report, o.reading) for o in outcomes if o.report and o.reading}


@pytest.fixture
def break_off(chain: Chain, store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[Report]], None]:
    """Adds reports in a run that is broken off before it is settled."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    def add(reports: Sequence[Report]) -> None:
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr("waqai.flow.add.settle", stop)
            add_reports(reports, chain, store)

    return add
