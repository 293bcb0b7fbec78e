"""An account's type in another scheme: the first rule that its attrs, status and counts decide, or the reason why the row is dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from waqai.codebook.expressions import Facts, evaluate
from waqai.codebook.nouns import Codebook, Rule, Target
from waqai.core import AttrValue, CodebookError

DropReason: TypeAlias = Literal["no_home", "status", "excluded", "undecided"]
"""no_home: the scheme has nothing for the type; status: it does not record what has that status; excluded: a rule drops it on purpose; undecided: the text
says too little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code of the target scheme. `event` is the scheme's event type above it (ACLED), `because` the rule's condition."""

    target: str
    code: str
    event: str | None = None
    disorder: str | None = None
    mode: str | None = None
    note: str | None = None
    because: str = "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A row that the target scheme gets no code for. `reason` is one of four, for counting; `detail` is a sentence."""

    target: str
    type: str
    reason: DropReason
    detail: str


def crosswalk(
    target: str,
    codebook: Codebook,
    *,
    type: str,
    attrs: Mapping[str, AttrValue] | None = None,
    status: str = "occurred",
    counts: Mapping[str, float] | None = None,
) -> Code | Dropped:
    """The target scheme's code for an account, or why it has none. `counts` maps a measure to its figure.

    Raises CodebookError for a target, type or status that the codebook does not know.

    >>> from waqai.codebook import load_codebook
    >>> crosswalk("acled", load_codebook(), type="bombing", attrs={"weapon": "grenade"}).code
    'Grenade'
    >>> crosswalk("plover", load_codebook(), type="escape").reason
    'no_home'
    """
    scheme = _get_target(target, codebook)
    if status not in codebook.statuses:
        raise CodebookError(f"no status {status!r}; known: {', '.join(codebook.statuses)}")
    event_type = codebook.get_type(type)
    if target not in event_type.crosswalk:
        return Dropped(target=target, type=type, reason="no_home", detail=f"{target} has no home for {type}")
    if status not in scheme.statuses:
        return Dropped(target=target, type=type, reason="status", detail=f"{target} does not record what is {status}")
    facts: Facts = {**(attrs or {}), **_count_facts(counts or {}), "status": status, "type": type, "family": event_type.family}
    for rule in (*scheme.before, *event_type.crosswalk[target]):
        if rule.condition is None or evaluate(rule.condition, facts) is True:
            return _apply_rule(rule, scheme, type=type)
    return Dropped(target=target, type=type, reason="undecided", detail=f"no rule of {target} for {type} is decided by what the account says")


def drop_counts(results: Iterable[Code | Dropped]) -> dict[str, dict[str, int]]:
    """How many rows were dropped, by target and reason.

    >>> drop_counts([Dropped(target="acled", type="aid", reason="no_home", detail="")])
    {'acled': {'no_home': 1}}
    """
    tally = Counter((r.target, r.reason) for r in results if isinstance(r, Dropped))
    counted: dict[str, dict[str, int]] = {}
    for (target, reason), number in sorted(tally.items()):
        counted.setdefault(target, {})[reason] = number
    return counted


def _apply_rule(rule: Rule, scheme: Target, *, type: str) -> Code | Dropped:
    if rule.code is None:
        return Dropped(target=scheme.id, type=type, reason="excluded", detail=rule.note or "excluded")
    known = scheme.codes[rule.code]
    return Code(target=scheme.id, code=rule.code, event=known.type, disorder=known.disorder, mode=rule.mode, note=rule.note, because=rule.when or "always")


def _count_facts(counts: Mapping[str, float]) -> dict[str, float]:
    return {f"counts.{measure}": figure for measure, figure in counts.items()}


def _get_target(target: str, codebook: Codebook) -> Target:
    if target not in codebook.targets:
        raise CodebookError(f"no target {target!r}; known: {', '.join(codebook.targets)}")
    return codebook.targets[target]
