"""What persons said of the accounts of an incident, as a program reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from waqai.core import Incident
from waqai.flow import Store
from waqai.wording import iter_review_lines


def iter_reviews(incident: Incident, store: Store, *, last: int | None = None) -> Iterator[dict[str, Any]]:
    """What persons said of all accounts of an incident; `said` is what a person reads."""
    for linked in incident.accounts:
        seen = store.get_reviewed(linked.account, last=last)
        entries = [one.entry for one in seen.corrections] + ([seen.verdict] if seen.verdict else [])
        for entry, said in zip(entries, iter_review_lines(seen), strict=True):
            who = {"account": linked.account, "entry": entry.id, "kind": entry.kind, "by": entry.by, "at": entry.at.isoformat(), "because": entry.because}
            yield who | {name: entry.value.get(name) for name in ("facet", "value", "words")} | {"said": said}
