"""Scorers that lie beside their data and belong to no package."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

from bench.figures import Skipped


@cache
def load_module(file: Path) -> ModuleType:
    """The module in that file. Raises Skipped where it is missing."""
    if not file.exists():
        raise Skipped(f"the scorer {file.name} is not here")
    spec = importlib.util.spec_from_file_location(f"waqai_bench_{file.stem}", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
