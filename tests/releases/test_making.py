from __future__ import annotations

import csv
import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import frictionless
import pytest

from releases.conftest import Make
from waqai.core import NotWritten
from waqai.releases.contents import DATA, OTHERS
from waqai.releases.making import REVIEWER
from waqai.store import Filters, Store


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


@pytest.mark.parametrize("profile", ["public", "partner", "internal"])
def test_the_same_store_gives_the_same_bytes(release: Make, profile: str) -> None:
    one, other = files_of(release("one", profile=profile).folder), files_of(release("other", profile=profile).folder)
    assert one == other and set(one) == {entry.path for entry in DATA} | set(OTHERS)


def test_it_is_dated_by_the_last_entry_of_the_log(release: Make, store: Store) -> None:
    made = release("one")
    assert made.version == f"2021-03-09.{store.last_entry()}-internal"
    assert made.version in (made.folder / "README.md").read_text(encoding="utf-8")


def test_frictionless_finds_the_package_valid(release: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    made = release("one")
    monkeypatch.chdir(made.folder)
    found = frictionless.Package("datapackage.json").validate()
    assert found.valid, found.flatten(["title", "message"])[:5]
    package = json.loads((made.folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"] == [{"name": "CC-BY-4.0"}] and package["log_entry"] == 6


def test_a_wrong_cell_is_found_by_frictionless(release: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the test before can fail."""
    made = release("one")
    file = made.folder / "data" / "incidents.csv"
    file.chmod(0o644)
    file.write_text(file.read_text(encoding="utf-8").replace("2021-03-05", "5 March"), encoding="utf-8")
    monkeypatch.chdir(made.folder)
    assert not frictionless.Package("datapackage.json").validate().valid


def test_a_release_is_never_written_over_and_its_files_are_read_only(release: Make) -> None:
    made = release("one")
    before = files_of(made.folder)
    with pytest.raises(NotWritten, match="a release never changes"):
        release("one")
    assert files_of(made.folder) == before
    assert all(not file.stat().st_mode & stat.S_IWUSR for file in made.folder.rglob("*") if file.is_file())


def test_nothing_stays_of_a_release_that_failed(release: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("waqai.releases.making._write_sums", full)
    with pytest.raises(NotWritten, match="No space left"):
        release("one")
    assert not [path for path in tmp_path.iterdir() if "one" in path.name]


def test_a_folder_that_cannot_be_made_is_said(release: Make) -> None:
    with pytest.raises(NotWritten, match="make it first"):
        release("none/one")


def test_what_is_held_back_is_nowhere_in_the_public_release(release: Make) -> None:
    made = release("one", profile="public", at=datetime(2021, 3, 6, 12, tzinfo=UTC))
    told = "".join(content.decode("utf-8", "replace") for content in files_of(made.folder).values())
    assert made.about.tally.held_back["fresh"] == 2
    for hidden in ("i-escape", "i-caught", "Qalat", "Tel Salam"):
        assert hidden not in told
    assert "held back**: 2 incidents" in told


def test_entries_say_which_incident_they_touched_and_no_name(release: Make, store: Store) -> None:
    store.mark_voice("The Daily", unreliable=True, because="invents", by="person:ana", at=datetime(2021, 4, 1, tzinfo=UTC))
    rows = rows_of(release("one", profile="public").folder / "provenance" / "entries.csv")
    assert [(row["kind"], row["incident"]) for row in rows] == [
        ("opened", "i-escape"),
        ("judgement", "i-escape"),
        ("judgement", "i-escape"),
        ("opened", "i-caught"),
        ("opened", "i-meeting"),
        ("opened", "i-aid"),
        ("marked_unreliable", ""),
    ]
    assert rows[-1]["by"] == REVIEWER and not any("Daily" in value or "ana" in value for row in rows for value in row.values())
    assert rows_of(release("two").folder / "provenance" / "entries.csv")[-1]["by"] == "person:ana"


def test_a_filter_chooses_and_is_told(release: Make) -> None:
    made = release("one", filters=Filters(type=("escape",)))
    assert [row["id"] for row in rows_of(made.folder / "data" / "incidents.csv")] == ["i-escape"]
    assert {row["incident"] for row in rows_of(made.folder / "provenance" / "entries.csv")} == {"i-escape"}
