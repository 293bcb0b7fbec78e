"""A store that was worked on, and what of it may stand in a request: by the name of a parameter or field, and as whole forms that are right."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import scenes
from came import PAGE, make_came
from waqai.alerts import Wanted, add_alert, list_alerts
from waqai.browse import AHEAD, ORDERS
from waqai.codebook import RULES, load_actors, load_codebook
from waqai.core import Span
from waqai.flow import ask_about, code_account, note_incident, now, review_account, tag_incident
from waqai.originals import keep_original
from waqai.people import Visitor, add_person, add_token, disable_person, find_coding, hand_in, list_tokens, open_coding
from waqai.store import Store
from waqai.watching import add_feed, list_feeds

INCIDENTS, REPORTS = ("i-escape", "i-caught", "i-meeting", "i-aid"), tuple(scenes.TEXTS)
SPANS = ("4-19", "0-3", "0-200", "37-49", "9-4", "-")
WORDS = ("12 prisoners", "prisoners", "two guards", "escaped", '"Qalat prison"', "x", "*", "a AND", "NEAR(", "-")
SAID = ("5 March 2021", "25", "at least 15", "escape", "occurred", "SY", "Tel Salam", "10-20", "-1", "9" * 30, "prison")
CURSORS = ("1:i-escape", "2021-03-05:i-escape", "0.5:a-1", "The Daily", "2021-03-08|daily|0")
DAYS = ("2021-03-05", "2021-03-08", str(date.min), str(date.max), "2021-02-30")
LATER = 10**6
"""As `seen`: nothing was written since the page was made."""


def fill(store: Store) -> None:
    """The scene, with what persons said of it."""
    scenes.fill(store)
    said = {"by": "person:ana"}
    note_incident("i-escape", "the governor is to be asked", store, **said)
    tag_incident("i-escape", "to check", store, **said)
    ask_about("i-escape", "was it a Friday?", store, whom=None, **said)
    review_account(accounts_of(store)[0], "accepted", store, because="as it says", **said)
    add_alert(Wanted(name="everything"), store, at=now(), **said)
    add_feed("https://news.example/rss.xml", store, name="a feed", every=timedelta(hours=1), at=now(), **said)
    keep_original(replace(make_came(), report=store.get_report("daily")), store, at=now())
    _fill_with_people(store)
    _fill_with_codings(store)


def _fill_with_people(store: Store) -> None:
    """Two persons, one of them disabled, and a token of the owner's."""
    said: dict[str, Any] = {"by": "person:ana", "at": now()}
    for name in ("berta", "carl"):
        add_person(name, store, role="coder", password=f"{name} comes in by this", **said)
    disable_person("carl", store, **said)
    add_token("a script", store, scopes=["read"], owner_name="ana", **said)


def _fill_with_codings(store: Store) -> None:
    """Two reports that two coded blind, and a draft of the owner's."""
    book = load_codebook()
    for report, coders in {"daily": ("berta", "carl"), "lake": ("berta", "carl"), "wire": ("ana",)}.items():
        for name in coders:
            visitor = Visitor(name=name, role="admin" if name == "ana" else "coder")
            open_coding(report, store, visitor=visitor, at=now())
            code_account(report, Span(0, 9), "escape", store, status="occurred", codebook=book, visitor=visitor, revision=0)
            if name != "ana":
                hand_in(report, store, visitor=visitor, revision=1, at=now())


def accounts_of(store: Store) -> list[str]:
    return [card.account.id for name in REPORTS for card in store.iter_cards(report=name)]


def known_values(store: Store) -> dict[str, list[Any]]:
    """By the name of a parameter or field, with a few that are wrong."""
    book, accounts, entries = load_codebook(), accounts_of(store), list(range(store.last_entry() + 1))
    of_codebook = {"type": book.types, "family": book.families, "status": book.statuses, "figures": RULES, "stance": AHEAD, "order": ORDERS}
    records = {"incident": INCIDENTS, "report": REPORTS, "account": accounts, "one": [*INCIDENTS, *accounts], "other": [*INCIDENTS, *accounts, *REPORTS]}
    named = {"name": [*records["other"], "The Daily", "ana"], "publisher": ["The Daily"], "actor": list(load_actors().actors)[:3]}
    placed = {"country": ["SY", "SA"], "admin1": ["SY/Hasakah", "SA/Makkah"], "place": CURSORS, "after": CURSORS}
    boxes = {"west": [-180, 30, 41], "south": [-80, 30], "east": [180, 45, 42.5], "north": [80, 40], "zoom": [0, 6, 18]}
    dated = dict.fromkeys(("since", "until", "published"), DAYS)
    typed = {"words": WORDS, "value": SAID, "facet": ["type", "status", "when", "where", "actor", "count"], "text": list(scenes.TEXTS.values())}
    typed |= {
        "kind": ["facility", "perpetrator", "escaped", "killed", "publisher", "speaker", "rates", "after"],
        "was": ["facility", "escaped"],
    }
    spans = {"span": SPANS, "at": SPANS, "start": [0, 4], "end": [9, 19]}
    counted = {"seen": [LATER, 0], "entry": entries, "revision": [0, 1]}
    typed |= {"after_type": ["meeting"], "dates": ["2021-03-05"]}
    typed |= {
        "profile": ["", "public", "partner", "internal"],
        "role": ["viewer", "coder", "reviewer", "admin"],
        "scope": ["read", "note"],
        "sure": ["1"],
        "started_from": ["nothing", "reading"],
    }
    typed |= {"token": [one.id for one in list_tokens(store)], "password": ["good enough to come in", ""], "days": [30]}
    typed |= {"alert": [one.id for one in list_alerts(store)], "webhook": ["https://example.org/x"], "mail": ["a@example.org"], "quiet": ["22:00-07:00 UTC"]}
    typed |= {"sha256": [hashlib.sha256(PAGE).hexdigest(), "0" * 64], "feed": [one.id for one in list_feeds(store)], "act": ["pause", "resume", "retry", "x"]}
    typed |= {"address": ["https://news.example/other.xml", "x"], "every": ["30m"]}
    typed |= {"format": ["csv", "geojson", "html", "md"], "table": ["", "figures"], "bom": ["1"]}
    return {name: list(values) for name, values in (of_codebook | records | named | placed | boxes | dated | typed | spans | counted).items()}


