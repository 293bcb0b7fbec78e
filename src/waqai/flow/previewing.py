"""What a person's word would change, without saying it: it is said in a transaction that is taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from waqai.flow.changes import Change
from waqai.flow.judging import judge_same, split_incident
from waqai.store import Store


class _TakenBack(Exception):
    """Raised to take back what was only tried."""


def preview_same(one: str, other: str, store: Store, *, by: str) -> Change:
    """What `judge_same` would change; no entry is kept, and an incident that it would open has no id to rely on. Raises as that does.

    Other writers wait meanwhile, as for any entry.
    """
    return _try(store, lambda: judge_same(one, other, store, because="", by=by))


def preview_split(incident: str, accounts: Sequence[str], store: Store, *, by: str) -> Change:
    """What `split_incident` would change, likewise."""
    return _try(store, lambda: split_incident(incident, accounts, store, because="", by=by))


def _try(store: Store, say: Callable[[], Change]) -> Change:
    said: list[Change] = []
    try:
        with store.transaction():
            said.append(say())
            raise _TakenBack
    except _TakenBack:
        return replace(said[0], entries=())
