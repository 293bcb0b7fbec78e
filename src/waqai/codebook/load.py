"""The codebook from its files: read, put together with what an installation adds, checked as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from waqai.codebook.check import find_faults
from waqai.codebook.nouns import (
    Alias,
    ApproxWord,
    Attr,
    Codebook,
    EventType,
    Precision,
    Rule,
    Stance,
    StanceModifier,
    Target,
    TargetCode,
    VagueWord,
)
from waqai.codebook.shapes import (
    ExtraShape,
    OntologyShape,
    RuleShape,
    TargetShape,
    TypeShape,
    list_faults,
    load_yaml,
    read_shape,
)
from waqai.core import CodebookError, short_hash

T = TypeVar("T")
DATA = Path(__file__).parent
TARGETS = ("acled", "plover", "cameo")
"""The schemes that a type's rules lead to."""


def load_codebook(extra: Path | None = None) -> Codebook:
    """The shipped codebook, and with `extra` the types, roles, measures and attrs of that file added to it.

    The shipped one is read once. Raises CodebookError that lists every fault of the file at hand.
    """
    if extra is None:
        return _shipped()
    return build_codebook(load_yaml(DATA / "ontology.yaml"), load_yaml(DATA / "targets.yaml"), extra=load_yaml(extra), name=extra.name)


def build_codebook(ontology: Any, targets: Any, *, extra: Any = None, name: str = "ontology.yaml") -> Codebook:
    """The codebook made of plain data; `name` stands in its faults. Raises CodebookError that lists all of them."""
    raw = read_shape(OntologyShape, ontology, name="ontology.yaml")
    schemes = {k: read_shape(TargetShape, v, name=f"targets.yaml, {k}") for k, v in _mapping(targets, name="targets.yaml").items()}
    added = read_shape(ExtraShape, {} if extra is None else extra, name=name)
    faults = _find_clashes(raw, added)
    codebook = _assemble(raw, schemes, added, digest=short_hash(json.dumps([ontology, targets, extra], sort_keys=True)))
    faults += find_faults(codebook)
    if faults:
        raise CodebookError(list_faults(name, faults))
    return codebook


@cache
def _shipped() -> Codebook:
    return build_codebook(load_yaml(DATA / "ontology.yaml"), load_yaml(DATA / "targets.yaml"))


def _assemble(raw: OntologyShape, schemes: Mapping[str, TargetShape], added: ExtraShape, *, digest: str) -> Codebook:
    return Codebook(
        version=raw.version,
        digest=digest,
        mapping_basis=raw.mapping_basis,
        families=raw.families,
        types=_keep_first(_event_type(t, shipped=t in raw.types) for t in (*raw.types, *added.types)),
        roles=_add_to(raw.roles, added.roles),
        statuses=raw.statuses,
        aliases={word: Alias(word=word, **dict(a)) for word, a in raw.aliases.items()},
        stances={id: Stance(id=id, **dict(s)) for id, s in raw.stances.items()},
        stance_modifiers=tuple(StanceModifier(**dict(m)) for m in raw.stance_modifiers),
        claim_types=raw.claim_types,
        measures=tuple(dict.fromkeys((*raw.measures, *added.measures))),
        count_kinds=raw.count_kinds,
        vague={word: VagueWord(word=word, **dict(v)) for word, v in raw.vague.items()},
        approx={word: ApproxWord(word=word, **dict(a)) for word, a in raw.approx.items()},
        units=raw.units,
        time_precisions={id: Precision(id=id, **dict(p)) for id, p in raw.time_precision.items()},
        place_precisions={id: Precision(id=id, **dict(p)) for id, p in raw.place_precision.items()},
        time_bases=raw.time_bases,
        grades=raw.grades,
        attrs={id: Attr(id=id, values=a.values, definition=a.definition) for id, a in _add_to(raw.attrs, added.attrs).items()},
        relations=raw.relations,
        checks=raw.checks,
        ethics=raw.ethics,
        patterns={p.id: p.asks for p in raw.patterns},
        targets={id: _target(id, t) for id, t in schemes.items()},
    )


def _event_type(raw: TypeShape, *, shipped: bool) -> EventType:
    homes = {target: getattr(raw, target) for target in TARGETS}
    return EventType(
        id=raw.id,
        family=raw.family,
        definition=raw.definition,
        roles=raw.roles,
        counts=raw.counts,
        example=raw.example,
        crosswalk={target: _rules(rules) for target, rules in homes.items() if rules is not None},
        shipped=shipped,
    )


def _target(id: str, raw: TargetShape) -> Target:
    codes = {code: TargetCode(id=code, **dict(c)) for code, c in raw.codes.items()}
    return Target(id=id, basis=raw.basis, statuses=raw.statuses, before=_rules(raw.before), codes=codes)


def _rules(raw: Iterable[RuleShape]) -> tuple[Rule, ...]:
    return tuple(Rule(**dict(rule)) for rule in raw)


def _keep_first(types: Iterable[EventType]) -> dict[str, EventType]:
    kept: dict[str, EventType] = {}
    for event_type in types:
        kept.setdefault(event_type.id, event_type)
    return kept


def _add_to(shipped: Mapping[str, T], added: Mapping[str, T]) -> dict[str, T]:
    return {**shipped, **{id: value for id, value in added.items() if id not in shipped}}


def _find_clashes(raw: OntologyShape, added: ExtraShape) -> list[str]:
    """What is named twice: in the codebook itself, or by an installation that would change what is shipped."""
    shipped = [t.id for t in raw.types]
    faults = [f"type {id!r} stands twice" for id in sorted({id for id in shipped if shipped.count(id) > 1})]
    own = [t.id for t in added.types]
    faults += [f"type {id!r} stands twice" for id in sorted({id for id in own if own.count(id) > 1})]
    pairs = (
        ("type", own, {*shipped, *raw.aliases}),
        ("role", added.roles, raw.roles),
        ("measure", added.measures, raw.measures),
        ("attr", added.attrs, raw.attrs),
    )
    return faults + [f"{kind} {id!r} is shipped; an added file may not change it" for kind, ids, known in pairs for id in ids if id in known]


def _mapping(value: object, *, name: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise CodebookError(f"{name} is no mapping: {value!r:.60}")
    return value
