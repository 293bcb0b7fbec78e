"""Which of a place's many names are kept: scripts that reports in reach of waqai use, no codes, each spelling once."""

from __future__ import annotations

from collections.abc import Iterable

from waqai.places.names import fold

LONGEST = 60
TYPE_WORDS = "Governorate|Province|State|Region|District|County|Oblast|Department|Prefecture|Emirate|Municipality|Territory|Parish|Canton|Krai|Voivodeship"
SUFFIXES = tuple(f" {word}" for word in TYPE_WORDS.split("|"))


def usable_names(names: Iterable[str]) -> dict[str, str]:
    """The names worth keeping, in order of first mention: folded, each with its first spelling. Codes of airports are left out.

    >>> usable_names(["Ḩalab", "Halab", "حلب", "ALP", "北"])
    {'halab': 'Ḩalab', 'حلب': 'حلب'}
    """
    kept: dict[str, str] = {}
    for name in names:
        if len(name) <= 4 and name.isascii() and name.isupper():
            continue
        key = fold(name)
        if 1 < len(key) <= LONGEST and key not in kept and (key.isascii() or all(map(_is_kept, key))):
            kept[key] = name
    return kept


def bare_area(name: str) -> str:
    """The name of an area without the word for what it is; empty where there is none.

    >>> bare_area("Homs Governorate"), bare_area("Homs")
    ('Homs', '')
    """
    suffix = next((s for s in SUFFIXES if name.endswith(s)), "")
    return name.removesuffix(suffix) if suffix and len(name) > len(suffix) + 2 else ""


def _is_kept(letter: str) -> bool:
    """ASCII, Cyrillic, Hebrew or Arabic."""
    code = ord(letter)
    return code < 0x250 or 0x400 <= code < 0x530 or 0x5D0 <= code < 0x5F0 or 0x600 <= code < 0x780
