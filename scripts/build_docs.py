"""Write the pages that are made from code: docs/codebook.md from the codebook, docs/commands.md from the command line itself, docs/export-columns.md from the
shapes of what `waqai export` writes, docs/settings.md from the model of the settings and their commented defaults.

python scripts/build_docs.py           (or: make docs)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from enum import Enum
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

ROOT = Path(__file__).resolve().parents[1]
MADE = "<!-- made by `make docs`: change the code, not this page -->\n\n"
HEAD = """# Commands

`waqai COMMAND --help` says the same at the terminal. Data goes to standard output; progress, notices and the summary to standard error.
"""

COLUMNS_HEAD = """# Columns of what leaves

What `waqai export` writes, table by table; [the page on exports](export.md) says which is for whom. An empty cell is not known, or not told.
"""


SETTINGS_HEAD = """# Settings

A settings file holds only the lines that differ from these defaults. It is the one that `WAQAI_SETTINGS` names, else `waqai.toml` in the folder you are in,
else `settings.toml` in your configuration folder; `waqai settings` prints what is in force and where it came from. A wrong key or value is refused, and named.
"""


def codebook_page() -> str:
    """The codebook as Markdown."""
    from waqai.codebook import codebook_markdown, load_codebook

    return codebook_markdown(load_codebook()).rstrip() + "\n"


def commands_page() -> str:
    """Every command with its arguments and options, as the program describes them."""
    return MADE + HEAD + "".join(command_section(path, command) for path, command in iter_commands())


def iter_commands() -> Iterator[tuple[str, Any]]:
    """Each command of the program that does something, with its full name ("waqai read"), in the program's order."""
    import typer

    from waqai.cli.main import app

    yield from _leaves("waqai", typer.main.get_command(app))


def _leaves(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield path, command
        return
    for name, child in inner.items():
        if not child.hidden:
            yield from _leaves(f"{path} {name}", child)


def command_section(path: str, command: Any) -> str:
    """The command's heading, what it does, and a table of its parameters."""
    arguments = " ".join(_argument(one) for one in command.params if one.param_type_name == "argument")
    rows = "".join(_row(one) for one in command.params if not getattr(one, "hidden", False) and one.name != "help")
    table = f"\n| parameter | meaning |\n|---|---|\n{rows}" if rows else ""
    return f"\n## {path}\n\n```\n{path} {arguments}".rstrip() + f"\n```\n\n{_flat(command.help)}\n{table}"


def _argument(parameter: Any) -> str:
    name = (parameter.metavar or parameter.name).upper().strip("[].…")
    shown = f"{name}…" if parameter.nargs == -1 else name
    return shown if parameter.required else f"[{shown}]"


def _row(parameter: Any) -> str:
    is_option = parameter.param_type_name == "option"
    names = (*parameter.opts, *parameter.secondary_opts) if is_option else (_argument(parameter).strip("[]"),)
    choices = _choices(parameter.type_descriptor.annotation)
    meaning = " ".join(part for part in (_flat(parameter.help), f"One of {', '.join(choices)}." if choices else "") if part)
    return f"| {', '.join(f'`{name}`' for name in names)} | {meaning} |\n".replace("|  |", "| |")


def _choices(annotation: Any) -> list[str]:
    """The words that a parameter of this type takes; empty: any."""
    for kind in (annotation, *get_args(annotation)):
        if isinstance(kind, type) and issubclass(kind, Enum):
            return [str(one.value) for one in kind]
        if get_origin(kind) is Literal:
            return [str(one) for one in get_args(kind)]
    return []


def _flat(text: str | None) -> str:
    """The text on one line, safe in a table."""
    return " ".join((text or "").split()).replace("|", "\\|")


def columns_page() -> str:
    """Every column of every table that leaves, as the shapes describe them."""
    from waqai.codebook import RULES, load_actors, load_codebook
    from waqai.export import Combiner, Making
    from waqai.export.registry import TABLES, TARGETS

    codebook, actors = load_codebook(), load_actors()
    making = Making(codebook=codebook, combiner=Combiner(codebook=codebook, actors=actors))
    ruled = Making(codebook=codebook, combiner=Combiner(rule=next(iter(RULES.values())), codebook=codebook, actors=actors))
    shapes = [(name, make(making)) for name, make in TABLES.items()] + [("figures, where --figures names a rule", TABLES["figures"](ruled))]
    shapes += [(target.title, target.shape(making)) for target in TARGETS.values() if target.shape is not None]
    return MADE + COLUMNS_HEAD + "".join(_columns_section(title, shape.columns) for title, shape in shapes)


def _columns_section(title: str, columns: Any) -> str:
    rows = "".join(f"| `{one.name}` | {one.kind} | {_flat(one.title)} | {f'`{one.hxl}`' if one.hxl else ''} |\n".replace("|  |", "| |") for one in columns)
    return f"\n## {title}\n\n| column | kind | what it holds | HXL |\n|---|---|---|---|\n{rows}"


def settings_page() -> str:
    """Every setting with its kind, bounds, default and meaning, by table of the file; then what comes from the environment."""
    from itertools import groupby

    from waqai.operating.reference import VARIABLES, comments_of, list_settings

    about = comments_of(files("waqai.flow").joinpath("default.toml").read_text("utf-8"))
    page = MADE + SETTINGS_HEAD
    for table, group in groupby(list_settings(), key=lambda one: one.name.rpartition(".")[0]):
        told = f"\n{about[table][:1].upper()}{about[table][1:]}.\n" if table in about else ""
        rows = "".join(f"| `{one.name.rpartition('.')[2]}` | {_flat(_kind(one))} | `{_toml(one.default)}` | {_flat(one.meaning)} |\n" for one in group)
        page += f"\n## [{table}]\n{told}\n| setting | what it may be | default | meaning |\n|---|---|---|---|\n{rows}"
    rows = "".join(f"| `{one.name}` | {_flat(one.meaning)}{' Never shown.' if one.secret else ''} |\n" for one in VARIABLES)
    return page + f"\n## Environment\n\n| variable | meaning |\n|---|---|\n{rows}"


def _kind(setting: Any) -> str:
    return f"{setting.kind}, {setting.bounds}" if setting.bounds else str(setting.kind)


def _toml(value: object) -> str:
    """As a settings file has it: for plain values TOML writes what JSON does."""
    return json.dumps(value, ensure_ascii=False)


def main() -> int:
    for name, page in (("codebook", codebook_page), ("commands", commands_page), ("export-columns", columns_page), ("settings", settings_page)):
        (ROOT / "docs" / f"{name}.md").write_text(page(), encoding="utf-8")
        print(f"docs/{name}.md", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
