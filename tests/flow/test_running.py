"""Runs of the desk hold their files in memory until they are read: so much, and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from waqai.core import Notice, NotPossible, Report
from waqai.flow import add as adding
from waqai.flow.running import FETCHING, MOST_HELD, Runs
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


@pytest.fixture
def runs(tmp_path: Path, let_go: Event, monkeypatch: pytest.MonkeyPatch) -> Iterator[Runs]:
    """Runs in which nothing is settled, since nothing is read."""
    monkeypatch.setattr(adding, "close_run", lambda *_: None)
    with open_store(tmp_path / "store.sqlite") as store:
        runs = Runs(store, lambda: type("Chain", (), {"batch": 8})())  # type: ignore[arg-type,return-value]
        yield runs
        let_go.set()
        runs.close()


def aside(address: str) -> Notice:
    return Notice(record=address, stage="intake", reason="it cannot be fetched")


def wait_until(holds: Callable[[], bool]) -> None:
    until = monotonic() + 20
    while not holds():
        assert monotonic() < until
        sleep(0.01)


def test_a_slow_site_holds_up_nobody_else(runs: Runs, let_go: Event) -> None:
    def slow(_ignored: Counter[str]) -> Iterator[Notice]:
        assert let_go.wait(30)
        yield aside("https://slow.example/1")
        yield aside("https://slow.example/2")

    fetching = [runs.start(slow, name="slow", by="ana", fetches=True) for _ in range(FETCHING)]
    behind = runs.start(lambda _ignored: [aside("https://a.example/")], name="behind", by="ana", fetches=True)
    pasted = runs.start(lambda _ignored: [aside("pasted")], name="pasted", by="ben")
    wait_until(lambda: pasted.is_over and all(run.stage == "fetches" for run in fetching))
    assert behind.stage == "waits" and pasted.stage == "done"
    let_go.set()
    wait_until(lambda: behind.is_over and all(run.is_over for run in fetching))
    assert [[one.record for one in run.summary.notices] for run in (fetching[0], behind) if run.summary] == [
        ["https://slow.example/1", "https://slow.example/2"],
        ["https://a.example/"],
    ]


def test_what_goes_wrong_while_a_run_fetches_is_told_of_it(runs: Runs) -> None:
    def refused(_ignored: Counter[str]) -> Iterator[Notice]:
        raise NotPossible("no address that can be fetched")
        yield

    def faulty(_ignored: Counter[str]) -> Iterator[Notice]:
        raise KeyError("a fault of ours")
        yield

    told = [runs.start(items, name="page", by="ana", fetches=True) for items in (refused, faulty, lambda _ignored: iter(()))]
    wait_until(lambda: all(run.is_over for run in told))
    assert [(run.stage, run.error) for run in told] == [("failed", "no address that can be fetched"), ("failed", "KeyError: 'a fault of ours'"), ("done", "")]


def test_a_run_that_fetches_when_the_desk_is_stopped_is_failed(runs: Runs, let_go: Event) -> None:
    def slow(_ignored: Counter[str]) -> Iterator[Notice]:
        begun.set()
        assert let_go.wait(30)
        yield aside("https://slow.example/")

    begun = Event()
    run = runs.start(slow, name="slow", by="ana", fetches=True)
    assert begun.wait(10)
    closing = Thread(target=runs.close)
    closing.start()
    assert runs._closing.wait(10)
    let_go.set()
    closing.join(20)
    assert not closing.is_alive() and (run.stage, run.summary) == ("failed", None) and "the desk was stopped when 0 reports were read" in run.error
