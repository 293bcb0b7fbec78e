"""A person writes beside an incident: a note, a tag, a question to a colleague, an answer. Nothing that is held of it changes; `undo_entry` takes it back."""

from __future__ import annotations

from typing import Any

from waqai.core import Entry, NotPossible
from waqai.flow.clock import now
from waqai.reviewing import find_asides
from waqai.store import Store
from waqai.store.tagged import fold_tag

LONGEST_TAG = 40
"""Code points."""


def note_incident(incident: str, words: str, store: Store, *, by: str) -> Entry:
    """Log a note beside the incident. Raises UnknownId, and NotPossible for one without words."""
    return _write(incident, "noted", {"words": _said(words)}, store, by=by)


def tag_incident(incident: str, tag: str, store: Store, *, by: str) -> Entry:
    """Log that the incident bears a tag: a few words without comma, whose case and blanks make no other tag. Raises UnknownId and NotPossible."""
    folded = fold_tag(_said(tag))
    if "," in folded or len(folded) > LONGEST_TAG:
        raise NotPossible(f"{tag!r} is no tag: write a few words without a comma, {LONGEST_TAG} characters at most")
    with store.transaction():
        standing = next((one for one in find_asides(store, incident).tags if one.words == folded), None)
        if standing is not None:
            raise NotPossible(f"incident {incident} bears the tag {folded!r} already, by entry {standing.entry}; `waqai undo {standing.entry}` takes it off")
        return _write(incident, "tagged", {"tag": folded}, store, by=by)


def ask_about(incident: str, words: str, store: Store, *, whom: str | None = None, by: str) -> Entry:
    """Log a question about the incident to a colleague (None: to anybody). Raises UnknownId, and NotPossible for one without words."""
    person = f"person:{whom.removeprefix('person:').strip()}" if whom is not None and whom.strip() else None
    return _write(incident, "asked", {"words": _said(words), "whom": person}, store, by=by)


def answer_question(entry: int, words: str, store: Store, *, by: str) -> Entry:
    """Log an answer to the question of this entry. Raises UnknownId, and NotPossible for an entry that asks nothing, or no longer."""
    with store.transaction():
        asked = next(one for one in store.get_act(entry) if one.entry.id == entry)
        if asked.entry.kind != "asked" or asked.undone_by is not None or not asked.entry.value:
            raise NotPossible(f"entry {entry} asks nothing{'' if asked.entry.kind != 'asked' else ' any more'}: name the entry of a question")
        return _write(str(asked.entry.value["incident"]), "answered", {"words": _said(words), "asked": entry}, store, by=by)


def _write(incident: str, kind: str, said: dict[str, Any], store: Store, *, by: str) -> Entry:
    with store.transaction():
        view = store.get_incident(incident)
        return store.append(kind=kind, subject=view.id, value={"incident": view.id, **said}, because="", by=by, at=now())


def _said(words: str) -> str:
    if not words.strip():
        raise NotPossible("there is nothing to keep: write some words")
    return words.strip()
