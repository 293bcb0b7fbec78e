"""Names of persons: what may be one, and when two are the same."""

from __future__ import annotations

import unicodedata

from waqai.core import NotPossible

LONGEST = 80
"""Code points."""
_SIGNS = frozenset(" -'’._@+·")


def check_name(name: str) -> str:
    """The name composed (NFC), as the log shall show it. Raises NotPossible, saying which sign it may not hold.

    Letters and digits of any script, and a few signs between them: what would change how a line of the log is read (controls, marks that turn its direction,
    invisible signs) is in no name.

    >>> check_name("Ana María"), check_name("سارة")
    ('Ana María', 'سارة')
    """
    said = unicodedata.normalize("NFC", name)
    if not said or said != said.strip() or "  " in said:
        raise NotPossible(f"{name!r} is no name for a person: it needs a letter, no blank at its ends, and no two blanks in a row")
    if len(said) > LONGEST:
        raise NotPossible(f"the name {said[:20]!r}… has {len(said)} letters; {LONGEST} are the most")
    wrong = next((sign for sign in said if not _is_of_a_name(sign)), None)
    if wrong is not None:
        named = unicodedata.name(wrong, "a control character")
        raise NotPossible(
            f"{name!r} is no name for a person: it holds U+{ord(wrong):04X} ({named}); letters, digits and any of {''.join(sorted(_SIGNS))!r} may"
        )
    if not unicodedata.category(said[0]).startswith(("L", "N")):
        raise NotPossible(f"{name!r} is no name for a person: it begins with no letter or digit")
    return said


def check_label(label: str, *, of: str) -> str:
    """Words that say what something is for. Raises NotPossible for none, for more than 80 letters, and for what is invisible or no single line."""
    said = unicodedata.normalize("NFC", label).strip()
    if not said or len(said) > LONGEST or any(unicodedata.category(sign)[0] in "CZ" and sign != " " for sign in said):
        raise NotPossible(f"{label!r} does not say what the {of} is for: one line of 1 to {LONGEST} letters does")
    return said


def fold_name(name: str) -> str:
    """The key under which a person is found: without case, and with letters that are one letter written in two ways made one.

    >>> fold_name("ANA María") == fold_name("ana mari\\u0301a"), fold_name("Straße") == fold_name("STRASSE")
    (True, True)
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(folded.split())


def _is_of_a_name(sign: str) -> bool:
    return sign in _SIGNS or unicodedata.category(sign)[0] in "LM" or unicodedata.category(sign) == "Nd"
