"""The commands as a user meets them: data on stdout, the rest on stderr, exit status 0, 1 or 2."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
import typer
from rich.console import Console

from command_line import Run
from waqai.flow import demo_corpus

SOME = 30
TEXT = "Twelve prisoners escaped from a jail in Raqqa, Syria, on Sunday, June 18, the Observatory said.\n\nGuards were searching the city.\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "escape.txt"
    file.write_text(TEXT)
    return file


def test_help_answers_at_once() -> None:
    """In seconds of the processor: what else the machine does is not the program's."""
    assert min(took := [_seconds_of_help() for _ in range(3)]) < 0.4, took


def _seconds_of_help() -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "waqai.cli.main", "--help"], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_no_annotation_of_a_command_is_text_that_every_start_would_evaluate() -> None:
    from waqai.cli.main import app

    def commands(of: typer.Typer) -> Iterator[Callable[..., object]]:
        yield from (one.callback for one in of.registered_commands if one.callback)
        for group in of.registered_groups:
            yield from commands(group.typer_instance or typer.Typer())

    found = list(commands(app))
    assert len(found) > 80 and [f.__name__ for f in found if any(isinstance(kind, str) for kind in f.__annotations__.values())] == []


def test_read_shows_the_text_and_the_record_under_it(run: Run, report: Path) -> None:
    ran = run("read", str(report), "--published", "2023-06-20")
    assert ran.code == 0 and "Guards were searching" in ran.out and "escape · occurred" in ran.out and "2023-06-18" in ran.out and "the Observatory" in ran.out


def test_json_is_one_object_for_one_report_and_an_array_for_more(run: Run, report: Path) -> None:
    one = json.loads(run("read", str(report), "--format", "json").out)
    two = json.loads(run("read", str(report), str(report), "--format", "json").out)
    assert one["id"] == "escape" and [r["id"] for r in two] == ["escape", "escape-2"]


def test_json_is_gold_format_1_with_p_rule_and_ids_and_spans_that_quote_the_text(run: Run, report: Path) -> None:
    value = json.loads(run("read", str(report), "--published", "2023-06-20", "--format", "json").out)
    (account,) = [a for a in value["accounts"] if a["type"] == "escape"]
    count = account["counts"][0]
    assert value["text"] == TEXT and account["id"].startswith("a-") and {"p", "rule", "key", "said_by"} <= set(account)
    assert TEXT[slice(*account["evidence"])] == "escaped" and TEXT[slice(*count["evidence"])] == "Twelve prisoners"
    assert (count["min"], count["max"], count["kind"], account["place"]["country"]) == (12, 12, "exact", "SY")


