"""The guards of the desk, each with the attack that it is there for and a way to take it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from desk import attacks
from desk.ground import Ground
from waqai.desk import entrance, pages
from waqai.gates import guard, limits
from waqai.people import Visitor, api_tokens, login, sessions, start_tokens

Attack = Callable[[Ground], bool]
TakeOut = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True, slots=True)
class StandsBefore:
    """A guard: what it is called, the attack that it stops, and what takes it out."""

    guard: str
    attack: Attack
    take_out: TakeOut


def without_escaping(patch: pytest.MonkeyPatch) -> None:
    @cache
    def unescaped() -> Environment:
        made: Environment = pages.environment.__wrapped__()
        made.autoescape = False
        return made

    patch.setattr(pages, "environment", unescaped)


def without_headers(patch: pytest.MonkeyPatch, *names: str) -> None:
    for name in names:
        patch.delitem(guard.HEADERS, name)


def without_cookie_flags(patch: pytest.MonkeyPatch, **flags: Any) -> None:
    put = Response.set_cookie
    patch.setattr(Response, "set_cookie", lambda answer, *names, **given: put(answer, *names, **(given | flags)))


def with_one_hash(patch: pytest.MonkeyPatch, module: Any) -> None:
    """Every secret of this kind is any other."""
    patch.setattr(module, "hash_secret", lambda _secret: "0")


def without_counting(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(limits, "_counted", lambda receive, **_: receive)


OWNER = Visitor(name=None, role="admin")
GUARDS = (
    StandsBefore("what is shown is escaped", attacks.stored_words_become_elements, without_escaping),
    StandsBefore("what is said back is escaped", attacks.sent_words_become_elements, without_escaping),
    StandsBefore("outward", attacks.a_reports_address_is_a_script, lambda patch: patch.setitem(pages.environment().filters, "outward", str)),
    StandsBefore("content-security-policy", attacks.an_answer_without_the_policy, lambda patch: without_headers(patch, "content-security-policy")),
    StandsBefore("no frames", attacks.another_site_frames_the_desk, lambda patch: without_headers(patch, "content-security-policy", "x-frame-options")),
    StandsBefore("is_from_here", attacks.another_site_sends_a_form, lambda patch: patch.setattr(guard, "is_from_here", lambda _headers: True)),
    StandsBefore("host_of", attacks.another_name_is_bound_to_this_machine, lambda patch: patch.setattr(guard, "host_of", lambda _header: "localhost")),
    StandsBefore("start tokens", attacks.a_start_token_is_guessed, lambda patch: with_one_hash(patch, start_tokens)),
    StandsBefore("sessions", attacks.a_session_is_guessed, lambda patch: with_one_hash(patch, sessions)),
    StandsBefore("API tokens", attacks.an_api_token_is_guessed, lambda patch: with_one_hash(patch, api_tokens)),
    StandsBefore("internal", attacks.a_feed_readers_token_reads_a_text, lambda patch: patch.setattr(Visitor, "may", lambda *_: True)),
    StandsBefore("count_try", attacks.a_password_is_guessed_in_a_row, lambda patch: patch.setattr(login, "count_try", lambda *_, **__: None)),
    StandsBefore("is_password", attacks.a_password_is_wrong_and_lets_in, lambda patch: patch.setattr(login, "is_password", lambda *_: True)),
    StandsBefore("Entrance", attacks.a_stranger_reads_round_the_entrance, lambda patch: patch.setattr(entrance, "find_who_asks", lambda *_: OWNER)),
    StandsBefore("Visitor.check", attacks.a_role_acts_beyond_itself, lambda patch: patch.setattr(Visitor, "check", lambda *_: None)),
    StandsBefore("HttpOnly", attacks.a_script_or_another_site_gets_the_cookie, lambda patch: without_cookie_flags(patch, httponly=False)),
    StandsBefore("SameSite", attacks.a_script_or_another_site_gets_the_cookie, lambda patch: without_cookie_flags(patch, samesite="lax")),
    StandsBefore("Secure", attacks.a_script_or_another_site_gets_the_cookie, lambda patch: without_cookie_flags(patch, secure=False)),
    StandsBefore("end_session", attacks.a_session_outlives_its_end, lambda patch: patch.setattr(entrance, "end_session", lambda *_: None)),
    StandsBefore("StaticFiles", attacks.a_file_beside_ours_is_read, lambda patch: patch.setattr(StaticFiles, "lookup_path", _look_up_anything)),
    StandsBefore("limits.most_of", attacks.more_is_sent_than_is_taken, lambda patch: patch.setattr(limits, "most_of", lambda _path: 10**12)),
    StandsBefore("limits.PATIENCE_S", attacks.a_body_that_never_comes_is_waited_for, without_counting),
)
UNGUARDED = (attacks.a_redirect_leads_elsewhere, attacks.coming_in_keeps_a_session_that_somebody_set)
"""Attacks that find nothing to get past: no address that a request names is followed, and no value that it brings becomes a session."""


def _look_up_anything(files: StaticFiles, path: str) -> tuple[str, Any]:
    """As Starlette's own, without the look at whether the file lies in the folder."""
    full = Path(str(files.directory), path)
    try:
        return str(full), full.stat()
    except (OSError, ValueError):
        return "", None
