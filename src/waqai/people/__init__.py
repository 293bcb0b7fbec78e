"""Who may do what with a store: persons and their roles, what lets them in (passwords, sessions, start tokens, API tokens), and what they code blind.

Instants are arguments: the clock is `flow`'s. What changes persons or tokens is an entry of the store's log, signed by who did it.
"""

from waqai.people.api_tokens import DAYS, ApiToken, NewToken, add_token, find_bearer, list_own_tokens, list_tokens, revoke_own_token, revoke_token
from waqai.people.coded import Coded, list_own, list_wanted
from waqai.people.codings import Coding, Progress, find_coding, get_codings, get_draft, hand_in, iter_double_coded, list_progress, open_coding, save_draft
from waqai.people.login import change_password, log_in
from waqai.people.names import check_name, fold_name
from waqai.people.passwords import check_password, make_password
from waqai.people.persons import (
    Person,
    add_person,
    disable_person,
    enable_person,
    find_person,
    get_person,
    give_role,
    has_persons,
    list_persons,
    set_password,
)
from waqai.people.roles import ACTS, RIGHTS, ROLES, Act, Right, Role, Visitor, act_to_undo, may
from waqai.people.sessions import NewSession, OpenSession, end_all, end_others, end_session, find_visitor, list_own_sessions
from waqai.people.start_tokens import mint_start_token, take_start_token

__all__ = [
    "ACTS",
    "DAYS",
    "RIGHTS",
    "ROLES",
    "Act",
    "ApiToken",
    "Coded",
    "Coding",
    "NewSession",
    "NewToken",
    "OpenSession",
    "Person",
    "Progress",
    "Right",
    "Role",
    "Visitor",
    "act_to_undo",
    "add_person",
    "add_token",
    "change_password",
    "check_name",
    "check_password",
    "disable_person",
    "enable_person",
    "end_all",
    "end_others",
    "end_session",
    "find_bearer",
    "find_coding",
    "find_person",
    "find_visitor",
    "fold_name",
    "get_codings",
    "get_draft",
    "get_person",
    "give_role",
    "hand_in",
    "has_persons",
    "iter_double_coded",
    "list_own",
    "list_own_sessions",
    "list_own_tokens",
    "list_persons",
    "list_progress",
    "list_tokens",
    "list_wanted",
    "log_in",
    "make_password",
    "may",
    "mint_start_token",
    "open_coding",
    "revoke_own_token",
    "revoke_token",
    "save_draft",
    "set_password",
    "take_start_token",
]
