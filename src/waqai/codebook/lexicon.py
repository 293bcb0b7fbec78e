"""The trigger lexicon: which words announce a happening of which type, and which slot fills which role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from waqai.core import AttrValue, CodebookError

_FIXED = {"words", "type", "p", "told", "near", "not_near", "attrs"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerRule:
    """One line of the lexicon. `slots` are its conditions by slot ("subj" -> ("outlaw", "armed")); `p` is how often it is right, in [0, 1]."""

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
class Lexicon:
    """Rules by the lemma that they hang on, word classes, and frames (type -> slot -> role)."""

    version: str
    verbs: Mapping[str, tuple[TriggerRule, ...]]
    nouns: Mapping[str, tuple[TriggerRule, ...]]
    classes: Mapping[str, frozenset[str]]
    frames: Mapping[str, Mapping[str, str]]
    other_worlds: Mapping[str, frozenset[str]]
    conflict_words: frozenset[str]

    def words_of(self, *names: str) -> frozenset[str]:
        """All lemmas of these classes."""
        return frozenset().union(*(self.classes[n] for n in names))


@cache
def load_lexicon() -> Lexicon:
    """The lexicon shipped with the package. Raises CodebookError when a rule names a class that is not there."""
    raw = yaml.safe_load(files("waqai.codebook").joinpath("lexicon.yaml").read_text("utf-8"))
    classes = {name: frozenset(map(str, words)) for name, words in {**raw["classes"], **raw["classes_extra"]}.items()}
    lexicon = Lexicon(
        version=str(raw["version"]),
        verbs=_index(raw["verbs"], last=False),
        nouns=_index(raw["nouns"], last=True),
        classes=classes,
        frames=raw["frames"],
        other_worlds={name: frozenset(map(str, words)) for name, words in raw["other_worlds"].items()},
        conflict_words=frozenset(raw["conflict_words"]),
    )
    _check(lexicon)
    return lexicon


def _index(rows: list[dict[str, Any]], *, last: bool) -> dict[str, tuple[TriggerRule, ...]]:
    """Rules by head lemma, in the order of the file: the first word of a verb's entry, the last of a noun's."""
    index: dict[str, list[TriggerRule]] = {}
    for row in rows:
        for words in row["words"]:
            parts = str(words).split()
            head, rest = (parts[-1], parts[:-1]) if last else (parts[0], parts[1:])
            index.setdefault(head, []).append(_rule(row, head=head, rest=tuple(rest)))
    return {head: tuple(rules) for head, rules in index.items()}


def _rule(row: dict[str, Any], *, head: str, rest: tuple[str, ...]) -> TriggerRule:
    return TriggerRule(
        name=f"{'effect' if row.get('told') == 'effect' else 'trigger'}:{' '.join((head, *rest))}",
        head=head,
        rest=rest,
        type=row["type"],
        p=float(row["p"]),
        slots={slot: _names(value) for slot, value in row.items() if slot not in _FIXED},
        near=_names(row.get("near")),
        not_near=_names(row.get("not_near")),
        told=row.get("told", "act"),
        attrs=row.get("attrs", {}),
    )


def _names(value: str | None) -> tuple[str, ...]:
    return tuple(str(value).split("|")) if value else ()


def _check(lexicon: Lexicon) -> None:
    special = {"?", "-", "place_name", "name"}
    for rules in (*lexicon.verbs.values(), *lexicon.nouns.values()):
        for rule in rules:
            used = {n.removeprefix("!") for names in (*rule.slots.values(), rule.near, rule.not_near) for n in names}
            if missing := used - special - set(lexicon.classes):
                raise CodebookError(f"lexicon rule {rule.name!r} ({rule.type}) names unknown word classes {sorted(missing)}")
