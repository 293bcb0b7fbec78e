"""What reaches the screen: our own colours, and no control sequence that a report brought along."""

from __future__ import annotations

import io
import re
import sys

_NOT_COLOUR = re.compile(r"\x1b(?!\[[0-9;]*m)")
_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\r\t\x1b"} | {0x7F: "\u2421"} | dict.fromkeys(range(0x80, 0xA0), "\ufffd")
_TURNING = {code: f"⟨U+{code:04X}⟩" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029, *range(0xE0001, 0xE0080))}
"""What would turn the direction of a line, break it, or not be seen at all. The marks that Arabic and Hebrew texts use (U+200E, U+200F, U+061C) stay."""


def tame(text: str) -> str:
    """The text with control characters as visible signs, and those that turn the direction of writing as their numbers; only sequences that set colours stay.

    >>> tame("a\\x1b[2Jb\\x07"), tame("\\x1b[1mbold\\x1b[0m") == "\\x1b[1mbold\\x1b[0m"
    ('a␛[2Jb␇', True)
    >>> tame("evil\u202etxt.exe")
    'evil⟨U+202E⟩txt.exe'
    """
    return _NOT_COLOUR.sub("\u241b", text).translate(_CONTROLS | _TURNING)


class TamedOutput(io.TextIOBase):
    """Standard output behind `tame`: a title that would clear the screen or rename the window is shown as what it is."""

    def write(self, text: str) -> int:
        return sys.stdout.write(tame(text))

    def flush(self) -> None:
        sys.stdout.flush()

    def isatty(self) -> bool:
        return sys.stdout.isatty()

    def fileno(self) -> int:
        return sys.stdout.fileno()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return sys.stdout.encoding or "utf-8"
