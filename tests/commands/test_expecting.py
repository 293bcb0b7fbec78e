from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from command_line import Run
from expecting import AT, cover, day, happen, say
from waqai.codebook import load_actors
from waqai.store import open_store

ATTACK = "an attack in Syria is likely within 10 days"
SOON, LATER = AT.isoformat(), f"{day(40)}T12:00:00+00:00"


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store with two claims, on the day on which they were made."""
    monkeypatch.setenv("WAQAI_NOW", SOON)
    file = tmp_path / "s.sqlite"
    with open_store(file, actors=load_actors()) as store:
        claim, _ = say(store, ATTACK)
        say(store, "better times will come", id="vague")
    monkeypatch.setenv("CLAIM", claim.id)
    return str(file)


def test_a_claim_goes_from_the_list_through_the_register_to_a_score(run: Run, address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    listed = json.loads(run("expectations", "list", "--format", "json", "--store", address).out)
    (claim,) = [one["claim"] for one in listed if one["rule"]]
    (vague,) = [one for one in listed if not one["rule"]]
    assert "nothing to come about" in vague["why_not"]
    assert "not resolvable as said" in run("expectations", "list", "--store", address).out

    dry = run("expectations", "register", claim, "--dry-run", "--store", address)
    assert (dry.code, "“likely”: .60–.80" in dry.out) == (0, True)
    assert "the register is empty" in run("expectations", "list", "--registered", "--store", address).out
    assert run("expectations", "register", claim, "--admin1", "Hasakah", "--by", "ana", "--store", address).code == 0
    (entry,) = json.loads(run("expectations", "list", "--registered", "--format", "json", "--store", address).out)
    assert (entry["frozen"]["rule"]["pattern"]["admin1"], entry["by"], entry["state"]) == ("Hasakah", "person:ana", "open")

    with open_store(address, actors=load_actors()) as store:
        happen(store, "hit", on=day(3))
    monkeypatch.setenv("WAQAI_NOW", LATER)
    assert "proposed: yes" in run("expectations", "show", entry["id"], "--store", address).out
    resolved = run("expectations", "resolve", entry["id"], "proposed", "--by", "ana", "--store", address)
    assert (resolved.code, "citing i-hit" in resolved.out) == (0, True)
    scores = json.loads(run("expectations", "scores", "--format", "json", "--store", address).out)[0]
    assert (scores["summary"]["n"], scores["words"][0]["word"], scores["cited"], scores["resolved"]) == (1, "likely", 1, 1)
    assert "n = 1 scored, in 1 cluster" in run("expectations", "scores", "--store", address).out

    out = tmp_path / "register.csv"
    written = run("expectations", "export", "--out", str(out), "--store", address)
    (row,) = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8")))
    assert (written.code, row["id"], row["outcome"], row["incidents"]) == (0, entry["id"], "yes", "i-hit")
    assert "1 entry, profile public; held back: 0" in written.err
    assert run("expectations", "export", "--out", str(out), "--store", address).code == 1  # it is there already


def test_a_correction_without_a_reason_and_a_late_entry_are_refused_in_a_sentence(run: Run, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(address, actors=load_actors()) as store:
        cover(store)
    monkeypatch.setenv("WAQAI_NOW", LATER)
    listed = json.loads(run("expectations", "list", "--format", "jsonl", "--store", address).out.splitlines()[0])
    late = run("expectations", "register", listed["claim"], "--store", address)
    assert (late.code, "--late" in late.err) == (1, True)
    assert run("expectations", "register", listed["claim"], "--late", "--store", address).code == 0
    (entry,) = json.loads(run("expectations", "list", "--registered", "--format", "json", "--store", address).out)
    refused = run("expectations", "resolve", entry["id"], "unresolvable", "--store", address)
    assert (refused.code, "say why" in refused.err) == (1, True)
    assert "registered late" in run("expectations", "list", "--registered", "--store", address).out


def test_words_of_a_report_are_registered_by_hand(run: Run, address: str) -> None:
    added = run(
        *("expectations", "register", "vague", "--words", "better times will come", "--type", "agreement", "--country", "SY"),
        *("--until", "2021-07-01", "--low", "0.5", "--high", "0.7", "--store", address),
    )
    assert added.code == 0
    assert "at least one incident of agreement in SY, 2021-06-02 to 2021-07-01" in added.out
    assert "as a person set it: .50–.70" in added.out
    wrong = run("expectations", "register", "vague", "--words", "no such words", "--store", address)
    assert (wrong.code, "does not hold the words" in wrong.err) == (1, True)
