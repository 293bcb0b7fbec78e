from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from scripts.build_docs import _leaves, command_section


class Form(Enum):
    TEXT = "text"
    JSON = "json"


def make_program() -> typer.Typer:
    program, places = typer.Typer(), typer.Typer()

    @program.command()
    def read(
        paths: Annotated[list[str], typer.Argument(help="Files | folders.")],
        form: Annotated[Form, typer.Option("--format", "-f", help="What to print.")] = Form.TEXT,
        loud: Annotated[bool, typer.Option("--loud/--quiet", help="Say more.")] = False,
    ) -> None:
        """Read reports."""

    @program.command(hidden=True)
    def secret() -> None:
        """Not for the page."""

    @places.command()
    def show(name: Annotated[str | None, typer.Argument()] = None) -> None:
        """Show a place."""

    program.add_typer(places, name="places")
    return program


def test_every_command_that_is_not_hidden_is_named_in_full() -> None:
    assert [path for path, _ in _leaves("waqai", typer.main.get_command(make_program()))] == ["waqai read", "waqai places show"]


def test_a_section_shows_usage_meaning_and_choices() -> None:
    sections = {path: command_section(path, command) for path, command in _leaves("waqai", typer.main.get_command(make_program()))}
    assert sections["waqai read"] == (
        "\n## waqai read\n\n```\nwaqai read PATHS…\n```\n\nRead reports.\n\n| parameter | meaning |\n|---|---|\n"
        "| `PATHS…` | Files \\| folders. |\n| `--format`, `-f` | What to print. One of text, json. |\n| `--loud`, `--quiet` | Say more. |\n"
    )
    assert "waqai places show [NAME]\n" in sections["waqai places show"]
