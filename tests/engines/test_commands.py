"""`waqai quarantine` shows what is set apart and tries it again; a run says how far it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines_help import make_reports
from waqai.commands import many
from waqai.core import SettingsError, UnknownId
from waqai.engines import LocalEngine, add_many, list_quarantined
from waqai.engines.attempts import quarantine
from waqai.flow import Chain, now, open_named_store


@pytest.fixture
def address(poison: Chain, pool: LocalEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store with two reports of four in quarantine: one that ends its reader, one that was only thought to."""
    settings = tmp_path / "settings.toml"
    settings.write_text('[reader]\nname = "poison"\n[workers]\nattempts = 1\n', encoding="utf-8")
    monkeypatch.setenv("WAQAI_SETTINGS", str(settings))
    path, reports = str(tmp_path / "store.sqlite"), make_reports(4, {2: "exit"})
    with open_named_store(path, must_exist=False) as store:
        for report in (reports[1], reports[2]):
            quarantine({report.sha256: (3, "it crashed the reader (SIGSEGV)")}, store, stamp=poison.reader.stamp, at=now())
        add_many(reports, poison, store, pool)
    return path


def test_the_quarantine_is_listed_and_those_that_can_be_read_leave_it(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert many.quarantine_list_command(store=address) == 0
    listed = capsys.readouterr()
    assert "r001  2024-01-01 00:00  3 attempts  poison 1: it crashed the reader (SIGSEGV)" in listed.out and "2 reports in quarantine" in listed.err
    assert many.quarantine_retry_command([], store=address, reader=None, workers=1) == 1
    assert "2 reports tried again: 1 account; 1 in quarantine again" in capsys.readouterr().err
    with open_named_store(address, must_exist=True) as store:
        (still,) = list_quarantined(store)
        assert (still.report, still.attempts, "exit status 3" in still.reason) == ("r002", 2, True)
        assert store.counts().accounts == 3


def test_a_report_that_is_not_in_quarantine_is_named(address: str) -> None:
    with pytest.raises(UnknownId, match=r"'r000'.*waqai quarantine list"):
        many.quarantine_retry_command(["r000"], store=address, reader=None, workers=1)


def test_reports_are_counted_roughly_before_they_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n{}\n{}\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("text\none\ntwo\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text("a report\n\nof two lines\n", encoding="utf-8")
    assert many.count_roughly([tmp_path]) == 6
    assert many.count_roughly([tmp_path, "-"]) is None


def test_a_reader_that_waits_for_a_server_takes_no_workers(poison: Chain, tmp_path: Path) -> None:
    from dataclasses import replace

    settings = poison.ground.settings
    llm = settings.model_copy(update={"reader": settings.reader.model_copy(update={"name": "llm"})})
    chain = replace(poison, ground=replace(poison.ground, settings=llm))
    with open_named_store(str(tmp_path / "store.sqlite"), must_exist=False) as store, pytest.raises(SettingsError, match="leave --workers"):
        many.add_with(many.Workers(workers=2), [], chain, store)
