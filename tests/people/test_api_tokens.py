from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from people.conftest import AT, add
from waqai.core import NotAllowed, NotPossible, UnknownId
from waqai.flow import undo_entry
from waqai.people import (
    ACTS,
    NewToken,
    Visitor,
    add_token,
    disable_person,
    enable_person,
    find_bearer,
    get_person,
    give_role,
    list_own_tokens,
    list_tokens,
    revoke_own_token,
    revoke_token,
)
from waqai.schema.people import api_tokens
from waqai.store import Store

BY = {"by": "person:root", "at": AT}
DAY = timedelta(days=1)


def make(store: Store, *scopes: str, **said: object) -> NewToken:
    return add_token("nightly export", store, scopes=scopes or ("read", "export"), **(BY | said))  # type: ignore[arg-type]


def test_a_token_is_shown_once_and_kept_as_a_hash(store: Store) -> None:
    add(store)
    new = make(store, person="ANA")
    assert new.secret.startswith("waqai_") and len(new.secret) == len("waqai_") + 43
    with store.reading() as connection:
        kept = str(connection.execute(sa.select(api_tokens)).all()) + "".join(store.iter_dump(without=()))
    assert new.secret not in kept and new.secret.removeprefix("waqai_") not in kept
    assert list_tokens(store) == (new.token,)


def test_a_token_signs_as_its_person_and_may_what_its_scopes_say(store: Store) -> None:
    add(store, "Ana", "reviewer")
    found = find_bearer(make(store, "judge", "read", person="ana").secret, store, at=AT)
    assert found is not None and (found.signature, found.person) == ("person:Ana", "ana")
    assert [act for act in ACTS if found.may(act)] == ["read", "judge"]


def test_a_token_never_may_more_than_its_person_today(store: Store) -> None:
    add(store, "root"), add(store, "ana", "reviewer")
    secret = make(store, "read", "judge", person="ana").secret
    for role, acts in (("viewer", ["read"]), ("reviewer", ["read", "judge"]), ("admin", ["read", "judge"])):
        give_role("ana", store, role=role, **BY)
        found = find_bearer(secret, store, at=AT)
        assert found is not None and [act for act in ACTS if found.may(act)] == acts


def test_a_scope_that_the_role_does_not_reach_is_refused(store: Store) -> None:
    add(store, "root"), add(store, "ana", "coder")
    with pytest.raises(NotAllowed, match="a coder may not judge"):
        make(store, "read", "judge", person="ana")
    assert list_tokens(store) == ()


def test_the_owner_s_token_is_an_admin_s(store: Store) -> None:
    for name, signs in ((None, "person"), ("zed", "person:zed")):
        new = make(store, "manage", owner_name=name)
        found = find_bearer(new.secret, store, at=AT)
        assert found is not None and (found.signature, new.token.owner, found.may("manage"), found.may("read")) == (signs, signs, True, False)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"scopes": ()}, "without a scope may nothing"),
        ({"scopes": ("write",)}, "no act 'write'"),
        ({"days": 0}, "1 to 366 days, not 0"),
        ({"days": 367}, "1 to 366 days, not 367"),
        ({"days": -1}, "1 to 366 days"),
        ({"person": "bo"}, "nobody is called 'bo'"),
        ({"owner_name": "a\nb"}, "is no name"),
    ],
)
def test_a_token_that_would_be_everlasting_empty_or_nobody_s_is_refused(store: Store, said: dict[str, object], why: str) -> None:
    with pytest.raises((NotPossible, UnknownId), match=why):
        add_token("x", store, **({"scopes": ("read",)} | BY | said))  # type: ignore[arg-type]
    assert store.last_entry() == 0


def test_a_token_says_what_it_is_for(store: Store) -> None:
    with pytest.raises(NotPossible, match="what the token is for"):
        add_token(" ", store, scopes=("read",), **BY)


def test_a_token_ends(store: Store) -> None:
    default, short = make(store), make(store, days=1)
    assert default.token.expires_at == AT + 90 * DAY
    assert find_bearer(short.secret, store, at=AT + DAY - timedelta(seconds=1)) is not None
    assert find_bearer(short.secret, store, at=AT + DAY) is None and find_bearer(default.secret, store, at=AT + DAY) is not None


