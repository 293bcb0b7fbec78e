"""Rounds of what is watched read apart: a file that ends its reader ends neither the round nor those after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from waqai.commands.rounds import ready_means, run_feeds_command
from waqai.core import Notice, NoWorkers
from waqai.engines import LocalEngine, list_quarantined
from waqai.flow import Settings, now, open_named_store
from waqai.gathering import make_fetcher
from waqai.store import Store
from waqai.watching import add_feed, count_items, get_feed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three notes; the second one kills whoever reads it."""
    made = tmp_path / "notes"
    made.mkdir()
    for name, text in (("a", "Six inmates fled a prison."), ("b", "The reader is killed here."), ("c", "Two inmates fled a prison.")):
        (made / f"{name}.txt").write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def watched(folder: Path, part_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store in which the folder is watched, and settings whose reader does what the notes say."""
    settings = tmp_path / "settings.toml"
    settings.write_text('[reader]\nname = "poison"\n[workers]\nattempts = 2\n', encoding="utf-8")
    monkeypatch.setenv("WAQAI_SETTINGS", str(settings))
    address = str(tmp_path / "store.sqlite")
    with open_named_store(address, must_exist=False) as store:
        add_feed(str(folder), store, every=timedelta(minutes=1), by="person", at=now())
    return address


def test_a_file_that_ends_its_reader_is_in_quarantine_and_the_others_are_read(watched: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_feeds_command([], every=None, store=watched) == 0
    said = capsys.readouterr()
    assert "3 kept" in said.out and "waqai quarantine retry" in said.err
    with open_named_store(watched, must_exist=True) as store:
        assert [one.report is not None for one in list_quarantined(store)] == [True]
        counts = store.counts()
        assert (counts.reports, counts.accounts) == (3, 2)
        (counted,) = count_items(store).values()
        assert (counted.kept, counted.waits, counted.set_aside) == (3, 0, 0)


@pytest.fixture
def opened(watched: str) -> Iterator[Store]:
    with open_named_store(watched, must_exist=True) as store:
        yield store


def test_workers_that_cannot_be_had_are_started_anew_by_the_next_round(
    opened: Store, poison_settings: Settings, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    made = list[LocalEngine]()

    class Failing(LocalEngine):
        def submit(self, batch: object) -> object:  # type: ignore[override]
            made.append(self)
            if len(made) == 1:
                raise NoWorkers("no worker can be started")
            return super().submit(batch)  # type: ignore[arg-type]

    monkeypatch.setattr("waqai.commands.rounds.LocalEngine", Failing)
    with ready_means(opened, poison_settings, make_fetcher(poison_settings)) as means:
        feed = get_feed(str(folder), opened)
        items = [one for name in ("a", "c") for one in means.read_file(folder / f"{name}.txt", feed)]
        with pytest.raises(NoWorkers):
            means.keep(items)
        assert not any(isinstance(one, Notice) for one in means.keep(items))
    assert made[0] is not made[1]
    assert opened.counts().accounts == 2
