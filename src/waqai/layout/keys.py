"""The acts of the review page, the key of each, and what it does: for the dialog that `?` opens. A browser may hold others."""

from __future__ import annotations

from waqai.wording import _


def keys() -> tuple[tuple[str, str, str], ...]:
    """(act, key, what it does). A key is named as browsers name it, with "Control+" before it where that is held."""
    return (
        ("next", "j", _("next account")),
        ("previous", "k", _("previous account")),
        ("next_field", "ArrowDown", _("next field")),
        ("previous_field", "ArrowUp", _("previous field")),
        ("accept", "a", _("accept the account: it is as the report says")),
        ("reject", "x", _("reject the account: it counts for nothing")),
        ("edit", "e", _("correct the field")),
        ("type", "t", _("selected words say what happened: correct the type")),
        ("status", "s", _("selected words say whether it happened: correct the status")),
        ("when", "w", _("selected words say when: correct the day")),
        ("where", "p", _("selected words say where: correct the place")),
        ("actor", "o", _("selected words name somebody: add or correct")),
        ("count", "c", _("selected words say how many: add or correct")),
        ("add", "n", _("selected words tell a happening that was not found: add an account")),
        ("split", "l", _("selected words tell a second happening: split the account")),
        ("put", "i", _("put the account into another incident")),
        ("undo", "Control+z", _("take back what you said last")),
        ("next_report", "g", _("next report to review")),
        ("help", "?", _("this list")),
    )


def coding_keys() -> tuple[tuple[str, str, str], ...]:
    """Those of the page of a blind coding, on the same keys."""
    there = ("next", "previous", "next_field", "previous_field", "edit", "type", "status", "when", "where", "actor", "count", "add", "help")
    return tuple(one for one in keys() if one[0] in there)
