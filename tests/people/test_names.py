from __future__ import annotations

import pytest

from waqai.core import NotPossible
from waqai.people import check_name, fold_name
from waqai.people.names import check_label


@pytest.mark.parametrize("name", ["ana", "Ana María", "سارة الحسن", "李雷", "O’Brien", "j.d+desk@example", "Dvořák-2", "नीता", "x" * 80])
def test_letters_of_any_script_are_a_name(name: str) -> None:
    assert check_name(name) == name


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "needs a letter"),
        (" ana", "blank at its ends"),
        ("ana\u00a0", "blank at its ends"),
        ("ana  b", "two blanks"),
        ("x" * 81, "80 are the most"),
        ("ana\nbo", r"U\+000A"),
        ("ana\x1b[2J", r"U\+001B"),
        ("ana\u202eoby", "RIGHT-TO-LEFT OVERRIDE"),
        ("ana\u2066x", "LEFT-TO-RIGHT ISOLATE"),
        ("a\u200bna", "ZERO WIDTH SPACE"),
        ("a\u3000b", "IDEOGRAPHIC SPACE"),
        ("ana:bo", r"U\+003A"),
        ("<b>ana", "LESS-THAN"),
        ("ana\ud800", r"U\+D800"),
        ("-ana", "begins with no letter"),
        ("\u0301ana", "begins with no letter"),
        ("☺ana", "WHITE SMILING FACE"),
    ],
)
def test_what_would_change_how_a_line_is_read_is_in_no_name(name: str, why: str) -> None:
    with pytest.raises(NotPossible, match=why):
        check_name(name)


def test_a_name_is_kept_composed() -> None:
    assert check_name("Jose\u0301") == "José"


@pytest.mark.parametrize("other", ["ANA", "Ana", "ａｎａ"])
def test_names_that_differ_in_case_or_width_are_one(other: str) -> None:
    assert fold_name(other) == fold_name("ana")


def test_a_label_is_one_line() -> None:
    assert check_label(" nightly export: Syria/2026 ", of="token") == "nightly export: Syria/2026"
    for wrong in ("", "  ", "a\nb", "x" * 81, "a\u202eb"):
        with pytest.raises(NotPossible, match="what the token is for"):
            check_label(wrong, of="token")
