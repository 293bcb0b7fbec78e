"""What is wrong with a lexicon: everything it names must be in the codebook, and every word class that a rule names in the lexicon itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from waqai.codebook.lexicon_shapes import LexiconShape, MeasureRows, RuleRow
from waqai.codebook.nouns import Codebook

_SLOTS = (
    "subj obj by of mod about across against among around as at before between during for from in inside into near on outside over through to toward towards"
    " under upon with within without"
)
SLOTS = frozenset(_SLOTS.split())
"""The slots that rules and frames may name: subj, obj, by, of, mod, and prepositions."""
_ASKED = frozenset(("armed", "civilian", "device", "facility", "facility_if", "facility_word", "ground", "held", "missile", "outlaw", "settlement"))
_ASKED_STATUSES = frozenset(("attempted", "foiled", "planned", "threatened"))
_NO_CLASS = frozenset(("?", "-", "place_name", "name"))


def find_lexicon_faults(raw: LexiconShape, codebook: Codebook) -> list[str]:
    """A line for each thing that the lexicon names and that is not there, or that stands where it can do nothing."""
    return list(
        chain(
            chain.from_iterable(_rule_faults(row, raw, codebook) for row in (*raw.verbs, *raw.nouns)),
            _class_faults(raw),
            _frame_faults(raw.frames, codebook),
            _unknown("statuses", "status", raw.statuses, codebook.statuses),
            (f"statuses: {status!r} is missing; the reader asks for it" for status in sorted(_ASKED_STATUSES - raw.statuses.keys())),
            chain.from_iterable(_unknown(f"types.{name}", "type", sorted(types), codebook.types) for name, types in raw.types),
            _measure_faults(raw.measures, codebook),
            _unknown("measures.told_by", "type", _told_by(raw), codebook.types),
            _unknown("methods", "method", raw.methods.values(), map(str, codebook.attrs["method"].values) if "method" in codebook.attrs else ()),
        )
    )


def _rule_faults(row: RuleRow, raw: LexiconShape, codebook: Codebook) -> Iterator[str]:
    where = f"rule of {row.type} for {', '.join(row.words)}"
    yield from _unknown(where, "type", [row.type], codebook.types)
    yield from _unknown(where, "word class", _classes_of(row), raw.classes.keys() | _NO_CLASS)
    yield from _unknown(where, "slot", row.__pydantic_extra__, SLOTS)
    for name, value in row.attrs.items():
        if name not in codebook.attrs or not any(type(value) is type(known) and value == known for known in codebook.attrs[name].values):
            yield f"{where}: no attr {name!r} with the value {value!r}"


def _classes_of(row: RuleRow) -> list[str]:
    """The classes that a rule names; only the condition of a slot may bar one ("!held")."""
    slots = [name.removeprefix("!") for condition in row.__pydantic_extra__.values() for name in condition.split("|")]
    return sorted({*slots, *(name for condition in (row.near, row.not_near) if condition for name in condition.split("|"))})


def _class_faults(raw: LexiconShape) -> Iterator[str]:
    named = {name for row in (*raw.verbs, *raw.nouns) for name in _classes_of(row)} | _ASKED
    yield from (f"classes: {name!r} is missing; the reader asks for it" for name in sorted(_ASKED - raw.classes.keys()))
    yield from (f"classes: no rule names {name!r}" for name in raw.classes if name not in named)


def _frame_faults(frames: Mapping[str, Mapping[str, str]], codebook: Codebook) -> Iterator[str]:
    yield from _unknown("frames", "type", frames, codebook.types)
    for type, roles in frames.items():
        yield from _unknown(f"frames.{type}", "slot", roles, SLOTS)
        yield from _unknown(f"frames.{type}", "role", roles.values(), codebook.roles)


def _measure_faults(raw: MeasureRows, codebook: Codebook) -> Iterator[str]:
    for name in ("of_verb", "of_noun", "words_behind", "stems", "phrases_behind", "phrases_before", "told_by", "also_told_by", "of_expression"):
        yield from _unknown(f"measures.{name}", "measure", getattr(raw, name), codebook.measures)
    for name in ("of_slot", "in_type"):
        yield from _unknown(f"measures.{name}", "type", getattr(raw, name), codebook.types)
        yield from _unknown(f"measures.{name}", "measure", chain.from_iterable(m.values() for m in getattr(raw, name).values()), codebook.measures)
    yield from _unknown("measures.of_slot", "slot", chain.from_iterable(raw.of_slot.values()), SLOTS)
    yield from _unknown("measures.of_verb", "slot", chain.from_iterable(raw.of_verb.values()), SLOTS)
    yield from _unknown("measures.of_expression", "slot", chain.from_iterable(raw.of_expression.values()), SLOTS)
    yield from _twice("measures.of_verb", [verb for slots in raw.of_verb.values() for verbs in slots.values() for verb in verbs])
    for name in ("of_noun", "words_behind", "stems", "phrases_behind", "phrases_before"):
        yield from _twice(f"measures.{name}", [word for words in getattr(raw, name).values() for word in words])


def _told_by(raw: LexiconShape) -> Iterator[str]:
    """The types of `told_by` and `also_told_by`, without the names that stand for a set of `types`."""
    told = chain(raw.measures.told_by.values(), raw.measures.also_told_by.values())
    return (name for names in told for name in names if name not in raw.types.model_fields_set)


def _unknown(where: str, kind: str, named: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """
    >>> list(_unknown("frames.raid", "role", ["initiator", "robber"], {"initiator"}))
    ["frames.raid: no role 'robber'"]
    """
    there = frozenset(known)
    yield from (f"{where}: no {kind} {name!r}" for name in dict.fromkeys(named) if name not in there)


def _twice(where: str, words: list[str]) -> Iterator[str]:
    yield from (f"{where}: {word!r} stands under two measures" for word in sorted({w for w in words if words.count(w) > 1}))
