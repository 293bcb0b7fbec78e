"""The font that pictures and PDF are set in: DejaVu Sans, which has Latin, Arabic, Kurdish, Turkish, Cyrillic and Greek letters. Free, and shipped."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from PIL import ImageFont

from waqai.core import MissingPart

SHIPPED = "desk/static/vendor"
"""Where the files lie that are fetched when waqai is built (docs/decisions/0040-how-the-desks-libraries-ship.md)."""
_FONTS = "dejavu-fonts-ttf/ttf"


def shipped_file(name: str) -> Path:
    """A file that was fetched when waqai was built. Raises MissingPart where that was not done."""
    path = Path(str(files("waqai").joinpath(SHIPPED, name)))
    if not path.is_file():
        raise MissingPart(f"there is no {name} among what is fetched when waqai is built; in a checkout run `make setup` or `python scripts/vendor.py`")
    return path


def font_file(*, bold: bool = False) -> Path:
    """The font's file. Raises MissingPart."""
    return shipped_file(f"{_FONTS}/DejaVuSans{'-Bold' if bold else ''}.ttf")


@cache
def _measure(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file(bold=bold)), 100)


def width_of(words: str, *, size: float, bold: bool = False) -> float:
    """How wide the words are at this size, in pixels. Raises MissingPart without the font."""
    return _measure(bold).getlength(words) * size / 100
