"""What `waqai doctor` says of the store, and what it mends."""

from __future__ import annotations

from rich.text import Text

from waqai.codebook import load_actors
from waqai.core import WaqaiError
from waqai.flow import default_store, is_there
from waqai.keeping.checks import Check, check_store
from waqai.terminal.printing import out

_MARKS = {"ok": ("✓", "green"), "note": ("·", "yellow"), "wrong": ("✗", "red"), "mended": ("✓", "green")}


def print_check(name: str, said: str, *, state: str) -> None:
    """A line: a mark, the name, what was found."""
    out.print(Text.assemble(_MARKS[state], " ", (f"{name:<10}", "bold"), f" {said}"), soft_wrap=True)


def check_store_command(store: str | None, *, mend: bool) -> list[bool]:
    """A line for each thing that was looked at, with what would help; whether each is wrong and was not mended. No store yet is nothing wrong."""
    address = store or str(default_store())
    try:
        if "://" not in address and not is_there(address):
            return []
        return [_tell(check, mend=mend) for check in check_store(address, actors=load_actors())]
    except (WaqaiError, OSError) as error:
        print_check("store", f"wrong: {error}", state="wrong")
        return [True]


def _tell(check: Check, *, mend: bool) -> bool:
    help_ = f"; {check.help}" if check.help else ""
    if check.state != "wrong":
        print_check(check.name, f"{check.said}{help_}", state=check.state)
        return False
    if not mend or check.mend is None:
        print_check(check.name, f"wrong: {check.said}{help_}", state="wrong")
        return True
    try:
        print_check(check.name, f"mended: {check.said}; {check.mend()}", state="mended")
    except WaqaiError as error:
        print_check(check.name, f"wrong: {check.said}; it could not be mended: {error}", state="wrong")
        return True
    return False
