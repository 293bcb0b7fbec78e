"""`waqai gazetteer`: what is used, what a name can mean, a build from dump files, and what is said when a part is missing, damaged or stale."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import Run
from dumps.dump_files import HAMLET, write_dump
from waqai.commands import common
from waqai.places.overlay import SHIPPED


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file of the user's own, to be filled by the test."""
    path = tmp_path / "settings.toml"
    path.write_text("")
    monkeypatch.setenv("WAQAI_SETTINGS", str(path))
    return path


def test_alone_it_says_what_the_gazetteer_is_made_of(run: Run) -> None:
    ran = run("gazetteer")
    assert ran.code == 0 and ran.out == run("gazetteer", "about").out
    assert "none. `waqai gazetteer build" in ran.out and "CC BY 4.0" in ran.out
    told = json.loads(run("gazetteer", "about", "--format", "json").out)
    assert told["stamp"] == f"{told['shipped']['date']} {told['hash'][:8]}" and told["built"] == [] and told["shipped"]["names"] > 1_000_000
    assert f"{told['shipped']['places']:,} places under" in ran.out


def test_a_name_is_shown_with_all_that_it_can_mean(run: Run) -> None:
    ran = run("gazetteer", "show", "Tripoli", "--countries", "LB,ly")
    heads = [line for line in ran.out.splitlines() if line.lstrip()[:1].isdigit()][:4]
    assert all("geonames:" in head for head in heads) and {head.rsplit("  ", 2)[1].split(", ")[-1] for head in heads} == {"LB", "LY"}
    assert "people · own name · shipped" in ran.out
    (place,) = json.loads(run("gazetteer", "show", "Roj", "camp", "--format", "json").out)["places"]
    assert (place["id"], place["facility"], place["source"]["layer"]) == ("waqai:roj-camp", "camp", "overlay") and place["source"]["page"].startswith(
        "https://"
    )


def test_a_name_that_nothing_bears_is_said_with_what_would_help(run: Run) -> None:
    ran = run("gazetteer", "show", "Qamarabad Sufla")
    assert ran.code == 0 and "No place is called 'Qamarabad Sufla'" in ran.out and "waqai gazetteer build" in ran.out and "--countries" in ran.out


def test_a_build_is_used_from_the_next_command_on(run: Run, tmp_path: Path) -> None:
    files = [str(file) for file in write_dump(tmp_path / "dump")]
    ran = run("gazetteer", "build", "--countries", "SY", *files)
    assert ran.code == 0 and "SY: 9 places, dump of 2026-03-14" in ran.out and "TR is not among the countries" in ran.err
    about = run("gazetteer").out
    assert "built SY  9 places, 7 of them not shipped; GeoNames' dump of 2026-03-14, downloaded 2026-03-15" in about
    shown = json.loads(run("gazetteer", "show", "تل قمر شرقي", "--format", "json").out)
    assert [(p["id"], p["source"]["told"]) for p in shown["places"]] == [(f"geonames:{HAMLET}", "built 2026-03-14")]
    assert "9 of the build of SY (2026-03-14)" in run("doctor").out


