"""The trigger lexicon: which words announce a happening of which type, which slot fills which role, and the word lists that reading needs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from waqai.codebook.lexicon_check import find_lexicon_faults
from waqai.codebook.lexicon_shapes import LexiconShape, MeasureRows, PlaceWords, RuleRow, StatusWords, TypeSets, WordLists
from waqai.codebook.load import DATA, load_codebook
from waqai.codebook.nouns import Codebook
from waqai.codebook.shapes import list_faults, load_yaml, read_shape
from waqai.core import AttrValue, CodebookError, short_hash

__all__ = ["Lexicon", "Measures", "PlaceWords", "StatusWords", "TriggerRule", "TypeSets", "WordLists", "build_lexicon", "load_lexicon"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerRule:
    """One expression of the lexicon. `slots` are its conditions by slot ("subj" -> ("outlaw", "armed")); `p` is how often it is right, in [0, 1]."""

    name: str
    head: str
    rest: tuple[str, ...]
    type: str
    p: float
    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    told: Literal["act", "effect"] = "act"
    attrs: Mapping[str, AttrValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What a number counts. `of_verb`: verb -> (slot, measure); `of_slot`: type -> slot -> measure; `in_type`: type -> a verb's measure -> what it is there.

    `of_noun`, `words_behind`, `stems`, `phrases_behind` and `phrases_before` are words or phrases -> measure, in the order of the file;
    `of_expression`: verb -> (slot, the words behind it, measure); `told_by`: measure -> the types whose accounts take it; `also_told_by`: measure -> sets of
    types, tried in this order, one of whose accounts takes it where the report has none of these.
    """

    of_verb: Mapping[str, tuple[str, str]]
    of_expression: Mapping[str, tuple[tuple[str, tuple[str, ...], str], ...]]
    of_slot: Mapping[str, Mapping[str, str]]
    in_type: Mapping[str, Mapping[str, str]]
    of_noun: Mapping[str, str]
    words_behind: Mapping[str, str]
    stems: Mapping[str, str]
    phrases_behind: Mapping[str, str]
    phrases_before: Mapping[str, str]
    told_by: Mapping[str, frozenset[str]]
    also_told_by: Mapping[str, tuple[frozenset[str], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Rules by the lemma that they hang on, word classes, frames (type -> slot -> role), and word lists. `digest` changes with any word of it."""

    version: str
    digest: str
    verbs: Mapping[str, tuple[TriggerRule, ...]]
    nouns: Mapping[str, tuple[TriggerRule, ...]]
    classes: Mapping[str, frozenset[str]]
    frames: Mapping[str, Mapping[str, str]]
    statuses: Mapping[str, StatusWords]
    types: TypeSets
    measures: Measures
    methods: Mapping[str, str]
    places: PlaceWords
    words: WordLists
    other_worlds: Mapping[str, frozenset[str]]
    conflict_words: frozenset[str]


@cache
def load_lexicon() -> Lexicon:
    """The lexicon shipped with the package. Raises CodebookError that lists every fault of it."""
    return build_lexicon(load_yaml(DATA / "lexicon.yaml"), codebook=load_codebook())


def build_lexicon(data: Any, *, codebook: Codebook, name: str = "lexicon.yaml") -> Lexicon:
    """The lexicon made of plain data and checked against the codebook; `name` stands in its faults. Raises CodebookError that lists all of them."""
    raw = read_shape(LexiconShape, data, name=name)
    if faults := find_lexicon_faults(raw, codebook):
        raise CodebookError(list_faults(name, faults))
    return Lexicon(
        version=raw.version,
        digest=short_hash(json.dumps(data, sort_keys=True)),
        verbs=_index(raw.verbs, last=False),
        nouns=_index(raw.nouns, last=True),
        classes=raw.classes,
        frames=raw.frames,
        statuses=raw.statuses,
        types=raw.types,
        measures=_measures(raw.measures, raw.types),
        methods=raw.methods,
        places=raw.places,
        words=raw.words,
        other_worlds=raw.other_worlds,
        conflict_words=raw.conflict_words,
    )


def _index(rows: Iterable[RuleRow], *, last: bool) -> dict[str, tuple[TriggerRule, ...]]:
    """Rules by head lemma, in the order of the file: the first word of a verb's entry, the last of a noun's."""
    index: dict[str, list[TriggerRule]] = {}
    for row in rows:
        for words in row.words:
            parts = words.split()
            head, rest = (parts[-1], parts[:-1]) if last else (parts[0], parts[1:])
            index.setdefault(head, []).append(_rule(row, head=head, rest=tuple(rest)))
    return {head: tuple(rules) for head, rules in index.items()}


def _rule(row: RuleRow, *, head: str, rest: tuple[str, ...]) -> TriggerRule:
    return TriggerRule(
        name=f"{'effect' if row.told == 'effect' else 'trigger'}:{' '.join((head, *rest))}",
        head=head,
        rest=rest,
        type=row.type,
        p=row.p,
        slots={slot: _names(value) for slot, value in row.__pydantic_extra__.items()},
        near=_names(row.near),
        not_near=_names(row.not_near),
        told=row.told,
        attrs=row.attrs,
    )


def _names(value: str | None) -> tuple[str, ...]:
    return tuple(value.split("|")) if value else ()


def _measures(raw: MeasureRows, types: TypeSets) -> Measures:
    return Measures(
        of_verb={verb: (slot, measure) for measure, slots in raw.of_verb.items() for slot, verbs in slots.items() for verb in verbs},
        of_expression=_expressions(raw.of_expression),
        of_slot=raw.of_slot,
        in_type=raw.in_type,
        of_noun=_by_word(raw.of_noun),
        words_behind=_by_word(raw.words_behind),
        stems=_by_word(raw.stems),
        phrases_behind=_by_word(raw.phrases_behind),
        phrases_before=_by_word(raw.phrases_before),
        told_by={measure: frozenset().union(*(getattr(types, name, {name}) for name in names)) for measure, names in raw.told_by.items()},
        also_told_by={measure: tuple(frozenset(getattr(types, name, {name})) for name in names) for measure, names in raw.also_told_by.items()},
    )


def _expressions(raw: Mapping[str, Mapping[str, Iterable[str]]]) -> dict[str, tuple[tuple[str, tuple[str, ...], str], ...]]:
    """
    >>> _expressions({"escaped": {"subj": ["go missing"]}})
    {'go': (('subj', ('missing',), 'escaped'),)}
    """
    found: dict[str, list[tuple[str, tuple[str, ...], str]]] = {}
    for measure, slots in raw.items():
        for slot, expressions in slots.items():
            for verb, *rest in map(str.split, expressions):
                found.setdefault(verb, []).append((slot, tuple(rest), measure))
    return {verb: tuple(rows) for verb, rows in found.items()}


def _by_word(words_of: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """
    >>> _by_word({"killed": ("dead", "slain"), "wounded": ("hurt",)})
    {'dead': 'killed', 'slain': 'killed', 'hurt': 'wounded'}
    """
    return {word: measure for measure, words in words_of.items() for word in words}
