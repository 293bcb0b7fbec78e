"""Faults of a codebook: whatever it names that is not there, and whatever it says twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from waqai.codebook.expressions import BadExpression, Compare, iter_comparisons, parse_expression
from waqai.codebook.nouns import Alias, Codebook, EventType, Rule, Target

RESERVED = frozenset({"status", "type", "family", "counts", "true", "false", "null", "and", "or", "not", "in", "is", "if", "else", "for", "lambda"})
"""Names that an expression reads as something else, so that no attr may bear them."""


def find_faults(codebook: Codebook) -> list[str]:
    """Every fault, as a sentence that names the place and the value; empty when the codebook holds together."""
    checks = (
        (fault for event_type in codebook.types.values() for fault in _type_faults(event_type, codebook)),
        (fault for alias in codebook.aliases.values() for fault in _alias_faults(alias, codebook)),
        (fault for target in codebook.targets.values() for fault in _target_faults(target, codebook)),
        _cue_faults(codebook),
        _range_faults(codebook),
        (f"attr {id!r} is a word of the expression language" for id in codebook.attrs if id in RESERVED),
        (f"time_precision: {id} is missing" for id in ("T1_day", "T0_unknown") if id not in codebook.time_precisions),
    )
    return list(chain.from_iterable(checks))


def _type_faults(event_type: EventType, codebook: Codebook) -> Iterator[str]:
    where = f"type {event_type.id}"
    if event_type.family not in codebook.families:
        yield f"{where}: no family {event_type.family!r}"
    yield from (f"{where}: no role {role!r}" for role in event_type.roles if role not in codebook.roles)
    yield from (f"{where}: no measure {measure!r}" for measure in event_type.counts if measure not in codebook.measures)
    yield from (f"{where}: {name} {value!r} stands twice" for name in ("roles", "counts") for value in _twice(getattr(event_type, name)))
    for target_id, rules in event_type.crosswalk.items():
        if target_id not in codebook.targets:
            yield f"{where}: no target {target_id!r}"
        else:
            yield from _rule_faults(rules, f"{where}, {target_id}", codebook.targets[target_id], codebook)


def _target_faults(target: Target, codebook: Codebook) -> Iterator[str]:
    yield from (f"target {target.id}: no status {status!r}" for status in target.statuses if status not in codebook.statuses)
    yield from _rule_faults(target.before, f"target {target.id}, before", target, codebook)


def _rule_faults(rules: Sequence[Rule], where: str, target: Target, codebook: Codebook) -> Iterator[str]:
    for place, rule in enumerate(rules, start=1):
        here = f"{where}, rule {place}"
        if rule.code is None and rule.note is None:
            yield f"{here}: a rule that drops the row needs a note that says why"
        if rule.code is not None and rule.code not in target.codes:
            yield f"{here}: {target.id} has no code {rule.code!r}"
        elif rule.mode is not None and (rule.code is None or rule.mode not in target.codes[rule.code].modes):
            yield f"{here}: {target.id} has no mode {rule.mode!r} of {rule.code!r}"
        if rule.when is None and place < len(rules):
            yield f"{here}: always holds, so the rules after it are never tried"
        yield from _expression_faults(rule, here, codebook)


def _expression_faults(rule: Rule, where: str, codebook: Codebook) -> Iterator[str]:
    if rule.when is None:
        return
    try:
        node = parse_expression(rule.when)
    except BadExpression as error:
        yield f"{where}: {error}"
        return
    for comparison in iter_comparisons(node):
        yield from (f"{where}: {fault}" for fault in _comparison_faults(comparison, codebook))


def _comparison_faults(comparison: Compare, codebook: Codebook) -> Iterator[str]:
    name, values = comparison.name, comparison.values
    if name.startswith("counts."):
        if name.removeprefix("counts.") not in codebook.measures:
            yield f"no measure {name.removeprefix('counts.')!r}"
        yield from (f"{name} is a number, not {v!r}" for v in values if isinstance(v, str | bool))
        return
    if comparison.operator in ("<", "<=", ">", ">="):
        yield f"{name!r} has no order; {comparison.operator} is for counts"
    known = _closed_list(name, codebook)
    if known is None:
        yield f"no attr {name!r}"
    else:
        yield from (f"{name} is never {v!r}; it is one of {', '.join(map(repr, known))}" for v in values if v is not None and not _is_among(v, known))


def _closed_list(name: str, codebook: Codebook) -> Sequence[object] | None:
    own = {"status": codebook.statuses, "type": codebook.types, "family": codebook.families}
    if name in own:
        return tuple(own[name])
    return codebook.attrs[name].values if name in codebook.attrs else None


def _is_among(value: object, known: Sequence[object]) -> bool:
    return any(type(value) is type(other) and value == other for other in known)


def _alias_faults(alias: Alias, codebook: Codebook) -> Iterator[str]:
    where = f"alias {alias.word}"
    if alias.word in codebook.types:
        yield f"{where}: is a type already"
    if alias.type is None and alias.note is None:
        yield f"{where}: an ambiguous alias needs a note that says what to ask"
    if alias.type is not None and alias.type not in codebook.types:
        yield f"{where}: no type {alias.type!r}"
    if alias.status is not None and alias.status not in codebook.statuses:
        yield f"{where}: no status {alias.status!r}"
    for name, value in alias.attrs.items():
        if name not in codebook.attrs or not _is_among(value, codebook.attrs[name].values):
            yield f"{where}: no attr {name!r} with the value {value!r}"


def _cue_faults(codebook: Codebook) -> Iterator[str]:
    cues = [cue.casefold() for stance in codebook.stances.values() for cue in stance.cues]
    yield from (f"stances: the cue {cue!r} stands twice" for cue in _twice(cues))


def _range_faults(codebook: Codebook) -> Iterator[str]:
    for word in codebook.vague.values():
        if word.low < 0 or (word.high is not None and word.high < word.low):
            yield f"vague word {word.word!r}: {word.low!r} to {word.high!r} is no range"


def _twice(values: Sequence[str]) -> list[str]:
    return sorted({value for value in values if values.count(value) > 1})