def test_a_build_for_another_folder_says_how_it_is_used(run: Run, tmp_path: Path) -> None:
    files = [str(file) for file in write_dump(tmp_path / "dump")]
    ran = run("gazetteer", "build", *files, "--out", str(tmp_path / "team"))
    assert ran.code == 0 and f'built = "{tmp_path / "team"}"' in ran.out and sorted(p.name for p in (tmp_path / "team").iterdir()) == ["SY.gz", "TR.gz"]
    assert "none. `waqai gazetteer build" in run("gazetteer").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--countries", "world", "SY.txt"), "not there"),
        (("--countries", "SY", "page.html"), "line 1 begins a web page"),
    ],
)
def test_a_build_that_cannot_be_is_one_sentence(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.html").write_text("<html>not found</html>\n")
    ran = run("gazetteer", "build", *words)
    assert ran.code == 1 and said in ran.err and ran.out == ""


def spoil_layer(tmp_path: Path) -> str:
    (tmp_path / "built").mkdir()
    (tmp_path / "built" / "SY.gz").write_bytes(b"of an older make")
    return f'[places]\nbuilt = "{tmp_path / "built"}"\n'


def lose_overlay(tmp_path: Path) -> str:
    return f'[places]\noverlay = "{tmp_path / "own.yaml"}"\n'


def break_overlay(tmp_path: Path) -> str:
    (tmp_path / "own.yaml").write_text("places: [{id: x}]\n")
    return lose_overlay(tmp_path)


@pytest.mark.parametrize(
    ("fault", "said"),
    [(spoil_layer, "waqai gazetteer build --countries SY"), (lose_overlay, "places.overlay in your settings"), (break_overlay, "own.yaml")],
)
def test_a_gazetteer_that_cannot_be_used_is_said_at_once_by_every_command(
    run: Run, tmp_path: Path, settings: Path, monkeypatch: pytest.MonkeyPatch, fault: object, said: str
) -> None:
    for module in ("reading", "adding"):
        monkeypatch.setattr(f"waqai.commands.{module}.ready_chain", common.ready_chain)
    settings.write_text(fault(tmp_path))  # type: ignore[operator]
    report = tmp_path / "report.txt"
    report.write_text("Twelve prisoners escaped from a jail in Raqqa, Syria.")
    doctor = run("doctor")
    assert doctor.code == 1 and said in doctor.out
    for command in (("read", str(report)), ("add", str(report), "--store", str(tmp_path / "s.sqlite")), ("gazetteer",)):
        ran = run(*command)
        assert ran.code == 1 and said in ran.err and not (tmp_path / "s.sqlite").exists()


def test_a_missing_shipped_file_is_said_with_what_brings_it_back(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.places.gazetteer.DATA", SHIPPED[0].parent / "no-such.xz")
    assert "install waqai again" in run("gazetteer").err


def test_a_cache_folder_that_cannot_be_used_is_said(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    monkeypatch.setenv("WAQAI_CACHE", str(tmp_path / "cache"))
    assert "WAQAI_CACHE" in run("gazetteer").err and "WAQAI_CACHE" in run("doctor").out


def test_an_own_overlay_that_changed_is_taken_up_by_itself(run: Run, tmp_path: Path, settings: Path) -> None:
    settings.write_text(lose_overlay(tmp_path))
    own = tmp_path / "own.yaml"
    for name in ("Qamarabad", "Qamarstan"):
        own.write_text(f"names: [{{geonames: 165509, names: [{name}]}}]\n")
        assert "geonames:165509" in run("gazetteer", "show", name).out


def test_the_gazetteer_is_in_the_json_of_a_reading_and_of_an_incident_and_under_the_text(run: Run, tmp_path: Path) -> None:
    report, store = tmp_path / "escape.txt", str(tmp_path / "s.sqlite")
    report.write_text("Twelve prisoners escaped from a jail in Tripoli on Sunday, June 18, the Observatory said.\n")
    (account,) = json.loads(run("read", str(report), "--published", "2023-06-20", "--format", "json").out)["accounts"]
    place = account["place"]
    assert place["no_match"] is False and place["candidates"][0]["place_id"] == place["place_id"] and place["gazetteer"].startswith("2026-")
    run("add", str(report), "--published", "2023-06-20", "--store", store)
    (incident,) = [json.loads(line) for line in run("incidents", "--store", store, "--format", "jsonl").out.splitlines()]
    assert (incident["where"]["gazetteer"], incident["where"]["candidates"]) == (place["gazetteer"], place["candidates"])
    for shown in (run("show", incident["id"], "--store", store).out, run("show", "escape", "--store", store).out):
        assert f"places: gazetteer {place['gazetteer']}" in shown
        assert ("or: " in shown) == (place["candidates"][0]["p"] < 0.8)
