"""`waqai settings`: what is in force here, and where it came from."""

from __future__ import annotations

import json
from typing import Any

from waqai.flow import find_settings_file
from waqai.operating.reference import list_in_force, list_variables
from waqai.terminal.printing import err, out, print_json


def settings_command(*, format: str, changed: bool) -> int:
    """Exit status 0. Raises SettingsError for a file with a wrong key or value."""
    path = find_settings_file()
    found = [one for one in list_in_force(path) if one.origin is not None or not changed]
    variables = [(one.name, value) for one, value in list_variables() if value is not None]
    if format != "text":
        told: list[dict[str, Any]] = [{"name": one.setting.name, "value": one.value, "from": str(one.origin or "default")} for one in found]
        print_json([*told, *({"name": name, "value": value, "from": "environment"} for name, value in variables)], format)
        return 0
    width = max((len(one.setting.name) for one in found), default=0)
    for one in found:
        origin = f"  ({one.origin})" if one.origin is not None else ""
        out.print(f"{one.setting.name:<{width}}  {json.dumps(one.value, ensure_ascii=False)}{origin}", soft_wrap=True)
    for name, value in variables:
        out.print(f"{name:<{width}}  {value}  (environment)", soft_wrap=True)
    err.print(f"Read from {path}." if path else "There is no settings file: these are the defaults. docs/settings.md tells what each means.", soft_wrap=True)
    return 0
