"""Who has a public role in a text."""

from __future__ import annotations

import pytest

from waqai.bounds.capitals import iter_runs
from waqai.bounds.roles import find_public, says_role


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("governor Omar Aziz", ["aziz"]),
        ("Interior Minister Omar Aziz", ["aziz"]),
        ("Secretary of State Omar Aziz", ["aziz"]),
        ("the governor of Qalat, Omar Aziz, said", ["aziz"]),
        ("Omar Aziz, a spokesman for the army, said", ["aziz"]),
        ("Omar Aziz, who commands the brigade, said", ["aziz"]),
        ("in Qalat, Omar Aziz, director of the SOHR, said", ["aziz"]),
        ("the governor's driver Omar Aziz", []),
        ("the sister of the governor, Sara Aziz, said", []),
        ("the governor, Omar Aziz, a driver, fled", []),  # a list, or one man: in doubt he is private
        ("Governor Omar Aziz's son Karim fled", ["aziz"]),
        ("Omar Aziz, shot by the governor, died", []),
    ],
)
def test_a_role_makes_the_last_name_of_its_bearer_public(text: str, public: list[str]) -> None:
    assert sorted(find_public(text).last) == public


def test_several_names_must_all_be_of_one_bearer() -> None:
    public = find_public("Governor Omar Aziz met minister Karim Haddad.")
    held = [public.holds(next(iter_runs(name))) for name in ("Omar Aziz", "Aziz", "Karim Aziz", "Omar", "Haddad")]
    assert held == [True, True, False, False, True]


def test_words_behind_a_name_say_a_role_only_where_they_begin_with_it() -> None:
    said = ("the ministry's spokesman", "deputy head of the council", "a farmer whom the director knew", "SOHR director Omar Aziz and others")
    assert [says_role(words) for words in said] == [True, True, False, False]
