"""The rooms keep to the one way through them: who may import whom, who may read the clock, who may catch everything, how large a room may grow."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "waqai"

MAY_IMPORT = {
    "core": set(),
    "posting": {"core"},
    "fetching": {"core", "posting"},
    "codebook": {"core"},
    "learned": {"core"},
    "intake": {"core", "codebook"},
    "archives": {"core", "codebook", "intake"},
    "dating": {"core", "codebook"},
    "parsing": {"core"},
    "attribution": {"core", "codebook", "learned"},
    "reading": {"core", "codebook", "parsing", "dating", "attribution"},
    "coding": {"core", "codebook", "learned", "parsing", "dating", "attribution", "reading"},
    "asking": {"core", "codebook", "parsing", "dating", "reading"},
    "places": {"core", "codebook"},
    "dumps": {"core", "places"},
    "linking": {"core", "codebook"},
    "analysis": {"core", "codebook"},
    "patterns": {"core", "codebook"},
    "forecasting": {"core", "codebook", "patterns"},
    "folding": {"core", "codebook"},
    "schema": {"core"},
    "logbook": {"core", "folding", "schema"},
    "indexes": {"core", "folding", "schema"},
    "store": {"core", "codebook", "folding", "schema", "logbook", "indexes"},
    "keeping": {"core", "folding", "schema", "logbook", "indexes", "store", "originals"},
    "vintages": {"core", "codebook", "bounds", "patterns", "forecasting", "folding", "schema", "logbook", "store"},
    "originals": {"core", "schema", "store"},
    "languages": {"core", "schema", "store"},
    "people": {"core", "schema", "store"},
    "reviewing": {"core", "folding", "schema", "logbook", "store"},
    "browse": {"core", "codebook", "folding", "schema", "logbook", "indexes", "store"},
    "bounds": {"core", "codebook", "folding"},
    "expectations": {"core", "codebook", "patterns", "folding", "schema", "logbook", "store", "bounds"},
    "imports": {"core", "codebook", "intake"},
    "export": {"core", "codebook", "folding", "analysis", "bounds", "store", "browse"},
    "comparing": {"core", "codebook", "folding", "bounds", "imports", "export"},
    "releases": {"core", "codebook", "bounds", "store", "export"},
    "plots": {"core", "codebook", "bounds", "browse"},
    "wording": {"core", "codebook", "folding", "store"},
    "alerts": {"core", "codebook", "folding", "schema", "store", "bounds", "export", "wording", "posting"},
    "dossier": {"core", "codebook", "folding", "bounds", "store", "browse", "export", "wording", "plots", "originals"},
    "sites": {"core", "bounds", "export", "releases", "plots", "wording"},
    "observing": {"core", "codebook", "bounds", "schema", "store", "plots", "patterns", "forecasting", "vintages"},
    "flow": {
        "core",
        "archives",
        "posting",
        "codebook",
        "intake",
        "parsing",
        "dating",
        "reading",
        "coding",
        "asking",
        "places",
        "dumps",
        "linking",
        "analysis",
        "folding",
        "store",
        "people",
        "reviewing",
        "browse",
        "bounds",
        "export",
        "patterns",
        "expectations",
        "originals",
        "languages",
    },
    "watching": {"core", "archives", "fetching", "schema", "store"},
    "engines": {"core", "schema", "store", "flow"},
    "taking": {"core", "codebook", "imports", "linking", "store", "flow"},
    "gathering": {"core", "fetching", "flow"},
    "openapi": set(),
    "gates": {"core", "people", "store", "wording"},
    "layout": {"core", "flow", "wording"},
    "operating": {"core", "people", "schema", "store", "wording", "flow", "gates"},
    "desk": {
        "core",
        "codebook",
        "folding",
        "store",
        "people",
        "reviewing",
        "browse",
        "bounds",
        "export",
        "analysis",
        "flow",
        "wording",
        "plots",
        "dossier",
        "alerts",
        "gates",
        "layout",
        "watching",
        "observing",
        "expectations",
        "patterns",
        "openapi",
        "originals",
        "languages",
        "fetching",
        "gathering",
        "operating",
        "engines",
    },
    "terminal": {
        "core",
        "codebook",
        "people",
        "reviewing",
        "browse",
        "bounds",
        "flow",
        "export",
        "releases",
        "wording",
        "imports",
        "taking",
        "alerts",
        "watching",
        "comparing",
        "observing",
        "patterns",
        "expectations",
        "originals",
        "languages",
    },
    "commands": {
        "core",
        "posting",
        "codebook",
        "people",
        "reviewing",
        "browse",
        "bounds",
        "flow",
        "desk",
        "export",
        "releases",
        "wording",
        "plots",
        "dossier",
        "terminal",
        "imports",
        "taking",
        "comparing",
        "sites",
        "alerts",
        "watching",
        "archives",
        "fetching",
        "observing",
        "patterns",
        "expectations",
        "forecasting",
        "vintages",
        "originals",
        "languages",
        "engines",
        "gathering",
        "keeping",
        "operating",
    },
    "cli": {"core", "commands", "expectations", "flow", "releases", "terminal"},
}
LARGEST_ROOM = 4_000  # lines of Python, without frozen migrations, which nobody reads to change; a room that needs more wants dividing
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
    ("time", "strftime"),
    ("time", "ctime"),
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(module: Path) -> str:
    """The room that a module lives in; "" for the package's own files."""
    parts = module.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def iter_imports(module: Path) -> Iterator[tuple[int, str]]:
    """Every dotted name that a module imports, wherever the import stands (under TYPE_CHECKING and inside functions too), with its line."""
    package = ("waqai", *module.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            stem = ".".join(part for part in (base, node.module) if part)
            yield from ((node.lineno, f"{stem}.{alias.name}") for alias in node.names)


def iter_calls(module: Path) -> Iterator[tuple[int, tuple[str, str]]]:
    """Every `owner.name(...)` of a module, with its line: ("datetime", "now") for `datetime.now()` and for `datetime.datetime.now()`."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            yield node.lineno, (name, node.attr)


def where(module: Path, line: int) -> str:
    return f"{module.relative_to(ROOT)}:{line}"


def test_every_folder_of_the_package_is_a_room_of_the_table() -> None:
    rooms = {room_of(module) for module in MODULES} - {""}
    assert rooms <= set(MAY_IMPORT), f"not in the table: {sorted(rooms - set(MAY_IMPORT))}"


def test_the_table_has_no_way_back() -> None:
    rooms = list(MAY_IMPORT)
    backward = [(room, other) for room in rooms for other in MAY_IMPORT[room] if room in MAY_IMPORT[other]]
    assert backward == []


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_the_table_allows(room: str) -> None:
    wrong = [
        f"{where(module, line)} imports {name}"
        for module in MODULES
        if room_of(module) == room
        for line, name in iter_imports(module)
        if name.split(".")[0] == "waqai" and name != "waqai.__version__" and ([*name.split("."), ""])[1] not in MAY_IMPORT[room] | {room}
    ]
    assert wrong == []


def test_core_imports_nothing_but_the_standard_library() -> None:
    wrong = [
        f"{where(module, line)} imports {name}"
        for module in MODULES
        if room_of(module) == "core"
        for line, name in iter_imports(module)
        if name.split(".")[0] not in sys.stdlib_module_names | {"waqai"}
    ]
    assert wrong == []


def test_only_flow_reads_the_clock() -> None:
    by_attribute = [
        f"{where(module, line)} calls {'.'.join(call)}"
        for module in MODULES
        if room_of(module) != "flow"
        for line, call in iter_calls(module)
        if call in CLOCKS
    ]
    by_name = [
        f"{where(module, line)} imports {name}"
        for module in MODULES
        if room_of(module) != "flow"
        for line, name in iter_imports(module)
        if name.startswith("time.") and tuple(name.split(".")) in CLOCKS
    ]
    assert by_attribute + by_name == []


CATCHES_ALL = {"flow", "engines"}
"""A run, and what guards a whole stage of one in another process."""


def test_only_flow_and_its_workers_catch_every_exception_and_keep_it() -> None:
    """A handler that tidies up and ends in a bare `raise` catches nothing: a transaction needs one."""
    broad = [
        where(module, handler.lineno)
        for module in MODULES
        if room_of(module) not in CATCHES_ALL
        for handler in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(handler, ast.ExceptHandler) and is_broad(handler.type) and not raises_again(handler)
    ]
    assert broad == []


def raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def is_broad(caught: ast.expr | None) -> bool:
    if caught is None:
        return True
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(isinstance(name, ast.Name) and name.id in ("Exception", "BaseException") for name in names)


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_no_room_outgrows_its_walls(room: str) -> None:
    changing = [module for module in MODULES if room_of(module) == room and module.parent.name != "versions"]
    lines = sum(len(module.read_text(encoding="utf-8").splitlines()) for module in changing)
    assert lines <= LARGEST_ROOM


OF_AN_EXTRA = {"comparing": {"duckdb", "splink"}, "engines": {"distributed"}}
"""By room, the libraries of an extra of its own; where they are not installed it raises MissingPart."""


def test_every_library_that_the_package_imports_is_in_the_default_install() -> None:
    named = {name.split(".")[0] for module in MODULES for _, name in iter_imports(module) if name.split(".")[0] not in OF_AN_EXTRA.get(room_of(module), ())}
    named -= sys.stdlib_module_names | {"waqai"}
    brought = {normal(line.split("==")[0]) for line in (ROOT / "requirements" / "base.txt").read_text(encoding="utf-8").splitlines() if "==" in line}
    homes = packages_distributions()
    missing = sorted(name for name in named if not {normal(home) for home in homes.get(name, [name])} & brought)
    assert missing == []


def test_every_library_of_pyproject_is_pinned_with_a_hash() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for file, wanted in (
        ("base", project["dependencies"]),
        ("dev", project["optional-dependencies"]["dev"]),
        ("gazetteer", project["optional-dependencies"]["gazetteer"]),
    ):
        blocks = re.split(r"\n(?=\S)", (ROOT / "requirements" / f"{file}.txt").read_text(encoding="utf-8"))
        hashed = {normal(block.split("==")[0]) for block in blocks if "--hash=sha256:" in block}
        lacking = {normal(re.split(r"[\[<>=!~; ]", one)[0]) for one in wanted} - hashed
        assert lacking == set(), f"requirements/{file}.txt lacks these: run `make requirements`"


def test_the_requirement_files_name_no_address_and_no_machine() -> None:
    for file in sorted((ROOT / "requirements").glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"://|--index|--find-links|/home/|/work|/opt/", text), file.name


def normal(name: str) -> str:
    """A distribution's name as registries compare it.

    >>> normal("Ruamel.Yaml_x")
    'ruamel-yaml-x'
    """
    return re.sub(r"[-_.]+", "-", name).strip().lower()