def right_forms(store: Store) -> dict[str, dict[str, Any]]:
    """By method and address: a form that is done when it is sent first, and for pages about one record what they are asked with."""
    daily, escape, clash, *_ = accounts_of(store)
    entries = {entry.kind: entry.id for entry in store.iter_log()}
    of_daily, of_herald = {"report": "daily", "account": daily, "seen": LATER}, {"report": "herald", "account": escape, "seen": LATER}
    of_escape = {"incident": "i-escape", "seen": LATER}
    (alert,) = ({"alert": one.id} for one in list_alerts(store))
    return _right_forms_of_people(store) | {
        **{f"GET /patterns.{ending}": {"kind": "rates"} for ending in ("json", "svg", "png")},
        "GET /judge/merge": {"one": "i-meeting", "other": "i-aid"},
        "GET /judge/split": {"incident": "i-escape", "account": [escape]},
        "GET /judge/put": {"name": daily},
        "GET /review/suggest": {"report": "daily", "facet": "status", "start": 0, "end": 9},
        "POST /review/verdict": of_daily | {"verdict": "rejected"},
        "POST /review/correct": of_daily | {"facet": "status", "value": "attempted", "words": "escaped"},
        "POST /review/add": {"report": "herald", "type": "clash", "seen": LATER, "words": "Two guards"},
        "POST /review/split": of_herald | {"words": "the governor announced"},
        "POST /review/undo": of_daily | {"entry": entries["accepted"]},
        "POST /judge/merge": {"one": "i-meeting", "other": "i-aid", "seen": LATER},
        "POST /judge/split": of_escape | {"account": [escape]},
        "POST /judge/put": {"name": clash, "incident": "i-meeting", "seen": LATER},
        "POST /judge/lock": of_escape,
        "POST /judge/undo": of_escape | {"entry": entries["noted"]},
        "POST /judge/note": of_escape | {"words": "a note"},
        "POST /judge/tag": of_escape | {"words": "a tag"},
        "POST /judge/ask": of_escape | {"words": "why?"},
        "POST /judge/answer": of_escape | {"entry": entries["asked"], "words": "therefore"},
        "POST /queue/accept": {"seen": LATER, "account": [clash]},
        "POST /publishers/mark": {"name": "The Daily", "unreliable": "true", "because": "made up"},
        "POST /alerts/add": {"name": "escapes", "kind": ["new"], "mail": "a@example.org"},
        "POST /alerts/pause": alert,
        "POST /alerts/resume": alert,
        "POST /alerts/remove": alert,
        "POST /feeds/add": {"address": "https://news.example/new.xml", "every": "30m"},
        "POST /add": {"text": scenes.TEXTS["daily"]},
    }


def _right_forms_of_people(store: Store) -> dict[str, dict[str, Any]]:
    """The same for persons, tokens and codings."""
    (token,) = (one.id for one in list_tokens(store))
    draft = find_coding("wire", store, visitor=Visitor(name="ana", role="admin"))
    assert draft is not None
    of_draft = {"report": "wire", "revision": draft.revision}
    of_account = of_draft | {"account": draft.draft.accounts[0].key}
    return {
        "POST /people/add": {"name": "dora", "role": "coder"},
        "POST /people/role": {"name": "berta", "role": "viewer"},
        "POST /people/password": {"name": "berta"},
        "POST /people/disable": {"name": "berta"},
        "POST /people/enable": {"name": "carl"},
        "POST /people/revoke": {"token": token},
        "POST /me/tokens": {"name": "another script", "scope": ["read"], "days": 30},
        "POST /me/revoke": {"token": token},
        "POST /coding/begin": {"report": "herald"},
        "POST /coding/add": of_draft | {"type": "recapture", "words": "were caught"},
        "POST /coding/field": of_account | {"facet": "status", "value": "attempted"},
        "POST /coding/drop": of_account,
        "POST /coding/hand_in": of_draft | {"sure": "1"},
    }
