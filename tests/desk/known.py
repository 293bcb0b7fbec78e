"""A store that was worked on, and what of it may stand in a request: by the name of a parameter or field, and as whole forms that are right."""

from __future__ import annotations

from datetime import date
from typing import Any

import scenes
from waqai.browse import AHEAD, ORDERS
from waqai.codebook import RULES, load_actors, load_codebook
from waqai.flow import ask_about, note_incident, review_account, tag_incident
from waqai.store import Store

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
    typed |= {"kind": ["facility", "perpetrator", "escaped", "killed", "publisher", "speaker"], "was": ["facility", "escaped"]}
    spans = {"span": SPANS, "at": SPANS, "start": [0, 4], "end": [9, 19]}
    counted = {"seen": [LATER, 0], "entry": entries}
    return {name: list(values) for name, values in (of_codebook | records | named | placed | boxes | dated | typed | spans | counted).items()}


def right_forms(store: Store) -> dict[str, dict[str, Any]]:
    """By method and address: a form that is done when it is sent first, and for pages about one record what they are asked with."""
    daily, escape, clash, *_ = accounts_of(store)
    entries = {entry.kind: entry.id for entry in store.iter_log()}
    of_daily, of_herald = {"report": "daily", "account": daily, "seen": LATER}, {"report": "herald", "account": escape, "seen": LATER}
    of_escape = {"incident": "i-escape", "seen": LATER}
    return {
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
        "POST /add": {"text": scenes.TEXTS["daily"]},
    }
