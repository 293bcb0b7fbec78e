from __future__ import annotations

import pytest

from waqai.core import NotAllowed, NotPossible
from waqai.people import ACTS, RIGHTS, ROLES, Visitor, act_to_undo, may
from waqai.people.roles import check_act, check_role


def test_who_may_do_what() -> None:
    """The whole table, written out: a change of it is to be seen in a diff."""
    assert {role: {act for act in ACTS if may(role, act)} for role in ROLES} == {
        "viewer": {"read", "internal", "metrics"},
        "coder": {"read", "internal", "note", "code", "export", "metrics"},
        "reviewer": {"read", "internal", "note", "code", "export", "judge", "metrics"},
        "admin": {"read", "internal", "note", "code", "export", "judge", "manage", "metrics"},
    }


def test_every_act_is_told_in_words() -> None:
    assert all(len(right.what.split()) > 3 for right in RIGHTS.values())


@pytest.mark.parametrize(
    ("authors", "act"),
    [
        (["person:ana"], "code"),
        (["person:ana", "person:ana"], "code"),
        (["person:ana", "person:bo"], "judge"),  # one of several suffices
        (["linker:rules 0.5.0"], "judge"),
        (["person:Ana"], "judge"),  # the log's names are compared as they stand
        (["person"], "judge"),
    ],
)
def test_undoing_what_others_did_takes_a_reviewer(authors: list[str], act: str) -> None:
    assert act_to_undo(authors, by="person:ana") == act


def test_a_visitor_signs_as_the_log_does() -> None:
    assert [Visitor(name=name, role="admin").signature for name in ("ana", None)] == ["person:ana", "person"]


def test_a_token_may_what_its_scopes_and_the_role_both_allow() -> None:
    visitor = Visitor(name="ana", role="coder", person="ana", scopes=frozenset({"read", "judge"}))
    assert [act for act in ACTS if visitor.may(act)] == ["read"]
    visitor.check("read")
    with pytest.raises(NotAllowed, match="a coder may not judge: it takes a reviewer to merge"):
        visitor.check("judge")
    with pytest.raises(NotAllowed, match="this token may not code: it has the scopes judge, read"):
        visitor.check("code")


def test_unknown_roles_and_acts_are_named_with_the_known_ones() -> None:
    with pytest.raises(NotPossible, match="no role 'owner'; there are viewer, coder, reviewer, admin"):
        check_role("owner")
    with pytest.raises(NotPossible, match="no act 'write'; there are read, internal, note"):
        check_act("write")