def test_jsonl_gives_a_line_for_every_report_in_order_also_for_one_set_aside(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n{broken\n" + json.dumps({"id": "c", "text": "A quiet day in the city."}) + "\n")
    lines = [json.loads(line) for line in run("read", str(file), "--format", "jsonl").out.splitlines()]
    assert [line["id"] for line in lines] == ["a", f"{file}:2", "c"]
    assert lines[1]["accounts"] == [] and "JSON" in lines[1]["notices"][0]["reason"]


def test_a_paste_on_standard_input_is_read(run: Run) -> None:
    assert json.loads(run("read", "-", "--format", "json", stdin=TEXT.encode()).out)["id"] == "stdin"


def test_notices_and_progress_go_to_stderr_only(run: Run, tmp_path: Path, report: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4")
    ran = run("read", str(tmp_path), "--format", "jsonl")
    assert "PDF" in ran.err and all(json.loads(line) for line in ran.out.splitlines())


def test_a_report_in_another_language_is_exit_status_1_with_the_reason(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "dispatch.txt"
    file.write_text("Le gouverneur a dit que douze hommes qui se trouvaient en prison ont fui vers les collines dans la nuit.")
    ran = run("read", str(file))
    assert ran.code == 1 and "kept, not read: it is French" in ran.err


def test_nothing_that_could_be_read_is_exit_status_1(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    ran = run("read", str(tmp_path / "empty.txt"))
    assert ran.code == 1 and "nothing could be read" in ran.err and "empty" in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("read",), "PATH"),  # nothing named
        (("read", "x.txt", "--published", "June"), "'June' is no day"),
        (("read", "x.txt", "--format", "xml"), "xml"),
        (("frobnicate",), "frobnicate"),
    ],
)
def test_wrong_usage_is_exit_status_2_and_says_what(run: Run, words: tuple[str, ...], said: str) -> None:
    ran = run(*words)
    assert ran.code == 2 and said in ran.err


@pytest.mark.parametrize(
    ("path", "said"), [("no-such-file.txt", "no-such-file.txt"), ("ftp://example.org/a", "address"), ("example.org/a", "is 'https://example.org/a' meant?")]
)
def test_a_path_that_is_not_there_and_an_address_are_refused_before_anything_is_read(run: Run, path: str, said: str) -> None:
    ran = run("read", path)
    assert ran.code == 1 and said in ran.err and ran.out == ""


def test_add_incidents_show_and_search_work_on_one_store(run: Run, report: Path, tmp_path: Path) -> None:
    store = str(tmp_path / "s.sqlite")
    added = run("add", str(report), "--published", "2023-06-20", "--publisher", "Daily", "--store", store)
    assert added.code == 0 and "1 new report" in added.err and added.out == f"store: {store}\n"
    (line,) = run("incidents", "--store", store, "--type", "escape", "--format", "jsonl").out.splitlines()
    incident = json.loads(line)
    assert incident["figures"][0] | {"speaker": "the Observatory", "low": 12, "high": 12, "best": 12} == incident["figures"][0]
    assert [(a["report"], a["role"]) for a in incident["accounts"]] == [("escape", "main")]
    shown = run("show", incident["id"], "--store", store)
    assert "the Observatory" in shown.out and "“Twelve prisoners”" in shown.out and incident["grade"] in shown.out
    assert incident["id"] in run("search", "prisoners", "--store", store).out


def test_what_was_set_aside_is_told_one_by_one_where_it_goes_into_a_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(15):
        (folder / f"{number:02}.png").write_bytes(b"an image")
    told = run("add", str(folder), "--store", str(tmp_path / "a.sqlite")).err
    assert told.count("images are not read") == 15 and "more set aside" not in told
    monkeypatch.setattr("waqai.commands.adding.err", Console(stderr=True, force_terminal=True))
    told = run("add", str(folder), "--store", str(tmp_path / "b.sqlite")).err
    assert told.count("images are not read") == 10 and "and 5 more set aside; `waqai add … 2> FILE` tells of each" in told


def test_adding_twice_says_that_all_is_known(run: Run, report: Path, tmp_path: Path) -> None:
    store = str(tmp_path / "s.sqlite")
    run("add", str(report), "--store", store)
    assert "0 new reports, 1 known already" in run("add", str(report), "--store", store).err


def test_a_store_that_is_not_there_is_named_with_what_makes_one(run: Run, tmp_path: Path) -> None:
    ran = run("incidents", "--store", str(tmp_path / "none.sqlite"))
    assert ran.code == 1 and "none.sqlite" in ran.err and "waqai add" in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [(("--type", "escap"), "perhaps escape"), (("--status", "done"), "occurred"), (("--country", "Syria"), "two letters"), (("--since", "June"), "no day")],
)
def test_a_filter_that_nothing_can_pass_is_wrong_usage(run: Run, report: Path, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    ran = run("incidents", *words, "--store", str(tmp_path / "s.sqlite"))
    assert ran.code == 2 and said in " ".join(ran.err.split())


def test_a_filter_takes_the_codebook_s_aliases(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "foiled.txt"
    file.write_text("Guards foiled an escape of nine inmates from a jail in Raqqa, Syria, on Sunday, the Observatory said.")
    store = str(tmp_path / "s.sqlite")
    run("add", str(file), "--published", "2023-06-20", "--store", store)
    lines = run("incidents", "--type", "thwarted_escape", "--store", store, "--format", "jsonl").out.splitlines()
    assert [(i["type"], i["status"]) for i in map(json.loads, lines)] == [("escape", "foiled")]


def test_an_unknown_id_is_an_error_that_shows_it(run: Run, report: Path, tmp_path: Path) -> None:
    store = str(tmp_path / "s.sqlite")
    run("add", str(report), "--store", store)
    ran = run("show", "i-nothing", "--store", store)
    assert ran.code == 1 and "'i-nothing'" in ran.err


def test_the_codebook_prints_every_type(run: Run) -> None:
    from waqai.codebook import load_codebook

    table, markdown = run("codebook").out, run("codebook", "--format", "markdown").out
    assert all(name in table and name in markdown for name in load_codebook().types)


def test_who_ends_a_command_is_told_that_it_stopped(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(format: str) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("waqai.commands.about.codebook_command", interrupted)
    done = run("codebook")
    assert (done.code, done.err.splitlines()[-1]) == (130, "waqai: stopped")


def test_the_doctor_finds_everything_in_order(run: Run) -> None:
    ran = run("doctor")
    assert ran.code == 0 and "gazetteer" in ran.out and "en_core_web_sm" in ran.out and "reads English" in ran.out and "none yet" in ran.out


def test_the_demo_ends_with_incidents_conflicting_figures_and_what_to_try_next(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the first of its reports; tests/test_wheel.py has all read."""
    with demo_corpus() as corpus:
        (tmp_path / "some.jsonl").write_text("".join(corpus.read_text(encoding="utf-8").splitlines(keepends=True)[:SOME]), encoding="utf-8")
    monkeypatch.setattr("waqai.commands.demo.demo_corpus", lambda: nullcontext(tmp_path / "some.jsonl"))
    store = str(tmp_path / "demo.sqlite")
    first, second = run("demo", "--store", store), run("demo", "--store", store)
    assert first.code == 0 and f"{SOME} new reports" in first.err and "To look further" in first.out and " · " in first.out
    assert f"{SOME} known already" in second.err and first.out == second.out