def test_a_revoked_token_opens_nothing_and_stays_listed(store: Store) -> None:
    new = make(store)
    assert revoke_token(new.token.id, store, **BY).revoked_at == AT
    assert find_bearer(new.secret, store, at=AT) is None and [token.revoked_at for token in list_tokens(store)] == [AT]
    with pytest.raises(NotPossible, match="revoked already, since 2026-03-09"):
        revoke_token(new.token.id, store, **BY)
    with pytest.raises(UnknownId, match=r"'t-none'.*waqai token list"):
        revoke_token("t-none", store, **BY)


def test_the_tokens_of_a_disabled_person_open_nothing_until_they_are_enabled(store: Store) -> None:
    add(store, "root"), add(store, "ana")
    secret = make(store, person="ana").secret
    disable_person("ana", store, **BY)
    assert find_bearer(secret, store, at=AT) is None
    with pytest.raises(NotAllowed, match="ana is disabled"):
        make(store, person="ana")
    enable_person("ana", store, **BY)
    assert find_bearer(secret, store, at=AT) is not None


@pytest.mark.parametrize("secret", ["", "waqai_", "waqai_x", "\x00", "\ud800"])
def test_what_is_no_token_is_nobody(store: Store, secret: str) -> None:
    make(store)
    assert find_bearer(secret, store, at=AT) is None


def test_neither_id_nor_hash_of_a_token_lets_anybody_in(store: Store) -> None:
    new = make(store)
    with store.reading() as connection:
        row = connection.execute(sa.select(api_tokens)).one()
    assert find_bearer(row.id, store, at=AT) is None and find_bearer(row.hash, store, at=AT) is None and find_bearer(new.secret, store, at=AT) is not None


def test_the_day_of_its_last_use_is_noted(store: Store) -> None:
    secret = make(store).secret
    assert list_tokens(store)[0].last_used is None
    for hours in (0, 1, 30):
        find_bearer(secret, store, at=AT + timedelta(hours=hours))
        assert list_tokens(store)[0].last_used == (AT + timedelta(hours=hours)).date()


def test_one_person_s_tokens_are_listed(store: Store) -> None:
    add(store), add(store, "bo")
    tokens = [make(store, person="ana", at=AT + DAY), make(store, person="bo"), make(store)]
    assert [t.id for t in list_tokens(store, person="ANA")] == [tokens[0].token.id]
    assert {t.id for t in list_tokens(store)} == {t.token.id for t in tokens}


def test_what_is_done_to_tokens_is_in_the_log_without_the_secret(store: Store) -> None:
    add(store)
    new = make(store, person="ana")
    revoke_token(new.token.id, store, **BY)
    added, revoked = list(store.iter_log())[1:]
    told = {"token": new.token.id, "name": "nightly export", "owner": "person:ana"}
    assert (added.kind, added.subject, added.by) == ("token_added", new.token.id, "person:root")
    assert dict(added.value) == told | {"scopes": ["read", "export"], "expires": "2026-06-07"}
    assert (revoked.kind, dict(revoked.value)) == ("token_revoked", told)
    for entry, said in ((added.id, f"waqai token revoke {new.token.id}"), (revoked.id, "waqai token add")):
        with pytest.raises(NotPossible, match=said):
            undo_entry(entry, store, because="x", by="person:root")


def test_own_tokens_are_a_person_s_or_the_owner_s_even_where_both_have_one_name(store: Store) -> None:
    add(store, "ana"), add(store, "bo")
    person, other = make(store, person="ana").token, make(store, person="bo").token
    named, unnamed = make(store, owner_name="ana").token, make(store).token
    visitors = [get_person("ana", store).visitor, get_person("bo", store).visitor, Visitor(name="ana", role="admin"), Visitor(name=None, role="admin")]
    assert [list_own_tokens(visitor, store) for visitor in visitors] == [(person,), (other,), (named,), (unnamed,)]


def test_nobody_revokes_a_token_of_somebody_else_as_their_own(store: Store) -> None:
    add(store, "ana", "admin"), add(store, "bo")
    mine, theirs = make(store, person="ana").token, make(store, person="bo")
    ana = get_person("ana", store).visitor
    for id in (theirs.token.id, "t-nobody"):
        with pytest.raises(NotAllowed, match="ana has no token"):
            revoke_own_token(id, ana, store, at=AT)
    assert find_bearer(theirs.secret, store, at=AT) is not None
    assert revoke_own_token(mine.id, ana, store, at=AT).revoked_at == AT and list(store.iter_log())[-1].by == "person:ana"
