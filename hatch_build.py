"""The build's own step: the desk's browser libraries are brought before a wheel, an editable install or a source distribution is made (scripts/vendor.py)."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BrowserLibraries(BuildHookInterface):  # type: ignore[type-arg]
    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """npm as a Python package, where the files are not there yet and no npm is; pip installs it for an isolated build."""
        vendor, root = load_vendor(self.root), Path(self.root)
        return [] if vendor.is_current(root) or vendor.find_npm() else [vendor.node_requirement(root)]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        vendor = load_vendor(self.root)
        try:
            vendor.bring(Path(self.root))
        except vendor.VendorFailed as failed:
            self.app.abort(str(failed))


def load_vendor(root: str) -> ModuleType:
    """scripts/vendor.py, which is no module of an installed package."""
    spec = importlib.util.spec_from_file_location("waqai_vendor", Path(root) / "scripts" / "vendor.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
