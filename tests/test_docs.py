"""What the docs name exists: commands, options, types, errors, nouns, make's targets, files; what is made from code is up to date; marked snippets run.

A fenced block after a line `<!-- run -->` is run: `python` blocks in this interpreter's program, others by bash, in an empty folder with `waqai` on the PATH,
whose models are loaded already (tests/warm.py). Calls that start cold: tests/test_wheel.py, and a page of `COLD`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from scripts import build_docs
from waqai import core
from waqai.codebook import load_codebook
from waqai.core import errors, nouns
from warm import waqai_on_path

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "data" / "README.md"])
LATER = {"CHANGELOG.md"}  # tells of what was, too
COLD = {"operations.md"}
ids = [str(page.relative_to(ROOT)) for page in PAGES]


class Snippet(NamedTuple):
    page: Path
    line: int
    language: str
    code: str


def iter_code(page: Path) -> Iterator[str]:
    """Every line of code of a page: inline code, and the lines of fenced blocks."""
    text = page.read_text(encoding="utf-8")
    for fenced in re.findall(r"^```.*?\n(.*?)^```", text, re.M | re.S):
        yield from fenced.splitlines()
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))


def iter_calls(page: Path) -> Iterator[list[str]]:
    """The words of every `waqai …` call that the page names, without a shell's prompt, comments and what follows a pipe."""
    for code in iter_code(page):
        for call in re.findall(r"(?:^|[|$;&]\s*)(waqai(?:\s+[^|;&#]*)?)", code.strip()):
            yield call.split()


def iter_snippets() -> Iterator[Snippet]:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for found in re.finditer(r"<!-- run -->\s*\n```(\w*)\n(.*?)^```", text, re.M | re.S):
            yield Snippet(page, text[: found.start()].count("\n") + 1, found[1], found[2])


@cache
def program() -> Any:
    """The command line as one tree of commands."""
    import typer

    from waqai.cli.main import app

    return typer.main.get_command(app)


def find_command(words: list[str]) -> tuple[Any, list[str]]:
    """The command that a call names, and its options. Raises AssertionError when there is none."""
    command, rest = program(), words[1:]
    while getattr(command, "commands", None) and rest and not rest[0].startswith("-") and rest[0] not in ("…", "COMMAND"):
        assert rest[0] in command.commands, f"there is no command {' '.join(words)!r}"
        command, rest = command.commands[rest[0]], rest[1:]
    return command, [word.strip("[](),.").split("=")[0] for word in rest if word.strip("[](),.").startswith("--")]


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_every_command_and_option_that_a_page_names_exists(page: Path) -> None:
    for words in iter_calls(page):
        command, options = find_command(words)
        known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}
        assert set(options) <= known, f"{' '.join(words)!r}: no option {sorted(set(options) - known)}"


def test_every_command_is_on_the_page_of_commands() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [path for path, _ in build_docs.iter_commands() if f"\n## {path}\n" not in page] == []


def test_the_page_of_commands_is_what_the_program_says() -> None:
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == build_docs.commands_page(), "run `make docs`"


def test_the_page_of_the_codebook_is_what_the_codebook_says() -> None:
    assert (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8") == build_docs.codebook_page(), "run `make docs`"


def test_the_page_of_columns_is_what_the_shapes_say() -> None:
    assert (ROOT / "docs" / "export-columns.md").read_text(encoding="utf-8") == build_docs.columns_page(), "run `make docs`"


def test_the_page_of_settings_is_what_the_model_and_the_default_file_say() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == build_docs.settings_page(), "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_every_target_of_make_that_a_page_names_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = {found for code in iter_code(page) for found in re.findall(r"^make ([a-z]+)", code)}
    assert named <= targets


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    """Names in capitals (`tests/ROOM/test_MODULE.py`) stand for others."""
    if page.name in LATER:
        return
    named = {found for code in iter_code(page) for found in re.findall(r"^(?:src|tests|bench|scripts|data|requirements)/[\w./-]+\.\w+$", code)}
    assert sorted(name for name in named if not (ROOT / name).exists() and not re.search("[A-Z]{4}", name)) == []


def test_every_noun_and_every_error_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    classes = {name for module in (nouns, errors) for name, value in vars(module).items() if isinstance(value, type) and value.__module__ == module.__name__}
    assert sorted(name for name in classes & set(core.__all__) if f"`{name}`" not in glossary) == []


def test_the_glossary_names_no_noun_that_is_gone() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert sorted(set(re.findall(r"`([A-Z][A-Za-z]+)`", glossary)) - set(core.__all__)) == []


def test_every_decision_is_listed_and_numbered_in_order() -> None:
    folder = ROOT / "docs" / "decisions"
    files = sorted(file.name for file in folder.glob("[0-9]*.md"))
    assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert [name for name in files if f"({name})" not in index] == []


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_every_codebook_type_that_a_page_names_exists(page: Path) -> None:
    """A type is named as `type X`, X in inline code: "type `escape`"."""
    named = set(re.findall(r"\btypes? `([a-z_]+)`", page.read_text(encoding="utf-8")))
    if not named:
        return
    assert sorted(named - set(load_codebook().types)) == []


@pytest.fixture(scope="module")
def programs() -> Iterator[str]:
    """A folder with `waqai`."""
    with waqai_on_path() as folder:
        yield folder


@pytest.mark.parametrize("snippet", list(iter_snippets()), ids=lambda s: f"{s.page.name}:{s.line}")
def test_a_snippet_marked_to_run_runs(snippet: Snippet, programs: str, tmp_path: Path) -> None:
    runner = [sys.executable, "-c"] if snippet.language == "python" else ["bash", "-euo", "pipefail", "-c"]
    ways = [programs, str(Path(sys.executable).parent), os.environ["PATH"]]
    home = {"PATH": os.pathsep.join(ways), "WAQAI_STORE": str(tmp_path / "store.sqlite")} | ({"WAQAI_COLD": "1"} if snippet.page.name in COLD else {})
    done = subprocess.run([*runner, snippet.code], cwd=tmp_path, env={**os.environ, **home}, capture_output=True, text=True, timeout=250, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_call_by_name_has_words_a_folder_an_environment_and_streams_of_its_own_and_ends_as_it_ends(programs: str, tmp_path: Path) -> None:
    """What the snippets above are run by is no more than a quicker start."""

    def call(*words: str, typed: str = "", **said: str) -> subprocess.CompletedProcess[str]:
        called = [f"{programs}/waqai", *words]
        return subprocess.run(called, cwd=tmp_path, env={**os.environ, **said}, input=typed, capture_output=True, text=True, timeout=60, check=False)

    wrong = call("frobnicate")
    assert (wrong.returncode, wrong.stdout) == (2, "") and "frobnicate" in wrong.stderr
    (tmp_path / "waqai.toml").write_text('[reader]\nname = "rules"\n', encoding="utf-8")
    store = str(tmp_path / "named.sqlite")
    told = call("settings", "--changed", WAQAI_STORE=store)
    assert told.returncode == 0 and "rules" in told.stdout and store in told.stdout
    assert (
        "Twelve prisoners escaped" in call("read", "-", typed="Twelve prisoners escaped from a jail in Raqqa, Syria, on Monday, the Observatory said.").stdout
    )
