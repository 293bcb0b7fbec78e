"""Runs of the desk hold their files in memory until they are read: so much, and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Event
from time import sleep

import pytest

from waqai.core import Notice, NotPossible, Report
from waqai.flow.running import MOST_HELD, Runs
from waqai.store import open_store


@pytest.fixture
def let_go() -> Iterator[Event]:
    event = Event()
    yield event
    event.set()


def test_more_files_than_may_be_held_are_not_taken_until_those_before_are_read(tmp_path: Path, let_go: Event) -> None:
    def wait(_ignored: Counter[str]) -> Iterable[Report | Notice]:
        let_go.wait(30)
        raise NotPossible("no reader is needed for this")

    with open_store(tmp_path / "store.sqlite") as store:
        runs = Runs(store, lambda: None)  # type: ignore[arg-type,return-value]
        first = runs.start(wait, name="large", by="ana", holds=MOST_HELD - 10)
        runs.start(wait, name="small", by="ana", holds=10)
        with pytest.raises(NotPossible, match="400 MB"):
            runs.start(wait, name="one byte more", by="ana", holds=1)
        let_go.set()
        runs._pool.submit(lambda: None).result(30)  # behind the two
        assert first.is_over
        assert runs.start(wait, name="large again", by="ana", holds=MOST_HELD).name == "large again"
        runs.close()


def test_a_run_in_which_nothing_can_be_kept_ends_with_the_desk(tmp_path: Path) -> None:
    begun, given = Event(), []

    def aside(_ignored: Counter[str]) -> Iterator[Report | Notice]:
        for n in range(600):
            given.append(n)
            begun.set()
            sleep(0.01)
            yield Notice(record=f"https://a.example/{n}", stage="intake", reason="it cannot be fetched")

    with open_store(tmp_path / "store.sqlite") as store:
        runs = Runs(store, lambda: type("Chain", (), {"batch": 8})())  # type: ignore[arg-type,return-value]
        run = runs.start(aside, name="addresses", by="ana")
        assert begun.wait(10)
        runs.close()
    assert run.stage == "failed" and "the desk was stopped when 0 reports were read" in run.error and len(given) < 300
